// SPDX-License-Identifier: GPL-2.0
/* What is left to do and what is in the way; audits of whole machines. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "machine.h"
#include "render/line.h"
#include "rule/audit.h"
#include "suite.h"

#define ON ACS(0x1f, 0x1d)

/* 00:01.0 root port ─┬─ 01:00.0 GPU, 01:00.1 audio; 00:02.0 ── 02:00.0 NIC */
static const struct part desktop[] = {
	{ "00:01.0", NULL, PORT_ROOT, 1, ON },
	{ "01:00.0", "00:01.0", PORT_ENDPOINT, 2, .class = 0x030000,
	  .multifunction = true, .driver = "nouveau" },
	{ "01:00.1", "00:01.0", PORT_ENDPOINT, 2, .multifunction = true,
	  .driver = "snd_hda_intel" },
	{ "00:02.0", NULL, PORT_ROOT, 3, ON },
	{ "02:00.0", "00:02.0", PORT_ENDPOINT, 4, .driver = "e1000e" },
};

static void expect_steps(const struct machine *machine, const char *expected)
{
	const struct ready *ready = &machine->assessment.ready;
	char *text = text_format("%s", "");

	for (size_t i = 0; i < ready->step_count; i++) {
		char *step = step_describe(&ready->step[i]);

		assert_int_equal(text_append(&text, "%s%s", i ? "; " : "", step),
				 0);
		free(step);
	}
	assert_string_equal(text, expected);
	free(text);
}

/* Drivers of the GPU and of its audio function, and what is left then. */
static void steps_shrink_while_the_verdict_stays(void **state)
{
	static const struct {
		const char *gpu, *audio, *steps;
	} cases[] = {
		{ "nouveau", "snd_hda_intel",
		  "unbind nouveau from 0000:01:00.0; unbind snd_hda_intel from 0000:01:00.1; bind 0000:01:00.0 to vfio-pci" },
		{ NULL, "snd_hda_intel",
		  "unbind snd_hda_intel from 0000:01:00.1; bind 0000:01:00.0 to vfio-pci" },
		{ NULL, NULL, "bind 0000:01:00.0 to vfio-pci" },
		{ "pci-stub", "pci-stub",
		  "unbind pci-stub from 0000:01:00.0; bind 0000:01:00.0 to vfio-pci" },
		{ "vfio-pci", "snd_hda_intel",
		  "unbind snd_hda_intel from 0000:01:00.1" },
		{ "vfio-pci", NULL, "" },
		{ "vfio-pci", "pci-stub", "" },
		{ "vfio-pci", "vfio-pci", "" },
	};
	struct part parts[COUNT(desktop)];
	struct machine machine;

	(void)state;
	memcpy(parts, desktop, sizeof(parts));
	for (size_t i = 0; i < COUNT(cases); i++) {
		parts[1].driver = cases[i].gpu;
		parts[2].driver = cases[i].audio;
		machine_build(&machine, parts, COUNT(parts));
		machine_check(&machine, "01:00.0", NULL);
		machine_expect(&machine, "safe", "enforced", 0);
		expect_steps(&machine, cases[i].steps);
		machine_free(&machine);
	}
}

