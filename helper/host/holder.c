// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "host/collector.h"
#include "host/file.h"
#include "host/namespace.h"
#include "host/node.h"
#include "host/unseen.h"

static bool is_process(const char *name)
{
	return *name && !name[strspn(name, "0123456789")];
}

static int hold(const struct host_roots *roots, struct facts *facts,
		const char *process, const struct node *node)
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
	return node_follow(&trail, node);
}

/** struct nodes - different ones of one process, however often it opened them */
struct nodes {
	struct node *item;
	size_t count;
};

static int add_node(struct nodes *nodes, const struct node *node)
{
	struct node *more;

	for (size_t i = 0; i < nodes->count; i++)
		if (nodes->item[i].type == node->type &&
		    nodes->item[i].major == node->major &&
		    nodes->item[i].minor == node->minor)
			return 0;
	more = reallocarray(nodes->item, nodes->count + 1, sizeof(*more));
	if (!more)
		return -ENOMEM;
	nodes->item = more;
	more[nodes->count++] = *node;
	return 0;
}

static bool is_refusal(int error)
{
	return error == -EACCES || error == -EPERM;
}

/*
 * Even where a folder can be read its links may be refused, to root without
 * CAP_SYS_PTRACE. Sockets and the like have no path; what has one may be called
 * anything.
 */
static int look_at_link(const struct host_roots *roots, const char *link,
			struct nodes *nodes, bool *hidden)
{
	char path[FILE_PATH];
	struct node node;
	int ret = sysfs_link(AT_FDCWD, link, path);

	if (!ret && *path == '/')
		ret = roots->calls->node(link, &node);
	else if (!ret)
		return 0;
	if (is_refusal(ret))
		*hidden = true;
	if (ret || node.type == NODE_OTHER)
		return 0;
	return add_node(nodes, &node);
}

static int find_nodes(const struct host_roots *roots, const char *process,
		      struct nodes *nodes, bool *hidden)
{
	struct text_list links;
	char link[FILE_PATH];
	int ret = file_names(&links, roots->procfs, "%s/fd", process);

	if (is_refusal(ret))
		*hidden = true;
	for (size_t i = 0; !ret && i < links.count; i++) {
		text_print(link, sizeof(link), "%s/%s/fd/%s", roots->procfs,
			   process, links.item[i]);
		ret = look_at_link(roots, link, nodes, hidden);
	}
	text_list_free(&links);
	return ret == -ENOMEM ? ret : 0;
}

static int look_at(const struct host_roots *roots, struct facts *facts,
		   const char *process, bool *hidden)
{
	struct nodes nodes = { 0 };
	int ret = find_nodes(roots, process, &nodes, hidden);

	for (size_t i = 0; !ret && i < nodes.count; i++)
		ret = hold(roots, facts, process, &nodes.item[i]);
	free(nodes.item);
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
	if (!ret && !namespace_shows_host(roots))
		ret = unseen_add(facts,
			"processes outside this pid namespace, and whether they hold a device");
	if (!ret && hidden)
		ret = unseen_add(facts,
			"processes of other users, and whether they hold a device (run as root)");
	return ret;
}

int holder_collect(const struct host_roots *roots, struct facts *facts)
{
	struct text_list names;
	int ret = file_names(&names, roots->procfs, ".");

	if (!ret && !roots->calls)
		ret = -ENOSYS;
	if (ret)
		text_list_free(&names);
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
