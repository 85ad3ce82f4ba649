// SPDX-License-Identifier: GPL-2.0
/* What cannot be a snapshot is refused, with the file and the object named. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/moment.h"
#include "provider/content.h"
#include "provider/json_file.h"
#include "provider/provider.h"
#include "snapshot_file.h"
#include "suite.h"

/* The file is refused with these words behind its name. */
static void assert_refused(const char *words, int error)
{
	struct problem problem = { "" };
	struct facts facts;
	int ret = snapshot_file_load(&facts, &problem);

	if (!ret)
		fail_msg("accepted, expected: %s", words);
	assert_memory_equal(problem.text, snapshot_path, strlen(snapshot_path));
	assert_string_equal(problem.text + strlen(snapshot_path), words);
	assert_int_equal(ret, error);
}

/* Two rows that a valid file of the next test is made of. */
static const char valid[] =
	"{\"schema_version\":1,\"provider\":\"netlink\",\"kernel\":\"6.1\","
	"\"unseen\":[\"x\"],\"devices\":["
	"{\"bdf\":\"0000:00:01.0\",\"group\":1,\"root_bus\":true,"
	"\"class\":\"0x060400\",\"vendor\":\"0x8086\",\"device\":\"0x4c01\","
	"\"multifunction\":false,\"acs\":{\"cap\":\"0x1f\",\"ctrl\":\"0x1d\"}},"
	"{\"bdf\":\"0000:01:00.0\",\"group\":2,\"parent\":\"0000:00:01.0\","
	"\"class\":\"0x030000\",\"vendor\":\"0x10de\",\"device\":\"0x2684\","
	"\"multifunction\":false}],\"groups\":["
	"{\"id\":1,\"devices\":[\"0000:00:01.0\"],\"reserved_count\":1,"
	"\"reserved_regions\":[{\"start\":\"0xfee00000\","
	"\"end\":\"0xfeefffff\",\"type\":\"msi\"}]},"
	"{\"id\":2,\"devices\":[\"0000:01:00.0\"]}],"
	"\"host\":{\"unsafe_interrupts\":false},"
	"\"uses\":[{\"device\":\"01:00.0\",\"kind\":\"console\","
	"\"what\":\"tty0\"}],"
	"\"faults\":{\"time\":\"2026-11-26T10:00:00.000000000Z\","
	"\"sources\":[{\"index\":0,\"name\":\"vtd\",\"state\":\"active\","
	"\"records\":1,\"unattributed\":0,\"overflows\":0,"
	"\"faults_at_least\":false}],"
	"\"requesters\":[{\"bdf\":\"01:00.0\",\"total\":1,\"reads\":1,"
	"\"writes\":0,\"reasons\":{\"0x05\":1}}]}}";

#define REASONS "must be of: asleep gone busy no-access malformed"
#define CONTRADICTS							\
	"contradicts devices: it is not there, in another group, or here twice"

