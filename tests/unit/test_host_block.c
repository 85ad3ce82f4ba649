// SPDX-License-Identifier: GPL-2.0
/* Mounts and swap areas, down to the PCI functions of their disks. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "stage.h"
#include "suite.h"

#define DISK NVME "/nvme/nvme0/nvme0n1"
#define OTHER_DISK GPU "/ata1/host0/target0:0:0/0:0:0:0/block/sda"

static void mounts(const struct stage *stage, const char *lines)
{
	stage_write(stage, lines, PROC "self/mountinfo");
}

/*  02:00.0 ── nvme0n1 ── nvme0n1p2        01:00.0 ── sda ── sda1  */
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

static void stack(struct stage *stage, const char *name, const char *number,
		  const char *slave)
{
	char folder[128];

	snprintf(folder, sizeof(folder), "devices/virtual/block/%s", name);
	stage_block(stage, folder, number);
	stage_write(stage, "", "%s/slaves/%s", folder, slave);
}

static void partitions_and_disks_are_on_their_function(void **state)
{
	struct stage stage;

	(void)state;
	open_disks(&stage);
	mounts(&stage,
	       "22 1 259:2 / / rw,relatime shared:1 - ext4 /dev/root rw\n"
	       "23 22 259:2 /home /home rw - ext4 /dev/root rw\n"
	       "24 22 259:2 / / rw - ext4 /dev/root rw\n"
	       "25 22 0:22 / /proc rw - proc proc rw\n"
	       "26 22 8:0 / /mnt/with\\040blank\\134x rw master:2 - xfs /dev/sda rw\n"
	       "27 22 8:1\n"
	       "28 22 8:1 / /cut rw -\n");
	stage_collect(&stage);
	stage_expect_uses(&stage, USE_MOUNT, 3);
	stage_expect_use(&stage, USE_MOUNT, "02:00.0", "/", "nvme0n1p2");
	stage_expect_use(&stage, USE_MOUNT, "02:00.0", "/home", "nvme0n1p2");
	stage_expect_use(&stage, USE_MOUNT, "01:00.0", "/mnt/with blank\\x",
			 "sda");
	/* In the order of addresses, whatever that of the mounts. */
	assert_int_equal(stage.facts.uses[0].device.id, 0x0100);
	stage_expect_unseen(&stage, "mounted", 0);
	stage_close(&stage);
}

/*  / on dm-1 (LVM) on dm-0 (LUKS) on md0 on {nvme0n1p2, sda1}  */
static void stacks_branch_down_to_every_disk(void **state)
{
	struct stage stage;

	(void)state;
	open_disks(&stage);
	stack(&stage, "dm-1", "253:1", "dm-0");
	stack(&stage, "dm-0", "253:0", "md0");
	stack(&stage, "md0", "9:0", "sda1");
	stack(&stage, "md0", NULL, "nvme0n1p2");
	stage_write(&stage, "vg-root\n", "class/block/dm-1/dm/name");
	mounts(&stage, "22 1 253:1 / / rw - ext4 /dev/mapper/vg-root rw\n");
	stage_collect(&stage);
	stage_expect_uses(&stage, USE_MOUNT, 2);
	stage_expect_use(&stage, USE_MOUNT, "02:00.0", "/",
			 "dm-1 dm-0 md0 nvme0n1p2");
	stage_expect_use(&stage, USE_MOUNT, "01:00.0", "/",
			 "dm-1 dm-0 md0 sda1");
	stage_close(&stage);
}

/* A partition of an md array: its slaves are in the folder of the array. */
static void partition_of_an_array_is_on_its_disks(void **state)
{
	struct stage stage;

	(void)state;
	open_disks(&stage);
	stack(&stage, "md127", "9:127", "nvme0n1");
	stage_block(&stage, "devices/virtual/block/md127/md127p1", "259:9");
	stage_write(&stage, "1\n",
		    "devices/virtual/block/md127/md127p1/partition");
	mounts(&stage, "22 1 259:9 / /srv rw - ext4 /dev/md127p1 rw\n");
	stage_collect(&stage);
	stage_expect_uses(&stage, USE_MOUNT, 1);
	stage_expect_use(&stage, USE_MOUNT, "02:00.0", "/srv",
			 "md127p1 nvme0n1");
	stage_close(&stage);
}

