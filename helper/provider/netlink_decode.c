// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <linux/genetlink.h>
#include <linux/iowarden.h>

#include "provider/netlink_decode.h"
#include "provider/netlink_wire.h"

/* The model has names of its own for the values of the wire; same numbers. */
#define SAME(model, wire) \
	_Static_assert((int)(model) == (int)(wire), "differs from the wire")

SAME(PORT_CONVENTIONAL, IOWARDEN_PORT_TYPE_CONVENTIONAL);
SAME(PORT_ENDPOINT, IOWARDEN_PORT_TYPE_ENDPOINT);
SAME(PORT_LEGACY_ENDPOINT, IOWARDEN_PORT_TYPE_LEGACY_ENDPOINT);
SAME(PORT_ROOT, IOWARDEN_PORT_TYPE_ROOT_PORT);
SAME(PORT_UPSTREAM, IOWARDEN_PORT_TYPE_UPSTREAM_PORT);
SAME(PORT_DOWNSTREAM, IOWARDEN_PORT_TYPE_DOWNSTREAM_PORT);
SAME(PORT_PCIE_TO_PCI, IOWARDEN_PORT_TYPE_PCIE_TO_PCI_BRIDGE);
SAME(PORT_PCI_TO_PCIE, IOWARDEN_PORT_TYPE_PCI_TO_PCIE_BRIDGE);
SAME(PORT_RC_ENDPOINT, IOWARDEN_PORT_TYPE_RC_ENDPOINT);
SAME(PORT_RC_EVENT_COLLECTOR, IOWARDEN_PORT_TYPE_RC_EVENT_COLLECTOR);
SAME(REASON_ASLEEP, IOWARDEN_REASON_ASLEEP);
SAME(REASON_GONE, IOWARDEN_REASON_GONE);
SAME(REASON_BUSY, IOWARDEN_REASON_BUSY);
SAME(REASON_NO_ACCESS, IOWARDEN_REASON_NO_ACCESS);
SAME(REASON_MALFORMED, IOWARDEN_REASON_MALFORMED);
SAME(CAPABILITY_ABSENT, IOWARDEN_CAPABILITY_ABSENT);
SAME(CAPABILITY_OFF, IOWARDEN_CAPABILITY_OFF);
SAME(CAPABILITY_ON, IOWARDEN_CAPABILITY_ON);
SAME(ANSWER_NO, IOWARDEN_ANSWER_NO);
SAME(ANSWER_YES, IOWARDEN_ANSWER_YES);
SAME(QUIRK_NO_BRIDGE_ALIAS, IOWARDEN_QUIRK_NO_BRIDGE_ALIAS);

#define HAND .by_hand = true

static const struct wire family_wire[] = {
	[CTRL_ATTR_FAMILY_ID] = { WIRE_U16, HAND, .must = true, .name = "id" },
	[CTRL_ATTR_VERSION] = { WIRE_U32, HAND, .must = true,
				.name = "version" },
};

static const struct wire_format family_format = {
	"the family iowarden", family_wire, CTRL_ATTR_VERSION, NULL,
};

static const struct wire info_wire[] = {
	[IOWARDEN_A_INFO_MODULE_VERSION] = { WIRE_TEXT, .must = true,
		.field = INFO_MODULE_VERSION },
	[IOWARDEN_A_INFO_ABI_VERSION] = { WIRE_U32, .must = true,
		.field = INFO_ABI_VERSION },
	[IOWARDEN_A_INFO_LOAD_TIME] = { WIRE_U64, .field = INFO_LOAD_TIME },
	[IOWARDEN_A_INFO_GENERATION] = { WIRE_U32, .must = true,
		.field = INFO_GENERATION },
	[IOWARDEN_A_INFO_SIGHT] = { WIRE_U32, .must = true,
		.field = INFO_SIGHT },
	[IOWARDEN_A_INFO_DEVICE_COUNT] = { WIRE_U32, .must = true,
		.field = INFO_DEVICE_COUNT },
	[IOWARDEN_A_INFO_GROUP_COUNT] = { WIRE_U32, .must = true,
		.field = INFO_GROUP_COUNT },
};

static const struct wire_format info_format = {
	"itself", info_wire, IOWARDEN_A_INFO_MAX, info_fields,
};

