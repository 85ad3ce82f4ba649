// SPDX-License-Identifier: GPL-2.0
/* Processes that hold a GPU, or a group through vfio. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "stage_process.h"
#include "suite.h"

static void open_processes(struct stage *stage)
{
	stage_open(stage);
	stage_process(stage, 1, "systemd\n");
	stage_process(stage, 812, "Xorg\n");
	stage_write(stage, "", PROC "acpi/wakeup");
}

static void nodes_lead_to_functions_by_their_numbers(void **state)
{
	struct stage stage;

	(void)state;
	open_processes(&stage);
	stage_node(&stage, "/dev/null", 1, 3, "mem", "devices/virtual");
	stage_node(&stage, "/dev/kfd", 240, 0, "kfd", "devices/virtual");
	stage_node(&stage, "/dev/vfio/vfio", 10, 196, "misc", "devices/virtual");
	stage_node(&stage, "/dev/dri/card0", 226, 0, "drm", GPU);
	stage_node(&stage, "/dev/dri/renderD128 (deleted)", 226, 128, "drm", GPU);
	/* A screen below a chroot; what it is called there does not matter. */
	stage_node(&stage, "/srv/root/dev/screen", 29, 0, "graphics", NVME);
	stage_node(&stage, "/dev/vfio/devices/vfio3", 511, 3, "vfio-dev", NIC);
	stage_hold(&stage, 812, 0, "/dev/null");
	stage_hold(&stage, 812, 1, "socket:[4711]");
	stage_hold(&stage, 812, 5, "/dev/dri/card0");
	stage_hold(&stage, 812, 6, "/dev/dri/card0");
	stage_hold(&stage, 812, 7, "/dev/dri/renderD128 (deleted)");
	stage_hold(&stage, 812, 8, "/dev/kfd");
	stage_hold(&stage, 812, 9, "/srv/root/dev/screen");
	stage_hold(&stage, 1, 3, "/dev/vfio/devices/vfio3");
	stage_hold(&stage, 1, 4, "/dev/vfio/vfio");
	stage_collect(&stage);
	stage_expect_uses(&stage, USE_HOLDER, 4);
	stage_expect_use(&stage, USE_HOLDER, "01:00.0", "Xorg (pid 812)",
			 "/dev/dri/card0");
	stage_expect_use(&stage, USE_HOLDER, "01:00.0", "Xorg (pid 812)",
			 "/dev/dri/renderD128");
	stage_expect_use(&stage, USE_HOLDER, "02:00.0", "Xorg (pid 812)",
			 "/dev/screen");
	stage_expect_use(&stage, USE_HOLDER, "03:00.0", "systemd (pid 1)",
			 "/dev/vfio/devices/vfio3");
	stage_expect_unseen(&stage, "process", 0);
	stage_close(&stage);
}

/* Anybody can call a file of his /dev/dri/card0. */
static void file_of_the_name_of_a_node_is_no_node(void **state)
{
	struct stage stage;

	(void)state;
	open_processes(&stage);
	stage_write(&stage, "", GPU "/drm/card0/dev");
	stage_hold(&stage, 812, 5, "/dev/dri/card0");
	stage_hold(&stage, 812, 6, "/dev/dri/card9");
	stage_hold(&stage, 812, 7, "/dev/vfio/1");
	stage_collect(&stage);
	stage_expect_uses(&stage, USE_HOLDER, 0);
	stage_expect_unseen(&stage, "process", 0);
	stage_close(&stage);
}

/* As QEMU opens a disk that it gives to a guest without vfio. */
static void disk_that_a_process_has_open_is_held(void **state)
{
	struct stage stage;

	(void)state;
	open_processes(&stage);
	stage_block(&stage, NVME "/nvme/nvme0/nvme0n1", "259:0");
	stage_block(&stage, "devices/virtual/block/loop0", "7:0");
	stage_node(&stage, "/dev/nvme0n1", 259, 0, NULL, NULL);
	stage_node(&stage, "/dev/loop0", 7, 0, NULL, NULL);
	stage_node(&stage, "/dev/sdz", 8, 99, NULL, NULL);
	stage_hold(&stage, 812, 5, "/dev/nvme0n1");
	stage_hold(&stage, 812, 6, "/dev/loop0");
	stage_hold(&stage, 812, 7, "/dev/sdz");
	stage_collect(&stage);
	stage_expect_uses(&stage, USE_HOLDER, 1);
	stage_expect_use(&stage, USE_HOLDER, "02:00.0", "Xorg (pid 812)",
			 "nvme0n1");
	stage_expect_unseen(&stage, "process", 0);
	stage_close(&stage);
}