/* A bridge of the chipset has a driver, and shares a group with the set. */
static void drivers_of_bridges_in_the_group_go_unless_they_leave_dma(void **state)
{
	struct part parts[] = {
		{ "00:1f.0", NULL, PORT_CONVENTIONAL, 1, .class = 0x060100,
		  .multifunction = true, .driver = "lpc_ich" },
		{ "00:1f.3", NULL, PORT_CONVENTIONAL, 1, .multifunction = true,
		  .driver = "vfio-pci" },
		{ "00:02.0", NULL, PORT_ROOT, 1, .driver = "pcieport" },
		{ "00:03.0", NULL, PORT_CONVENTIONAL, 2, .class = 0x060100,
		  .driver = "lpc_ich" },
	};
	struct machine machine;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	machine_check(&machine, "00:1f.3", NULL);
	expect_steps(&machine, "unbind lpc_ich from 0000:00:1f.0");
	machine_free(&machine);
	/* The module tells of each driver whether it does. */
	machine_build(&machine, parts, COUNT(parts));
	field_set_number(device_fields, DEVICE_DRIVER_MANAGED_DMA,
			 machine_change(&machine, "00:1f.0"), 1);
	field_set_number(device_fields, DEVICE_DRIVER_MANAGED_DMA,
			 machine_change(&machine, "00:02.0"), 0);
	machine_check(&machine, "00:1f.3", NULL);
	expect_steps(&machine, "unbind pcieport from 0000:00:02.0");
	machine_free(&machine);
}

static void each_use_is_an_obstacle_and_one_finding_names_them(void **state)
{
	static const struct {
		enum use_kind kind;
		const char *through, *id, *words;
	} cases[] = {
		{ USE_MOUNT, "md0 nvme0n1p2", "obstacle-host-critical",
		  "holds the file system mounted at X through md0 nvme0n1p2" },
		{ USE_SWAP, NULL, "obstacle-host-critical",
		  "holds the swap area X" },
		{ USE_ROUTE, "eth0", "obstacle-host-critical",
		  "carries the default route (X) through eth0" },
		{ USE_CONSOLE, NULL, "obstacle-host-critical",
		  "shows the console (X)" },
		{ USE_KEYBOARD, NULL, "obstacle-host-critical",
		  "has the keyboard (X)" },
		{ USE_HOLDER, "/dev/dri/card0", "obstacle-in-use",
		  "is in use by X through /dev/dri/card0" },
	};
	struct machine machine;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct ready *ready = &machine.assessment.ready;
		char *text;

		machine_build(&machine, desktop, COUNT(desktop));
		machine_use(&machine, "02:00.0", USE_MOUNT, "/elsewhere", NULL);
		machine_use(&machine, "01:00.1", cases[i].kind, "X",
			    cases[i].through);
		machine_check(&machine, "01:00.0", NULL);
		machine_expect(&machine, "warning", "enforced", 1);
		machine_expect_seen(&machine, cases[i].id, cases[i].words);
		assert_int_equal(ready->obstacle_count, 1);
		text = obstacle_describe(&ready->obstacle[0]);
		assert_non_null(strstr(text, "0000:01:00.1 "));
		assert_non_null(strstr(text, cases[i].words));
		free(text);
		assert_string_equal(obstacle_kind(&ready->obstacle[0]),
			names_get(&use_kind_names, cases[i].kind));
		machine_free(&machine);
	}
}

static void many_uses_are_counted_in_the_finding(void **state)
{
	struct machine machine;

	(void)state;
	machine_build(&machine, desktop, COUNT(desktop));
	for (int i = 0; i < 6; i++)
		machine_use(&machine, "02:00.0", USE_MOUNT, "/x", NULL);
	machine_check(&machine, "02:00.0", NULL);
	machine_expect_seen(&machine, "obstacle-host-critical", "/x and 2 more");
	assert_int_equal(machine.assessment.ready.obstacle_count, 6);
	machine_free(&machine);
}

