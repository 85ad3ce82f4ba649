// SPDX-License-Identifier: GPL-2.0
#include <linux/iowarden.h>
#include <linux/jiffies.h>
#include <linux/pci.h>
#include <linux/timekeeping.h>
#include <net/genetlink.h>
#include "message.h"

static u64 load_time;

/**
 * iow_message_set_load_time() - note that the module is loaded now
 *
 * Context: process context, once, before the family is registered.
 */
void iow_message_set_load_time(void)
{
	load_time = ktime_get_real_ns();
}

/**
 * iow_message_begin() - begin to put an object
 * @message: where to
 *
 * Context: process context.
 * Return: for iow_message_finish(), or NULL if there is no room.
 */
void *iow_message_begin(const struct iow_message *message)
{
	void *header = genlmsg_put(message->skb, message->portid, message->seq,
				   message->family, message->flags, message->command);

	if (header && message->dump)
		genl_dump_check_consistent(message->dump, header);
	return header;
}

/**
 * iow_message_finish() - end an object: it is put as a whole or not at all
 * @message: where to
 * @header: of iow_message_begin()
 * @err: not 0 if something of it found no room
 *
 * Context: process context.
 * Return: 0, or -EMSGSIZE, and then nothing was put.
 */
int iow_message_finish(const struct iow_message *message, void *header, int err)
{
	if (err) {
		genlmsg_cancel(message->skb, header);
		return -EMSGSIZE;
	}
	genlmsg_end(message->skb, header);
	return 0;
}

static int put_flag(struct sk_buff *skb, int attribute, bool set)
{
	return set ? nla_put_flag(skb, attribute) : 0;
}

static int put_u8_known(struct sk_buff *skb, int attribute, u8 value)
{
	return value ? nla_put_u8(skb, attribute, value) : 0;
}

static int put_u16_if(struct sk_buff *skb, int attribute, bool there, u16 value)
{
	return there ? nla_put_u16(skb, attribute, value) : 0;
}

static u32 sight(void)
{
	u32 bits = iow_group_sight();

	if (IS_ENABLED(CONFIG_PCI_ATS) && !pci_ats_disabled())
		bits |= IOWARDEN_SIGHT_ATS;
	if (IS_ENABLED(CONFIG_PCI_PRI))
		bits |= IOWARDEN_SIGHT_PRI;
	if (IS_ENABLED(CONFIG_PCI_PASID))
		bits |= IOWARDEN_SIGHT_PASID;
	if (IS_ENABLED(CONFIG_VMD))
		bits |= IOWARDEN_SIGHT_REAL_DMA_DEVICE;
	return bits;
}

/**
 * iow_message_info() - put what the module is and sees
 * @message: where to
 * @snapshot: the machine
 *
 * Context: process context.
 * Return: 0, or -EMSGSIZE, and then nothing was put.
 */
int iow_message_info(const struct iow_message *message, const struct iow_snapshot *snapshot)
{
	struct sk_buff *skb = message->skb;
	void *header = iow_message_begin(message);

	if (!header)
		return -EMSGSIZE;
	return iow_message_finish(message, header,
		nla_put_string(skb, IOWARDEN_A_INFO_MODULE_VERSION, IOWARDEN_VERSION) ?:
		nla_put_u32(skb, IOWARDEN_A_INFO_ABI_VERSION, IOWARDEN_FAMILY_VERSION) ?:
		nla_put_u64_64bit(skb, IOWARDEN_A_INFO_LOAD_TIME, load_time,
				  IOWARDEN_A_INFO_PAD) ?:
		nla_put_u32(skb, IOWARDEN_A_INFO_GENERATION, snapshot->generation) ?:
		nla_put_u32(skb, IOWARDEN_A_INFO_SIGHT, sight()) ?:
		nla_put_u32(skb, IOWARDEN_A_INFO_DEVICE_COUNT, snapshot->device_count) ?:
		nla_put_u32(skb, IOWARDEN_A_INFO_GROUP_COUNT, snapshot->group_count));
}

