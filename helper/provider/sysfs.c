// SPDX-License-Identifier: GPL-2.0
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "provider/libpci.h"
#include "provider/sysfs.h"
#include "provider/sysfs_pci.h"

#define ATTEMPTS 5

#define PAUSE_US 20000

static const char *const unseen[] = {
	"DMA aliases that kernel quirks or firmware set",
	"whether a driver manages DMA ownership itself",
	"whether a device is marked untrusted or a port leads outside the case",
	"who owns a group, and what its IOMMU can do",
};

static int read_device(int devices, const char *name,
		       struct pci_access *access, struct facts *facts,
		       struct problem *problem)
{
	struct device *device;
	struct bdf address;
	int ret;

	if (bdf_parse(name, &address))
		return 0;
	device = facts_add_device(facts);
	if (!device)
		return problem_set(problem, -ENOMEM, "out of memory");
	field_set_address(device_fields, DEVICE_ADDRESS, device, address);
	ret = sysfs_pci_read(devices, name, access, device);
	if (ret == -EAGAIN)
		return problem_set(problem, ret,
			"topology kept changing: %s went away while it was read; ask again",
			name);
	if (ret)
		return problem_set(problem, ret, "%s: sysfs: %s", name,
				   strerror(-ret));
	return 0;
}

/*
 * A number that changes when a function comes or goes, or is replaced: names and
 * inode numbers of the folder, whatever their order.
 */
static uint64_t fingerprint(DIR *directory)
{
	struct dirent *entry;
	uint64_t sum = 0;

	rewinddir(directory);
	while ((entry = readdir(directory))) {
		uint64_t hash = 14695981039346656037u ^ entry->d_ino;

		for (const char *c = entry->d_name; *c; c++)
			hash = (hash ^ (unsigned char)*c) * 1099511628211u;
		sum += hash;
	}
	rewinddir(directory);
	return sum;
}

/** struct visit - what is read while libpci is open */
struct visit {
	DIR *directory;
	struct facts *facts;
};

static int read_devices(struct pci_access *access, void *context,
			struct problem *problem)
{
	struct visit *visit = context;
	struct dirent *entry;
	int ret = 0;

	while (!ret && (entry = readdir(visit->directory)))
		ret = read_device(dirfd(visit->directory), entry->d_name,
				  access, visit->facts, problem);
	return ret;
}

static int count_members(int devices, const struct device *device,
			 uint32_t *pci, uint32_t *others)
{
	char name[BDF_TEXT];
	char *path = text_format("%s/iommu_group/devices",
				 bdf_format(device->address, name));
	struct dirent *entry;
	struct bdf member;
	DIR *directory;
	int fd;

	*pci = *others = 0;
	fd = path ? openat(devices, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) :
		    -1;
	free(path);
	directory = fd < 0 ? NULL : fdopendir(fd);
	if (!directory) {
		if (fd >= 0)
			close(fd);
		return -EIO;
	}
	while ((entry = readdir(directory))) {
		if (!bdf_parse(entry->d_name, &member))
			++*pci;
		else if (entry->d_name[0] != '.')
			++*others;
	}
	closedir(directory);
	return 0;
}

static int add_group(int devices, const struct device *device,
		     struct facts *facts)
{
	uint32_t pci, others;
	struct group *group;

	for (size_t i = 0; i < facts->group_count; i++)
		if (facts->groups[i].id == device->group)
			return 0;
	group = facts_add_group(facts);
	if (!group)
		return -ENOMEM;
	field_set_number(group_fields, GROUP_ID, group, device->group);
	if (count_members(devices, device, &pci, &others))
		return 0;
	field_set_number(group_fields, GROUP_PCI_DEVICES, group, pci);
	field_set_number(group_fields, GROUP_OTHER_DEVICES, group, others);
	return 0;
}

static int read_groups(int devices, struct facts *facts,
		       struct problem *problem)
{
	int ret = 0;

	for (size_t i = 0; !ret && i < facts->device_count; i++)
		if (device_has(&facts->devices[i], DEVICE_GROUP))
			ret = add_group(devices, &facts->devices[i], facts);
	return ret ? problem_set(problem, ret, "out of memory") : 0;
}

static int read_tree(DIR *directory, char *path, struct facts *facts,
		     struct problem *problem)
{
	struct visit visit = { directory, facts };
	uint64_t before = fingerprint(directory);
	int ret;

	ret = libpci_use(PCI_ACCESS_SYS_BUS_PCI, "sysfs.path", path,
			 read_devices, &visit, problem);
	if (!ret)
		ret = read_groups(dirfd(directory), facts, problem);
	if (!ret && fingerprint(directory) != before)
		ret = problem_set(problem, -EAGAIN,
			"%s: devices kept coming and going; ask again", path);
	return ret;
}

static size_t count_unreadable(const struct facts *facts)
{
	size_t count = 0;

	for (size_t i = 0; i < facts->device_count; i++)
		count += facts->devices[i].acs_unknown == REASON_NO_ACCESS;
	return count;
}

static int list_unseen(struct facts *facts)
{
	size_t unreadable = count_unreadable(facts);
	int ret = 0;

	for (size_t i = 0; !ret && i < sizeof(unseen) / sizeof(*unseen); i++)
		ret = text_list_add(&facts->unseen, "%s", unseen[i]);
	if (!ret && unreadable)
		ret = text_list_add(&facts->unseen,
			"ACS registers of %zu of %zu functions: their configuration space cannot be read (run as root or load the module)",
			unreadable, facts->device_count);
	return ret;
}

static int read_once(char *path, struct facts *facts, struct problem *problem)
{
	char *name = text_format("%s/devices", path);
	DIR *directory = name ? opendir(name) : NULL;
	int ret;

	free(name);
	if (!directory)
		return problem_set(problem, -ENODEV,
			"%s: no PCI bus here: is sysfs mounted?", path);
	facts_start(facts, "sysfs");
	facts->origin = sysfs_origin;
	ret = read_tree(directory, path, facts, problem);
	closedir(directory);
	if (!ret)
		ret = facts_finish(facts, problem);
	if (!ret && list_unseen(facts))
		ret = problem_set(problem, -ENOMEM, "out of memory");
	if (ret)
		facts_free(facts);
	return ret;
}

int sysfs_load(const struct provider_request *request, struct facts *facts,
	       struct problem *problem)
{
	char *path = text_format("%s/bus/pci", request->sysfs);
	int ret = -EAGAIN;

	if (!path)
		return problem_set(problem, -ENOMEM, "out of memory");
	for (int i = 0; ret == -EAGAIN && i < ATTEMPTS; i++) {
		if (i)
			usleep(PAUSE_US << i);
		ret = read_once(path, facts, problem);
	}
	free(path);
	return ret;
}