static void rings_and_vanished_disks_are_not_unused(void **state)
{
	struct stage stage;

	(void)state;
	open_disks(&stage);
	stack(&stage, "dm-0", "253:0", "dm-1");
	stack(&stage, "dm-1", "253:1", "dm-3");
	stack(&stage, "dm-3", "253:3", "dm-0");
	stack(&stage, "dm-2", "253:2", "sdz");
	stage_link(&stage, "class/block/sdz", "devices/nowhere");
	mounts(&stage,
	       "22 1 253:0 / /ring rw - ext4 /dev/dm-0 rw\n"
	       "23 1 253:2 / /gone rw - ext4 /dev/dm-2 rw\n"
	       "24 1 8:99 / /unknown rw - ext4 /dev/sdx rw\n");
	stage_collect(&stage);
	stage_expect_uses(&stage, USE_MOUNT, 0);
	stage_expect_unseen(&stage, "which PCI device dm-0 stands on", 1);
	stage_expect_unseen(&stage, "which PCI device sdz stands on", 1);
	stage_expect_unseen(&stage, "/dev/sdx (8:99)", 1);
	stage_close(&stage);
}

static void stack_that_is_too_deep_is_said(void **state)
{
	struct stage stage;
	char name[16], slave[16];

	(void)state;
	open_disks(&stage);
	for (int i = 0; i < 20; i++) {
		snprintf(name, sizeof(name), "dm-%d", i);
		snprintf(slave, sizeof(slave), "dm-%d", i + 1);
		stack(&stage, name, i ? NULL : "253:0", slave);
	}
	mounts(&stage, "22 1 253:0 / / rw - ext4 /dev/dm-0 rw\n");
	stage_collect(&stage);
	stage_expect_uses(&stage, USE_MOUNT, 0);
	stage_expect_unseen(&stage, "which PCI device dm-16 stands on", 1);
	stage_close(&stage);
}

/*
 *  nvme-subsys0 ─┬─ nvme0 (02:00.0) ─ nvme0c0n1, hidden
 *                ├─ nvme1 (03:00.0) ─ nvme0c1n1, hidden
 *                └─ nvme0n1 ─ nvme0n1p1
 */
static void multipath_disk_stands_on_every_controller(void **state)
{
#define SUBSYSTEM "devices/virtual/nvme-subsystem/nvme-subsys0"
	struct stage stage;

	(void)state;
	stage_open(&stage);
	stage_write(&stage, "", NVME "/nvme/nvme0/nvme0c0n1/size");
	stage_write(&stage, "", NIC "/nvme/nvme1/nvme0c1n1/size");
	stage_block(&stage, SUBSYSTEM "/nvme0n1", "259:0");
	stage_block(&stage, SUBSYSTEM "/nvme0n1/nvme0n1p1", "259:1");
	stage_write(&stage, "1\n", SUBSYSTEM "/nvme0n1/nvme0n1p1/partition");
	stage_link(&stage, SUBSYSTEM "/nvme0n1/device", SUBSYSTEM);
	stage_link(&stage, SUBSYSTEM "/nvme0", NVME "/nvme/nvme0");
	stage_link(&stage, SUBSYSTEM "/nvme1", NIC "/nvme/nvme1");
	stage_link(&stage, SUBSYSTEM "/nvme2", "devices/nowhere");
	mounts(&stage, "22 1 259:1 / / rw - ext4 /dev/nvme0n1p1 rw\n");
	stage_collect(&stage);
	stage_expect_uses(&stage, USE_MOUNT, 2);
	stage_expect_use(&stage, USE_MOUNT, "02:00.0", "/",
			 "nvme0n1p1 nvme0");
	stage_expect_use(&stage, USE_MOUNT, "03:00.0", "/",
			 "nvme0n1p1 nvme1");
	stage_close(&stage);
}

