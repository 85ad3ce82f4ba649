// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "host/file.h"
#include "host/namespace.h"

/* PROC_PID_INIT_INO: the one namespace whose number is the same everywhere. */
static const char first_of_processes[] = "pid:[4026531836]";

static int read_link(const struct host_roots *roots, const char *process,
		     const char *kind, char target[FILE_PATH])
{
	char link[FILE_PATH];

	if (!roots->procfs)
		return -ENOENT;
	text_print(link, sizeof(link), "%s/%s/ns/%s", roots->procfs, process,
		   kind);
	return sysfs_link(AT_FDCWD, link, target);
}

bool namespace_shows_host(const struct host_roots *roots)
{
	char target[FILE_PATH];

	return !read_link(roots, "self", "pid", target) &&
	       !strcmp(target, first_of_processes);
}

/* Counters behind the names change from moment to moment. */
static void keep_names(char *devices)
{
	char *to = devices;

	for (char *line; (line = strsep(&devices, "\n"));) {
		size_t length = strcspn(line, ":");

		if (!line[length])
			continue;
		memmove(to, line, length + 1);
		to += length + 1;
	}
	*to = '\0';
}

static bool have_same(const struct host_roots *roots, const char *file,
		      void (*reduce)(char *text))
{
	char *own, *first = NULL;
	bool same = false;

	if (!file_text(&own, roots->procfs, "self/net/%s", file) &&
	    !file_text(&first, roots->procfs, "1/net/%s", file)) {
		if (reduce) {
			reduce(own);
			reduce(first);
		}
		same = !strcmp(own, first);
	}
	free(own);
	free(first);
	return same;
}

bool namespace_has_host_network(const struct host_roots *roots)
{
	char own[FILE_PATH], first[FILE_PATH];

	if (!namespace_shows_host(roots))
		return false;
	if (!read_link(roots, "self", "net", own) &&
	    !read_link(roots, "1", "net", first))
		return !strcmp(own, first);
	return have_same(roots, "dev", keep_names) &&
	       have_same(roots, "route", NULL);
}
