// SPDX-License-Identifier: GPL-2.0
#include "cmd/session.h"
#include "render/audit.h"
#include "render/json_check.h"
#include "render/line.h"

static int render(const struct session *session,
		  const struct options *options, const struct audit *audit)
{
	if (option_given(options, OPTION_QUIET))
		return 0;
	if (option_given(options, OPTION_JSON))
		return json_print(session->output.stream,
				  json_audit(&session->facts, audit));
	if (option_given(options, OPTION_ONELINE))
		return line_audit(&session->output, audit);
	return audit_render(&session->output, &session->facts, audit);
}

int command_audit(const struct invocation *invocation)
{
	int status = STATUS_FAILED;
	struct session session;
	struct audit audit;
	int ret;

	if (session_open(&session, invocation, SESSION_HOST))
		return STATUS_FAILED;
	ret = audit_run(&audit, &session.prediction);
	if (!ret)
		ret = render(&session, invocation->options, &audit);
	if (ret)
		command_fail(invocation->around, "out of memory");
	else
		status = severity_status(audit.verdict);
	audit_free(&audit);
	session_close(&session);
	return status;
}
