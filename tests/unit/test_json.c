// SPDX-License-Identifier: GPL-2.0
/* The machine-readable answers, against the contract in output.md. */
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "machine.h"
#include "render/json_check.h"
#include "render/json_prediction.h"
#include "suite.h"

static const struct part parts[] = {
	{ "00:01.0", NULL, PORT_ROOT, 1, ACS(0x1f, 0x19),
	  .driver = "pcieport" },
	{ "01:00.0", "00:01.0", PORT_ENDPOINT, 2, .class = 0x030000,
	  .multifunction = true },
	{ "01:00.1", "00:01.0", PORT_ENDPOINT, 2, .multifunction = true },
	{ "00:02.0", NULL, PORT_RC_ENDPOINT, .acs_unknown = REASON_ASLEEP },
};

/* A value by the way to it: "devices.0.acs.cap". */
static struct json_object *at(struct json_object *object, const char *way)
{
	char copy[128];

	strcpy(copy, way);
	for (char *key = strtok(copy, "."); object && key;
	     key = strtok(NULL, ".")) {
		if (json_object_is_type(object, json_type_array))
			object = json_object_array_get_idx(object,
							   strtoul(key, NULL, 10));
		else
			object = json_object_object_get(object, key);
	}
	return object;
}

static void assert_at(struct json_object *object, const char *way,
		      const char *expected)
{
	struct json_object *value = at(object, way);
	const char *text = value ? json_object_to_json_string_ext(value,
				   JSON_C_TO_STRING_PLAIN |
				   JSON_C_TO_STRING_NOSLASHESCAPE) : "absent";

	if (strcmp(text, expected))
		fail_msg("%s is %s, expected %s", way, text, expected);
}

static void assert_common(struct json_object *answer)
{
	assert_at(answer, "schema_version", "1");
	assert_at(answer, "provider", "\"netlink\"");
	assert_true(json_object_get_string_len(at(answer, "kernel")) > 0);
	assert_true(json_object_is_type(at(answer, "unseen"),
					json_type_array));
}

static void list_has_devices_and_groups(void **state)
{
	struct json_object *answer;
	struct machine machine;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	text_list_add(&machine.facts.unseen, "something");
	machine_predict(&machine);
	answer = json_list(&machine.prediction);
	assert_common(answer);
	assert_at(answer, "unseen", "[\"something\"]");
	assert_at(answer, "devices.0.bdf", "\"0000:00:01.0\"");
	assert_at(answer, "devices.0.group", "1");
	assert_at(answer, "devices.0.parent", "absent");
	assert_at(answer, "devices.0.root_bus", "true");
	assert_at(answer, "devices.0.class", "\"0x060400\"");
	assert_at(answer, "devices.0.vendor", "\"0x1b36\"");
	assert_at(answer, "devices.0.device", "\"0x0001\"");
	assert_at(answer, "devices.0.driver", "\"pcieport\"");
	assert_at(answer, "devices.0.port_type", "\"root-port\"");
	assert_at(answer, "devices.0.multifunction", "false");
	assert_at(answer, "devices.0.acs",
		  "{\"offset\":\"0x0148\",\"cap\":\"0x001f\",\"ctrl\":\"0x0019\"}");
	assert_at(answer, "devices.0.acs_unknown", "absent");
	assert_at(answer, "devices.1.group", "absent");
	assert_at(answer, "devices.1.acs", "absent");
	assert_at(answer, "devices.1.acs_unknown", "\"asleep\"");
	assert_at(answer, "devices.1.driver", "absent");
	assert_at(answer, "devices.2.parent", "\"0000:00:01.0\"");
	assert_at(answer, "devices.2.multifunction", "true");
	assert_at(answer, "devices.4", "absent");
	assert_at(answer, "groups.1.id", "2");
	assert_at(answer, "groups.1.devices",
		  "[\"0000:01:00.0\",\"0000:01:00.1\"]");
	assert_at(answer, "groups.1.isolated_msi", "true");
	assert_at(answer, "groups.1.user_owned", "absent");
	assert_at(answer, "groups.2", "absent");
	json_object_put(answer);
	machine_free(&machine);
}

static void set_number(struct device *device, enum device_field field,
		       uint64_t value)
{
	assert_int_equal(field_set_number(device_fields, field, device, value),
			 0);
}

static void fill(struct device *device)
{
	static const uint8_t mask[32] = { [0] = 0x03, [31] = 0x80 };
	static const uint8_t egress[4] = { 0x01, 0xab, 0, 0xff };

	set_number(device, DEVICE_QUIRKS, QUIRK_ACS_ENABLED | 1u << 31);
	set_number(device, DEVICE_ATS, CAPABILITY_ON);
	set_number(device, DEVICE_TOTAL_VFS, 63);
	set_number(device, DEVICE_ACS_AGE, 5);
	field_set_address(device_fields, DEVICE_DMA_DEVICE, device,
			  (struct bdf){ 0x10000, 0x0070 });
	field_set_bytes(device_fields, DEVICE_ALIASES, device, mask,
			sizeof(mask));
	field_set_bytes(acs_fields, ACS_EGRESS_VECTOR, &device->acs, egress,
			sizeof(egress));
	field_set_number(acs_fields, ACS_CTRL_DWORD, &device->acs, 0xdeadbeef);
}

