// SPDX-License-Identifier: GPL-2.0
#include "cmd/session.h"
#include "render/json.h"
#include "render/show.h"

static int show(const struct session *session, bool json,
		const struct device *device)
{
	const struct output *output = &session->output;
	struct path path;
	int ret = path_walk(&session->tree, device, &path);

	if (!ret && json)
		ret = json_print(output->stream,
				 json_show(&session->facts, &path));
	else if (!ret)
		ret = show_render(output, &session->facts, &path);
	path_free(&path);
	return ret;
}

int command_show(const struct invocation *invocation)
{
	bool json = option_given(invocation->options, OPTION_JSON);
	const struct device *device;
	struct session session;
	int status;

	if (session_open(&session, invocation, SESSION_DEVICES))
		return STATUS_FAILED;
	status = session_find(&session, invocation, invocation->arguments[0],
			      &device);
	if (!status && show(&session, json, device))
		status = command_fail(invocation->around, "out of memory");
	session_close(&session);
	return status;
}