static void a_group_that_user_space_owns_is_an_obstacle(void **state)
{
	struct machine machine;

	(void)state;
	machine_build(&machine, desktop, COUNT(desktop));
	field_set_number(group_fields, GROUP_USER_OWNED,
			 machine_group(&machine, 4), ANSWER_YES);
	machine_check(&machine, "02:00.0", NULL);
	machine_expect_ids(&machine, "warning obstacle-in-use");
	assert_int_equal(machine.assessment.ready.obstacle_count, 1);
	assert_string_equal(
		obstacle_kind(&machine.assessment.ready.obstacle[0]), "owner");
	machine_free(&machine);
	/* Who it is, where that can be seen; once, and no user of the GPU. */
	machine_build(&machine, desktop, COUNT(desktop));
	field_set_number(group_fields, GROUP_USER_OWNED,
			 machine_group(&machine, 4), ANSWER_YES);
	machine_use(&machine, "02:00.0", USE_HOLDER, "qemu (pid 7)",
		    "/dev/vfio/4");
	machine_check(&machine, "02:00.0", NULL);
	machine_expect_ids(&machine, "warning obstacle-in-use");
	machine_expect_seen(&machine, "obstacle-in-use",
			    "group 4 is owned by a process of user space: the device is in use by qemu (pid 7)");
	assert_int_equal(machine.assessment.ready.obstacle_count, 1);
	assert_string_equal(
		obstacle_kind(&machine.assessment.ready.obstacle[0]), "owner");
	machine_free(&machine);
}

static void expect_audit(const struct audit *audit, size_t covered,
			 const char *verdict)
{
	assert_int_equal(audit->covered, covered);
	assert_string_equal(names_get(&verdict_names, audit->verdict), verdict);
}

static void run_audit(struct machine *machine, struct audit *audit,
		      const struct part *parts, size_t count)
{
	machine_build(machine, parts, count);
	machine_predict(machine);
	assert_int_equal(audit_run(audit, &machine->prediction), 0);
}

static void end_audit(struct machine *machine, struct audit *audit)
{
	audit_free(audit);
	machine_free(machine);
}

static void audit_answers_for_what_is_on_vfio(void **state)
{
	struct part parts[COUNT(desktop)];
	struct machine machine;
	struct audit audit;

	(void)state;
	run_audit(&machine, &audit, desktop, COUNT(desktop));
	expect_audit(&audit, 0, "safe");
	assert_int_equal(audit.count, 2);
	end_audit(&machine, &audit);

	memcpy(parts, desktop, sizeof(parts));
	parts[1].driver = "vfio-pci";
	parts[2].driver = NULL;
	run_audit(&machine, &audit, parts, COUNT(parts));
	expect_audit(&audit, 1, "safe");
	assert_true(audit.item[0].covered);
	assert_false(audit.item[1].covered);
	assert_int_equal(audit.item[0].assessment.ready.step_count, 0);
	assert_int_equal(audit.item[1].assessment.ready.step_count, 2);
	end_audit(&machine, &audit);
	/* The NIC is unsafe, and nobody gave it away: listed, not counted. */
	parts[3].acs = (struct words)ACS(0x1f, 0);
	parts[3].group = 4;
	run_audit(&machine, &audit, parts, COUNT(parts));
	assert_int_equal(audit.item[1].assessment.judgement.verdict,
			 SEVERITY_UNSAFE);
	/* But it can write into what was given away. */
	expect_audit(&audit, 1, "warning");
	end_audit(&machine, &audit);
}

static void audit_covers_what_it_cannot_see(void **state)
{
	struct machine machine;
	struct audit audit;

	(void)state;
	machine_build(&machine, desktop, COUNT(desktop));
	field_set_number(device_fields, DEVICE_DRIVER_UNKNOWN,
			 machine_change(&machine, "02:00.0"), REASON_BUSY);
	machine_predict(&machine);
	assert_int_equal(audit_run(&audit, &machine.prediction), 0);
	expect_audit(&audit, 1, "safe");
	assert_true(audit.item[1].covered);
	end_audit(&machine, &audit);
}

static void in_use_is_normal_for_what_a_guest_has(void **state)
{
	struct part parts[COUNT(desktop)];
	struct machine machine;
	struct audit audit;

	(void)state;
	memcpy(parts, desktop, sizeof(parts));
	parts[1].driver = "vfio-pci";
	parts[2].driver = "pci-stub";
	machine_build(&machine, parts, COUNT(parts));
	field_set_number(group_fields, GROUP_USER_OWNED,
			 machine_group(&machine, 2), ANSWER_YES);
	machine_use(&machine, "01:00.0", USE_HOLDER, "qemu (pid 7)",
		    "/dev/vfio/2");
	machine_predict(&machine);
	assert_int_equal(audit_run(&audit, &machine.prediction), 0);
	expect_audit(&audit, 1, "safe");
	assert_int_equal(audit.item[0].assessment.ready.obstacle_count, 0);
	end_audit(&machine, &audit);
}