static int put_identity(struct sk_buff *skb, const struct iow_device *device)
{
	return nla_put_u32(skb, IOWARDEN_A_DEVICE_SEGMENT, device->segment) ?:
	       nla_put_u16(skb, IOWARDEN_A_DEVICE_BDF, device->bdf) ?:
	       nla_put_u16(skb, IOWARDEN_A_DEVICE_VENDOR, device->vendor) ?:
	       nla_put_u16(skb, IOWARDEN_A_DEVICE_DEVICE, device->device) ?:
	       put_u16_if(skb, IOWARDEN_A_DEVICE_SUBSYSTEM_VENDOR, device->has_subsystem,
			  device->subsystem_vendor) ?:
	       put_u16_if(skb, IOWARDEN_A_DEVICE_SUBSYSTEM_DEVICE, device->has_subsystem,
			  device->subsystem_device) ?:
	       nla_put_u32(skb, IOWARDEN_A_DEVICE_CLASS, device->class) ?:
	       nla_put_u8(skb, IOWARDEN_A_DEVICE_HEADER_TYPE, device->header_type) ?:
	       put_flag(skb, IOWARDEN_A_DEVICE_MULTIFUNCTION, device->multifunction) ?:
	       put_u8_known(skb, IOWARDEN_A_DEVICE_PORT_TYPE, device->port_type);
}

static int put_place(struct sk_buff *skb, const struct iow_device *device)
{
	return put_flag(skb, IOWARDEN_A_DEVICE_ROOT_BUS, device->on_root_bus) ?:
	       put_u16_if(skb, IOWARDEN_A_DEVICE_UPSTREAM, device->has_upstream,
			  device->upstream) ?:
	       (device->has_dma_device ?
		nla_put_u32(skb, IOWARDEN_A_DEVICE_DMA_SEGMENT, device->dma_segment) : 0) ?:
	       put_u16_if(skb, IOWARDEN_A_DEVICE_DMA_BDF, device->has_dma_device,
			  device->dma_bdf) ?:
	       put_flag(skb, IOWARDEN_A_DEVICE_UNTRUSTED, device->untrusted) ?:
	       put_flag(skb, IOWARDEN_A_DEVICE_EXTERNAL_FACING, device->external_facing) ?:
	       put_u16_if(skb, IOWARDEN_A_DEVICE_PHYSFN, device->has_physfn, device->physfn) ?:
	       put_u16_if(skb, IOWARDEN_A_DEVICE_TOTAL_VFS, device->is_physfn,
			  device->total_vfs) ?:
	       put_u16_if(skb, IOWARDEN_A_DEVICE_NUM_VFS, device->is_physfn, device->num_vfs);
}

static int put_bound(struct sk_buff *skb, const struct iow_device *device)
{
	return (device->has_group ?
		nla_put_u32(skb, IOWARDEN_A_DEVICE_GROUP, device->group) : 0) ?:
	       put_u8_known(skb, IOWARDEN_A_DEVICE_GROUP_UNKNOWN, device->group_unknown) ?:
	       (device->driver[0] ?
		nla_put_string(skb, IOWARDEN_A_DEVICE_DRIVER, device->driver) : 0) ?:
	       put_flag(skb, IOWARDEN_A_DEVICE_DRIVER_MANAGED_DMA, device->driver_managed_dma) ?:
	       put_u8_known(skb, IOWARDEN_A_DEVICE_DRIVER_UNKNOWN, device->driver_unknown);
}

static int put_acs_words(struct sk_buff *skb, const struct iow_acs *acs)
{
	__le32 egress[IOW_EGRESS_DWORDS];
	int i;

	if (acs->dwords)
		return nla_put_u32(skb, IOWARDEN_A_ACS_CAPABILITY_DWORD, acs->capability) ?:
		       nla_put_u32(skb, IOWARDEN_A_ACS_CONTROL_DWORD, acs->control);
	for (i = 0; i < acs->egress_dwords; i++)
		egress[i] = cpu_to_le32(acs->egress[i]);
	return nla_put_u16(skb, IOWARDEN_A_ACS_CONTROL, acs->control) ?:
	       (acs->egress_dwords ?
		nla_put(skb, IOWARDEN_A_ACS_EGRESS_VECTOR, 4 * acs->egress_dwords, egress) : 0);
}

