// SPDX-License-Identifier: GPL-2.0
/* Whose request it was, what it likely comes of, and the tables of words. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "document.h"
#include "fault/cause.h"
#include "machine.h"
#include "suite.h"

#define ON ACS(0x1f, 0x1d)

/*
 * 00:01.0 root port ── 01:00.0 GPU, 01:00.1 at vfio, 01:00.2 without driver
 * 00:02.0 root port ── 02:00.0 NIC with 8 virtual functions
 * 00:03.0 root port ── 03:00.0 bridge to a conventional bus ── 04:01.0
 * 0001:00:01.0, of another segment
 */
static const struct part parts[] = {
	{ "00:01.0", NULL, PORT_ROOT, 1, ON },
	{ "01:00.0", "00:01.0", PORT_ENDPOINT, 2, .class = 0x030000,
	  .driver = "i915" },
	{ "01:00.1", "00:01.0", PORT_ENDPOINT, 2, .driver = "mlx5_vfio_pci" },
	{ "01:00.2", "00:01.0", PORT_ENDPOINT, 2 },
	{ "00:02.0", NULL, PORT_ROOT, 3, ON },
	{ "02:00.0", "00:02.0", PORT_ENDPOINT, 4, .driver = "igb" },
	{ "00:03.0", NULL, PORT_ROOT, 5, ON },
	{ "03:00.0", "00:03.0", PORT_PCIE_TO_PCI, 6 },
	{ "04:01.0", "03:00.0", PORT_CONVENTIONAL, 6, .driver = "bttv" },
	{ "0001:00:01.0", NULL, PORT_ENDPOINT, 7, .driver = "nvme" },
};

static struct machine machine;

static int build(void **state)
{
	struct device *nic;

	(void)state;
	machine_build(&machine, parts, COUNT(parts));
	nic = machine_change(&machine, "02:00.0");
	field_set_number(device_fields, DEVICE_TOTAL_VFS, nic, 8);
	return 0;
}

static int drop(void **state)
{
	(void)state;
	machine_free(&machine);
	return 0;
}

static struct fault make(enum fault_driver driver, const char *bdf,
			 unsigned int code, enum fault_kind kind,
			 uint64_t address)
{
	struct fault fault = {
		.driver = driver, .code = code, .kind = kind,
		.address = address, .has_address = true, .has_code = true,
		.has_requester = true, .has_segment = strlen(bdf) > 7,
	};

	assert_int_equal(bdf_parse(bdf, &fault.requester), 0);
	return fault;
}

