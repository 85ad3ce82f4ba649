// SPDX-License-Identifier: GPL-2.0
/* Mounts outside of this root or namespace, and file systems without a mount. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "stage.h"
#include "suite.h"

#define DISK NVME "/nvme/nvme0/nvme0n1"
#define OTHER_DISK GPU "/ata1/host0/target0:0:0/0:0:0:0/block/sda"
#define NOWHERE "a place that cannot be seen from here"

static void open_disks(struct stage *stage)
{
	stage_open(stage);
	stage_block(stage, DISK, "259:0");
	stage_block(stage, DISK "/nvme0n1p2", "259:2");
	stage_write(stage, "2\n", DISK "/nvme0n1p2/partition");
	stage_block(stage, OTHER_DISK, "8:0");
	stage_block(stage, OTHER_DISK "/sda1", "8:1");
	stage_write(stage, "1\n", OTHER_DISK "/sda1/partition");
}

static void mounts(const struct stage *stage, const char *lines)
{
	stage_write(stage, lines, PROC "self/mountinfo");
}

static void mounts_of_first(const struct stage *stage, const char *lines)
{
	stage_write(stage, lines, PROC "1/mountinfo");
}

/* In a chroot: / is /srv/root of the host, and /home is not seen. */
static void mounts_that_only_process_1_sees_count(void **state)
{
	struct stage stage;

	(void)state;
	open_disks(&stage);
	mounts(&stage, "30 22 259:2 / / rw - ext4 /dev/nvme0n1p2 rw\n");
	mounts_of_first(&stage,
		"30 22 259:2 / /srv/root rw - ext4 /dev/nvme0n1p2 rw\n"
		"31 22 8:1 / /home rw - ext4 /dev/sda1 rw\n");
	stage_collect(&stage);
	stage_expect_uses(&stage, USE_MOUNT, 2);
	stage_expect_use(&stage, USE_MOUNT, "02:00.0", "/", "nvme0n1p2");
	stage_expect_use(&stage, USE_MOUNT, "01:00.0", "/home", "sda1");
	stage_expect_unseen(&stage, "mount", 0);
	stage_close(&stage);
}

static void mounts_of_a_host_that_is_not_seen_are_said(void **state)
{
	struct stage stage;

	(void)state;
	open_disks(&stage);
	mounts(&stage, "");
	stage_unlink(&stage, PROC "1/mountinfo");
	stage_collect(&stage);
	stage_expect_unseen(&stage,
		"mounted outside this root or mount namespace: /proc/1/mountinfo: No such file", 1);
	stage_close(&stage);

	open_disks(&stage);
	mounts(&stage, "");
	/* The first process of a container is not that of the host. */
	mounts_of_first(&stage, "31 22 8:1 / /home rw - ext4 /dev/sda1 rw\n");
	stage_namespace(&stage, "self", "pid", "pid:[4026532500]");
	stage_collect(&stage);
	stage_expect_uses(&stage, USE_MOUNT, 0);
	stage_expect_unseen(&stage, "process 1 is not the host's", 1);
	stage_close(&stage);
}

/* Unmounted lazily, or mounted in the namespace of a service. */
static void file_systems_without_a_mount_count(void **state)
{
	struct stage stage;

	(void)state;
	open_disks(&stage);
	mounts(&stage, "30 22 259:2 / / rw - ext4 /dev/nvme0n1p2 rw\n");
	stage_write(&stage, "", "fs/ext4/features/lazy_itable_init");
	stage_write(&stage, "", "fs/ext4/nvme0n1p2/errors_count");
	stage_write(&stage, "", "fs/xfs/stats/stats");
	stage_write(&stage, "", "fs/xfs/sda1/log/log_head_lsn");
	stage_collect(&stage);
	stage_expect_uses(&stage, USE_MOUNT, 2);
	stage_expect_use(&stage, USE_MOUNT, "02:00.0", "/", "nvme0n1p2");
	stage_expect_use(&stage, USE_MOUNT, "01:00.0", NOWHERE, "sda1");
	stage_close(&stage);
}

static void file_systems_of_several_disks_without_a_mount_count(void **state)
{
	struct stage stage;

	(void)state;
	open_disks(&stage);
	stage_write(&stage, "", "fs/btrfs/0af0/devices/sda1");
	stage_write(&stage, "", "fs/btrfs/features/raid1c34");
	stage_link(&stage, "fs/bcachefs/1bc0/dev-0/block", DISK);
	stage_collect(&stage);
	stage_expect_uses(&stage, USE_MOUNT, 2);
	stage_expect_use(&stage, USE_MOUNT, "01:00.0", NOWHERE, "sda1");
	stage_expect_use(&stage, USE_MOUNT, "02:00.0", NOWHERE, "nvme0n1");
	stage_close(&stage);
}

