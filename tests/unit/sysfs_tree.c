// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "suite.h"
#include "sysfs_tree.h"

static void make_folders(const char *path)
{
	char part[512];

	for (const char *slash = strchr(path + 1, '/'); slash;
	     slash = strchr(slash + 1, '/')) {
		snprintf(part, sizeof(part), "%.*s", (int)(slash - path), path);
		assert_true(!mkdir(part, 0755) || errno == EEXIST);
	}
}

static void write_bytes(const char *path, const void *bytes, size_t length)
{
	FILE *file;

	make_folders(path);
	file = fopen(path, "w");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, length, file), length);
	assert_int_equal(fclose(file), 0);
}

void sysfs_tree_write(const struct sysfs_tree *tree, const char *text,
		      const char *format, ...)
{
	char relative[256], path[512];
	va_list args;

	va_start(args, format);
	vsnprintf(relative, sizeof(relative), format, args);
	va_end(args);
	snprintf(path, sizeof(path), "%s/%s", tree->root, relative);
	write_bytes(path, text, strlen(text));
}

static void make_link(const struct sysfs_tree *tree, const char *target,
		      const char *folder, const char *name)
{
	char path[512];

	snprintf(path, sizeof(path), "%s/%s/%s", tree->root, folder, name);
	make_folders(path);
	assert_int_equal(symlink(target, path), 0);
}

static void put16(uint8_t *config, unsigned int at, uint16_t value)
{
	config[at] = value & 0xff;
	config[at + 1] = value >> 8;
}

static void put32(uint8_t *config, unsigned int at, uint32_t value)
{
	put16(config, at, value & 0xffff);
	put16(config, at + 2, value >> 16);
}

static bool is_bridge(const struct fake *fake)
{
	return fake->class >> 8 == 0x0604;
}

/* AER first, so that the list has to be followed; then ACS if there is one. */
static void put_extended(uint8_t *config, const struct fake *fake)
{
	put32(config, 0x100, (uint32_t)fake->acs << 20 | 2 << 16 | 0x0001);
	if (!fake->acs)
		return;
	put32(config, fake->acs, 1 << 16 | 0x000d);
	put16(config, fake->acs + 4, fake->cap);
	put16(config, fake->acs + 6, fake->ctrl);
}

size_t fake_config(uint8_t config[CONFIG_SIZE], const struct fake *fake)
{
	size_t size = fake->express ? CONFIG_SIZE : 256;

	memset(config, 0, CONFIG_SIZE);
	put16(config, 0, fake->physfn ? 0xffff : fake->vendor);
	put16(config, 2, fake->physfn ? 0xffff : fake->device);
	put16(config, 4, 0x0006);
	put16(config, 6, fake->express ? 0x0010 : 0);
	put32(config, 8, fake->class << 8);
	config[0x0e] = (fake->multifunction ? 0x80 : 0) | is_bridge(fake);
	config[0x19] = fake->secondary;
	config[0x34] = fake->express ? 0x40 : 0;
	if (fake->express) {
		put16(config, 0x40, 0x0010);
		put16(config, 0x42, (fake->express - 1) << 4 | 2);
		put_extended(config, fake);
	}
	return fake->readable ? (size_t)fake->readable : size;
}

static const char *last(const char *path)
{
	return strrchr(path, '/') + 1;
}

static void add_files(const struct sysfs_tree *tree, const struct fake *fake)
{
	const struct {
		const char *name;
		unsigned int digits, value;
	} files[] = {
		{ "vendor", 4, fake->vendor }, { "device", 4, fake->device },
		{ "class", 6, fake->class },
		{ "subsystem_vendor", 4, is_bridge(fake) ? 0 : 0x1af4 },
		{ "subsystem_device", 4, is_bridge(fake) ? 0 : 0x1100 },
	};
	char text[32];

	for (size_t i = 0; i < COUNT(files); i++) {
		snprintf(text, sizeof(text), "0x%0*x\n", (int)files[i].digits,
			 files[i].value);
		sysfs_tree_write(tree, text, "devices/%s/%s", fake->path,
				 files[i].name);
	}
	sysfs_tree_write(tree, "D0\n", "devices/%s/power_state", fake->path);
	if (fake->express)
		sysfs_tree_write(tree, "8.0 GT/s PCIe\n",
				 "devices/%s/max_link_speed", fake->path);
}

static void add_links(const struct sysfs_tree *tree, const struct fake *fake)
{
	char folder[256], target[256];

	snprintf(target, sizeof(target), "../../../devices/%s", fake->path);
	make_link(tree, target, "bus/pci/devices", last(fake->path));
	snprintf(folder, sizeof(folder), "devices/%s", fake->path);
	if (fake->driver) {
		snprintf(target, sizeof(target), "../bus/pci/drivers/%s",
			 fake->driver);
		make_link(tree, target, folder, "driver");
	}
	if (fake->physfn) {
		snprintf(target, sizeof(target), "../%s", fake->physfn);
		make_link(tree, target, folder, "physfn");
	}
	if (fake->group) {
		snprintf(target, sizeof(target), "%s/kernel/iommu_groups/%u",
			 tree->root, fake->group);
		make_link(tree, target, folder, "iommu_group");
		snprintf(folder, sizeof(folder),
			 "kernel/iommu_groups/%u/devices", fake->group);
		make_link(tree, "nowhere", folder, last(fake->path));
	}
}

static void config_path(const struct sysfs_tree *tree, const struct fake *fake,
			char path[512])
{
	snprintf(path, 512, "%s/devices/%s/config", tree->root, fake->path);
}

void sysfs_tree_add(const struct sysfs_tree *tree, const struct fake *fakes,
		    unsigned int count)
{
	uint8_t config[CONFIG_SIZE];
	char path[512];

	for (unsigned int i = 0; i < count; i++) {
		add_files(tree, &fakes[i]);
		add_links(tree, &fakes[i]);
		config_path(tree, &fakes[i], path);
		write_bytes(path, config, fake_config(config, &fakes[i]));
	}
}

void sysfs_tree_poke(const struct sysfs_tree *tree, const struct fake *fake,
		     unsigned int at, const void *bytes, unsigned int length)
{
	char path[512];
	int fd;

	config_path(tree, fake, path);
	fd = open(path, O_WRONLY);
	assert_true(fd >= 0);
	assert_int_equal(pwrite(fd, bytes, length, at), length);
	close(fd);
}

void sysfs_tree_open(struct sysfs_tree *tree)
{
	char path[128];

	strcpy(tree->root, "/tmp/iowarden-sysfs-XXXXXX");
	assert_non_null(mkdtemp(tree->root));
	snprintf(path, sizeof(path), "%s/bus/pci/devices/", tree->root);
	make_folders(path);
}

static int remove_one(const char *path, const struct stat *status, int type,
		      struct FTW *walk)
{
	(void)status;
	(void)type;
	(void)walk;
	return remove(path);
}

void sysfs_tree_close(const struct sysfs_tree *tree)
{
	nftw(tree->root, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}