static void each_cause_has_a_fault_that_comes_of_it(void **state)
{
	static const struct {
		const char *cause, *bdf;
		enum fault_driver driver;
		unsigned int code;
		enum fault_kind kind;
		uint64_t address;
	} cases[] = {
		{ "bypass-interrupt", "f0:1f.7", FAULT_VTD, 0x25, FAULT_INTERRUPT },
		{ "foreign-interrupt", "01:00.0", FAULT_VTD, 0x26, FAULT_INTERRUPT },
		{ "stale-interrupt", "01:00.0", FAULT_VTD, 0x22, FAULT_INTERRUPT },
		{ "stale-interrupt", "01:00.0", FAULT_AMDVI, 0x2, FAULT_INTERRUPT },
		{ "encrypted-memory", "01:00.0", FAULT_AMDVI, 0xd },
		{ "broken-tables", "01:00.1", FAULT_VTD, 0x0c, FAULT_READ },
		{ "command", "01:00.0", FAULT_AMDVI, 0x7, FAULT_COMMAND },
		{ "interrupt-range", "01:00.1", FAULT_VTD, 0x05, FAULT_WRITE, 0xfee00000 },
		{ "interrupt-range", "01:00.0", FAULT_VTD, 0x87, FAULT_WRITE, 0xfeefffff },
		{ "no-such-device", "02:00.3", FAULT_VTD, 0x05, FAULT_WRITE, 0x100000 },
		{ "no-such-device", "02:00.3", FAULT_VTD, 0x02, FAULT_WRITE, 0x100000 },
		{ "guest-unattached", "01:00.1", FAULT_VTD, 0x02, FAULT_WRITE, 0x100000 },
		{ "unattached", "02:00.0", FAULT_VTD, 0x02, FAULT_WRITE, 0x100000 },
		{ "unattached", "02:00.0", FAULT_AMDVI, AMDVI_UNATTACHED },
		{ "guest", "01:00.1", FAULT_VTD, 0x05, FAULT_WRITE, 0xfef00000 },
		{ "guest", "01:00.1", FAULT_VTD, 0x06, FAULT_READ, 0x0 },
		{ "null-address", "02:00.0", FAULT_VTD, 0x05, FAULT_WRITE, 0xfff },
		{ "firmware", "01:00.0", FAULT_VTD, 0x06, FAULT_READ, 0xffffffff },
		{ "use-after-unmap", "01:00.0", FAULT_VTD, 0x06, FAULT_READ, 0x100000000 },
		{ "use-after-unmap", "01:00.0", FAULT_VTD, 0x05, FAULT_WRITE, 0x10000 },
		{ "use-after-unmap", "02:00.0", FAULT_AMDVI, 0x2, FAULT_READ, 0x10000 },
		{ "behind-bridge", "03:00.0", FAULT_VTD, 0x05, FAULT_WRITE, 0x10000 },
		{ "no-driver", "01:00.2", FAULT_VTD, 0x05, FAULT_WRITE, 0x10000 },
		{ "wrong-address", "02:00.0", FAULT_VTD, 0x04, FAULT_WRITE, 0x10000 },
		{ "unsupported-request", "02:00.0", FAULT_SMMU_V2, 8, FAULT_READ, 0x10000 },
		{ "unsupported-request", "01:00.1", FAULT_SMMU_V3, 0x01, 0, 0x10000 },
		{ "translation-refused", "02:00.0", FAULT_VTD, 0x0d, FAULT_READ, 0x10000 },
		{ "pasid", "02:00.0", FAULT_VTD, 0x59, FAULT_READ, 0x10000 },
		{ "reserved-range", "02:00.0", FAULT_AMDVI, 0x8, 0, 0xfdf8000020 },
		{ "unknown", "02:00.0", FAULT_VTD, 0xee, FAULT_READ, 0x10000 },
	};
	unsigned int seen = 0;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct fault fault = make(cases[i].driver, cases[i].bdf,
					  cases[i].code, cases[i].kind,
					  cases[i].address);
		const struct cause *cause;
		struct origin origin;

		assert_int_equal(origin_find(&origin, &fault, &machine.tree), 0);
		cause = cause_find(&fault, &origin);
		assert_string_equal(cause->id, cases[i].cause);
		seen |= 1u << (cause - causes);
		origin_free(&origin);
	}
	/* But for one that is of machines that nobody knows. */
	for (size_t i = 0; i < cause_count; i++)
		assert_true((seen >> i & 1) ||
			    !strcmp(causes[i].id, "not-mapped"));
}

static void assert_origin(const char *requester, const char *device,
			  const char *word)
{
	struct fault fault = make(FAULT_VTD, requester, 0x05, FAULT_WRITE, 0);
	struct origin origin;
	struct bdf bdf;

	assert_int_equal(origin_find(&origin, &fault, &machine.tree), 0);
	if (device) {
		assert_int_equal(bdf_parse(device, &bdf), 0);
		assert_non_null(origin.device);
		assert_int_equal(bdf_compare(origin.device->address, bdf), 0);
	} else {
		assert_null(origin.device);
	}
	if (word)
		assert_non_null(strstr(origin.remarks.item[0], word));
	else
		assert_int_equal(origin.remarks.count, 0);
	origin_free(&origin);
}

static void requesters_are_looked_up_with_all_that_can_stand_behind_them(void **state)
{
	(void)state;
	assert_origin("01:00.0", "0000:01:00.0", NULL);
	assert_origin("0001:00:01.0", "0001:00:01.0", NULL);
	/* Both segments have it, and the line does not tell. */
	assert_origin("00:01.0", NULL, "does not tell the segment");
	assert_origin("0000:00:01.0", "0000:00:01.0", NULL);
	assert_origin("02:00.4", NULL, "virtual function of 0000:02:00.0");
	assert_origin("03:00.0", "0000:03:00.0", "behind 0000:03:00.0");
	assert_origin("04:00.0", NULL, "behind 0000:03:00.0");
	assert_origin("04:01.0", "0000:04:01.0", NULL);
	assert_origin("f7:1f.3", NULL, "no function has this");
}