static const struct wire acs_wire[] = {
	[IOWARDEN_A_ACS_OFFSET] = { WIRE_U16, .must = true,
		.field = ACS_OFFSET },
	[IOWARDEN_A_ACS_CAPABILITY] = { WIRE_U16, .must = true,
		.field = ACS_CAP },
	[IOWARDEN_A_ACS_CONTROL] = { WIRE_U16, .field = ACS_CTRL },
	[IOWARDEN_A_ACS_EGRESS_VECTOR] = { WIRE_BYTES,
		.field = ACS_EGRESS_VECTOR },
	[IOWARDEN_A_ACS_CAPABILITY_DWORD] = { WIRE_U32,
		.field = ACS_CAP_DWORD },
	[IOWARDEN_A_ACS_CONTROL_DWORD] = { WIRE_U32, .field = ACS_CTRL_DWORD },
};

static const struct wire_format acs_format = {
	"ACS", acs_wire, IOWARDEN_A_ACS_MAX, acs_fields,
};

static const struct wire device_wire[] = {
	[IOWARDEN_A_DEVICE_SEGMENT] = { WIRE_U32, HAND, .must = true,
		.name = "segment" },
	[IOWARDEN_A_DEVICE_BDF] = { WIRE_BDF, .must = true,
		.field = DEVICE_ADDRESS },
	[IOWARDEN_A_DEVICE_GROUP] = { WIRE_U32, .field = DEVICE_GROUP },
	[IOWARDEN_A_DEVICE_GENERATION] = { WIRE_U32, .must = true,
		.field = DEVICE_GENERATION },
	[IOWARDEN_A_DEVICE_ROOT_BUS] = { WIRE_FLAG, .field = DEVICE_ROOT_BUS },
	[IOWARDEN_A_DEVICE_UPSTREAM] = { WIRE_BDF, .field = DEVICE_PARENT },
	[IOWARDEN_A_DEVICE_DMA_SEGMENT] = { WIRE_U32, HAND,
		.name = "dma_segment" },
	[IOWARDEN_A_DEVICE_DMA_BDF] = { WIRE_BDF, HAND, .name = "dma_bdf" },
	[IOWARDEN_A_DEVICE_VENDOR] = { WIRE_U16, .must = true,
		.field = DEVICE_VENDOR },
	[IOWARDEN_A_DEVICE_DEVICE] = { WIRE_U16, .must = true,
		.field = DEVICE_DEVICE },
	[IOWARDEN_A_DEVICE_SUBSYSTEM_VENDOR] = { WIRE_U16,
		.field = DEVICE_SUBSYSTEM_VENDOR },
	[IOWARDEN_A_DEVICE_SUBSYSTEM_DEVICE] = { WIRE_U16,
		.field = DEVICE_SUBSYSTEM_DEVICE },
	[IOWARDEN_A_DEVICE_CLASS] = { WIRE_U32, .must = true,
		.field = DEVICE_CLASS },
	[IOWARDEN_A_DEVICE_HEADER_TYPE] = { WIRE_U8, .must = true,
		.field = DEVICE_HEADER_TYPE },
	[IOWARDEN_A_DEVICE_MULTIFUNCTION] = { WIRE_FLAG,
		.field = DEVICE_MULTIFUNCTION },
	[IOWARDEN_A_DEVICE_PORT_TYPE] = { WIRE_U8, .field = DEVICE_PORT_TYPE },
	[IOWARDEN_A_DEVICE_GROUP_UNKNOWN] = { WIRE_U8,
		.field = DEVICE_GROUP_UNKNOWN },
	[IOWARDEN_A_DEVICE_DRIVER] = { WIRE_TEXT, .field = DEVICE_DRIVER },
	[IOWARDEN_A_DEVICE_DRIVER_MANAGED_DMA] = { WIRE_FLAG,
		.field = DEVICE_DRIVER_MANAGED_DMA },
	[IOWARDEN_A_DEVICE_DRIVER_UNKNOWN] = { WIRE_U8,
		.field = DEVICE_DRIVER_UNKNOWN },
	[IOWARDEN_A_DEVICE_ACS] = { WIRE_NEST, HAND, .name = "acs" },
	[IOWARDEN_A_DEVICE_ACS_UNKNOWN] = { WIRE_U8,
		.field = DEVICE_ACS_UNKNOWN },
	[IOWARDEN_A_DEVICE_ACS_AGE] = { WIRE_U32, .field = DEVICE_ACS_AGE },
	[IOWARDEN_A_DEVICE_ALIAS_MASK] = { WIRE_MASK, .field = DEVICE_ALIASES },
	[IOWARDEN_A_DEVICE_QUIRKS] = { WIRE_U32, .field = DEVICE_QUIRKS },
	[IOWARDEN_A_DEVICE_ATS] = { WIRE_U8, .field = DEVICE_ATS },
	[IOWARDEN_A_DEVICE_PRI] = { WIRE_U8, .field = DEVICE_PRI },
	[IOWARDEN_A_DEVICE_PASID] = { WIRE_U8, .field = DEVICE_PASID },
	[IOWARDEN_A_DEVICE_UNTRUSTED] = { WIRE_FLAG,
		.field = DEVICE_UNTRUSTED },
	[IOWARDEN_A_DEVICE_EXTERNAL_FACING] = { WIRE_FLAG,
		.field = DEVICE_EXTERNAL_FACING },
	[IOWARDEN_A_DEVICE_PHYSFN] = { WIRE_BDF, .field = DEVICE_PHYSFN },
	[IOWARDEN_A_DEVICE_TOTAL_VFS] = { WIRE_U16, .field = DEVICE_TOTAL_VFS },
	[IOWARDEN_A_DEVICE_NUM_VFS] = { WIRE_U16, .field = DEVICE_NUM_VFS },
};

