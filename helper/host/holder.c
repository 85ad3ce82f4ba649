// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "host/collector.h"
#include "host/file.h"
#include "host/node.h"
#include "host/unseen.h"

static bool is_process(const char *name)
{
	return *name && !name[strspn(name, "0123456789")];
}

static int hold(const struct host_roots *roots, struct facts *facts,
		const char *process, const char *path)
{
	char name[FILE_LINE], what[FILE_LINE + 32];
	struct trail trail = {
		.roots = roots, .facts = facts, .kind = USE_HOLDER,
		.what = what,
	};

	/* It may have ended just now; it held the device all the same. */
	if (file_line(name, roots->procfs, "%s/comm", process))
		text_print(name, sizeof(name), "process");
	text_print(what, sizeof(what), "%s (pid %s)", name, process);
	return node_follow(&trail, path);
}

static int look_at(const struct host_roots *roots, struct facts *facts,
		   const char *process, bool *hidden)
{
	char link[FILE_PATH], path[FILE_PATH];
	struct text_list links;
	int ret = file_names(&links, roots->procfs, "%s/fd", process);

	if (ret == -EACCES || ret == -EPERM)
		*hidden = true;
	if (ret)
		return ret == -ENOMEM ? ret : 0;
	for (size_t i = 0; !ret && i < links.count; i++) {
		text_print(link, sizeof(link), "%s/%s/fd/%s", roots->procfs,
			   process, links.item[i]);
		if (!sysfs_link(AT_FDCWD, link, path) && node_matters(path))
			ret = hold(roots, facts, process, path);
	}
	text_list_free(&links);
	return ret;
}

/*
 * With the mount option hidepid a process of others is not even listed; but
 * everybody who sees all sees number 1.
 */
static bool hides_processes(const struct host_roots *roots)
{
	return file_exists(roots->procfs, "1");
}

static int look_at_all(const struct host_roots *roots, struct facts *facts,
		       const struct text_list *names)
{
	bool hidden = hides_processes(roots);
	char self[FILE_PATH];
	int ret = 0;

	if (file_real(self, roots->procfs, "self"))
		*self = '\0';
	for (size_t i = 0; !ret && i < names->count; i++)
		if (is_process(names->item[i]) &&
		    strcmp(names->item[i], file_last(self)))
			ret = look_at(roots, facts, names->item[i], &hidden);
	if (!ret && hidden)
		ret = unseen_add(facts,
			"processes of other users, and whether they hold a device (run as root)");
	return ret;
}

int holder_collect(const struct host_roots *roots, struct facts *facts)
{
	struct text_list names;
	int ret = file_names(&names, roots->procfs, ".");

	if (ret == -ENOMEM)
		return ret;
	if (ret)
		return unseen_add(facts,
			"which processes hold devices: /proc: %s",
			strerror(-ret));
	ret = look_at_all(roots, facts, &names);
	text_list_free(&names);
	return ret;
}
