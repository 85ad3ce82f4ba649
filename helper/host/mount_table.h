/* SPDX-License-Identifier: GPL-2.0 */
/* What is mounted, as the kernel's tables tell. */
#ifndef HOST_MOUNT_TABLE_H
#define HOST_MOUNT_TABLE_H

#include "host/host.h"

/**
 * struct mount - one line of mountinfo
 * @id: the same for everybody who sees this mount
 * @number: major:minor of the device; major 0 where the file system has none, or
 *	several
 * @source: who mounted it may have written anything there
 * @options: of the file system, separated by commas
 */
struct mount {
	const char *id, *number, *point, *type, *source, *options;
};

/**
 * struct mount_table - every mount that can be seen
 * @mount: first @own that this process sees, under the names that it sees, then
 *	those that only process 1 sees: outside of this root or namespace
 * @error: why those of process 1 are not among them, a negative errno; -EXDEV
 *	where that is not the host's
 */
struct mount_table {
	char *text[2];
	struct mount *mount;
	size_t count, own;
	int error;
};

/**
 * mount_table_read() - read what is mounted now
 * @table: freed by mount_table_free(), also after an error
 *
 * Return: 0, or a negative errno where not even this process's can be read.
 */
int mount_table_read(struct mount_table *table, const struct host_roots *roots);

/** mount_table_at() - the own mount that a path lies on; NULL for none */
const struct mount *mount_table_at(const struct mount_table *table,
				   const char *path);

/** mount_table_free() - free all */
void mount_table_free(struct mount_table *table);

#endif