static const struct wire_format device_format = {
	"a device", device_wire, IOWARDEN_A_DEVICE_MAX, device_fields,
};

static const struct wire group_wire[] = {
	[IOWARDEN_A_GROUP_ID] = { WIRE_U32, .must = true, .field = GROUP_ID },
	[IOWARDEN_A_GROUP_GENERATION] = { WIRE_U32, .must = true,
		.field = GROUP_GENERATION },
	[IOWARDEN_A_GROUP_PCI_DEVICES] = { WIRE_U32,
		.field = GROUP_PCI_DEVICES },
	[IOWARDEN_A_GROUP_OTHER_DEVICES] = { WIRE_U32,
		.field = GROUP_OTHER_DEVICES },
	[IOWARDEN_A_GROUP_ISOLATED_MSI] = { WIRE_U8,
		.field = GROUP_ISOLATED_MSI },
	[IOWARDEN_A_GROUP_ENFORCED_COHERENCY] = { WIRE_U8,
		.field = GROUP_ENFORCED_COHERENCY },
	[IOWARDEN_A_GROUP_USER_OWNED] = { WIRE_U8, .field = GROUP_USER_OWNED },
	[IOWARDEN_A_GROUP_USER_OWNED_UNKNOWN] = { WIRE_U8,
		.field = GROUP_USER_OWNED_UNKNOWN },
};

static const struct wire_format group_format = {
	"a group", group_wire, IOWARDEN_A_GROUP_MAX, group_fields,
};

_Static_assert(sizeof(info_wire) / sizeof(*info_wire) ==
	       IOWARDEN_A_INFO_MAX + 1, "an attribute of info has no row");
_Static_assert(sizeof(acs_wire) / sizeof(*acs_wire) ==
	       IOWARDEN_A_ACS_MAX + 1, "an attribute of acs has no row");
_Static_assert(sizeof(device_wire) / sizeof(*device_wire) ==
	       IOWARDEN_A_DEVICE_MAX + 1, "an attribute of device has no row");
_Static_assert(sizeof(group_wire) / sizeof(*group_wire) ==
	       IOWARDEN_A_GROUP_MAX + 1, "an attribute of group has no row");

int decode_family(const struct nlattr *head, int length, void *context,
		  struct problem *problem)
{
	const struct nlattr *found[CTRL_ATTR_VERSION + 1];
	struct family *family = context;
	int ret;

	ret = wire_parse(&family_format, head, length, found, problem);
	if (ret)
		return ret;
	family->id = nla_get_u16(found[CTRL_ATTR_FAMILY_ID]);
	family->version = nla_get_u32(found[CTRL_ATTR_VERSION]);
	return 0;
}