/* Below a switch that keeps nothing apart; who has them decides. */
static void devices_of_one_guest_are_judged_together(void **state)
{
	static const struct part parts[] = {
		{ "00:01.0", NULL, PORT_ROOT, 1, ON },
		{ "01:00.0", "00:01.0", PORT_UPSTREAM, 2 },
		{ "02:00.0", "01:00.0", PORT_DOWNSTREAM, 3 },
		{ "02:01.0", "01:00.0", PORT_DOWNSTREAM, 4 },
		{ "03:00.0", "02:00.0", PORT_ENDPOINT, 3, .driver = "vfio-pci" },
		{ "04:00.0", "02:01.0", PORT_ENDPOINT, 4, .driver = "vfio-pci" },
	};
	struct machine machine;
	struct audit audit;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	machine_use(&machine, "03:00.0", USE_HOLDER, "qemu (pid 7)",
		    "/dev/vfio/3");
	machine_use(&machine, "04:00.0", USE_HOLDER, "qemu (pid 7)",
		    "/dev/vfio/4");
	machine_predict(&machine);
	assert_int_equal(audit_run(&audit, &machine.prediction), 0);
	expect_audit(&audit, 2, "safe");
	assert_int_equal(audit.item[1].assessment.inquiry.set.count, 2);
	assert_ptr_equal(audit.item[1].first,
			 machine_device(&machine, "04:00.0"));
	end_audit(&machine, &audit);

	machine_build(&machine, parts, COUNT(parts));
	machine_use(&machine, "03:00.0", USE_HOLDER, "qemu (pid 7)",
		    "/dev/vfio/3");
	machine_use(&machine, "04:00.0", USE_HOLDER, "qemu (pid 8)",
		    "/dev/vfio/4");
	machine_predict(&machine);
	assert_int_equal(audit_run(&audit, &machine.prediction), 0);
	expect_audit(&audit, 2, "unsafe");
	end_audit(&machine, &audit);
}

/* Twenty functions in groups of their own below one open port. */
static void audits_keep_few_of_many_and_miss_no_guest(void **state)
{
	enum { FUNCTIONS = 20 };
	static char address[FUNCTIONS][16];
	struct part parts[FUNCTIONS + 1] = {
		{ "00:01.0", NULL, PORT_ROOT, 100, ACS(0x1f, 0) },
	};
	const struct finding *finding;
	struct machine machine;
	struct audit audit;

	(void)state;
	for (unsigned int i = 0; i < FUNCTIONS; i++) {
		snprintf(address[i], sizeof(address[i]), "01:%02x.0", i);
		parts[i + 1] = (struct part){ address[i], "00:01.0",
					      PORT_ENDPOINT, i + 1 };
	}
	parts[FUNCTIONS].driver = "vfio-pci";
	machine_build(&machine, parts, COUNT(parts));
	machine_predict(&machine);
	assert_int_equal(audit_run(&audit, &machine.prediction), 0);
	machine.assessment = audit.item[0].assessment;
	finding = machine_finding(&machine, "open-path");
	assert_int_equal(finding->crossing->victims.count, 16);
	assert_int_equal(finding->crossing->victims.left_out, 3);
	machine_expect_seen(&machine, "open-path", "and 15 more");
	finding = machine_finding(&machine, "peer-assigned");
	assert_int_equal(finding->intrusion->intruders.count, 17);
	assert_int_equal(finding->intrusion->intruders.left_out, 2);
	machine_expect_seen(&machine, "peer-assigned",
			    "come from 0000:01:13.0 (vfio-pci)");
	machine.assessment = (struct assessment){ 0 };
	end_audit(&machine, &audit);
}

