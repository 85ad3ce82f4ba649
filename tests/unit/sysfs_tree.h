/* SPDX-License-Identifier: GPL-2.0 */
/* A sysfs of files: what the kernel shows of PCI, in a folder of its own. */
#ifndef SYSFS_TREE_H
#define SYSFS_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** EXPRESS() - type of a PCI Express function as its register has it */
#define EXPRESS(type) ((type) + 1)

/**
 * struct fake - one function
 * @path: below devices/, with the function last: pci0000:00/0000:00:01.0
 * @class: 24 bits
 * @express: EXPRESS() of its type, 0 for a conventional function
 * @readable: bytes of configuration space that can be read; 0 means all
 * @multifunction: bit 7 of the header type
 * @secondary: bus below a bridge
 * @acs: offset of an ACS capability, 0 for none; @cap and @ctrl are its words
 * @group: of the IOMMU, 0 for none
 * @driver: NULL for none
 * @physfn: BDF, for virtual functions, whose vendor ID reads as all ones
 */
struct fake {
	const char *path;
	uint16_t vendor, device;
	uint32_t class;
	int express;
	int readable;
	bool multifunction;
	uint8_t secondary;
	uint16_t acs, cap, ctrl;
	unsigned int group;
	const char *driver;
	const char *physfn;
};

#define CONFIG_SIZE 4096

/** fake_config() - configuration space of a function; how much can be read */
size_t fake_config(uint8_t config[CONFIG_SIZE], const struct fake *fake);

struct sysfs_tree {
	char root[64];
};

/** sysfs_tree_open() - an empty tree with a PCI bus */
void sysfs_tree_open(struct sysfs_tree *tree);

/** sysfs_tree_add() - add functions */
void sysfs_tree_add(const struct sysfs_tree *tree, const struct fake *fakes,
		    unsigned int count);

/** sysfs_tree_write() - write a file, relative to the root */
void sysfs_tree_write(const struct sysfs_tree *tree, const char *text,
		      const char *format, ...);

/** sysfs_tree_poke() - change bytes of the configuration space of a function */
void sysfs_tree_poke(const struct sysfs_tree *tree, const struct fake *fake,
		     unsigned int at, const void *bytes, unsigned int length);

/** sysfs_tree_close() - remove it */
void sysfs_tree_close(const struct sysfs_tree *tree);

#endif
