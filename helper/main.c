// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/command.h"
#include "host/call.h"

/*
 * A descriptor that was closed before would be given to the next file that is
 * opened, and an answer would be written into that.
 */
static bool hold_descriptor(int fd)
{
	return fcntl(fd, F_GETFD) >= 0 || open("/dev/null", O_RDWR) == fd;
}

int main(int argc, char **argv)
{
	struct surroundings around = {
		.out = stdout, .err = stderr, .sysfs = "/sys",
		.procfs = "/proc", .dev = "/dev", .calls = &host_calls,
	};
	bool can_answer = fcntl(STDOUT_FILENO, F_GETFD) >= 0;
	bool had_error;
	int status;

	for (int fd = 0; fd <= STDERR_FILENO; fd++)
		if (!hold_descriptor(fd))
			exit(STATUS_FAILED);
	if (!can_answer)
		exit(command_fail(&around, "standard output: it is closed"));
	/* Errors of a write instead, after which we put in order what we began. */
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
	setlocale(LC_CTYPE, "");
	status = command_run(argc, argv, &around);
	/* An error that stands already was reported. */
	had_error = ferror(stdout);
	if (fclose(stdout) && !had_error)
		status = command_fail(&around, "standard output: %s",
				      strerror(errno));
	return status;
}
