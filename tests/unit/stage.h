/* SPDX-License-Identifier: GPL-2.0 */
/* A host of files: /sys, /proc and /dev in one folder, and four PCI functions. */
#ifndef STAGE_H
#define STAGE_H

#include "host/host.h"
#include "sysfs_tree.h"

/* Below the root that stands for /sys. */
#define PROC "@proc/"
#define DEV "@dev/"

/* Where the functions of a stage are in sysfs. */
#define GPU "devices/pci0000:00/0000:00:01.0/0000:01:00.0"
#define NVME "devices/pci0000:00/0000:00:02.0/0000:02:00.0"
#define NIC "devices/pci0000:00/0000:00:03.0/0000:03:00.0"
#define USB "devices/pci0000:00/0000:00:14.0"

/**
 * struct stage - a tree and the facts about it
 *
 * 0000:01:00.0 (group 1), 0000:02:00.0 (2), 0000:03:00.0 (3), 0000:00:14.0 (4),
 * whose folders are in sysfs; and the port 0000:00:01.0 in group 1.
 */
struct stage {
	struct sysfs_tree tree;
	struct host_calls calls;
	struct host_roots roots;
	char procfs[80], dev[80];
	struct facts facts;
	struct problem problem;
};

/** stage_open() - with empty /dev, and in /proc only this process and number 1 */
void stage_open(struct stage *stage);

/** stage_write() - write a file of sysfs, or of PROC or DEV */
#define stage_write(stage, text, ...) \
	sysfs_tree_write(&(stage)->tree, text, __VA_ARGS__)

/** stage_link() - a link at @path to @target, both below the root */
void stage_link(const struct stage *stage, const char *path,
		const char *target);

/** stage_unlink() - remove a file or link below the root; as unlink() */
int stage_unlink(const struct stage *stage, const char *path);

/** stage_namespace() - put a process, "1" or "self", into another namespace */
void stage_namespace(const struct stage *stage, const char *process,
		     const char *kind, const char *number);

/**
 * stage_block() - a block device with its links in class/block and dev/block
 * @folder: it is in; its last component is its name
 * @number: major:minor; NULL for none
 */
void stage_block(const struct stage *stage, const char *folder,
		 const char *number);

/** stage_collect() - run host_collect() */
void stage_collect(struct stage *stage);

/** stage_expect_uses() - there are @count uses of a kind */
void stage_expect_uses(const struct stage *stage, enum use_kind kind,
		       size_t count);

/** stage_expect_use() - there is this one; @through NULL is "not known" */
void stage_expect_use(const struct stage *stage, enum use_kind kind,
		      const char *bdf, const char *what, const char *through);

/** stage_expect_unseen() - @count lines of unseen contain the words */
void stage_expect_unseen(const struct stage *stage, const char *words,
			 size_t count);

/** stage_close() - remove everything */
void stage_close(struct stage *stage);

#endif
