// SPDX-License-Identifier: GPL-2.0
/*
 * as-nobody COMMAND [ARG...]: runs COMMAND as an ordinary user: uid and gid 65534, no other groups,
 * no capabilities.  (busybox's `su` wants a terminal's worth of setup, its `setpriv` cannot change
 * the user.)
 */
#define _GNU_SOURCE
#include <errno.h>
#include <grp.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { NOBODY = 65534 };

int main(int argc, char **argv)
{
	if (argc < 2) {
		fprintf(stderr, "usage: as-nobody COMMAND [ARG...]\n");
		return 2;
	}
	/* Leaving uid 0 empties the permitted, effective and ambient sets of capabilities. */
	if (setgroups(0, NULL) || setresgid(NOBODY, NOBODY, NOBODY) ||
	    setresuid(NOBODY, NOBODY, NOBODY)) {
		perror("as-nobody");
		return 126;
	}
	execvp(argv[1], argv + 1);
	fprintf(stderr, "as-nobody: %s: %s\n", argv[1], strerror(errno));
	return errno == ENOENT ? 127 : 126;
}
