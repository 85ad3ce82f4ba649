// SPDX-License-Identifier: GPL-2.0
#include "cmd/session.h"
#include "render/check.h"
#include "render/json_check.h"
#include "render/line.h"

static int find_all(const struct session *session,
		    const struct invocation *invocation, struct set *asked)
{
	const struct device *device;

	for (int i = 0; i < invocation->count; i++) {
		if (session_find_endpoint(session, invocation,
					  invocation->arguments[i], &device))
			return STATUS_FAILED;
		if (set_add(asked, device))
			return command_fail(invocation->around,
					    "out of memory");
	}
	return STATUS_DONE;
}

static int render(const struct session *session,
		  const struct options *options, const struct assessment *assessment)
{
	if (option_given(options, OPTION_QUIET))
		return 0;
	if (option_given(options, OPTION_JSON))
		return json_print(session->output.stream, json_check(assessment));
	if (option_given(options, OPTION_ONELINE))
		return line_check(&session->output, assessment);
	return check_render(&session->output, assessment);
}

static int judge(const struct session *session,
		 const struct invocation *invocation, const struct set *asked)
{
	struct assessment assessment = { 0 };
	int status = STATUS_FAILED;
	struct survey survey;
	int ret = survey_make(&survey, &session->prediction);

	if (!ret)
		ret = assessment_find(&assessment, &survey, asked, false, 0);
	if (!ret)
		ret = render(session, invocation->options, &assessment);
	if (ret)
		command_fail(invocation->around, "out of memory");
	else
		status = severity_status(assessment.judgement.verdict);
	assessment_free(&assessment);
	survey_free(&survey);
	return status;
}

int command_check(const struct invocation *invocation)
{
	struct set asked = { 0 };
	struct session session;
	int status;

	if (session_open(&session, invocation, SESSION_HOST))
		return STATUS_FAILED;
	status = find_all(&session, invocation, &asked);
	if (!status)
		status = judge(&session, invocation, &asked);
	set_free(&asked);
	session_close(&session);
	return status;
}
