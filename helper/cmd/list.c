// SPDX-License-Identifier: GPL-2.0
#include "cmd/session.h"
#include "render/json.h"
#include "render/json_prediction.h"
#include "render/list.h"

int command_list(const struct invocation *invocation)
{
	struct session session;
	int ret;

	if (session_open(&session, invocation, SESSION_DEVICES))
		return STATUS_FAILED;
	if (option_given(invocation->options, OPTION_JSON))
		ret = json_print(session.output.stream,
				 json_list(&session.prediction));
	else
		ret = list_render(&session.output, &session.prediction);
	session_close(&session);
	return ret ? command_fail(invocation->around, "out of memory") :
		     STATUS_DONE;
}