/* nvme_core.multipath=N: one namespace, a disk for each controller. */
static void disk_that_two_controllers_show_stands_on_both(void **state)
{
	struct stage stage;

	(void)state;
	open_disks(&stage);
	stage_block(&stage, GPU "/nvme/nvme1/nvme1n1", "259:3");
	stage_block(&stage, NIC "/nvme/nvme2/nvme2n1", "259:4");
	stage_write(&stage, "eui.1\n", DISK "/wwid");
	stage_write(&stage, "eui.1\n", GPU "/nvme/nvme1/nvme1n1/wwid");
	stage_write(&stage, "eui.2\n", NIC "/nvme/nvme2/nvme2n1/wwid");
	mounts(&stage, "22 1 259:2 / / rw - ext4 /dev/nvme0n1p2 rw\n");
	stage_collect(&stage);
	stage_expect_uses(&stage, USE_MOUNT, 2);
	stage_expect_use(&stage, USE_MOUNT, "02:00.0", "/", "nvme0n1p2");
	stage_expect_use(&stage, USE_MOUNT, "01:00.0", "/",
			 "nvme0n1p2 nvme1n1");
	stage_close(&stage);
}

/* Its file system may have been unmounted lazily: the file is in use still. */
static void swap_file_without_a_mount_is_said(void **state)
{
	struct stage stage;

	(void)state;
	open_disks(&stage);
	mounts(&stage, "22 1 259:2 / /mnt rw - ext4 /dev/nvme0n1p2 rw\n");
	stage_write(&stage,
		    "Filename\tType\tSize\tUsed\tPriority\n"
		    "/mnt/swap file 1 0 -2\n"
		    "/mnt2/swap file 1 0 -2\n", PROC "swaps");
	stage_collect(&stage);
	stage_expect_unseen(&stage, "swap file /mnt2/swap", 1);
	stage_expect_unseen(&stage, "swap file", 1);
	stage_close(&stage);
}

static void disk_over_a_network_is_said_and_a_loop_is_not(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage);
	stage_block(&stage, "devices/virtual/block/loop0", "7:0");
	stage_block(&stage, "devices/virtual/block/nbd0", "43:0");
	stage_block(&stage, "devices/platform/emmc/mmcblk0", "179:0");
	mounts(&stage,
	       "22 1 7:0 / /snap rw - squashfs /dev/loop0 rw\n"
	       "23 1 43:0 / /far rw - ext4 /dev/nbd0 rw\n"
	       "24 1 43:0 / /farther rw - ext4 /dev/nbd0 rw\n"
	       "25 1 179:0 / /boot rw - vfat /dev/mmcblk0 rw\n"
	       "26 1 0:50 / /tank rw - zfs tank rw\n"
	       "27 1 0:51 / /tank/vm rw - zfs tank/vm rw\n"
	       "28 1 0:52 / /net rw - nfs4 server:/dev/x rw\n");
	stage_collect(&stage);
	stage_expect_uses(&stage, USE_MOUNT, 0);
	stage_expect_unseen(&stage, "nbd0", 1);
	stage_expect_unseen(&stage, "loop0", 0);
	stage_expect_unseen(&stage, "mmcblk0", 0);
	stage_expect_unseen(&stage, "mounts of type zfs", 1);
	stage_expect_unseen(&stage, "mounts of type nfs4", 1);
	stage_close(&stage);
}

/* /dev/mapper names, and both devices of one btrfs; an overlay has none. */
static void file_systems_without_a_number_are_found_by_name(void **state)
{
	struct stage stage;

	(void)state;
	open_disks(&stage);
	stack(&stage, "dm-0", "253:0", "nvme0n1p2");
	stage_write(&stage, "crypt\n", "class/block/dm-0/dm/name");
	stage_write(&stage, "", "fs/btrfs/0af0/devices/dm-0");
	stage_write(&stage, "", "fs/btrfs/0af0/devices/sda1");
	stage_write(&stage, "", "fs/btrfs/features/raid1c34");
	stage_write(&stage, "", DEV "disk/by-label/none");
	mounts(&stage,
	       "22 1 0:30 /@ / rw - btrfs /dev/mapper/crypt rw\n"
	       "23 1 0:31 / /var rw - overlay overlay rw\n"
	       "24 1 0:32 / /label rw - btrfs /dev/disk/by-label/none rw\n"
	       "25 1 0:33 / /lost rw - btrfs /dev/mapper/lost rw\n");
	stage_collect(&stage);
	stage_expect_uses(&stage, USE_MOUNT, 2);
	stage_expect_use(&stage, USE_MOUNT, "02:00.0", "/", "dm-0 nvme0n1p2");
	stage_expect_use(&stage, USE_MOUNT, "01:00.0", "/", "sda1");
	stage_expect_unseen(&stage, "/dev/disk/by-label/none (0:32)", 1);
	stage_expect_unseen(&stage, "/dev/mapper/lost (0:33)", 1);
	stage_close(&stage);
}