static const struct {
	const char *object, *key, *value, *words;
} wrong[] = {
	{ "", "schema_version", NULL, "schema_version: is missing" },
	{ "", "schema_version", "2",
	  "schema_version: is 2; this program knows 1 to 1" },
	{ "", "schema_version", "0",
	  "schema_version: is 0; this program knows 1 to 1" },
	{ "", "schema_version", "\"1\"",
	  "schema_version: must be a whole number" },
	{ "", "schema_version", "1.0",
	  "schema_version: must be a whole number" },
	{ "", "provider", NULL, "provider: is missing" },
	{ "", "provider", "7", "provider: must be a text" },
	{ "", "provider", "\"a\\u0000b\"",
	  "provider: must be a text without a NUL in it" },
	{ "", "kernel", NULL, "kernel: is missing" },
	{ "", "kernel", "null", "kernel: must be a text" },
	{ "", "kernel", "\"0123456789012345678901234567890123456789"
	  "0123456789012345678901234\"", "kernel: is longer than 64 bytes" },
	{ "", "unseen", NULL, "unseen: is missing" },
	{ "", "unseen", "\"x\"", "unseen: must be an array" },
	{ "", "unseen", "[1]", "unseen: must be an array of texts" },
	{ "", "devices", NULL, "devices: is missing" },
	{ "", "devices", "{}", "devices: must be an array" },
	{ "", "devices", "[]", "devices: is empty" },
	{ "", "devices", "[[]]", "devices[0]: must be an object" },
	{ "", "groups", NULL, "groups: is missing" },
	{ "", "groups", "[1]", "groups[0]: must be an object" },
	{ "", "groups", "[]",
	  "0000:00:01.0: in group 1, which snapshot did not report" },
	{ "", "host", "[]", "host: must be an object" },
	{ "", "uses", "{}", "uses: must be an array" },
	{ "", "uses", "[null]", "uses[0]: must be an object" },
	{ "devices.1", "bdf", NULL, "devices[1].bdf: is missing" },
	{ "devices.1", "bdf", "\"01:20.0\"",
	  "devices[1].bdf: must be a PCI address, dddd:bb:dd.f" },
	{ "devices.1", "bdf", "\"0000:00:01.0\"",
	  "0000:00:01.0: reported twice by snapshot" },
	{ "devices.1", "class", NULL, "devices[1].class: is missing" },
	{ "devices.1", "vendor", NULL, "devices[1].vendor: is missing" },
	{ "devices.1", "device", NULL, "devices[1].device: is missing" },
	{ "devices.1", "multifunction", NULL,
	  "devices[1].multifunction: is missing" },
	{ "devices.1", "parent", NULL,
	  "devices[1]: has no parent and does not stand on a root bus" },
	{ "devices.1", "root_bus", "true",
	  "devices[1]: has a parent and stands on a root bus" },
	{ "devices.1", "parent", "\"0000:00:02.0\"",
	  "0000:01:00.0: the bridge above it, 0000:00:02.0, was not reported" },
	{ "devices.1", "parent", "\"0000:01:00.0\"",
	  "0000:01:00.0: the bridges above it form a ring" },
	{ "devices.1", "group", "\"2\"",
	  "devices[1].group: must be a whole number" },
	{ "devices.1", "group", "2.0",
	  "devices[1].group: must be a whole number" },
	{ "devices.1", "group", "-1", "devices[1].group: out of range" },
	{ "devices.1", "group", "4294967296",
	  "devices[1].group: out of range" },
	{ "devices.1", "group", "18446744073709551615",
	  "devices[1].group: out of range" },
	{ "devices.1", "group", "1",
	  "groups[1].devices: item 0 " CONTRADICTS },
	{ "devices.1", "group", NULL,
	  "groups[1].devices: item 0 " CONTRADICTS },
	{ "devices.1", "header_type", "256",
	  "devices[1].header_type: out of range" },
	{ "devices.1", "vendor", "4318",
	  "devices[1].vendor: must be hexadecimal digits behind 0x, in quotes" },
	{ "devices.1", "vendor", "\"10de\"",
	  "devices[1].vendor: must be hexadecimal digits behind 0x, in quotes" },
	{ "devices.1", "vendor", "\"0x\"",
	  "devices[1].vendor: must be hexadecimal digits behind 0x, in quotes" },
	{ "devices.1", "vendor", "\"0x10d \"",
	  "devices[1].vendor: must be hexadecimal digits behind 0x, in quotes" },
	{ "devices.1", "vendor", "\"0x010de\"",
	  "devices[1].vendor: out of range" },
	{ "devices.1", "multifunction", "0",
	  "devices[1].multifunction: must be true or false" },
	{ "devices.1", "port_type", "\"socket\"",
	  "devices[1].port_type: must be of: conventional endpoint legacy-endpoint "
	  "root-port upstream-port downstream-port pcie-to-pci-bridge "
	  "pci-to-pcie-bridge rc-endpoint rc-event-collector" },
	{ "devices.1", "acs_unknown", "\"lost\"",
	  "devices[1].acs_unknown: " REASONS },
	{ "devices.1", "acs_unknown", "2",
	  "devices[1].acs_unknown: must be a word" },
	{ "devices.1", "driver", "[\"vfio-pci\"]",
	  "devices[1].driver: must be a text without a NUL in it" },
	{ "devices.1", "quirks", "\"acs-enabled\"",
	  "devices[1].quirks: must be an array of words" },
	{ "devices.1", "quirks", "[\"acs-enabled\",\"x\"]",
	  "devices[1].quirks: must be of: acs-enabled bridge-xlate-root "
	  "pcie-bridge-alias no-bridge-alias" },
	{ "devices.1", "alias_devfns", "[256]",
	  "devices[1].alias_devfns: out of range" },
	{ "devices.1", "alias_devfns", "[-1]",
	  "devices[1].alias_devfns: out of range" },
	{ "devices.1", "alias_devfns", "[\"0\"]",
	  "devices[1].alias_devfns: must be an array of whole numbers" },
	{ "devices.1", "physfn", "3",
	  "devices[1].physfn: must be a PCI address, dddd:bb:dd.f" },
	{ "devices.0", "acs", "true", "devices[0].acs: must be an object" },
	{ "devices.0", "acs", "{}",
	  "devices[0].acs: needs cap and ctrl, or cap_dword and ctrl_dword" },
	{ "devices.0.acs", "ctrl", NULL,
	  "devices[0].acs: needs cap and ctrl, or cap_dword and ctrl_dword" },
	{ "devices.0.acs", "cap", NULL,
	  "devices[0].acs: needs cap and ctrl, or cap_dword and ctrl_dword" },
	{ "devices.0.acs", "ctrl_dword", "\"0x1d\"",
	  "devices[0].acs: needs cap and ctrl, or cap_dword and ctrl_dword" },
	{ "devices.0.acs", "cap", "\"0x1001f\"",
	  "devices[0].acs.cap: out of range" },
	{ "devices.0.acs", "egress_vector", "\"abc\"",
	  "devices[0].acs.egress_vector: must be pairs of hexadecimal digits" },
	{ "devices.0.acs", "egress_vector", "\"0x\"",
	  "devices[0].acs.egress_vector: must be pairs of hexadecimal digits" },
	{ "devices.0.acs", "egress_vector",
	  "\"0000000000000000000000000000000000000000000000000000000000000000"
	  "00\"", "devices[0].acs.egress_vector: out of range" },
	{ "groups.1", "id", NULL, "groups[1].id: is missing" },
	{ "groups.1", "id", "-1", "groups[1].id: out of range" },
	{ "groups.1", "id", "1", "group 1: reported twice by snapshot" },
	{ "groups.1", "devices", NULL, "groups[1].devices: is missing" },
	{ "groups.1", "devices", "{}", "groups[1].devices: must be an array" },
	{ "groups.1", "devices", "[1]",
	  "groups[1].devices: must be an array of PCI addresses" },
	{ "groups.1", "devices", "[]",
	  "groups: the list of group 2 does not have 0000:01:00.0" },
	{ "groups.1", "devices", "[\"01:00.0\",\"01:00.0\"]",
	  "groups[1].devices: item 1 " CONTRADICTS },
	{ "groups.1", "devices", "[\"01:00.0\",\"02:00.0\"]",
	  "groups[1].devices: item 1 " CONTRADICTS },
	{ "groups.1", "devices", "[\"01:00.0\",\"00:01.0\"]",
	  "groups[1].devices: item 1 " CONTRADICTS },
	{ "groups.1", "isolated_msi", "\"yes\"",
	  "groups[1].isolated_msi: must be true or false" },
	{ "groups.1", "reserved_count", "2",
	  "groups[1].reserved_count: is not the number of reserved_regions, 0" },
	{ "groups.0", "reserved_count", NULL,
	  "groups[0].reserved_count: is not the number of reserved_regions, 1" },
	{ "groups.0", "reserved_count", "2",
	  "groups[0].reserved_count: is not the number of reserved_regions, 1" },
	{ "groups.0", "reserved_regions", NULL,
	  "groups[0].reserved_count: is not the number of reserved_regions, 0" },
	{ "groups.0", "reserved_regions", "[7]",
	  "groups[0].reserved_regions[0]: must be an object" },
	{ "groups.0.reserved_regions.0", "start", NULL,
	  "groups[0].reserved_regions[0].start: is missing" },
	{ "groups.0.reserved_regions.0", "end", "\"0x0\"",
	  "groups[0].reserved_regions[0].end: is before its start" },
	{ "groups.0.reserved_regions.0", "end", "\"0x10000000000000000\"",
	  "groups[0].reserved_regions[0].end: out of range" },
	{ "groups.0.reserved_regions.0", "type", "\"soft\"",
	  "groups[0].reserved_regions[0].type: must be of: direct "
	  "direct-relaxable reserved msi" },
	{ "host", "unsafe_interrupts", "1",
	  "host.unsafe_interrupts: must be true or false" },
	{ "host", "iommu_units", "1e3",
	  "host.iommu_units: must be a whole number" },
	{ "uses.0", "device", NULL, "uses[0].device: is missing" },
	{ "uses.0", "device", "\"0000:ff:00.0\"",
	  "uses[0].device: is none of the devices" },
	{ "uses.0", "kind", "\"pleasure\"",
	  "uses[0].kind: must be of: mount swap route console keyboard holder" },
	{ "uses.0", "what", NULL, "uses[0].what: is missing" },
	{ "uses.0", "through", "[]",
	  "uses[0].through: must be a text without a NUL in it" },
	{ "", "faults", "[]", "faults: must be an object" },
	{ "faults", "time", NULL, "faults.time: is missing" },
	{ "faults", "time", "\"2026-02-29T10:00:00.000000000Z\"",
	  "faults.time: must be a time in UTC, " MOMENT_FORM },
	{ "faults", "detailed", "1", "faults.detailed: must be true or false" },
	{ "faults", "sources", NULL, "faults.sources: is missing" },
	{ "faults", "requesters", "[[]]",
	  "faults.requesters[0]: must be an object" },
	{ "faults.sources.0", "name", NULL,
	  "faults.sources[0].name: is missing" },
	{ "faults.sources.0", "state", "\"awake\"",
	  "faults.sources[0].state: must be of: active absent off failed unproven" },
	{ "faults.sources.0", "unit", "\"0xfed90000\"",
	  "faults.sources[0]: needs unit and segment, or neither" },
	{ "faults.requesters.0", "total", NULL,
	  "faults.requesters[0].total: is missing" },
	{ "faults.requesters.0", "last_seen", "7",
	  "faults.requesters[0].last_seen: must be a time in UTC, " MOMENT_FORM },
	{ "faults.requesters.0", "last_seen", "\"2026-11-26T25:00:00.000000000Z\"",
	  "faults.requesters[0].last_seen: out of range" },
	{ "faults.requesters.0", "reasons", "[]",
	  "faults.requesters[0].reasons: must be an object" },
	{ "faults.requesters.0", "reasons", "{\"5\":1}",
	  "faults.requesters[0].reasons: keys must be two hexadecimal digits behind 0x" },
	{ "faults.requesters.0", "reasons", "{\"0x05\":-1}",
	  "faults.requesters[0].reasons: values must be whole numbers" },
	{ "faults.requesters.0", "reasons",
	  "{\"0x00\":1,\"0x01\":1,\"0x02\":1,\"0x03\":1,\"0x04\":1,"
	  "\"0x05\":1,\"0x06\":1,\"0x07\":1,\"0x08\":1}",
	  "faults.requesters[0].reasons: more than 8" },
};

