// SPDX-License-Identifier: GPL-2.0
/* Attributes into facts: every attribute there and back, and what is refused. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <netlink/genl/genl.h>

#include "kernel_side.h"
#include "provider/netlink_decode.h"
#include "suite.h"

static struct problem problem;

static int decode(reply_object *decoder, struct nl_msg *message, void *context)
{
	const struct genlmsghdr *genl = nlmsg_data(nlmsg_hdr(message));
	int ret = decoder(genlmsg_attrdata(genl, 0), genlmsg_attrlen(genl, 0),
			  context, &problem);

	nlmsg_free(message);
	return ret;
}

/* A device with what it must have, and one attribute more. */
static struct nl_msg *least(void)
{
	struct nl_msg *message = kernel_begin(1, FAMILY_ID,
					      IOWARDEN_CMD_DEVICE_GET, 0);

	nla_put_u32(message, IOWARDEN_A_DEVICE_SEGMENT, 0);
	nla_put_u16(message, IOWARDEN_A_DEVICE_BDF, 0x0100);
	nla_put_u32(message, IOWARDEN_A_DEVICE_GENERATION, 1);
	nla_put_u16(message, IOWARDEN_A_DEVICE_VENDOR, 0x8086);
	nla_put_u16(message, IOWARDEN_A_DEVICE_DEVICE, 1);
	nla_put_u32(message, IOWARDEN_A_DEVICE_CLASS, 0x020000);
	nla_put_u8(message, IOWARDEN_A_DEVICE_HEADER_TYPE, 0);
	return message;
}

static void assert_device_refused(struct nl_msg *message, const char *word)
{
	struct facts facts;

	facts_start(&facts, "netlink");
	assert_int_equal(decode(decode_device, message, &facts), -EBADMSG);
	if (!strstr(problem.text, word))
		fail_msg("\"%s\" does not name %s", problem.text, word);
	facts_free(&facts);
}

static struct device decoded(struct nl_msg *message, struct facts *facts)
{
	facts_start(facts, "netlink");
	problem.text[0] = '\0';
	if (decode(decode_device, message, facts))
		fail_msg("%s", problem.text);
	return facts->devices[0];
}

static void every_attribute_of_a_device_arrives(void **state)
{
	struct nl_msg *message = kernel_device(1, 0xe1ff, 9, 0);
	struct facts facts;
	struct device device;

	(void)state;
	nla_put_u16(message, IOWARDEN_A_DEVICE_UPSTREAM, 0x0008);
	nla_put_u16(message, IOWARDEN_A_DEVICE_PHYSFN, 0xe100);
	device = decoded(message, &facts);
	assert_int_equal(device.address.segment, 0x10000);
	assert_int_equal(device.address.id, 0xe1ff);
	assert_int_equal(device.group, 14);
	assert_int_equal(device.generation, 9);
	assert_int_equal(device.parent.segment, 0x10000);
	assert_int_equal(device.parent.id, 0x0008);
	assert_int_equal(device.physfn.segment, 0x10000);
	assert_int_equal(device.physfn.id, 0xe100);
	assert_int_equal(device.dma_device.segment, 0);
	assert_int_equal(device.dma_device.id, 0x0070);
	assert_int_equal(device.vendor, 0x10de);
	assert_int_equal(device.device, 0x2684);
	assert_int_equal(device.subsystem_vendor, 0x1043);
	assert_int_equal(device.subsystem_device, 0x889c);
	assert_int_equal(device.class, 0x030000);
	assert_int_equal(device.header_type, 0);
	assert_int_equal(device.port_type, PORT_LEGACY_ENDPOINT);
	assert_true(device.multifunction);
	assert_true(device.driver_managed_dma);
	assert_true(device.untrusted);
	assert_true(device.external_facing);
	assert_false(device.root_bus);
	assert_string_equal(device.driver, "nouveau");
	assert_int_equal(device.acs_age, 321);
	assert_int_equal(device.quirks,
			 QUIRK_ACS_ENABLED | QUIRK_NO_BRIDGE_ALIAS);
	assert_int_equal(device.ats, CAPABILITY_ON);
	assert_int_equal(device.pri, CAPABILITY_OFF);
	assert_int_equal(device.pasid, CAPABILITY_ABSENT);
	assert_int_equal(device.total_vfs, 63);
	assert_int_equal(device.num_vfs, 4);
	assert_int_equal(device.aliases.length, 32);
	assert_int_equal(device.aliases.byte[0], 0x02);
	assert_int_equal(device.aliases.byte[31], 0x80);
	assert_int_equal(device.acs.offset, 0x148);
	assert_int_equal(device.acs.cap, 0x3f);
	assert_int_equal(device.acs.ctrl, 0x1d);
	assert_int_equal(device.acs.cap_dword, 0x3f);
	assert_int_equal(device.acs.ctrl_dword, 0x1c);
	assert_int_equal(device.acs.egress_vector.length, 8);
	assert_int_equal(device.acs.egress_vector.byte[7], 8);
	/* All but the reasons, which contradict what is known, and sysfs's. */
	for (unsigned int i = 0; i < DEVICE_FIELDS; i++)
		assert_int_equal(device_has(&device, i),
				 i != DEVICE_GROUP_UNKNOWN &&
				 i != DEVICE_DRIVER_UNKNOWN &&
				 i != DEVICE_PARENT_UNKNOWN &&
				 i != DEVICE_ACS_UNKNOWN &&
				 i != DEVICE_RESET_METHODS &&
				 i != DEVICE_REMOVABLE &&
				 i != DEVICE_MPC &&
				 i != DEVICE_IOMMU_UNIT &&
				 i != DEVICE_SECONDARY_BUS);
	facts_free(&facts);
}