/* A journal inside of its file system has a number behind the name. */
static void logs_and_journals_on_other_disks_count(void **state)
{
	struct stage stage;

	(void)state;
	open_disks(&stage);
	stage_block(&stage, NIC "/nvme/nvme1/nvme1n1", "259:4");
	mounts(&stage,
	       "30 22 259:2 / / rw - xfs /dev/nvme0n1p2 rw,attr2,logdev=/dev/sda1,noquota\n"
	       "31 22 259:2 / /lost rw - xfs /dev/nvme0n1p2 rw,rtdev=/dev/sdx\n"
	       "32 22 259:2 / /other rw - ext4 /dev/nvme0n1p2 rw,logdev=/dev/sdy\n");
	stage_write(&stage, "", PROC "fs/jbd2/nvme0n1p2-8/info");
	stage_write(&stage, "", PROC "fs/jbd2/nvme1n1/info");
	stage_collect(&stage);
	stage_expect_use(&stage, USE_MOUNT, "01:00.0", "/", "sda1");
	stage_expect_uses(&stage, USE_HOLDER, 1);
	stage_expect_use(&stage, USE_HOLDER, "03:00.0",
			 "the journal of an ext4", "nvme1n1");
	stage_expect_unseen(&stage, "/dev/sdx (259:2)", 1);
	stage_expect_unseen(&stage, "/dev/sdy", 0);
	stage_close(&stage);
}

/* Who mounts a tmpfs, or anything through FUSE, calls its source as he likes. */
static void sources_are_believed_of_file_systems_that_have_disks(void **state)
{
	struct stage stage;

	(void)state;
	open_disks(&stage);
	mounts(&stage,
	       "30 22 0:60 / /a rw - tmpfs /dev/nvme0n1p2 rw\n"
	       "31 22 0:61 / /b rw - fuse.x /dev/sda1 rw\n"
	       "32 22 0:62 / /c rw - fuse /dev/fuse rw\n"
	       "33 22 0:63 / /d rw - bcachefs /dev/sda1:/dev/nvme0n1p2 rw\n");
	stage_collect(&stage);
	stage_expect_uses(&stage, USE_MOUNT, 2);
	stage_expect_use(&stage, USE_MOUNT, "01:00.0", "/d", "sda1");
	stage_expect_use(&stage, USE_MOUNT, "02:00.0", "/d", "nvme0n1p2");
	stage_expect_unseen(&stage, "mounted", 0);
	stage_close(&stage);
}

/* /tank hides / for what is below it. */
static void swap_file_is_on_the_nearest_mount(void **state)
{
	struct stage stage;

	(void)state;
	open_disks(&stage);
	mounts(&stage,
	       "30 22 259:2 / / rw - ext4 /dev/nvme0n1p2 rw\n"
	       "31 22 0:63 / /tank rw - zfs tank rw\n");
	stage_write(&stage,
		    "Filename\tType\tSize\tUsed\tPriority\n"
		    "/tanker/swap file 1 0 -2\n"
		    "/tank/swap file 1 0 -2\n", PROC "swaps");
	stage_collect(&stage);
	stage_expect_unseen(&stage, "swap file /tank/swap", 1);
	stage_expect_unseen(&stage, "swap file", 1);
	stage_close(&stage);
}

static void kernel_without_swap_has_no_table_of_it(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage);
	stage_write(&stage, "", PROC "cmdline");
	stage_collect(&stage);
	stage_expect_unseen(&stage, "/proc/swaps", 0);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mounts_that_only_process_1_sees_count),
		cmocka_unit_test(mounts_of_a_host_that_is_not_seen_are_said),
		cmocka_unit_test(file_systems_without_a_mount_count),
		cmocka_unit_test(file_systems_of_several_disks_without_a_mount_count),
		cmocka_unit_test(logs_and_journals_on_other_disks_count),
		cmocka_unit_test(sources_are_believed_of_file_systems_that_have_disks),
		cmocka_unit_test(swap_file_is_on_the_nearest_mount),
		cmocka_unit_test(kernel_without_swap_has_no_table_of_it),
	};

	return cmocka_run_group_tests_name("host_mount", tests, NULL, NULL);
}