static struct json_object *find(struct json_object *object, const char *way)
{
	char copy[64];

	strcpy(copy, way);
	for (char *key = strtok(copy, "."); key; key = strtok(NULL, "."))
		object = json_object_is_type(object, json_type_array) ?
			json_object_array_get_idx(object, strtoul(key, NULL, 10)) :
			json_object_object_get(object, key);
	assert_non_null(object);
	return object;
}

static void what_cannot_be_is_named_with_its_object(void **state)
{
	(void)state;
	snapshot_file_text(valid);
	for (size_t i = 0; i < COUNT(wrong); i++) {
		struct json_object *root = json_tokener_parse(valid);
		struct json_object *object = find(root, wrong[i].object);
		char words[512];

		json_object_object_del(object, wrong[i].key);
		if (wrong[i].value)
			json_object_object_add(object, wrong[i].key,
				json_tokener_parse(wrong[i].value));
		snapshot_file_object(root);
		snprintf(words, sizeof(words), ": %s", wrong[i].words);
		assert_refused(words, -EBADMSG);
	}
}

static void every_kind_of_number_has_its_limits(void **state)
{
	static const struct {
		const char *text;
		int ret;
	} numbers[] = {
		{ "4294967295", 0 }, { "0", 0 },
		{ "99999999999999999999999", -EBADMSG },
		{ "-99999999999999999999999", -EBADMSG },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(numbers); i++) {
		struct problem problem;
		struct facts facts;
		char text[512];
		int ret;

		snprintf(text, sizeof(text),
			 "{\"schema_version\":1,\"provider\":\"x\",\"kernel\":\"\","
			 "\"unseen\":[],\"devices\":[{\"bdf\":\"01:00.0\","
			 "\"root_bus\":true,\"class\":\"0x0\",\"vendor\":\"0x1\","
			 "\"device\":\"0x1\",\"multifunction\":false,"
			 "\"generation\":%s}],\"groups\":[]}", numbers[i].text);
		snapshot_file_text(text);
		ret = snapshot_file_load(&facts, &problem);
		assert_int_equal(ret, numbers[i].ret);
		if (!ret)
			facts_free(&facts);
	}
}

