/* SPDX-License-Identifier: GPL-2.0 */
/* Who sent a request that was refused, as far as the facts tell. */
#ifndef FAULT_ORIGIN_H
#define FAULT_ORIGIN_H

#include "fault/fault.h"
#include "model/tree.h"

/**
 * struct origin - of one fault
 * @device: the function with the requester id; NULL where there is none, or
 *	several in segments that the log does not tell
 * @searched: there is a machine to look it up on
 * @address: its address, or that of the requester as the log has it
 * @remarks: for people: who else may have sent it, or who may have where no
 *	function has the id
 */
struct origin {
	const struct device *device;
	bool searched;
	struct bdf address;
	struct text_list remarks;
};

/**
 * origin_find() - look a requester up
 * @origin: freed by origin_free(), also after an error
 *
 * Return: 0, or -ENOMEM.
 */
int origin_find(struct origin *origin, const struct fault *fault,
		const struct tree *tree);

/** origin_is_guests() - whether vfio has the device */
bool origin_is_guests(const struct origin *origin);

/** origin_free() - free what it owns */
void origin_free(struct origin *origin);

#endif