static int put_acs(struct sk_buff *skb, const struct iow_device *device)
{
	const struct iow_acs *acs = &device->acs;
	struct nlattr *nest;

	if (device->acs_unknown)
		return nla_put_u8(skb, IOWARDEN_A_DEVICE_ACS_UNKNOWN, device->acs_unknown);
	if (nla_put_u32(skb, IOWARDEN_A_DEVICE_ACS_AGE,
			jiffies_to_msecs(jiffies - device->read_at)))
		return -EMSGSIZE;
	if (!acs->offset)
		return 0;
	nest = nla_nest_start(skb, IOWARDEN_A_DEVICE_ACS);
	if (!nest)
		return -EMSGSIZE;
	if (nla_put_u16(skb, IOWARDEN_A_ACS_OFFSET, acs->offset) ?:
	    nla_put_u16(skb, IOWARDEN_A_ACS_CAPABILITY, (u16)acs->capability) ?:
	    put_acs_words(skb, acs)) {
		nla_nest_cancel(skb, nest);
		return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);
	return 0;
}

static int put_aliases(struct sk_buff *skb, const struct iow_device *device)
{
	u8 mask[IOW_ALIAS_BITS / 8] = { };
	unsigned int devfn;

	if (!device->has_aliases)
		return 0;
	for_each_set_bit(devfn, device->aliases, IOW_ALIAS_BITS)
		mask[devfn / 8] |= BIT(devfn % 8);
	return nla_put(skb, IOWARDEN_A_DEVICE_ALIAS_MASK, sizeof(mask), mask);
}

static int put_translation(struct sk_buff *skb, const struct iow_device *device)
{
	return nla_put_u32(skb, IOWARDEN_A_DEVICE_QUIRKS, device->quirks) ?:
	       put_u8_known(skb, IOWARDEN_A_DEVICE_ATS, device->ats) ?:
	       put_u8_known(skb, IOWARDEN_A_DEVICE_PRI, device->pri) ?:
	       put_u8_known(skb, IOWARDEN_A_DEVICE_PASID, device->pasid);
}

/**
 * iow_message_device() - put one function
 * @message: where to
 * @device: the function
 * @generation: of the snapshot it is from
 *
 * Context: process context.
 * Return: 0, or -EMSGSIZE, and then nothing was put.
 */
int iow_message_device(const struct iow_message *message, const struct iow_device *device,
		       u32 generation)
{
	struct sk_buff *skb = message->skb;
	void *header = iow_message_begin(message);

	if (!header)
		return -EMSGSIZE;
	return iow_message_finish(message, header,
		put_identity(skb, device) ?:
		nla_put_u32(skb, IOWARDEN_A_DEVICE_GENERATION, generation) ?:
		put_place(skb, device) ?:
		put_bound(skb, device) ?:
		put_acs(skb, device) ?:
		put_aliases(skb, device) ?:
		put_translation(skb, device));
}

/**
 * iow_message_group() - put one group
 * @message: where to
 * @group: the group
 * @generation: of the snapshot it is from
 *
 * Context: process context.
 * Return: 0, or -EMSGSIZE, and then nothing was put.
 */
int iow_message_group(const struct iow_message *message, const struct iow_group *group,
		      u32 generation)
{
	struct sk_buff *skb = message->skb;
	void *header = iow_message_begin(message);

	if (!header)
		return -EMSGSIZE;
	return iow_message_finish(message, header,
		nla_put_u32(skb, IOWARDEN_A_GROUP_ID, group->id) ?:
		nla_put_u32(skb, IOWARDEN_A_GROUP_GENERATION, generation) ?:
		nla_put_u32(skb, IOWARDEN_A_GROUP_PCI_DEVICES, group->pci_devices) ?:
		nla_put_u32(skb, IOWARDEN_A_GROUP_OTHER_DEVICES, group->other_devices) ?:
		put_u8_known(skb, IOWARDEN_A_GROUP_ISOLATED_MSI, group->isolated_msi) ?:
		put_u8_known(skb, IOWARDEN_A_GROUP_ENFORCED_COHERENCY,
			     group->enforced_coherency) ?:
		put_u8_known(skb, IOWARDEN_A_GROUP_USER_OWNED, group->user_owned) ?:
		put_u8_known(skb, IOWARDEN_A_GROUP_USER_OWNED_UNKNOWN,
			     group->user_owned_unknown));
}
