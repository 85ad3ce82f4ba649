// SPDX-License-Identifier: GPL-2.0
#include <string.h>

#include "cmd/usage.h"

int command_help(const struct invocation *invocation)
{
	const struct surroundings *around = invocation->around;

	if (!invocation->count)
		return usage_all(around->out);
	for (size_t i = 0; i < command_count; i++)
		if (!strcmp(commands[i].name, invocation->arguments[0]))
			return usage_command(around->out, &commands[i]);
	return command_fail(around, "%s: no such command; see iowarden --help",
			    invocation->arguments[0]);
}
