// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/session.h"
#include "fault/decoding.h"
#include "host/lines.h"
#include "render/decode.h"
#include "render/json.h"
#include "render/json_decode.h"

static bool is_standard_input(const char *path)
{
	return !path || !strcmp(path, "-");
}

/* Of a source that ended early nothing is answered: it would be less than there is. */
static int read_source(struct fault_log *log, struct lines *lines)
{
	char *line;
	int ret = 0;

	while (!ret && (line = lines_next(lines)))
		ret = fault_log_line(log, line);
	if (!ret)
		ret = fault_log_end(log);
	return ret ? ret : lines->error;
}

static int read_log(struct fault_log *log, const struct invocation *invocation,
		    bool *lost)
{
	struct lines *lines = malloc(sizeof(*lines));
	int status = STATUS_DONE, ret;

	if (!lines)
		return command_fail(invocation->around, "out of memory");
	ret = lines_open(lines, invocation->arguments[0]);
	if (!ret) {
		ret = read_source(log, lines);
		*lost = lines->lost;
		lines_close(lines);
	}
	if (ret)
		status = command_fail(invocation->around, "%s: %s",
				      lines->name, strerror(-ret));
	free(lines);
	return status;
}

static int render(const struct session *session,
		  const struct options *options, const struct decoding *decoding)
{
	const struct output *output = &session->output;

	if (option_given(options, OPTION_JSON))
		return json_print(output->stream, json_decode(decoding));
	return decode_render(output, decoding);
}

static int decode(const struct session *session,
		  const struct invocation *invocation,
		  const struct fault_log *log, bool lost)
{
	struct decoding decoding;
	int ret = decoding_make(&decoding, log, &session->tree, lost);

	if (!ret)
		ret = render(session, invocation->options, &decoding);
	decoding_free(&decoding);
	if (ret)
		return command_fail(invocation->around, "out of memory");
	return fault_log_silent(log) ? STATUS_DONE : STATUS_WARNING;
}

int command_decode(const struct invocation *invocation)
{
	const char *from = invocation->options->argument[OPTION_FROM];
	struct invocation machine = *invocation;
	struct fault_log log = { 0 };
	struct session session;
	bool lost = false;
	int status;

	if (from && is_standard_input(from) &&
	    is_standard_input(invocation->arguments[0]))
		return command_fail(invocation->around,
			"standard input: cannot be the machine and the log; name a file for one of them");
	/* What is named is a file, and no device. */
	machine.count = 0;
	status = session_open(&session, &machine, SESSION_OPTIONAL);
	if (status)
		return status;
	status = read_log(&log, invocation, &lost);
	if (!status)
		status = decode(&session, invocation, &log, lost);
	fault_log_free(&log);
	session_close(&session);
	return status;
}
