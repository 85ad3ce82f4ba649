// SPDX-License-Identifier: GPL-2.0
#include <sys/stat.h>

#include "cmd/replacement.h"
#include "cmd/session.h"
#include "model/moment.h"
#include "provider/provider.h"
#include "render/metrics.h"

/* Collectors run as other users, and all of this may be seen by everybody. */
#define METRICS_MODE (S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH)

/* Old facts must not look fresh because they were read again. */
static uint64_t find_time(const struct facts *facts)
{
	if (provider_find(facts->provider)->live)
		return moment_now();
	return facts->faults.told ? facts->faults.time : 0;
}

static int collect(struct exposition *exposition, const struct session *session)
{
	struct accounts accounts;
	struct audit audit;
	struct measurement measurement = {
		.tree = &session->tree, .audit = &audit, .accounts = &accounts,
		.read = find_time(&session->facts),
	};
	int ret = audit_run(&audit, &session->prediction);

	if (!ret) {
		ret = accounts_find(&accounts, &session->tree);
		if (!ret)
			ret = metrics_collect(exposition, &measurement);
		accounts_free(&accounts);
	}
	audit_free(&audit);
	return ret;
}

static int write_samples(FILE *stream, const void *content)
{
	exposition_write(content, stream);
	return 0;
}

static int publish(const struct exposition *exposition,
		   const struct invocation *invocation)
{
	const char *path = command_output(invocation);
	int ret;

	if (!path) {
		exposition_write(exposition, invocation->around->out);
		return STATUS_DONE;
	}
	ret = replacement_make(path, METRICS_MODE, write_samples, exposition);
	if (!ret)
		return STATUS_DONE;
	return command_fail(invocation->around, "%s: %s", path,
			    replacement_explain(ret));
}

int command_metrics(const struct invocation *invocation)
{
	struct exposition exposition = { 0 };
	struct session session;
	struct problem problem;
	int status = STATUS_FAILED;

	if (session_open(&session, invocation, SESSION_HOST))
		return STATUS_FAILED;
	if (collect(&exposition, &session))
		command_fail(invocation->around, "out of memory");
	else if (exposition_check(&exposition, &problem))
		command_fail(invocation->around, "%s", problem.text);
	else
		status = publish(&exposition, invocation);
	exposition_free(&exposition);
	session_close(&session);
	return status;
}