static void devices_without_a_group_are_audited_alone(void **state)
{
	static const struct part parts[] = {
		{ "00:02.0", NULL, PORT_RC_ENDPOINT },
		{ "00:03.0", NULL, PORT_RC_ENDPOINT, .driver = "vfio-pci" },
		{ "00:04.0", NULL, PORT_RC_ENDPOINT, 7 },
	};
	struct machine machine;
	struct audit audit;

	(void)state;
	run_audit(&machine, &audit, parts, COUNT(parts));
	assert_int_equal(audit.count, 3);
	expect_audit(&audit, 1, "unsafe");
	assert_int_equal(audit_count(&audit, SEVERITY_UNSAFE), 1);
	end_audit(&machine, &audit);
}

static char *one_line(const struct machine *machine, const struct audit *audit)
{
	struct output output = { 0 };
	char *text = NULL;
	size_t size;
	int ret;

	output.stream = open_memstream(&text, &size);
	ret = audit ? line_audit(&output, audit) :
		      line_check(&output, &machine->assessment);
	assert_int_equal(ret, 0);
	fclose(output.stream);
	return text;
}

static void one_line_is_that_of_a_plugin(void **state)
{
	struct part parts[COUNT(desktop)];
	struct machine machine;
	struct audit audit;
	char *text;

	(void)state;
	machine_build(&machine, desktop, COUNT(desktop));
	machine_use(&machine, "02:00.0", USE_MOUNT, "/a|b\n", NULL);
	machine_check(&machine, "02:00.0", NULL);
	text = one_line(&machine, NULL);
	assert_string_equal(text, "WARNING - 0000:02:00.0 [1b36:0001] is needed by this machine: it holds the file system mounted at /a/b\\x0a. | unsafe=0 unknown=0 warning=1\n");
	free(text);
	machine_free(&machine);

	run_audit(&machine, &audit, desktop, COUNT(desktop));
	text = one_line(&machine, &audit);
	assert_string_equal(text, "OK - nothing is bound to vfio-pci; the audit answers for nothing. | sets=0 unsafe=0 unknown=0 warning=0\n");
	free(text);
	end_audit(&machine, &audit);

	memcpy(parts, desktop, sizeof(parts));
	parts[1].driver = "vfio-pci";
	parts[2].driver = NULL;
	parts[3].acs = (struct words)ACS(0x1f, 0);
	run_audit(&machine, &audit, parts, COUNT(parts));
	text = one_line(&machine, &audit);
	assert_non_null(strstr(text, "WARNING - 0000:01:00.0 "));
	assert_non_null(strstr(text, " | sets=1 unsafe=0 unknown=0 warning=1\n"));
	free(text);
	end_audit(&machine, &audit);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(steps_shrink_while_the_verdict_stays),
		cmocka_unit_test(drivers_of_bridges_in_the_group_go_unless_they_leave_dma),
		cmocka_unit_test(each_use_is_an_obstacle_and_one_finding_names_them),
		cmocka_unit_test(many_uses_are_counted_in_the_finding),
		cmocka_unit_test(a_group_that_user_space_owns_is_an_obstacle),
		cmocka_unit_test(audit_answers_for_what_is_on_vfio),
		cmocka_unit_test(audit_covers_what_it_cannot_see),
		cmocka_unit_test(in_use_is_normal_for_what_a_guest_has),
		cmocka_unit_test(devices_of_one_guest_are_judged_together),
		cmocka_unit_test(audits_keep_few_of_many_and_miss_no_guest),
		cmocka_unit_test(devices_without_a_group_are_audited_alone),
		cmocka_unit_test(one_line_is_that_of_a_plugin),
	};

	return cmocka_run_group_tests_name("ready", tests, NULL, NULL);
}