static void a_second_id_is_told_to_be_one(void **state)
{
	uint8_t mask[32] = { 0x08 };

	(void)state;
	field_set_bytes(device_fields, DEVICE_ALIASES,
			machine_change(&machine, "01:00.0"), mask, sizeof(mask));
	assert_origin("01:00.3", NULL, "requests of 0000:01:00.0 also");
}

static void without_a_machine_nothing_is_said_to_be_missing(void **state)
{
	struct fault fault = make(FAULT_VTD, "01:00.0", 0x05, FAULT_WRITE, 0x10000);
	struct facts facts = { 0 };
	struct tree tree = { .facts = &facts };
	struct origin origin;

	(void)state;
	assert_int_equal(origin_find(&origin, &fault, &tree), 0);
	assert_null(origin.device);
	assert_int_equal(origin.remarks.count, 0);
	assert_string_equal(cause_find(&fault, &origin)->id, "not-mapped");
	origin_free(&origin);
}

static void every_number_has_words(void **state)
{
	(void)state;
	assert_string_equal(fault_reason_words(FAULT_VTD, 0x06),
			    "the address is not mapped for reading");
	for (int driver = FAULT_VTD; driver <= FAULT_VIRTIO; driver++)
		for (unsigned int code = 0; code < 0x200; code++)
			assert_non_null(fault_reason_words((enum fault_driver)driver,
							   code));
	assert_ptr_equal(fault_reason_words(FAULT_VTD, 0x33),
			 fault_reason_words(FAULT_AMDVI, 0xff));
}

/* What every reason comes to, by hand. No row has more codes than this. */
#define MOST_CODES 32

/* Behind the last code. */
#define NO_MORE 0xffff

static const struct {
	enum fault_driver driver;
	enum fault_matter matter;
	unsigned int codes[MOST_CODES];
} matters[] = {
	{ FAULT_VTD, MATTER_UNKNOWN, { 0x00, NO_MORE } },
	{ FAULT_VTD, MATTER_UNATTACHED, { 0x01, 0x02, 0x39, 0x41, NO_MORE } },
	{ FAULT_VTD, MATTER_TABLES,
	  { 0x03, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x23, 0x24, 0x30, 0x38,
	    0x3a, 0x40, 0x42, 0x43, 0x48, 0x50, 0x52, 0x58, 0x5a, 0x5b, 0x70,
	    0x72, 0x73, 0x78, 0x7a, 0x7b, 0x7c, 0x90, NO_MORE } },
	{ FAULT_VTD, MATTER_WIDTH, { 0x04, 0x74, 0x80, 0x83, 0x84, NO_MORE } },
	{ FAULT_VTD, MATTER_UNMAPPED,
	  { 0x05, 0x06, 0x71, 0x75, 0x76, 0x77, 0x79, 0x81, 0x82, 0x85, 0x86,
	    NO_MORE } },
	{ FAULT_VTD, MATTER_TRANSLATED, { 0x0d, 0x44, 0x47, NO_MORE } },
	{ FAULT_VTD, MATTER_FORMAT, { 0x20, 0x25, NO_MORE } },
	{ FAULT_VTD, MATTER_ENTRY, { 0x21, 0x22, NO_MORE } },
	{ FAULT_VTD, MATTER_SOURCE, { 0x26, NO_MORE } },
	{ FAULT_VTD, MATTER_PASID,
	  { 0x31, 0x32, 0x45, 0x46, 0x51, 0x59, 0x5c, 0x5d, NO_MORE } },
	{ FAULT_VTD, MATTER_RESERVED, { 0x87, NO_MORE } },
	{ FAULT_AMDVI, MATTER_UNATTACHED, { 0x1, AMDVI_UNATTACHED, NO_MORE } },
	{ FAULT_AMDVI, MATTER_UNMAPPED, { 0x2, NO_MORE } },
	{ FAULT_AMDVI, MATTER_TABLES, { 0x3, 0x4, 0xe, NO_MORE } },
	{ FAULT_AMDVI, MATTER_COMMAND, { 0x5, 0x6, 0x7, NO_MORE } },
	{ FAULT_AMDVI, MATTER_RESERVED, { 0x8, NO_MORE } },
	{ FAULT_AMDVI, MATTER_TRANSLATED, { 0x9, NO_MORE } },
	{ FAULT_AMDVI, MATTER_OWNER, { 0xd, NO_MORE } },
	{ FAULT_SMMU_V2, MATTER_UNMAPPED, { 1, 2, 3, NO_MORE } },
	{ FAULT_SMMU_V2, MATTER_TABLES, { 4, 5, 6, NO_MORE } },
	{ FAULT_SMMU_V2, MATTER_WIDTH, { 7, NO_MORE } },
	{ FAULT_SMMU_V2, MATTER_REQUEST, { 8, NO_MORE } },
	{ FAULT_SMMU_V2, MATTER_UNATTACHED, { SMMU_V2_STREAM, NO_MORE } },
	{ FAULT_SMMU_V2, MATTER_UNKNOWN, { SMMU_V2_GLOBAL, NO_MORE } },
	{ FAULT_SMMU_V3, MATTER_REQUEST, { 0x01, NO_MORE } },
	{ FAULT_SMMU_V3, MATTER_UNATTACHED, { 0x02, 0x04, 0x06, NO_MORE } },
	{ FAULT_SMMU_V3, MATTER_TABLES,
	  { 0x03, 0x09, 0x0b, 0x20, 0x21, 0x25, NO_MORE } },
	{ FAULT_SMMU_V3, MATTER_TRANSLATED, { 0x05, 0x07, NO_MORE } },
	{ FAULT_SMMU_V3, MATTER_PASID, { 0x08, 0x0a, NO_MORE } },
	{ FAULT_SMMU_V3, MATTER_UNMAPPED, { 0x10, 0x12, 0x13, NO_MORE } },
	{ FAULT_SMMU_V3, MATTER_WIDTH, { 0x11, NO_MORE } },
	{ FAULT_SMMU_V3, MATTER_UNKNOWN, { 0x24, NO_MORE } },
	{ FAULT_VIRTIO, MATTER_UNKNOWN, { 0, NO_MORE } },
	{ FAULT_VIRTIO, MATTER_UNATTACHED, { 1, NO_MORE } },
	{ FAULT_VIRTIO, MATTER_UNMAPPED, { 2, NO_MORE } },
};