#define NEITHER \
	": neither a snapshot of iowarden (JSON) nor text of lspci: no line begins with a PCI address such as 00:1f.0"

/* Its bytes tell the kind of a file; these are of none. */
static void files_of_no_kind_are_refused(void **state)
{
	static const char *const texts[] = {
		"", " ", "7", "\"{}\"", "iowarden: no such device\n",
		"PK\003\004", "+-[0000:00]-+-00.0\n",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		snapshot_file_text(texts[i]);
		assert_refused(NEITHER, -EBADMSG);
	}
}

static void what_is_no_json_is_refused(void **state)
{
	static const struct {
		const char *text, *words;
	} cases[] = {
		{ "{\"devices\":[", ": no JSON: it ends too early" },
		{ "[]", ": must be a JSON object" },
		{ "{} {}", ": no JSON: byte 3: unexpected character" },
		{ "{\"a\":\"\xff\"}", ": no JSON: byte 6: invalid utf-8 string" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		snapshot_file_text(cases[i].text);
		assert_refused(cases[i].words, -EBADMSG);
	}
	snapshot_file_write("{}\0{}", 5);
	assert_refused(": no JSON: it has a NUL in it", -EBADMSG);
}

static void huge_and_deep_files_are_refused(void **state)
{
	char *text = malloc(CONTENT_BYTES + 1);

	(void)state;
	memset(text, '[', 100000);
	snapshot_file_write(text, 100000);
	assert_refused(": no JSON: byte 32: nesting too deep", -EBADMSG);
	memset(text, ',', JSON_FILE_VALUES + 1);
	*text = '[';
	snapshot_file_write(text, JSON_FILE_VALUES + 1);
	assert_refused(": more than 1048576 values: this is no machine",
		       -EFBIG);
	/* What is done with functions grows faster than their number. */
	strcpy(text, "{\"schema_version\":1,\"provider\":\"sysfs\",\"kernel\":\"1\",\"unseen\":[],\"devices\":[0");
	for (char *end = strchr(text, '\0'), *last = end + 40000; end < last;
	     end += 2)
		strcpy(end, ",0");
	strcat(text, "]}");
	snapshot_file_write(text, strlen(text));
	assert_refused(": devices: more than 20000: this is no machine",
		       -EBADMSG);
	memset(text, ' ', CONTENT_BYTES + 1);
	snapshot_file_write(text, CONTENT_BYTES);
	assert_refused(NEITHER, -EBADMSG);
	snapshot_file_write(text, CONTENT_BYTES + 1);
	assert_refused(": longer than 67108864 bytes: this is no machine",
		       -EFBIG);
	free(text);
}

static void a_file_that_cannot_be_read_is_named(void **state)
{
	struct provider_request request = { .file = "/tmp" };
	struct problem problem;
	struct facts facts;
	char *note;

	(void)state;
	assert_int_equal(provider_load(&request, &facts, &note, &problem),
			 -EISDIR);
	assert_string_equal(problem.text, "/tmp: Is a directory");
	request.file = "/nowhere/machine.json";
	assert_int_equal(provider_load(&request, &facts, &note, &problem),
			 -ENOENT);
	assert_string_equal(problem.text, "/nowhere/machine.json: "
			    "No such file or directory");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_cannot_be_is_named_with_its_object),
		cmocka_unit_test(every_kind_of_number_has_its_limits),
		cmocka_unit_test(files_of_no_kind_are_refused),
		cmocka_unit_test(what_is_no_json_is_refused),
		cmocka_unit_test(huge_and_deep_files_are_refused),
		cmocka_unit_test(a_file_that_cannot_be_read_is_named),
	};

	return cmocka_run_group_tests_name("snapshot_refusal", tests,
		snapshot_file_make, snapshot_file_remove);
}