static void reasons_arrive_where_nothing_is_known(void **state)
{
	struct nl_msg *message = least();
	struct facts facts;
	struct device device;

	(void)state;
	nla_put_flag(message, IOWARDEN_A_DEVICE_ROOT_BUS);
	nla_put_u8(message, IOWARDEN_A_DEVICE_GROUP_UNKNOWN,
		   IOWARDEN_REASON_BUSY);
	nla_put_u8(message, IOWARDEN_A_DEVICE_DRIVER_UNKNOWN,
		   IOWARDEN_REASON_BUSY);
	nla_put_u8(message, IOWARDEN_A_DEVICE_ACS_UNKNOWN,
		   IOWARDEN_REASON_MALFORMED);
	device = decoded(message, &facts);
	assert_int_equal(device.group_unknown, REASON_BUSY);
	assert_int_equal(device.driver_unknown, REASON_BUSY);
	assert_int_equal(device.acs_unknown, REASON_MALFORMED);
	assert_false(device_has(&device, DEVICE_GROUP));
	assert_false(device_has(&device, DEVICE_PORT_TYPE));
	/* Flags are always known. */
	assert_true(device_has(&device, DEVICE_ROOT_BUS));
	assert_true(device.root_bus);
	assert_true(device_has(&device, DEVICE_UNTRUSTED));
	assert_false(device.untrusted);
	facts_free(&facts);
}

static void attributes_of_a_later_module_are_ignored(void **state)
{
	struct nl_msg *message = least();
	struct facts facts;

	(void)state;
	nla_put_u32(message, IOWARDEN_A_DEVICE_MAX + 1, 5);
	nla_put_string(message, 1000, "new");
	decoded(message, &facts);
	facts_free(&facts);
}

