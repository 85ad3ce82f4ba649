// SPDX-License-Identifier: GPL-2.0
/* Processes that hold a GPU, or a group through vfio. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "stage.h"
#include "suite.h"

static void process(const struct stage *stage, int pid, const char *name)
{
	char path[256];

	stage_write(stage, name, PROC "%d/comm", pid);
	snprintf(path, sizeof(path), "%s/%d/fd", stage->procfs, pid);
	assert_int_equal(mkdir(path, 0755), 0);
}

static void hold(const struct stage *stage, int pid, int fd, const char *node)
{
	char path[256];

	snprintf(path, sizeof(path), "%s/%d/fd/%d", stage->procfs, pid, fd);
	assert_int_equal(symlink(node, path), 0);
}

static void open_processes(struct stage *stage)
{
	stage_open(stage);
	process(stage, 1, "systemd\n");
	process(stage, 812, "Xorg\n");
	stage_write(stage, "", PROC "acpi/wakeup");
}

static void nodes_lead_to_functions_by_their_names(void **state)
{
	struct stage stage;

	(void)state;
	open_processes(&stage);
	stage_link(&stage, "class/drm/card0/device", GPU);
	stage_link(&stage, "class/drm/renderD128/device", GPU);
	stage_link(&stage, "class/graphics/fb0/device", NVME);
	stage_link(&stage, "class/vfio-dev/vfio3/device", NIC);
	hold(&stage, 812, 0, "/dev/null");
	hold(&stage, 812, 1, "socket:[4711]");
	hold(&stage, 812, 5, "/dev/dri/card0");
	hold(&stage, 812, 6, "/dev/dri/card0");
	hold(&stage, 812, 7, "/dev/dri/renderD128 (deleted)");
	hold(&stage, 812, 8, "/dev/kfd");
	hold(&stage, 812, 9, "/dev/fb0");
	hold(&stage, 1, 3, "/dev/vfio/devices/vfio3");
	hold(&stage, 1, 4, "/dev/vfio/vfio");
	hold(&stage, 1, 5, "/home/dev/dri/card0");
	stage_collect(&stage);
	stage_expect_uses(&stage, USE_HOLDER, 4);
	stage_expect_use(&stage, USE_HOLDER, "01:00.0", "Xorg (pid 812)",
			 "/dev/dri/card0");
	stage_expect_use(&stage, USE_HOLDER, "01:00.0", "Xorg (pid 812)",
			 "/dev/dri/renderD128");
	stage_expect_use(&stage, USE_HOLDER, "02:00.0", "Xorg (pid 812)",
			 "/dev/fb0");
	stage_expect_use(&stage, USE_HOLDER, "03:00.0", "systemd (pid 1)",
			 "/dev/vfio/devices/vfio3");
	stage_expect_unseen(&stage, "process", 0);
	stage_close(&stage);
}

/* Group 1 has a GPU and the port above it, which no guest is given. */
static void holder_of_a_group_holds_its_endpoints(void **state)
{
	struct stage stage;

	(void)state;
	open_processes(&stage);
	hold(&stage, 812, 5, "/dev/vfio/1");
	hold(&stage, 812, 6, "/dev/vfio/noiommu-4");
	hold(&stage, 812, 7, "/dev/vfio/77");
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
	stage_write(&stage, "Model: \t\t X\nDevice Minor: \t 1\n", INFORMATION,
		    "0000:01:00.0");
	stage_write(&stage, "Model: \t\t X\nDevice Minor: \t 0\n", INFORMATION,
		    "0000:02:00.0");
	stage_write(&stage, "Model: \t\t X\n", INFORMATION, "0000:03:00.0");
	hold(&stage, 812, 5, "/dev/nvidia1");
	hold(&stage, 812, 6, "/dev/nvidiactl");
	hold(&stage, 812, 7, "/dev/nvidia-uvm");
	stage_collect(&stage);
	stage_expect_uses(&stage, USE_HOLDER, 1);
	stage_expect_use(&stage, USE_HOLDER, "01:00.0", "Xorg (pid 812)",
			 "/dev/nvidia1");
	stage_close(&stage);
}

static void node_that_sysfs_does_not_know_is_said(void **state)
{
	struct stage stage;

	(void)state;
	open_processes(&stage);
	hold(&stage, 812, 5, "/dev/dri/card7");
	stage_link(&stage, "class/drm/card8/device", "devices/nowhere");
	hold(&stage, 812, 6, "/dev/dri/card8");
	stage_collect(&stage);
	stage_expect_uses(&stage, USE_HOLDER, 0);
	stage_expect_unseen(&stage, "/dev/dri/card7", 1);
	stage_expect_unseen(&stage, "/dev/dri/card8", 1);
	stage_close(&stage);
}

/* This program holds nothing, and what reads the facts is no obstacle. */
static void own_process_and_ended_ones_are_left_out(void **state)
{
	struct stage stage;
	char path[256];

	(void)state;
	open_processes(&stage);
	stage_link(&stage, "class/drm/card0/device", GPU);
	hold(&stage, 812, 5, "/dev/dri/card0");
	stage_link(&stage, PROC "self", PROC "812");
	stage_write(&stage, "ended\n", PROC "900/comm");
	process(&stage, 901, "quick\n");
	hold(&stage, 901, 5, "/dev/dri/card0");
	snprintf(path, sizeof(path), "%s/901/comm", stage.procfs);
	assert_int_equal(unlink(path), 0);
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

static void hidden_processes_are_not_taken_for_idle(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage);
	process(&stage, 812, "sh\n");
	stage_collect(&stage);
	stage_expect_unseen(&stage, "processes of other users", 1);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nodes_lead_to_functions_by_their_names),
		cmocka_unit_test(holder_of_a_group_holds_its_endpoints),
		cmocka_unit_test(nvidia_numbers_its_nodes_itself),
		cmocka_unit_test(node_that_sysfs_does_not_know_is_said),
		cmocka_unit_test(own_process_and_ended_ones_are_left_out),
		cmocka_unit_test(processes_of_others_are_not_taken_for_idle),
		cmocka_unit_test(hidden_processes_are_not_taken_for_idle),
	};

	return cmocka_run_group_tests_name("host_holder", tests, NULL, NULL);
}
