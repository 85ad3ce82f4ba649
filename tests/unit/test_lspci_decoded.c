// SPDX-License-Identifier: GPL-2.0
/* The provider lspci: what lspci has decoded, without rows of hex. */
#include <string.h>

#include "dump.h"
#include "suite.h"

#define PORT "00:01.0 PCI bridge [0604]: Some Port [8086:4c01]\n" \
	"\tBus: primary=00, secondary=01, subordinate=01, sec-latency=0\n" \
	"\tCapabilities: [40] Express (v2) Root Port (Slot+), MSI 00\n"
#define AER "\tCapabilities: [100 v1] Advanced Error Reporting\n"
#define ACS "\tCapabilities: [148 v1] Access Control Services\n"
#define WORDS \
	"\t\tACSCap:\tSrcValid+ TransBlk+ ReqRedir+ CmpltRedir+ UpstreamFwd+ EgressCtrl- DirectTrans-\n" \
	"\t\tACSCtl:\tSrcValid+ TransBlk- ReqRedir+ CmpltRedir+ UpstreamFwd- EgressCtrl- DirectTrans-\n"

static const struct device *look_at(struct dump *dump, const char *text)
{
	dump_open(dump);
	fputs(text, dump->stream);
	assert_int_equal(dump_look(dump), 0);
	return &dump->facts.devices[0];
}

static void a_port_is_told_by_text_alone(void **state)
{
	const struct device *port, *gpu;
	struct dump dump;

	(void)state;
	port = look_at(&dump, PORT AER ACS WORDS "\n"
		"01:00.0 VGA compatible controller: NVIDIA Corporation AD102 (rev a1)\n"
		"\tCapabilities: [60] Express (v2) Legacy Endpoint, MSI 00\n" AER
		"\n01:00.1 Audio device: NVIDIA Corporation\n");
	assert_int_equal(port->port_type, PORT_ROOT);
	assert_int_equal(port->header_type, 1);
	assert_int_equal(port->acs.offset, 0x148);
	assert_int_equal(port->acs.cap, 0x1f);
	assert_int_equal(port->acs.ctrl, 0x0d);
	assert_int_equal(port->ats, CAPABILITY_ABSENT);
	assert_true(port->root_bus);
	gpu = dump_device(&dump, "01:00.0");
	assert_int_equal(gpu->class, 0x030000);
	assert_int_equal(gpu->port_type, PORT_LEGACY_ENDPOINT);
	assert_int_equal(gpu->parent.id, 0x0008);
	assert_false(device_has(gpu, DEVICE_ACS_UNKNOWN));
	assert_true(gpu->multifunction);
	assert_int_equal(dump_device(&dump, "01:00.1")->class, 0x040300);
	dump_close(&dump);
}

static void what_lspci_did_not_see_is_unknown(void **state)
{
	static const char *const texts[] = {
		/* Not root; 256 bytes only; -v without the bits; a broken list. */
		"00:01.0 PCI bridge: x\n\tCapabilities: <access denied>\n",
		PORT,
		PORT ACS,
		PORT "\tCapabilities: [100 v1] <chain broken>\n",
		PORT ACS "\t\tACSCap:\tSrcValid+ TransBlk?\n",
	};
	struct dump dump;

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		const struct device *port = look_at(&dump, texts[i]);

		assert_int_equal(port->acs_unknown, REASON_NO_ACCESS);
		assert_false(device_has(port, DEVICE_ACS));
		assert_int_equal(dump_unseen(&dump, "ACS registers of 1 of 1"),
				 1);
		dump_close(&dump);
	}
}

static void conventional_functions_are_told_from_unknown_ones(void **state)
{
	static const struct {
		const char *text;
		uint8_t type;
	} cases[] = {
		{ "\tStatus: Cap- 66MHz-\n", PORT_CONVENTIONAL },
		{ "\tCapabilities: [dc] Power Management version 2\n",
		  PORT_CONVENTIONAL },
		{ "\tStatus: Cap+ 66MHz-\n", 0 },
		{ "\tCapabilities: <access denied>\n", 0 },
		{ "\tCapabilities: [dc] <chain looped>\n", 0 },
		{ "", 0 },
	};
	struct dump dump;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char text[256];

		snprintf(text, sizeof(text), "00:1f.0 ISA bridge: x\n%s",
			 cases[i].text);
		assert_int_equal(look_at(&dump, text)->port_type,
				 cases[i].type);
		dump_close(&dump);
	}
}