static void missing_attributes_are_refused(void **state)
{
	static const struct {
		int attribute;
		const char *name;
	} must[] = {
		{ IOWARDEN_A_DEVICE_SEGMENT, "segment" },
		{ IOWARDEN_A_DEVICE_BDF, "bdf" },
		{ IOWARDEN_A_DEVICE_GENERATION, "generation" },
		{ IOWARDEN_A_DEVICE_VENDOR, "vendor" },
		{ IOWARDEN_A_DEVICE_DEVICE, "device" },
		{ IOWARDEN_A_DEVICE_CLASS, "class" },
		{ IOWARDEN_A_DEVICE_HEADER_TYPE, "header_type" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(must); i++) {
		struct nl_msg *message = least();
		const struct genlmsghdr *genl = nlmsg_data(nlmsg_hdr(message));
		struct nlattr *attribute = nla_find(genlmsg_attrdata(genl, 0),
			genlmsg_attrlen(genl, 0), must[i].attribute);

		attribute->nla_type = 2000;
		assert_device_refused(message, must[i].name);
	}
}

/* Lengths that no attribute of the wire has; a flag with a payload too. */
static void wrong_lengths_are_refused(void **state)
{
	static const uint8_t bytes[40] = { 1 };
	static const int lengths[] = { 0, 1, 2, 3, 4, 5, 8, 31, 32, 33, 40 };

	(void)state;
	for (int type = 1; type <= IOWARDEN_A_DEVICE_MAX; type++) {
		unsigned int refused = 0;

		if (type == IOWARDEN_A_DEVICE_FRESH)
			continue;
		for (size_t i = 0; i < COUNT(lengths); i++) {
			struct nl_msg *message = least();
			struct facts facts;

			facts_start(&facts, "netlink");
			nla_put(message, type, lengths[i], bytes);
			refused += decode(decode_device, message, &facts) ==
				   -EBADMSG;
			facts_free(&facts);
		}
		if (refused < COUNT(lengths) - 1)
			fail_msg("attribute %d: %u of %zu lengths refused",
				 type, refused, COUNT(lengths));
	}
}

static void values_out_of_range_are_refused(void **state)
{
	static const struct {
		int attribute;
		uint8_t value;
		const char *name;
	} cases[] = {
		{ IOWARDEN_A_DEVICE_PORT_TYPE, 0, "port_type" },
		{ IOWARDEN_A_DEVICE_PORT_TYPE, 11, "port_type" },
		{ IOWARDEN_A_DEVICE_PORT_TYPE, 255, "port_type" },
		{ IOWARDEN_A_DEVICE_GROUP_UNKNOWN, 6, "group_unknown" },
		{ IOWARDEN_A_DEVICE_DRIVER_UNKNOWN, 0, "driver_unknown" },
		{ IOWARDEN_A_DEVICE_ACS_UNKNOWN, 9, "acs_unknown" },
		{ IOWARDEN_A_DEVICE_ATS, 4, "ats" },
		{ IOWARDEN_A_DEVICE_PRI, 0, "pri" },
		{ IOWARDEN_A_DEVICE_PASID, 200, "pasid" },
	};
	struct nl_msg *message;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		message = least();
		nla_put_u8(message, cases[i].attribute, cases[i].value);
		assert_device_refused(message, cases[i].name);
	}
	message = least();
	nla_put_u32(message, 4000, 0);
	nla_put_u32(message, IOWARDEN_A_DEVICE_CLASS, 0x020000);
	assert_device_refused(message, "class comes twice");
}

static void class_has_24_bits(void **state)
{
	struct nl_msg *message = least();
	const struct genlmsghdr *genl = nlmsg_data(nlmsg_hdr(message));
	struct nlattr *attribute = nla_find(genlmsg_attrdata(genl, 0),
		genlmsg_attrlen(genl, 0), IOWARDEN_A_DEVICE_CLASS);
	uint32_t value = 0x01020000;

	(void)state;
	memcpy(nla_data(attribute), &value, sizeof(value));
	assert_device_refused(message, "class has an impossible value");
}

static void contradictions_are_refused(void **state)
{
	struct nl_msg *message = least();

	(void)state;
	nla_put_u32(message, IOWARDEN_A_DEVICE_GROUP, 1);
	nla_put_u8(message, IOWARDEN_A_DEVICE_GROUP_UNKNOWN, 1);
	assert_device_refused(message, "group is known and unknown");
	message = least();
	nla_put_string(message, IOWARDEN_A_DEVICE_DRIVER, "x");
	nla_put_u8(message, IOWARDEN_A_DEVICE_DRIVER_UNKNOWN, 1);
	assert_device_refused(message, "driver is known and unknown");
	message = kernel_device(1, 0x0100, 1, 0);
	nla_put_u8(message, IOWARDEN_A_DEVICE_ACS_UNKNOWN, 1);
	assert_device_refused(message, "acs is known and unknown");
	message = least();
	nla_put_flag(message, IOWARDEN_A_DEVICE_ROOT_BUS);
	nla_put_u16(message, IOWARDEN_A_DEVICE_UPSTREAM, 8);
	assert_device_refused(message, "root_bus");
	message = least();
	nla_put_u16(message, IOWARDEN_A_DEVICE_DMA_BDF, 8);
	assert_device_refused(message, "dma_device is incomplete");
	message = least();
	nla_put_u32(message, IOWARDEN_A_DEVICE_DMA_SEGMENT, 8);
	assert_device_refused(message, "dma_device is incomplete");
}