int decode_info(const struct nlattr *head, int length, void *context,
		struct problem *problem)
{
	const struct nlattr *found[IOWARDEN_A_INFO_MAX + 1];
	int ret;

	ret = wire_parse(&info_format, head, length, found, problem);
	return ret ? ret : wire_fill(&info_format, found, context, 0, problem);
}

static int decode_acs(const struct nlattr *nest, struct device *device,
		      struct problem *problem)
{
	const struct nlattr *found[IOWARDEN_A_ACS_MAX + 1];
	struct acs *acs = &device->acs;
	int ret;

	ret = wire_parse(&acs_format, nla_data(nest), nla_len(nest), found,
			 problem);
	if (!ret)
		ret = wire_fill(&acs_format, found, acs, 0, problem);
	if (ret)
		return ret;
	if (field_known(acs, ACS_CAP_DWORD) != field_known(acs, ACS_CTRL_DWORD))
		return wire_malformed(&acs_format, "dwords", "are incomplete",
				      problem);
	if (!field_known(acs, ACS_CTRL) && !field_known(acs, ACS_CTRL_DWORD))
		return wire_malformed(&acs_format, "ctrl", "is missing",
				      problem);
	field_mark(device, DEVICE_ACS);
	return 0;
}

static int decode_dma(const struct nlattr **found, struct device *device,
		      struct problem *problem)
{
	const struct nlattr *segment = found[IOWARDEN_A_DEVICE_DMA_SEGMENT];
	const struct nlattr *bdf = found[IOWARDEN_A_DEVICE_DMA_BDF];

	if (!segment != !bdf)
		return wire_malformed(&device_format, "dma_device",
				      "is incomplete", problem);
	if (bdf)
		field_set_address(device_fields, DEVICE_DMA_DEVICE, device,
			(struct bdf){ nla_get_u32(segment),
				      nla_get_u16(bdf) });
	return 0;
}

/* What cannot both be so. */
static int check_device(const struct device *device, struct problem *problem)
{
	static const enum device_field either[][2] = {
		{ DEVICE_GROUP, DEVICE_GROUP_UNKNOWN },
		{ DEVICE_DRIVER, DEVICE_DRIVER_UNKNOWN },
		{ DEVICE_ACS, DEVICE_ACS_UNKNOWN },
	};

	for (size_t i = 0; i < sizeof(either) / sizeof(*either); i++)
		if (device_has(device, either[i][0]) &&
		    device_has(device, either[i][1]))
			return wire_malformed(&device_format,
					      device_fields[either[i][0]].name,
					      "is known and unknown", problem);
	if (device_has(device, DEVICE_PARENT) && device->root_bus)
		return wire_malformed(&device_format, "parent",
				      "and root_bus contradict", problem);
	return 0;
}

int decode_device(const struct nlattr *head, int length, void *context,
		  struct problem *problem)
{
	const struct nlattr *found[IOWARDEN_A_DEVICE_MAX + 1];
	struct device *device;
	int ret;

	ret = wire_parse(&device_format, head, length, found, problem);
	if (ret)
		return ret;
	device = facts_add_device(context);
	if (!device)
		return problem_set(problem, -ENOMEM, "out of memory");
	ret = wire_fill(&device_format, found, device,
			nla_get_u32(found[IOWARDEN_A_DEVICE_SEGMENT]), problem);
	if (!ret)
		ret = decode_dma(found, device, problem);
	if (!ret && found[IOWARDEN_A_DEVICE_ACS])
		ret = decode_acs(found[IOWARDEN_A_DEVICE_ACS], device, problem);
	return ret ? ret : check_device(device, problem);
}

int decode_group(const struct nlattr *head, int length, void *context,
		 struct problem *problem)
{
	const struct nlattr *found[IOWARDEN_A_GROUP_MAX + 1];
	struct group *group;
	int ret;

	ret = wire_parse(&group_format, head, length, found, problem);
	if (ret)
		return ret;
	group = facts_add_group(context);
	if (!group)
		return problem_set(problem, -ENOMEM, "out of memory");
	return wire_fill(&group_format, found, group, 0, problem);
}
