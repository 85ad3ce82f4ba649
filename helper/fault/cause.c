// SPDX-License-Identifier: GPL-2.0
#include "fault/cause.h"

#define CLASS_DISPLAY	0x03
#define CLASS_USB	0x0c03

/* Writes to these addresses are interrupts on x86, whatever a page table says. */
#define MSI_FIRST	0xfee00000
#define MSI_LAST	0xfeefffff

#define PAGE		0x1000
/* Firmware hands its devices memory that 32 bits can name. */
#define FIRMWARE_END	(UINT64_C(1) << 32)

#define ON(matter) (1u << MATTER_##matter)
#define ANY (~0u)

static bool is_x86(const struct fault *fault)
{
	return fault->driver == FAULT_VTD || fault->driver == FAULT_AMDVI;
}

static bool hits_msi(const struct fault *fault, const struct origin *origin)
{
	(void)origin;
	return is_x86(fault) && fault->has_address &&
	       fault->kind != FAULT_INTERRUPT &&
	       fault->address >= MSI_FIRST && fault->address <= MSI_LAST;
}

static bool is_nobody(const struct fault *fault, const struct origin *origin)
{
	return fault->has_requester && origin->searched && !origin->device;
}

static bool is_guests(const struct fault *fault, const struct origin *origin)
{
	(void)fault;
	return origin_is_guests(origin);
}

static bool is_null(const struct fault *fault, const struct origin *origin)
{
	(void)origin;
	return fault->has_address && fault->address < PAGE;
}

static bool is_firmwares(const struct fault *fault, const struct origin *origin)
{
	const struct device *device = origin->device;

	return device && fault->has_address && is_x86(fault) &&
	       fault->kind == FAULT_READ && fault->address < FIRMWARE_END &&
	       (device->class >> 16 == CLASS_DISPLAY ||
		device->class >> 8 == CLASS_USB);
}

static bool is_bridge(const struct fault *fault, const struct origin *origin)
{
	(void)fault;
	return origin->device && origin->device->header_type;
}

static bool is_idle(const struct fault *fault, const struct origin *origin)
{
	(void)fault;
	return origin->device && !device_has(origin->device, DEVICE_DRIVER) &&
	       !device_has(origin->device, DEVICE_DRIVER_UNKNOWN);
}

static bool is_driven(const struct fault *fault, const struct origin *origin)
{
	(void)fault;
	return origin->device && device_has(origin->device, DEVICE_DRIVER);
}

/* The first that fits; what is more telling comes first. */
const struct cause causes[] = {
	{ "bypass-interrupt",
	  "an interrupt that was set up before remapping was switched on, or by somebody who does not know of remapping: firmware, a kernel that was started by kexec, or a guest that writes its own interrupt messages",
	  ON(FORMAT), NULL },
	{ "foreign-interrupt",
	  "the interrupt was set up for another requester: the device sends under a second ID or from behind a bridge, or it forges interrupts of others",
	  ON(SOURCE), NULL },
	{ "stale-interrupt",
	  "the device still raised an interrupt that its driver had given back; after kexec or kdump, one of the kernel before",
	  ON(ENTRY), NULL },
	{ "encrypted-memory",
	  "the address is memory of an encrypted guest, which no device of others may touch: an error of the hypervisor or of a driver",
	  ON(OWNER), NULL },
	{ "broken-tables",
	  "not the device: the IOMMU's tables in memory were wrong, which is an error of the kernel or of the firmware, or failing memory",
	  ON(TABLES), NULL },
	{ "command",
	  "not a request of a device: a command of the kernel failed. Where a device did not answer, it hangs, or it was pulled out or lost its power",
	  ON(COMMAND), NULL },
	{ "interrupt-range",
	  "the device used an address that means an interrupt and not memory: its driver, firmware or guest took it for memory",
	  ON(UNMAPPED) | ON(RESERVED), hits_msi },
	{ "no-such-device",
	  "a device that is gone, or one that sends under an ID by which the kernel does not know it; a quirk of the kernel mends that",
	  ON(UNMAPPED) | ON(UNATTACHED) | ON(UNKNOWN), is_nobody },
	{ "guest-unattached",
	  "vfio had the device but no guest had memory for it: it went on after its guest was gone, or before one was there. A reset would have stopped it",
	  ON(UNATTACHED), is_guests },
	{ "unattached",
	  "the device sent before the kernel had given it a domain, or after: firmware left it running, or a kernel before kexec did",
	  ON(UNATTACHED), NULL },
	{ "guest",
	  "a guest made its device use an address that is not its memory: a wrong driver in the guest, a guest that stopped while the device went on, or an attempt to break out. The IOMMU held",
	  ON(UNMAPPED) | ON(RESERVED) | ON(WIDTH) | ON(PASID) | ON(TRANSLATED),
	  is_guests },
	{ "null-address",
	  "the driver handed the device an address that was never filled in",
	  ON(UNMAPPED), is_null },
	{ "firmware",
	  "firmware set the device up to use this memory (a picture on the screen, a USB keyboard) and did not say so in a reserved region (RMRR, IVMD); harmless if it stops once the driver has started",
	  ON(UNMAPPED), is_firmwares },
	{ "behind-bridge",
	  "a device behind this bridge sent it, as no request is a bridge's own: its driver took memory back too early, or had not mapped it",
	  ON(UNMAPPED), is_bridge },
	{ "no-driver",
	  "no driver has the device: firmware or a driver that is gone left it running",
	  ON(UNMAPPED), is_idle },
	{ "use-after-unmap",
	  "the driver took memory back while the device was still using it, or handed it an address that it had not mapped; or firmware of the device uses memory that nobody told of",
	  ON(UNMAPPED), is_driven },
	{ "not-mapped",
	  "the device used an address that its driver or guest had not mapped, or no longer",
	  ON(UNMAPPED), NULL },
	{ "wrong-address",
	  "the device or its driver made up an address that cannot be: a length that ran over, or a device that claims to reach more than it does",
	  ON(WIDTH), NULL },
	{ "unsupported-request",
	  "the device sent a kind of request that the IOMMU cannot carry, to whatever address: its driver or firmware switched on what this machine does not have",
	  ON(REQUEST), NULL },
	{ "translation-refused",
	  "the device translates addresses by itself (ATS) or asks for pages, and was not allowed to: an error of its firmware, or it claims to be trusted and is not",
	  ON(TRANSLATED), NULL },
	{ "pasid",
	  "the process or guest whose address space the device used was gone, or it was never set up",
	  ON(PASID), NULL },
	{ "reserved-range",
	  "the device used addresses that are for interrupts or for the system: an interrupt that is not set up, or a wrong address",
	  ON(RESERVED), NULL },
	{ "unknown", "that cannot be told from the log", ANY, NULL },
};

const size_t cause_count = sizeof(causes) / sizeof(causes[0]);

const struct cause *cause_find(const struct fault *fault,
			       const struct origin *origin)
{
	unsigned int matter = 1u << fault_matter(fault);
	size_t i = 0;

	while (i < cause_count - 1 &&
	       (!(causes[i].matters & matter) ||
		(causes[i].applies && !causes[i].applies(fault, origin))))
		i++;
	return &causes[i];
}