static void bad_texts_are_refused(void **state)
{
	struct nl_msg *message = least();

	(void)state;
	nla_put(message, IOWARDEN_A_DEVICE_DRIVER, 3, "abc");
	assert_device_refused(message, "driver");
	message = least();
	nla_put(message, IOWARDEN_A_DEVICE_DRIVER, 4, "a\0b");
	assert_device_refused(message, "driver");
	message = least();
	nla_put(message, IOWARDEN_A_DEVICE_DRIVER, 1, "");
	assert_device_refused(message, "driver");
}

static struct nl_msg *with_acs(bool offset, bool cap, bool ctrl, bool cap_dword,
			       bool ctrl_dword)
{
	struct nl_msg *message = least();
	struct nlattr *nest = nla_nest_start(message, IOWARDEN_A_DEVICE_ACS);

	if (offset)
		nla_put_u16(message, IOWARDEN_A_ACS_OFFSET, 0x100);
	if (cap)
		nla_put_u16(message, IOWARDEN_A_ACS_CAPABILITY, 1);
	if (ctrl)
		nla_put_u16(message, IOWARDEN_A_ACS_CONTROL, 1);
	if (cap_dword)
		nla_put_u32(message, IOWARDEN_A_ACS_CAPABILITY_DWORD, 1);
	if (ctrl_dword)
		nla_put_u32(message, IOWARDEN_A_ACS_CONTROL_DWORD, 1);
	nla_nest_end_keep_empty(message, nest);
	return message;
}

static void acs_is_complete_or_refused(void **state)
{
	struct facts facts;
	struct device device;

	(void)state;
	device = decoded(with_acs(true, true, true, false, false), &facts);
	assert_false(field_known(&device.acs, ACS_CTRL_DWORD));
	facts_free(&facts);
	device = decoded(with_acs(true, true, false, true, true), &facts);
	assert_false(field_known(&device.acs, ACS_CTRL));
	facts_free(&facts);
	assert_device_refused(with_acs(false, true, true, false, false),
			      "offset is missing");
	assert_device_refused(with_acs(true, false, true, false, false),
			      "cap is missing");
	assert_device_refused(with_acs(true, true, false, false, false),
			      "ctrl is missing");
	assert_device_refused(with_acs(true, true, true, true, false),
			      "dwords are incomplete");
	assert_device_refused(with_acs(true, true, true, false, true),
			      "dwords are incomplete");
	assert_device_refused(with_acs(false, false, false, false, false),
			      "offset is missing");
}

/* Length @length of the attributes, as if the rest never came. */
static int decode_cut(struct nl_msg *message, int length, struct facts *facts)
{
	const struct genlmsghdr *genl = nlmsg_data(nlmsg_hdr(message));
	void *copy = malloc((size_t)length + 1);	/* for ASan to watch */
	int ret;

	memcpy(copy, genlmsg_attrdata(genl, 0), (size_t)length);
	ret = decode_device(copy, length, facts, &problem);
	free(copy);
	return ret;
}

