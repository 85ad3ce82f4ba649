// SPDX-License-Identifier: GPL-2.0
/*
 * Runs a program with no more rights than a unit of systemd gives it:
 * `as-service "CAP_NET_ADMIN CAP_SYSLOG" PROGRAM [ARG...]`, still as root. These
 * capabilities are those that a unit of ours may name; any other is an error.
 */
#include <errno.h>
#include <linux/capability.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

static const struct {
	const char *name;
	int number;
} capabilities[] = {
	{ "CAP_NET_ADMIN", CAP_NET_ADMIN },
	{ "CAP_SYS_PTRACE", CAP_SYS_PTRACE },
	{ "CAP_DAC_READ_SEARCH", CAP_DAC_READ_SEARCH },
	{ "CAP_SYSLOG", CAP_SYSLOG },
};

static int number_of(const char *name)
{
	for (size_t i = 0; i < sizeof(capabilities) / sizeof(*capabilities); i++)
		if (!strcmp(capabilities[i].name, name))
			return capabilities[i].number;
	return -1;
}

static int fail(const char *what)
{
	fprintf(stderr, "as-service: %s: %s\n", what, strerror(errno));
	return 125;
}

/* A program that root starts has those of the bounding set, and no others. */
int main(int argc, char **argv)
{
	bool keep[64] = { false };

	if (argc < 3)
		return 125;
	for (char *name = strtok(argv[1], " "); name; name = strtok(NULL, " ")) {
		int number = number_of(name);

		errno = ENOENT;
		if (number < 0)
			return fail(name);
		keep[number] = true;
	}
	for (int i = 0; i < 64 && prctl(PR_CAPBSET_READ, i) >= 0; i++)
		if (!keep[i] && prctl(PR_CAPBSET_DROP, i))
			return fail("PR_CAPBSET_DROP");
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		return fail("PR_SET_NO_NEW_PRIVS");
	execvp(argv[2], argv + 2);
	return fail(argv[2]);
}