static void every_reason_comes_to_what_the_table_says(void **state)
{
	unsigned int listed = 0, known = 0;

	(void)state;
	for (size_t i = 0; i < COUNT(matters); i++)
		for (const unsigned int *code = matters[i].codes;
		     *code != NO_MORE; code++, listed++) {
			const struct fault_reason *reason =
				fault_reason_find(matters[i].driver, *code);

			if (!reason || reason->matter != matters[i].matter)
				fail_msg("driver %d, reason 0x%x",
					 matters[i].driver, *code);
		}
	for (int driver = FAULT_VTD; driver <= FAULT_VIRTIO; driver++)
		for (unsigned int code = 0; code < 0x200; code++)
			known += !!fault_reason_find((enum fault_driver)driver,
						     code);
	assert_int_equal(known, listed);
}

static void assert_named(const char *document, const char *word)
{
	char written[64];

	snprintf(written, sizeof(written), "`%s`", word);
	if (!strstr(document, written))
		fail_msg("output.md does not name %s", word);
}

static void the_contract_names_every_word(void **state)
{
	char *document = document_read(TOP "/Documentation/output.md");

	(void)state;
	for (size_t i = 0; i < cause_count; i++)
		assert_named(document, causes[i].id);
	for (unsigned int i = 0; i < fault_driver_names.count; i++)
		assert_named(document, fault_driver_names.name[i]);
	for (unsigned int i = 0; i < fault_kind_names.count; i++)
		assert_named(document, fault_kind_names.name[i]);
	free(document);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_cause_has_a_fault_that_comes_of_it),
		cmocka_unit_test(requesters_are_looked_up_with_all_that_can_stand_behind_them),
		cmocka_unit_test(a_second_id_is_told_to_be_one),
		cmocka_unit_test(without_a_machine_nothing_is_said_to_be_missing),
		cmocka_unit_test(every_number_has_words),
		cmocka_unit_test(every_reason_comes_to_what_the_table_says),
		cmocka_unit_test(the_contract_names_every_word),
	};

	return cmocka_run_group_tests_name("fault cause", tests, build, drop);
}
