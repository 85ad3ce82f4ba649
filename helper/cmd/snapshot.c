// SPDX-License-Identifier: GPL-2.0
#include <sys/stat.h>

#include "cmd/replacement.h"
#include "cmd/session.h"
#include "render/json.h"
#include "render/json_snapshot.h"

/* What people call their mount points and processes is nobody else's business. */
#define SNAPSHOT_MODE (S_IRUSR | S_IWUSR)

static int write_facts(FILE *stream, const void *content)
{
	return json_print(stream, json_snapshot(content));
}

static int write_snapshot(const struct session *session,
			  const struct invocation *invocation)
{
	const char *path = command_output(invocation);
	int ret;

	if (!path) {
		ret = write_facts(session->output.stream, &session->facts);
		return ret ? command_fail(invocation->around, "out of memory") :
			     STATUS_DONE;
	}
	ret = replacement_make(path, SNAPSHOT_MODE, write_facts,
			       &session->facts);
	if (!ret)
		return STATUS_DONE;
	return command_fail(invocation->around, "%s: %s", path,
			    replacement_explain(ret));
}

int command_snapshot(const struct invocation *invocation)
{
	struct session session;
	int status;

	if (session_open(&session, invocation, SESSION_HOST))
		return STATUS_FAILED;
	status = write_snapshot(&session, invocation);
	session_close(&session);
	return status;
}