/* A sound server has the audio function of a GPU open; timers are of no card. */
static void sound_that_is_open_holds_its_card(void **state)
{
	struct stage stage;

	(void)state;
	open_processes(&stage);
	stage_node(&stage, "/dev/snd/controlC1", 116, 7, "sound",
		   GPU "/sound/card1");
	stage_node(&stage, "/dev/snd/timer", 116, 33, "sound",
		   "devices/virtual");
	stage_hold(&stage, 812, 5, "/dev/snd/controlC1");
	stage_hold(&stage, 812, 6, "/dev/snd/timer");
	stage_collect(&stage);
	stage_expect_uses(&stage, USE_HOLDER, 1);
	stage_expect_use(&stage, USE_HOLDER, "01:00.0", "Xorg (pid 812)",
			 "/dev/snd/controlC1");
	stage_expect_unseen(&stage, "process", 0);
	stage_close(&stage);
}

/* Group 1 has a GPU and the port above it, which no guest is given. */
static void holder_of_a_group_holds_its_endpoints(void **state)
{
	struct stage stage;

	(void)state;
	open_processes(&stage);
	stage_node(&stage, "/dev/vfio/1", 510, 0, "vfio", "devices/virtual");
	stage_node(&stage, "/dev/vfio/noiommu-4", 510, 1, "vfio",
		   "devices/virtual");
	stage_node(&stage, "/dev/vfio/77", 510, 2, "vfio", "devices/virtual");
	stage_hold(&stage, 812, 5, "/dev/vfio/1");
	stage_hold(&stage, 812, 6, "/dev/vfio/noiommu-4");
	stage_hold(&stage, 812, 7, "/dev/vfio/77");
	stage_collect(&stage);
	stage_expect_uses(&stage, USE_HOLDER, 2);
	stage_expect_use(&stage, USE_HOLDER, "01:00.0", "Xorg (pid 812)",
			 "/dev/vfio/1");
	stage_expect_use(&stage, USE_HOLDER, "00:14.0", "Xorg (pid 812)",
			 "/dev/vfio/noiommu-4");
	stage_expect_unseen(&stage, "/dev/vfio/77", 1);
	stage_close(&stage);
}

static void nvidia_numbers_its_nodes_itself(void **state)
{
#define INFORMATION PROC "driver/nvidia/gpus/%s/information"
	struct stage stage;

	(void)state;
	open_processes(&stage);
	stage_write(&stage,
		    "Character devices:\n  1 mem\n195 nvidia\n195 nvidiactl\n506 nvidia-uvm\n",
		    PROC "devices");
	stage_write(&stage, "Model: \t\t X\nDevice Minor: \t 1\n", INFORMATION,
		    "0000:01:00.0");
	stage_write(&stage, "Model: \t\t X\nDevice Minor: \t 0\n", INFORMATION,
		    "0000:02:00.0");
	stage_write(&stage, "Model: \t\t X\n", INFORMATION, "0000:03:00.0");
	stage_node(&stage, "/dev/nvidia1", 195, 1, "", NULL);
	stage_node(&stage, "/dev/nvidia5", 195, 5, "", NULL);
	stage_node(&stage, "/dev/nvidiactl", 195, 255, "", NULL);
	stage_node(&stage, "/dev/nvidia-uvm", 506, 1, "", NULL);
	stage_hold(&stage, 812, 5, "/dev/nvidia1");
	stage_hold(&stage, 812, 6, "/dev/nvidiactl");
	stage_hold(&stage, 812, 7, "/dev/nvidia-uvm");
	stage_hold(&stage, 812, 8, "/dev/nvidia5");
	stage_collect(&stage);
	stage_expect_uses(&stage, USE_HOLDER, 1);
	stage_expect_use(&stage, USE_HOLDER, "01:00.0", "Xorg (pid 812)",
			 "/dev/nvidia1");
	stage_expect_unseen(&stage, "/dev/nvidia", 1);
	stage_expect_unseen(&stage, "/dev/nvidia5", 1);
	stage_close(&stage);
}

static void node_of_no_pci_device_is_said(void **state)
{
	struct stage stage;

	(void)state;
	open_processes(&stage);
	stage_node(&stage, "/dev/dri/card7", 226, 7, "drm",
		   "devices/platform/vgem");
	stage_hold(&stage, 812, 5, "/dev/dri/card7");
	stage_collect(&stage);
	stage_expect_uses(&stage, USE_HOLDER, 0);
	stage_expect_unseen(&stage, "/dev/dri/card7", 1);
	stage_close(&stage);
}

