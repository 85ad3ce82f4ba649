// SPDX-License-Identifier: GPL-2.0
/*
 * A module that is not loaded may be one that nobody loaded, or one that this
 * kernel does not take: "modprobe iowarden" is an answer to the first only. Where
 * signatures are asked for it may be either.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "model/text.h"
#include "provider/netlink_absence.h"
#include "provider/sysfs_file.h"

/* Longer than the longest path here below any place where sysfs is mounted. */
#define PATH_BYTES 4096

static void make_path(char path[PATH_BYTES], const char *sysfs, const char *file)
{
	text_print(path, PATH_BYTES, "%s/%s", sysfs, file);
}

static bool is_loaded(const char *sysfs)
{
	char path[PATH_BYTES];

	make_path(path, sysfs, "module/iowarden");
	return access(path, F_OK) == 0;
}

/* The word in brackets: "none [integrity] confidentiality". */
static char *chosen_word(char *words)
{
	char *word = strchr(words, '['), *end = strchr(words, ']');

	if (!word || !end || end < word)
		return NULL;
	*end = '\0';
	return word + 1;
}

/* The level of lockdown in @text; NULL for none, and where none can be seen. */
static const char *lockdown(const char *sysfs, char text[SYSFS_TEXT])
{
	char path[PATH_BYTES];
	const char *level;

	make_path(path, sysfs, "kernel/security/lockdown");
	if (sysfs_text(AT_FDCWD, path, text))
		return NULL;
	level = chosen_word(text);
	return level && strcmp(level, "none") ? level : NULL;
}

static bool signatures_are_enforced(const char *sysfs)
{
	char path[PATH_BYTES], text[SYSFS_TEXT];

	make_path(path, sysfs, "module/module/parameters/sig_enforce");
	return !sysfs_text(AT_FDCWD, path, text) && *text == 'Y';
}

/* @level: of lockdown, or NULL. Whether there is a signed one, sysfs does not say. */
static int only_signed(struct problem *problem, const char *level)
{
	return problem_set(problem, -ENOPKG,
		"module iowarden is not loaded, and this kernel (%s%s) takes only signed modules (if it is signed: modprobe iowarden)",
		level ? "lockdown: " : "module.sig_enforce", level ?: "");
}

int netlink_absence(const char *sysfs, struct problem *problem)
{
	char text[SYSFS_TEXT];
	const char *level;

	if (is_loaded(sysfs))
		return problem_set(problem, -ENOPKG,
			"module iowarden is loaded, but its family is not here: it is in the initial network namespace only");
	level = lockdown(sysfs, text);
	if (level || signatures_are_enforced(sysfs))
		return only_signed(problem, level);
	return problem_set(problem, -ENOPKG,
		"module iowarden is not loaded (modprobe iowarden)");
}
