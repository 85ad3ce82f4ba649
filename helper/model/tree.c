// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>

#include "model/tree.h"

/* Each bridge has a bus of its own and a segment has 256 of them. */
#define DEPTH_MAX 256

/* Where the header was not read, an endpoint's port type says that it is none. */
static bool is_no_bridge(const struct device *device)
{
	if (device_has(device, DEVICE_HEADER_TYPE))
		return !device->header_type;
	return device->port_type == PORT_ENDPOINT ||
	       device->port_type == PORT_LEGACY_ENDPOINT ||
	       device->port_type == PORT_RC_ENDPOINT ||
	       device->port_type == PORT_RC_EVENT_COLLECTOR;
}

/* Nothing stands below such a function: it has no bus to be on. */
static int check_parent(const struct device *device,
			const struct device *parent, struct problem *problem)
{
	char text[BDF_TEXT], above[BDF_TEXT];

	if (!device_has(parent, DEVICE_PHYSFN) && !is_no_bridge(parent))
		return 0;
	return problem_set(problem, -EBADMSG,
		"%s: said to be below %s, which is no bridge",
		bdf_format(device->address, text),
		bdf_format(parent->address, above));
}

static int find_parent(struct tree *tree, size_t index, struct problem *problem)
{
	const struct device *device = &tree->facts->devices[index];
	char text[BDF_TEXT], parent[BDF_TEXT];

	if (!device_has(device, DEVICE_PARENT))
		return 0;
	tree->parent[index] = facts_find(tree->facts, device->parent);
	if (tree->parent[index])
		return check_parent(device, tree->parent[index], problem);
	return problem_set(problem, -EBADMSG,
		"%s: the bridge above it, %s, was not reported",
		bdf_format(device->address, text),
		bdf_format(device->parent, parent));
}

static int check_depth(const struct tree *tree, const struct device *device,
		       struct problem *problem)
{
	const struct device *up = device;
	char text[BDF_TEXT];

	for (int depth = 0; depth < DEPTH_MAX; depth++) {
		up = tree_parent(tree, up);
		if (!up)
			return 0;
	}
	return problem_set(problem, -EBADMSG,
		"%s: the bridges above it form a ring",
		bdf_format(device->address, text));
}

int tree_build(struct tree *tree, const struct facts *facts,
	       struct problem *problem)
{
	int ret = 0;

	*tree = (struct tree){ .facts = facts };
	tree->parent = calloc(facts->device_count + 1, sizeof(*tree->parent));
	tree->voucher = calloc(facts->device_count + 1, sizeof(*tree->voucher));
	if (!tree->parent || !tree->voucher)
		return problem_set(problem, -ENOMEM, "out of memory");
	for (size_t i = 0; !ret && i < facts->device_count; i++)
		ret = find_parent(tree, i, problem);
	for (size_t i = 0; !ret && i < facts->device_count; i++)
		ret = check_depth(tree, &facts->devices[i], problem);
	if (!ret && kin_find(tree))
		ret = problem_set(problem, -ENOMEM, "out of memory");
	return ret;
}

void tree_free(struct tree *tree)
{
	free(tree->parent);
	free(tree->voucher);
	kin_free(&tree->kin);
	*tree = (struct tree){ 0 };
}

const struct device *tree_parent(const struct tree *tree,
				 const struct device *device)
{
	return tree->parent[device - tree->facts->devices];
}

struct voucher tree_voucher(const struct tree *tree,
			    const struct device *device)
{
	return tree->voucher[device - tree->facts->devices];
}

const struct device *tree_root(const struct tree *tree,
			       const struct device *device)
{
	const struct device *up;

	while ((up = tree_parent(tree, device)))
		device = up;
	return device;
}

bool tree_below(const struct tree *tree, const struct device *device,
		const struct device *top)
{
	while (device && device != top)
		device = tree_parent(tree, device);
	return device;
}
