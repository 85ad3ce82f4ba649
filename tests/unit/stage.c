// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "stage.h"
#include "stage_process.h"
#include "suite.h"

static const struct {
	const char *folder;
	uint32_t group, class;
	uint8_t header_type;
} functions[] = {
	{ "devices/pci0000:00/0000:00:01.0", 1, 0x060400, 1 },
	{ GPU, 1, 0x030000, 0 },
	{ NVME, 2, 0x010802, 0 },
	{ NIC, 3, 0x020000, 0 },
	{ USB, 4, 0x0c0330, 0 },
};

static const char *last(const char *path)
{
	return strrchr(path, '/') + 1;
}

static void add_function(struct stage *stage, size_t i)
{
	struct device *device = facts_add_device(&stage->facts);
	struct group *group = NULL;
	char link[256];
	struct bdf bdf;

	assert_non_null(device);
	assert_int_equal(bdf_parse(last(functions[i].folder), &bdf), 0);
	field_set_address(device_fields, DEVICE_ADDRESS, device, bdf);
	field_set_number(device_fields, DEVICE_GROUP, device,
			 functions[i].group);
	field_set_number(device_fields, DEVICE_CLASS, device,
			 functions[i].class);
	field_set_number(device_fields, DEVICE_HEADER_TYPE, device,
			 functions[i].header_type);
	stage_write(stage, "0x1234\n", "%s/vendor", functions[i].folder);
	snprintf(link, sizeof(link), "bus/pci/devices/%s",
		 last(functions[i].folder));
	stage_link(stage, link, functions[i].folder);
	if (i && functions[i].group == functions[i - 1].group)
		return;
	group = facts_add_group(&stage->facts);
	assert_non_null(group);
	field_set_number(group_fields, GROUP_ID, group, functions[i].group);
}

/* This process is number 4242, in the namespaces of process 1. */
static void add_self(const struct stage *stage)
{
	static const char *const processes[] = { "1", "4242" };
	char path[128];

	for (size_t i = 0; i < COUNT(processes); i++) {
		stage_write(stage, "", PROC "%s/mountinfo", processes[i]);
		stage_namespace(stage, processes[i], "pid",
				"pid:[4026531836]");
		stage_namespace(stage, processes[i], "net", "net:[4026531840]");
	}
	assert_int_equal(stage_unlink(stage, PROC "4242/mountinfo"), 0);
	snprintf(path, sizeof(path), "%s/self", stage->procfs);
	assert_int_equal(symlink("4242", path), 0);
}

void stage_open(struct stage *stage)
{
	*stage = (struct stage){ 0 };
	sysfs_tree_open(&stage->tree);
	snprintf(stage->procfs, sizeof(stage->procfs), "%s/@proc",
		 stage->tree.root);
	snprintf(stage->dev, sizeof(stage->dev), "%s/@dev", stage->tree.root);
	assert_int_equal(mkdir(stage->procfs, 0755), 0);
	assert_int_equal(mkdir(stage->dev, 0755), 0);
	stage_process_open(stage);
	stage->roots = (struct host_roots){
		.sysfs = stage->tree.root, .procfs = stage->procfs,
		.dev = stage->dev, .calls = &stage->calls,
	};
	add_self(stage);
	facts_start(&stage->facts, "sysfs");
	for (size_t i = 0; i < COUNT(functions); i++)
		add_function(stage, i);
	assert_int_equal(facts_finish(&stage->facts, &stage->problem), 0);
}

int stage_unlink(const struct stage *stage, const char *path)
{
	char name[512];

	snprintf(name, sizeof(name), "%s/%s", stage->tree.root, path);
	return unlink(name);
}

void stage_namespace(const struct stage *stage, const char *process,
		     const char *kind, const char *number)
{
	char path[512];

	snprintf(path, sizeof(path), PROC "%s/ns/%s", process, kind);
	stage_unlink(stage, path);
	stage_write(stage, "", "%s", path);
	assert_int_equal(stage_unlink(stage, path), 0);
	snprintf(path, sizeof(path), "%s/%s/ns/%s", stage->procfs, process,
		 kind);
	assert_int_equal(symlink(number, path), 0);
}

void stage_link(const struct stage *stage, const char *path,
		const char *target)
{
	char from[512], to[512];

	snprintf(to, sizeof(to), "%s/%s", stage->tree.root, target);
	snprintf(from, sizeof(from), "%s/%s", stage->tree.root, path);
	unlink(from);
	/* Writing a file makes the folders; the link takes its place. */
	stage_write(stage, "", "%s", path);
	assert_int_equal(unlink(from), 0);
	assert_int_equal(symlink(to, from), 0);
}

void stage_block(const struct stage *stage, const char *folder,
		 const char *number)
{
	char link[256];

	stage_write(stage, number ? number : "", "%s/dev", folder);
	snprintf(link, sizeof(link), "class/block/%s", last(folder));
	stage_link(stage, link, folder);
	if (!number)
		return;
	snprintf(link, sizeof(link), "dev/block/%s", number);
	stage_link(stage, link, folder);
}

void stage_collect(struct stage *stage)
{
	assert_int_equal(host_collect(&stage->roots, &stage->facts,
				      &stage->problem), 0);
}

void stage_expect_uses(const struct stage *stage, enum use_kind kind,
		       size_t count)
{
	size_t found = 0;

	for (size_t i = 0; i < stage->facts.use_count; i++)
		found += stage->facts.uses[i].kind == kind;
	if (found != count)
		fail_msg("%zu uses of kind %s, not %zu", found,
			 names_get(&use_kind_names, kind), count);
}

static bool is_use(const struct use *use, struct bdf bdf, const char *what,
		   const char *through)
{
	if (bdf_compare(use->device, bdf) || strcmp(use->what, what))
		return false;
	if (!through)
		return !field_known(use, USE_THROUGH);
	return field_known(use, USE_THROUGH) && !strcmp(use->through, through);
}

void stage_expect_use(const struct stage *stage, enum use_kind kind,
		      const char *bdf, const char *what, const char *through)
{
	const struct use *use = stage->facts.uses;
	struct bdf address;
	char text[BDF_TEXT];

	assert_int_equal(bdf_parse(bdf, &address), 0);
	for (size_t i = 0; i < stage->facts.use_count; i++)
		if (use[i].kind == kind &&
		    is_use(&use[i], address, what, through))
			return;
	for (size_t i = 0; i < stage->facts.use_count; i++)
		print_error("there is %s of %s: %s through %s\n",
			    names_get(&use_kind_names, use[i].kind),
			    bdf_format(use[i].device, text), use[i].what,
			    use[i].through ? use[i].through : "nothing");
	fail_msg("no %s of %s: %s through %s",
		 names_get(&use_kind_names, kind), bdf, what,
		 through ? through : "nothing");
}

void stage_expect_unseen(const struct stage *stage, const char *words,
			 size_t count)
{
	const struct text_list *unseen = &stage->facts.unseen;
	size_t found = 0;

	for (size_t i = 0; i < unseen->count; i++)
		found += strstr(unseen->item[i], words) != NULL;
	if (found == count)
		return;
	for (size_t i = 0; i < unseen->count; i++)
		print_error("unseen: %s\n", unseen->item[i]);
	fail_msg("%zu lines with \"%s\", not %zu", found, words, count);
}

void stage_close(struct stage *stage)
{
	facts_free(&stage->facts);
	sysfs_tree_close(&stage->tree);
}