static void every_port_type_has_its_words(void **state)
{
	static const struct {
		const char *words;
		uint8_t type;
	} cases[] = {
		{ "(v2) Endpoint, MSI 00", PORT_ENDPOINT },
		{ "Endpoint, MSI 00", PORT_ENDPOINT },
		{ "(v1) Legacy Endpoint", PORT_LEGACY_ENDPOINT },
		{ "(v2) Root Port (Slot-)", PORT_ROOT },
		{ "(v2) Upstream Port", PORT_UPSTREAM },
		{ "(v2) Downstream Port (Slot+)", PORT_DOWNSTREAM },
		{ "(v1) PCI-Express to PCI/PCI-X Bridge", PORT_PCIE_TO_PCI },
		{ "(v1) PCI/PCI-X to PCI-Express Bridge", PORT_PCI_TO_PCIE },
		{ "(v2) Root Complex Integrated Endpoint", PORT_RC_ENDPOINT },
		{ "(v2) Root Complex Event Collector",
		  PORT_RC_EVENT_COLLECTOR },
	};
	struct dump dump;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char text[256];

		snprintf(text, sizeof(text),
			 "00:01.0 PCI bridge: x\n\tCapabilities: [40] Express %s\n",
			 cases[i].words);
		assert_int_equal(look_at(&dump, text)->port_type,
				 cases[i].type);
		dump_close(&dump);
	}
}

static void double_words_are_not_taken_for_words(void **state)
{
	struct dump dump;

	(void)state;
	assert_int_equal(look_at(&dump,
		"00:1c.0 PCI bridge [0604]: x [8086:a110]\n"
		"\tCapabilities: [40] Express (v2) Root Port (Slot+), MSI 00\n"
		AER ACS WORDS)->acs_unknown, REASON_NO_ACCESS);
	dump_close(&dump);
}

static void switchable_capabilities_are_read(void **state)
{
	const struct device *device;
	struct dump dump;

	(void)state;
	device = look_at(&dump,
		"01:00.0 Ethernet controller: x\n"
		"\tCapabilities: [40] Express (v2) Endpoint, MSI 00\n" AER
		"\tCapabilities: [150 v1] Address Translation Service (ATS)\n"
		"\t\tATSCtl:\tEnable+, Smallest Translation Unit: 00\n"
		"\tCapabilities: [160 v1] Page Request Interface (PRI)\n"
		"\t\tPRICtl: Enable- Reset-\n"
		"\tCapabilities: [170 v1] Process Address Space ID (PASID)\n");
	assert_int_equal(device->ats, CAPABILITY_ON);
	assert_int_equal(device->pri, CAPABILITY_OFF);
	/* Its name is there, but not whether it is on. */
	assert_false(device_has(device, DEVICE_PASID));
	dump_close(&dump);
}

static void virtual_functions_are_found(void **state)
{
	const struct device *physical, *virtual;
	struct dump dump;

	(void)state;
	look_at(&dump, PORT AER "\n"
		"01:00.0 Ethernet controller [0200]: x [15b3:1017]\n"
		"\tCapabilities: [40] Express (v2) Endpoint, MSI 00\n"
		"\tCapabilities: [180 v1] Single Root I/O Virtualization (SR-IOV)\n"
		"\t\tIOVCtl:\tEnable+ Migration- Interrupt- MSE+ ARIHierarchy+\n"
		"\t\tInitial VFs: 8, Total VFs: 8, Number of VFs: 1, Function Dependency Link: 00\n"
		"\t\tVF offset: 2, stride: 1, Device ID: 1018\n\n"
		"01:00.2 Ethernet controller [0200]: x [15b3:1018]\n\n"
		"01:00.3 Ethernet controller [0200]: x [15b3:1018]\n");
	physical = dump_device(&dump, "01:00.0");
	assert_int_equal(physical->total_vfs, 8);
	assert_int_equal(physical->num_vfs, 1);
	virtual = dump_device(&dump, "01:00.2");
	assert_int_equal(bdf_compare(virtual->physfn, physical->address), 0);
	assert_int_equal(virtual->device, 0x1018);
	assert_false(virtual->multifunction);
	assert_false(device_has(dump_device(&dump, "01:00.3"), DEVICE_PHYSFN));
	dump_close(&dump);
}

/* Rows of 64 bytes, and more in words: lspci -vvx. */
static void words_add_to_rows(void **state)
{
	static const struct fake fake = {
		"00:01.0", 0x8086, 0x4c01, 0x060400, EXPRESS(4), .readable = 64,
	};
	const struct device *port;
	struct dump dump;

	(void)state;
	dump_open(&dump);
	dump_function(&dump, &fake);
	fputs(PORT AER ACS WORDS, dump.stream);
	assert_int_equal(dump_look(&dump), 0);
	port = &dump.facts.devices[0];
	assert_int_equal(dump.facts.device_count, 1);
	assert_int_equal(port->port_type, PORT_ROOT);
	assert_int_equal(port->acs.ctrl, 0x0d);
	assert_false(device_has(port, DEVICE_ACS_UNKNOWN));
	dump_close(&dump);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_port_is_told_by_text_alone),
		cmocka_unit_test(what_lspci_did_not_see_is_unknown),
		cmocka_unit_test(conventional_functions_are_told_from_unknown_ones),
		cmocka_unit_test(every_port_type_has_its_words),
		cmocka_unit_test(double_words_are_not_taken_for_words),
		cmocka_unit_test(switchable_capabilities_are_read),
		cmocka_unit_test(virtual_functions_are_found),
		cmocka_unit_test(words_add_to_rows),
	};

	return cmocka_run_group_tests_name("lspci_decoded", tests, NULL, NULL);
}