static void every_kind_of_field_is_written(void **state)
{
	struct json_object *answer;
	struct machine machine;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	fill(&machine.facts.devices[0]);
	answer = json_device(&machine.facts.devices[0]);
	assert_at(answer, "quirks", "[\"acs-enabled\"]");
	assert_at(answer, "ats", "\"on\"");
	assert_at(answer, "total_vfs", "63");
	assert_at(answer, "dma_device", "\"10000:00:0e.0\"");
	assert_at(answer, "alias_devfns", "[0,1,255]");
	assert_at(answer, "acs.egress_vector", "\"01ab00ff\"");
	assert_at(answer, "acs.ctrl_dword", "\"0xdeadbeef\"");
	/* It differs from one moment to the next. */
	assert_at(answer, "acs_age", "absent");
	json_object_put(answer);
	machine_free(&machine);
}

static void driver_is_valid_utf8(void **state)
{
	struct part part = { "00:02.0", NULL, PORT_RC_ENDPOINT,
			     .driver = "a\x1b[31m\xff\xc3\xa4\xc0\xaf\xed\xa0\x80\n\"" };
	struct json_object *answer, *again;
	struct machine machine;

	(void)state;
	machine_build(&machine, &part, 1);
	answer = json_device(&machine.facts.devices[0]);
	again = json_tokener_parse(json_object_to_json_string(answer));
	assert_string_equal(json_object_get_string(at(again, "driver")),
		"a\x1b[31m\\xff\xc3\xa4\\xc0\\xaf\\xed\\xa0\\x80\n\"");
	assert_null(strchr(json_object_to_json_string(answer), '\x1b'));
	json_object_put(again);
	json_object_put(answer);
	machine_free(&machine);
}

static void show_is_a_device_with_its_path(void **state)
{
	struct json_object *answer;
	struct machine machine;
	struct path path;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	path_walk(&machine.tree, machine_device(&machine, "01:00.0"), &path);
	answer = json_show(&machine.facts, &path);
	assert_common(answer);
	assert_at(answer, "bdf", "\"0000:01:00.0\"");
	assert_at(answer, "class", "\"0x030000\"");
	assert_at(answer, "path.0.device", "\"0000:01:00.0\"");
	assert_at(answer, "path.0.hops.0",
		  "{\"bdf\":\"0000:01:00.0\",\"port_type\":\"endpoint\","
		  "\"basis\":\"none\",\"missing\":[]}");
	assert_at(answer, "path.0.hops.1",
		  "{\"bdf\":\"0000:00:01.0\",\"port_type\":\"root-port\","
		  "\"basis\":\"none\",\"missing\":[\"RR\"]}");
	assert_at(answer, "path.0.hops.2", "absent");
	path_free(&path);
	json_object_put(answer);
	machine_free(&machine);
}

static void check_has_verdict_set_findings_and_paths(void **state)
{
	struct json_object *answer;
	struct machine machine;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	machine_check(&machine, "01:00.0", NULL);
	answer = json_check(&machine.assessment);
	assert_common(answer);
	assert_at(answer, "verdict", "\"unsafe\"");
	assert_at(answer, "basis", "\"stale\"");
	assert_at(answer, "set", "[\"0000:01:00.0\",\"0000:01:00.1\"]");
	assert_at(answer, "faults", "{\"watched\":true,\"total\":0,\"faults_at_least\":false}");
	assert_at(answer, "findings.0.id", "\"open-path\"");
	assert_at(answer, "findings.0.severity", "\"unsafe\"");
	assert_at(answer, "findings.0.device", "\"0000:01:00.0\"");
	assert_at(answer, "findings.0.hop", "\"0000:00:01.0\"");
	assert_at(answer, "findings.0.victims", "[\"0000:00:02.0\"]");
	assert_true(at(answer, "findings.0.evidence") &&
		    at(answer, "findings.0.why") &&
		    at(answer, "findings.0.remedy"));
	assert_at(answer, "findings.1.id", "\"acs-stale\"");
	assert_at(answer, "findings.2", "absent");
	assert_at(answer, "path.1.device", "\"0000:01:00.1\"");
	assert_at(answer, "path.1.hops.1.bdf", "\"0000:00:01.0\"");
	assert_at(answer, "path.2", "absent");
	assert_int_equal(json_object_array_length(at(answer, "unseen")), 0);
	json_object_put(answer);
	machine_free(&machine);
}

static void basis_that_is_not_known_is_absent(void **state)
{
	static const struct part unknown[] = {
		{ "00:01.0", NULL, PORT_ROOT, 1,
		  .acs_unknown = REASON_NO_ACCESS },
		{ "01:00.0", "00:01.0", PORT_ENDPOINT, 2 },
	};
	struct json_object *answer;
	struct machine machine;

	(void)state;
	machine_build(&machine, unknown, COUNT(unknown));
	machine_check(&machine, "01:00.0", NULL);
	answer = json_check(&machine.assessment);
	assert_at(answer, "verdict", "\"unknown\"");
	assert_at(answer, "basis", "absent");
	assert_at(answer, "findings.0.severity", "\"unknown\"");
	assert_at(answer, "path.0.hops.1.acs_unknown", "\"no-access\"");
	json_object_put(answer);
	machine_free(&machine);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(list_has_devices_and_groups),
		cmocka_unit_test(every_kind_of_field_is_written),
		cmocka_unit_test(driver_is_valid_utf8),
		cmocka_unit_test(show_is_a_device_with_its_path),
		cmocka_unit_test(check_has_verdict_set_findings_and_paths),
		cmocka_unit_test(basis_that_is_not_known_is_absent),
	};

	return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
