/* SPDX-License-Identifier: GPL-2.0 */
/* What a provider saw of a machine; what it did not is named in @unseen. */
#ifndef MODEL_FACTS_H
#define MODEL_FACTS_H

#include "model/device.h"
#include "model/faults.h"
#include "model/group.h"
#include "model/host.h"
#include "model/info.h"
#include "model/problem.h"
#include "model/text.h"

/**
 * struct recording - of facts from a file: what they were when it was written
 * @provider: that saw the machine; NULL where the machine itself was read
 * @unseen_count: how many texts of unseen are not about the file
 */
struct recording {
	char *provider;
	size_t unseen_count;
};

/**
 * struct facts - one machine
 * @provider: name of the provider that filled it
 * @kernel: release of the kernel that runs there
 * @origin: for each enum device_field, where this provider has it from; a
 *	missing text means @provider
 * @host_origin: the same for fields that host/ filled; NULL if it did not run
 * @devices: ordered by address, each address once
 * @groups: ordered by id, each id once
 * @host: the kernel and what it was told; nothing of it is known before host/
 *	or a snapshot filled it
 * @regions: reserved regions, those of a group together, in the order read
 * @uses: how the host uses its devices now
 * @faults: DMA faults
 * @unseen: what this provider could not see, as texts for people
 */
struct facts {
	const char *provider;
	char kernel[65];
	const char *const *origin;
	const char *const *host_origin;
	struct info info;
	struct device *devices;
	size_t device_count;
	struct group *groups;
	size_t group_count;
	struct host host;
	struct region *regions;
	size_t region_count;
	struct use *uses;
	size_t use_count;
	struct faults faults;
	struct text_list unseen;
	struct recording recording;
};

/**
 * facts_start() - begin the facts of the running machine
 * @facts: freed by facts_free() once this returned
 */
void facts_start(struct facts *facts, const char *provider);

/**
 * facts_add_device() - append an empty device
 *
 * Return: the device, valid until the next is added; NULL without memory.
 */
struct device *facts_add_device(struct facts *facts);

/** facts_add_group() - append an empty group; as facts_add_device() */
struct group *facts_add_group(struct facts *facts);

/** facts_add_region() - append an empty region; as facts_add_device() */
struct region *facts_add_region(struct facts *facts);

/** facts_add_use() - append an empty use; as facts_add_device() */
struct use *facts_add_use(struct facts *facts);

/**
 * facts_finish() - put everything in order after the last was added
 * @problem: set on error
 *
 * Return: 0, or -EBADMSG where an object came twice or a device names a group
 * that did not come.
 */
int facts_finish(struct facts *facts, struct problem *problem);

/** facts_find() - the device at an address, or NULL; after facts_finish() */
const struct device *facts_find(const struct facts *facts, struct bdf address);

/** facts_group() - the group of a number, or NULL; after facts_finish() */
const struct group *facts_group(const struct facts *facts, uint32_t id);

/**
 * facts_real_group() - the IOMMU group of a device, where there is an IOMMU
 *
 * Return: the group; NULL where the device is in none, where that is not known,
 * or where vfio made the group up.
 */
const struct group *facts_real_group(const struct facts *facts,
				     const struct device *device);

/** facts_shared_group() - the group of two devices as above, NULL unless one */
const struct group *facts_shared_group(const struct facts *facts,
				       const struct device *one,
				       const struct device *other);

/** facts_may_translate() - whether an IOMMU has a device, or that is not known */
bool facts_may_translate(const struct facts *facts,
			 const struct device *device);

/** facts_free() - free all; the facts are empty afterwards */
void facts_free(struct facts *facts);

#endif
