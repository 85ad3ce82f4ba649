// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "stage_process.h"
#include "suite.h"

/* Paths that descriptors lead to; nobody may make device nodes here. */
static struct {
	char path[64];
	struct node node;
} nodes[32];

static size_t node_count;

/* A path that no case named is a file. */
static int find_node(const char *link, struct node *node)
{
	char path[512];
	ssize_t length = readlink(link, path, sizeof(path) - 1);

	assert_true(length >= 0);
	path[length] = '\0';
	*node = (struct node){ 0 };
	for (size_t i = 0; i < node_count; i++)
		if (!strcmp(nodes[i].path, path))
			*node = nodes[i].node;
	return 0;
}

void stage_process_open(struct stage *stage)
{
	node_count = 0;
	stage->calls.node = find_node;
}

static void add_node(const char *path, enum node_type type, unsigned int major,
		     unsigned int minor)
{
	assert_true(node_count < COUNT(nodes));
	snprintf(nodes[node_count].path, sizeof(nodes[0].path), "%s", path);
	nodes[node_count++].node = (struct node){ type, major, minor };
}

void stage_node(const struct stage *stage, const char *path,
		unsigned int major, unsigned int minor, const char *class,
		const char *folder)
{
	char link[512], target[256], source[64];
	size_t length = strcspn(path, " ");
	const char *name = path + length;

	add_node(path, class ? NODE_CHARACTER : NODE_BLOCK, major, minor);
	if (!class || !folder)
		return;
	while (name[-1] != '/')
		name--;
	snprintf(target, sizeof(target), "%s/%s/%.*s", folder, class,
		 (int)(path + length - name), name);
	stage_write(stage, "", "%s/dev", target);
	stage_write(stage, "", "class/%s/x", class);
	snprintf(link, sizeof(link), "%s/subsystem", target);
	snprintf(source, sizeof(source), "class/%s", class);
	stage_link(stage, link, source);
	snprintf(link, sizeof(link), "dev/char/%u:%u", major, minor);
	stage_link(stage, link, target);
}

void stage_process(const struct stage *stage, int pid, const char *name)
{
	char path[256];

	stage_write(stage, name, PROC "%d/comm", pid);
	snprintf(path, sizeof(path), "%s/%d/fd", stage->procfs, pid);
	assert_int_equal(mkdir(path, 0755), 0);
}

void stage_hold(const struct stage *stage, int pid, int fd, const char *path)
{
	char link[256];

	snprintf(link, sizeof(link), "%s/%d/fd/%d", stage->procfs, pid, fd);
	assert_int_equal(symlink(path, link), 0);
}