static void btrfs_that_sysfs_does_not_show_is_followed_and_said(void **state)
{
	struct stage stage;

	(void)state;
	open_disks(&stage);
	mounts(&stage, "22 1 0:30 / / rw - btrfs /dev/sda1 rw\n");
	stage_collect(&stage);
	stage_expect_use(&stage, USE_MOUNT, "01:00.0", "/", "sda1");
	stage_expect_unseen(&stage, "btrfs on sda1", 1);
	stage_close(&stage);
}

/* A logical volume of the name of a disk: /dev/group/sda is not sda. */
static void volume_is_not_taken_for_a_disk_of_its_name(void **state)
{
	struct stage stage;

	(void)state;
	open_disks(&stage);
	stage_write(&stage,
		"Filename\t\t\t\tType\t\tSize\tUsed\tPriority\n"
		"/dev/group/sda                          partition\t1\t0\t-2\n"
		"/dev/nvme0n1p2                          partition\t1\t0\t-2\n"
		"/swap\\040file                          file\t\t1\t0\t-3\n",
		PROC "swaps");
	stage_collect(&stage);
	stage_expect_uses(&stage, USE_SWAP, 1);
	stage_expect_use(&stage, USE_SWAP, "02:00.0", "/dev/nvme0n1p2",
			 "nvme0n1p2");
	stage_expect_unseen(&stage, "swap area /dev/group/sda", 1);
	stage_close(&stage);
}

static void tables_that_are_missing_are_said(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage);
	stage_collect(&stage);
	assert_int_equal(stage.facts.use_count, 0);
	stage_expect_unseen(&stage, "/proc/self/mountinfo: No such file", 1);
	stage_expect_unseen(&stage, "/proc/swaps: No such file", 1);
	stage_close(&stage);
}

/* Function 05:00.0 came after the facts were read. */
static void uses_of_functions_that_are_not_in_the_facts_are_dropped(
	void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage);
	stage_block(&stage, "devices/pci0000:00/0000:05:00.0/block/sdb", "8:16");
	mounts(&stage, "22 1 8:16 / / rw - ext4 /dev/sdb rw\n");
	stage_collect(&stage);
	stage_expect_uses(&stage, USE_MOUNT, 0);
	stage_expect_unseen(&stage, "sdb", 0);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(partitions_and_disks_are_on_their_function),
		cmocka_unit_test(stacks_branch_down_to_every_disk),
		cmocka_unit_test(partition_of_an_array_is_on_its_disks),
		cmocka_unit_test(rings_and_vanished_disks_are_not_unused),
		cmocka_unit_test(stack_that_is_too_deep_is_said),
		cmocka_unit_test(multipath_disk_stands_on_every_controller),
		cmocka_unit_test(disk_that_two_controllers_show_stands_on_both),
		cmocka_unit_test(swap_file_without_a_mount_is_said),
		cmocka_unit_test(disk_over_a_network_is_said_and_a_loop_is_not),
		cmocka_unit_test(file_systems_without_a_number_are_found_by_name),
		cmocka_unit_test(btrfs_that_sysfs_does_not_show_is_followed_and_said),
		cmocka_unit_test(volume_is_not_taken_for_a_disk_of_its_name),
		cmocka_unit_test(tables_that_are_missing_are_said),
		cmocka_unit_test(uses_of_functions_that_are_not_in_the_facts_are_dropped),
	};

	return cmocka_run_group_tests_name("host_block", tests, NULL, NULL);
}