static void cut_attributes_are_refused_at_every_length(void **state)
{
	struct nl_msg *message = kernel_device(1, 0x0100, 1, 0);
	const struct genlmsghdr *genl = nlmsg_data(nlmsg_hdr(message));
	int whole = genlmsg_attrlen(genl, 0);
	struct nlattr *attribute = genlmsg_attrdata(genl, 0);
	int left = whole, boundary = 0, accepted = 0;

	(void)state;
	for (int length = 0; length < whole; length++) {
		struct facts facts;
		int ret;

		while (boundary < length && nla_ok(attribute, left)) {
			attribute = nla_next(attribute, &left);
			boundary = whole - left;
		}
		facts_start(&facts, "netlink");
		ret = decode_cut(message, length, &facts);
		/* A cut between attributes that need not be there is none. */
		if (!ret && (boundary == length || boundary - length < 4))
			accepted++;
		else
			assert_int_equal(ret, -EBADMSG);
		facts_free(&facts);
	}
	assert_true(accepted > 10);
	nlmsg_free(message);
}

static struct nl_msg *info(void)
{
	struct nl_msg *message = kernel_begin(1, FAMILY_ID,
					      IOWARDEN_CMD_INFO_GET, 0);

	nla_put_string(message, IOWARDEN_A_INFO_MODULE_VERSION, "1");
	nla_put_u32(message, IOWARDEN_A_INFO_ABI_VERSION, 1);
	nla_put_u64(message, IOWARDEN_A_INFO_LOAD_TIME, 1);
	nla_put(message, IOWARDEN_A_INFO_PAD, 0, NULL);
	nla_put_u32(message, IOWARDEN_A_INFO_GENERATION, 1);
	nla_put_u32(message, IOWARDEN_A_INFO_SIGHT, 0xffffffff);
	nla_put_u32(message, IOWARDEN_A_INFO_DEVICE_COUNT, 2);
	return message;
}

static void info_needs_its_counts(void **state)
{
	struct nl_msg *message = info();
	struct info decoded_info = { 0 };

	(void)state;
	assert_int_equal(decode(decode_info, message, &decoded_info), -EBADMSG);
	assert_non_null(strstr(problem.text, "group_count is missing"));
	message = info();
	nla_put_u32(message, IOWARDEN_A_INFO_GROUP_COUNT, 3);
	assert_int_equal(decode(decode_info, message, &decoded_info), 0);
	assert_int_equal(decoded_info.group_count, 3);
	assert_int_equal(decoded_info.sight, UINT32_MAX);
	free(decoded_info.module_version);
}

static void group_needs_its_number(void **state)
{
	struct nl_msg *message = kernel_begin(1, FAMILY_ID,
					      IOWARDEN_CMD_GROUP_GET, 0);
	struct facts facts;

	(void)state;
	facts_start(&facts, "netlink");
	nla_put_u32(message, IOWARDEN_A_GROUP_GENERATION, 1);
	assert_int_equal(decode(decode_group, message, &facts), -EBADMSG);
	assert_non_null(strstr(problem.text, "id is missing"));
	message = kernel_begin(1, FAMILY_ID, IOWARDEN_CMD_GROUP_GET, 0);
	nla_put_u32(message, IOWARDEN_A_GROUP_GENERATION, 1);
	nla_put_u32(message, IOWARDEN_A_GROUP_ID, 1);
	nla_put_u8(message, IOWARDEN_A_GROUP_ISOLATED_MSI, 3);
	assert_int_equal(decode(decode_group, message, &facts), -EBADMSG);
	assert_non_null(strstr(problem.text, "isolated_msi"));
	facts_free(&facts);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_attribute_of_a_device_arrives),
		cmocka_unit_test(reasons_arrive_where_nothing_is_known),
		cmocka_unit_test(attributes_of_a_later_module_are_ignored),
		cmocka_unit_test(missing_attributes_are_refused),
		cmocka_unit_test(wrong_lengths_are_refused),
		cmocka_unit_test(values_out_of_range_are_refused),
		cmocka_unit_test(class_has_24_bits),
		cmocka_unit_test(contradictions_are_refused),
		cmocka_unit_test(bad_texts_are_refused),
		cmocka_unit_test(acs_is_complete_or_refused),
		cmocka_unit_test(cut_attributes_are_refused_at_every_length),
		cmocka_unit_test(info_needs_its_counts),
		cmocka_unit_test(group_needs_its_number),
	};

	return cmocka_run_group_tests_name("decode", tests, NULL, NULL);
}
