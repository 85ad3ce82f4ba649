// SPDX-License-Identifier: GPL-2.0
#include "suite.h"
#include "view.h"

/*
 * 00:01.0 root port ─┬─ 01:00.0 GPU        00:1f.0 ISA bridge, conventional
 *                    ├─ 01:00.1 audio      00:1f.2 SATA, conventional
 */
const struct fake desktop[DESKTOP] = {
	{ "pci0000:00/0000:00:01.0", 0x8086, 0x4c01, 0x060400, ROOT_PORT,
	  .acs = 0x148, .cap = 0x003f, .ctrl = 0x001d, .group = 13,
	  .driver = "pcieport" },
	{ "pci0000:00/0000:00:01.0/0000:01:00.0", 0x10de, 0x2684, 0x030000,
	  ENDPOINT, .multifunction = true, .group = 14, .driver = "nouveau" },
	{ "pci0000:00/0000:00:01.0/0000:01:00.1", 0x10de, 0x22ba, 0x040300,
	  ENDPOINT, .multifunction = true, .group = 14 },
	{ "pci0000:00/0000:00:1f.0", 0x8086, 0x7a04, 0x060100, 0,
	  .multifunction = true, .group = 15 },
	{ "pci0000:00/0000:00:1f.2", 0x8086, 0x7a02, 0x010601, 0, .group = 15,
	  .driver = "ahci" },
};

int view_look(struct view *view)
{
	struct provider_request request = {
		.name = "sysfs", .sysfs = view->tree.root,
	};
	char *note;
	int ret;

	ret = provider_load(&request, &view->facts, &note, &view->problem);
	assert_null(note);
	return ret;
}

void view_open(struct view *view, const struct fake *fakes, size_t count)
{
	*view = (struct view){ 0 };
	sysfs_tree_open(&view->tree);
	sysfs_tree_add(&view->tree, fakes, (unsigned int)count);
}

void view_close(struct view *view)
{
	facts_free(&view->facts);
	sysfs_tree_close(&view->tree);
}

const struct device *view_device(const struct view *view, const char *text)
{
	const struct device *found;
	struct bdf bdf;

	assert_int_equal(bdf_parse(text, &bdf), 0);
	found = facts_find(&view->facts, bdf);
	assert_non_null(found);
	return found;
}
