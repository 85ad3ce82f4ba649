/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The groups that the kernel would form by registers and by its own quirks, and
 * by nothing else: its pci_device_group(), which VT-d, AMD-Vi and the IOMMUs of
 * Arm and virtio use. Where the kernel's groups are others, something else has
 * had a say.
 */
#ifndef PREDICT_PREDICTION_H
#define PREDICT_PREDICTION_H

#include "predict/effective.h"
#include "predict/fixup.h"

/** enum joining - why a function is in a group that was there before it */
enum joining {
	JOIN_NONE,	/* it began the group */
	JOIN_REQUESTER,	/* a bridge or another function speaks for it */
	JOIN_PATH,	/* the way up from it is not isolated */
	JOIN_ALIAS,	/* it shares a requester ID with one of its bus */
	JOIN_FUNCTION,	/* functions of one device that are not isolated */
};

/**
 * struct place - of a device in the prediction
 * @grouped: it has a group; functions that no IOMMU serves have none
 * @group: index into the groups of the prediction
 * @with: whose group it joined, NULL if it began one
 * @through: of JOIN_PATH, the hop that does not isolate
 */
struct place {
	bool grouped;
	uint32_t group;
	enum joining joining;
	const struct device *with, *through;
};

/**
 * struct predicted_group - one group
 * @first: the device that began it, as an index
 * @start: where its devices begin among the members of the prediction
 * @count: its devices
 * @uncertain: a fact that could not be seen decided about it. Then it is as wide
 *	as it may be
 */
struct predicted_group {
	size_t first, start, count;
	bool uncertain;
};

/**
 * struct prediction - of all groups of a machine
 * @acs: for each device of the facts, what the kernel makes of its ACS
 * @fixup: likewise, what its quirks have marked it with
 * @place: likewise, where it belongs
 * @group: in the order in which the kernel forms them
 * @member: the devices of all groups as indices, those of a group together and
 *	in order of address
 */
struct prediction {
	const struct tree *tree;
	struct kernel kernel;
	struct effective *acs;
	struct fixup *fixup;
	struct place *place;
	struct predicted_group *group;
	size_t group_count;
	size_t *member;
};

/**
 * prediction_make() - predict the groups of a machine
 * @prediction: freed by prediction_free(), also after an error
 * @tree: must live as long; is told for whom the kernel vouches
 *
 * A device without a group on a machine where others have one is taken to be
 * out of the IOMMU's scope. Where the facts hold no group at all, each device
 * but IOMMUs themselves is given the one that it would have.
 *
 * Return: 0, -ENOMEM, or -EBADMSG of order_find().
 */
int prediction_make(struct prediction *prediction, struct tree *tree);

/** prediction_free() - free it, not the tree */
void prediction_free(struct prediction *prediction);

/** prediction_place() - where a device belongs */
const struct place *prediction_place(const struct prediction *prediction,
				     const struct device *device);

/** prediction_is_sure() - whether a device has a group, with certainty */
bool prediction_is_sure(const struct prediction *prediction,
			const struct device *device);

#endif
