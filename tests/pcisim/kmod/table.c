// SPDX-License-Identifier: GPL-2.0
#include <linux/kernel_read_file.h>
#include <linux/limits.h>
#include <linux/pci.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>
#include "blob.h"
#include "config.h"
#include "table.h"

/* The part of a blob that was not read yet. */
struct rest {
	const u8 *bytes;
	size_t size;
};

/* The next @size bytes of a blob, NULL if it has no more so many. */
static const void *take(struct rest *rest, size_t size)
{
	const u8 *bytes = rest->bytes;

	if (rest->size < size)
		return NULL;
	rest->bytes += size;
	rest->size -= size;
	return bytes;
}

static unsigned long address_of(u32 segment, u8 bus, u8 devfn)
{
	return (unsigned long)segment << 16 | PCI_DEVID(bus, devfn);
}

static int read_roots(struct pcisim_table *table, struct rest *rest, u32 count)
{
	const struct blob_root *roots;
	u32 i;

	if (count > rest->size / sizeof(*roots))
		return -EINVAL;
	roots = take(rest, count * sizeof(*roots));
	table->roots = kcalloc(count, sizeof(*table->roots), GFP_KERNEL);
	if (!table->roots)
		return -ENOMEM;
	for (i = 0; i < count; i++) {
		table->roots[i].segment = le32_to_cpu(roots[i].segment);
		table->roots[i].bus = roots[i].bus;
		table->roots[i].last_bus = roots[i].last_bus;
	}
	table->root_count = count;
	return 0;
}

static struct pcisim_function *new_function(const struct blob_function *from, const u8 *config)
{
	u16 size = le16_to_cpu(from->size);
	struct pcisim_function *function;

	function = kzalloc(sizeof(*function) + 2 * size, GFP_KERNEL);
	if (!function)
		return NULL;
	function->segment = le32_to_cpu(from->segment);
	function->bus = from->bus;
	function->devfn = from->devfn;
	function->flags = le16_to_cpu(from->flags);
	function->vfs = le16_to_cpu(from->vfs);
	function->size = size;
	function->writable = function->config + size;
	memcpy(function->config, config, size);
	pcisim_config_prepare(function);
	function->absent = function->flags & BLOB_HOT;
	return function;
}

static bool is_size(u16 size)
{
	return size >= PCI_STD_HEADER_SIZEOF && size <= PCI_CFG_SPACE_EXP_SIZE;
}

static int read_function(struct pcisim_table *table, struct rest *rest)
{
	const struct blob_function *from = take(rest, sizeof(*from));
	struct pcisim_function *function;
	const u8 *config;
	int err;

	if (!from || !is_size(le16_to_cpu(from->size)))
		return -EINVAL;
	config = take(rest, le16_to_cpu(from->size));
	if (!config)
		return -EINVAL;
	function = new_function(from, config);
	if (!function)
		return -ENOMEM;
	err = xa_insert(&table->functions,
			address_of(function->segment, function->bus, function->devfn),
			function, GFP_KERNEL);
	if (err)
		kfree(function);
	return err;
}

static int read_blob(struct pcisim_table *table, struct rest rest)
{
	const struct blob_header *header = take(&rest, sizeof(*header));
	u32 left;
	int err;

	if (!header || memcmp(header->magic, BLOB_MAGIC, BLOB_MAGIC_SIZE))
		return -EINVAL;
	err = read_roots(table, &rest, le32_to_cpu(header->roots));
	for (left = le32_to_cpu(header->functions); left && !err; left--)
		err = read_function(table, &rest);
	return err ?: rest.size ? -EINVAL : 0;
}

/**
 * pcisim_table_load() - fill a table from a file
 * @table: to fill
 * @path: of the file
 *
 * Return: 0, or an error, and then the table holds nothing.
 */
int pcisim_table_load(struct pcisim_table *table, const char *path)
{
	void *file = NULL;
	ssize_t size;
	int err;

	xa_init(&table->functions);
	table->roots = NULL;
	table->root_count = 0;
	/* Security modules must know what a file is for, or they warn. */
	size = kernel_read_file_from_path(path, 0, &file, INT_MAX, NULL, READING_FIRMWARE);
	if (size < 0)
		return size;
	err = read_blob(table, (struct rest){ file, size });
	vfree(file);
	if (err)
		pcisim_table_free(table);
	return err;
}

/**
 * pcisim_table_free() - give back what a table holds
 * @table: may be filled in part
 */
void pcisim_table_free(struct pcisim_table *table)
{
	struct pcisim_function *function;
	unsigned long address;

	pcisim_for_each_function(table, address, function)
		kfree(function);
	xa_destroy(&table->functions);
	kfree(table->roots);
	table->roots = NULL;
	table->root_count = 0;
}

/**
 * pcisim_table_find() - a function by its address
 * @table: where to look
 * @segment: PCI segment
 * @bus: bus number
 * @devfn: device and function
 *
 * Return: the function, also one that is absent, or NULL.
 */
struct pcisim_function *pcisim_table_find(struct pcisim_table *table, u32 segment, u8 bus,
					  u8 devfn)
{
	return xa_load(&table->functions, address_of(segment, bus, devfn));
}