/* This program holds nothing, and what reads the facts is no obstacle. */
static void own_process_and_ended_ones_are_left_out(void **state)
{
	struct stage stage;

	(void)state;
	open_processes(&stage);
	stage_node(&stage, "/dev/dri/card0", 226, 0, "drm", GPU);
	stage_process(&stage, 4242, "iowarden\n");
	stage_hold(&stage, 4242, 5, "/dev/dri/card0");
	stage_write(&stage, "ended\n", PROC "900/comm");
	stage_process(&stage, 901, "quick\n");
	stage_hold(&stage, 901, 5, "/dev/dri/card0");
	assert_int_equal(stage_unlink(&stage, PROC "901/comm"), 0);
	stage_collect(&stage);
	stage_expect_uses(&stage, USE_HOLDER, 1);
	stage_expect_use(&stage, USE_HOLDER, "01:00.0", "process (pid 901)",
			 "/dev/dri/card0");
	stage_expect_unseen(&stage, "other users", 0);
	stage_close(&stage);
}

/* Root reads every folder, so the look is taken as somebody else. */
static void look_as_nobody(struct stage *stage)
{
	int status;
	pid_t child = fork();

	assert_true(child >= 0);
	if (!child) {
		if (!geteuid() && (setgid(65534) || setuid(65534)))
			_exit(2);
		stage_collect(stage);
		for (size_t i = 0; i < stage->facts.unseen.count; i++)
			if (strstr(stage->facts.unseen.item[i],
				   "processes of other users"))
				_exit(0);
		_exit(1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

static void processes_of_others_are_not_taken_for_idle(void **state)
{
	struct stage stage;
	char path[256];

	(void)state;
	open_processes(&stage);
	assert_int_equal(chmod(stage.tree.root, 0755), 0);
	snprintf(path, sizeof(path), "%s/812/fd", stage.procfs);
	assert_int_equal(chmod(path, 0), 0);
	look_as_nobody(&stage);
	assert_int_equal(chmod(path, 0755), 0);
	stage_close(&stage);
}

static int refuse_node(const char *link, struct node *node)
{
	(void)link;
	(void)node;
	return -EACCES;
}

/* Root without CAP_SYS_PTRACE reads the folder, but none of its links. */
static void links_that_are_refused_are_not_taken_for_idle(void **state)
{
	struct stage stage;

	(void)state;
	open_processes(&stage);
	stage.calls.node = refuse_node;
	stage_collect(&stage);
	stage_expect_unseen(&stage, "processes of other users", 0);
	stage_close(&stage);

	open_processes(&stage);
	stage.calls.node = refuse_node;
	stage_hold(&stage, 812, 5, "/dev/dri/card0");
	stage_collect(&stage);
	stage_expect_unseen(&stage, "processes of other users", 1);
	stage_close(&stage);
}

/* hidepid: not even the folder of process 1 is there. */
static void hidden_processes_are_not_taken_for_idle(void **state)
{
	struct stage stage;
	char from[128], to[128];

	(void)state;
	open_processes(&stage);
	snprintf(from, sizeof(from), "%s/1", stage.procfs);
	snprintf(to, sizeof(to), "%s/813", stage.procfs);
	assert_int_equal(rename(from, to), 0);
	stage_collect(&stage);
	stage_expect_unseen(&stage, "processes of other users", 1);
	stage_close(&stage);
}

/* Process 1 is there, but it is the container's. */
static void processes_outside_of_a_container_are_not_taken_for_idle(
	void **state)
{
	struct stage stage;

	(void)state;
	open_processes(&stage);
	stage_namespace(&stage, "self", "pid", "pid:[4026532500]");
	stage_collect(&stage);
	stage_expect_unseen(&stage, "outside this pid namespace", 1);
	stage_expect_unseen(&stage, "processes of other users", 0);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nodes_lead_to_functions_by_their_numbers),
		cmocka_unit_test(file_of_the_name_of_a_node_is_no_node),
		cmocka_unit_test(disk_that_a_process_has_open_is_held),
		cmocka_unit_test(sound_that_is_open_holds_its_card),
		cmocka_unit_test(holder_of_a_group_holds_its_endpoints),
		cmocka_unit_test(nvidia_numbers_its_nodes_itself),
		cmocka_unit_test(node_of_no_pci_device_is_said),
		cmocka_unit_test(own_process_and_ended_ones_are_left_out),
		cmocka_unit_test(processes_of_others_are_not_taken_for_idle),
		cmocka_unit_test(links_that_are_refused_are_not_taken_for_idle),
		cmocka_unit_test(hidden_processes_are_not_taken_for_idle),
		cmocka_unit_test(processes_outside_of_a_container_are_not_taken_for_idle),
	};

	return cmocka_run_group_tests_name("host_holder", tests, NULL, NULL);
}
