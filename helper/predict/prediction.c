// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>

#include "predict/grouping.h"
#include "predict/order.h"

static int allocate(struct prediction *prediction, size_t count)
{
	prediction->acs = calloc(count + 1, sizeof(*prediction->acs));
	prediction->fixup = calloc(count + 1, sizeof(*prediction->fixup));
	prediction->place = calloc(count + 1, sizeof(*prediction->place));
	prediction->group = calloc(count + 1, sizeof(*prediction->group));
	prediction->member = calloc(count + 1, sizeof(*prediction->member));
	return prediction->acs && prediction->fixup && prediction->place &&
	       prediction->group && prediction->member ? 0 : -ENOMEM;
}

static struct voucher find_voucher(const struct effective *acs)
{
	if (acs->ground != GROUND_QUIRK || acs->isolates != ANSWER_YES ||
	    acs->worth == BASIS_NONE)
		return (struct voucher){ 0 };
	return (struct voucher){ acs->quirk, acs->worth };
}

static void look_at_devices(struct prediction *prediction, struct tree *tree)
{
	const struct facts *facts = tree->facts;

	for (size_t i = 0; i < facts->device_count; i++) {
		prediction->acs[i] = effective_acs(&prediction->kernel,
						   &facts->devices[i]);
		tree->voucher[i] = find_voucher(&prediction->acs[i]);
		fixup_find(&prediction->kernel, tree,
			   &facts->devices[i], &prediction->fixup[i]);
	}
}

static void list_members(struct prediction *prediction, size_t devices)
{
	size_t start = 0;

	for (size_t i = 0; i < prediction->group_count; i++) {
		prediction->group[i].start = start;
		start += prediction->group[i].count;
		prediction->group[i].count = 0;
	}
	for (size_t i = 0; i < devices; i++) {
		struct predicted_group *group =
			&prediction->group[prediction->place[i].group];

		if (prediction->place[i].grouped)
			prediction->member[group->start + group->count++] = i;
	}
}

int prediction_make(struct prediction *prediction, struct tree *tree)
{
	size_t count = tree->facts->device_count;
	size_t *order = calloc(count + 1, sizeof(*order));
	int ret;

	*prediction = (struct prediction){
		.tree = tree, .kernel = kernel_of(tree->facts) };
	ret = order ? allocate(prediction, count) : -ENOMEM;
	if (!ret)
		ret = order_find(tree, order);
	if (!ret) {
		look_at_devices(prediction, tree);
		ret = grouping_run(prediction, order);
	}
	if (!ret)
		list_members(prediction, count);
	free(order);
	return ret;
}

void prediction_free(struct prediction *prediction)
{
	free(prediction->acs);
	free(prediction->fixup);
	free(prediction->place);
	free(prediction->group);
	free(prediction->member);
	*prediction = (struct prediction){ 0 };
}

const struct place *prediction_place(const struct prediction *prediction,
				     const struct device *device)
{
	return &prediction->place[device - prediction->tree->facts->devices];
}

bool prediction_is_sure(const struct prediction *prediction,
			const struct device *device)
{
	const struct place *place = prediction_place(prediction, device);

	return place->grouped && !prediction->group[place->group].uncertain;
}
