// SPDX-License-Identifier: GPL-2.0
/*
 * Numbers are those of the kernel's drivers: dma_remap_fault_reasons[] and its
 * neighbours in drivers/iommu/intel/dmar.c, EVENT_TYPE_* of
 * drivers/iommu/amd/amd_iommu_types.h, FSR of drivers/iommu/arm/arm-smmu, the
 * event records of the SMMUv3, VIRTIO_IOMMU_FAULT_R_*. Words are our own.
 */
#include <string.h>

#include "fault/reason.h"

static const char *const drivers[] = {
	"vtd", "amdvi", "arm-smmu", "arm-smmu-v3", "virtio-iommu",
};

const struct names fault_driver_names = { drivers, 5 };

#define VTD(code, matter, words)						\
	{ FAULT_VTD, code, MATTER_##matter, NULL, words }
#define AMD(code, matter, event, words)						\
	{ FAULT_AMDVI, code, MATTER_##matter, event, words }
#define V2(code, matter, event, words)						\
	{ FAULT_SMMU_V2, code, MATTER_##matter, event, words }
#define V3(code, matter, event, words)						\
	{ FAULT_SMMU_V3, code, MATTER_##matter, event, words }
#define VIRTIO(code, matter, event, words)					\
	{ FAULT_VIRTIO, code, MATTER_##matter, event, words }

static const struct fault_reason rows[] = {
	VTD(0x00, UNKNOWN, "reported by software"),
	VTD(0x01, UNATTACHED, "the IOMMU has no entry for the requester's bus"),
	VTD(0x02, UNATTACHED, "the IOMMU has no entry for the requester"),
	VTD(0x03, TABLES, "the requester's entry is invalid"),
	VTD(0x04, WIDTH, "the address is beyond what the IOMMU translates"),
	VTD(0x05, UNMAPPED, "the address is not mapped for writing"),
	VTD(0x06, UNMAPPED, "the address is not mapped for reading"),
	VTD(0x07, TABLES, "a page table lies where none can be"),
	VTD(0x08, TABLES, "the root table lies where none can be"),
	VTD(0x09, TABLES, "the context table lies where none can be"),
	VTD(0x0a, TABLES, "the entry of the bus has reserved bits set"),
	VTD(0x0b, TABLES, "the requester's entry has reserved bits set"),
	VTD(0x0c, TABLES, "an entry of a page table has reserved bits set"),
	VTD(0x0d, TRANSLATED, "the requester may not translate by itself"),

	VTD(0x20, FORMAT, "the interrupt request has reserved bits set"),
	VTD(0x21, ENTRY, "the interrupt's number is beyond the remapping table"),
	VTD(0x22, ENTRY, "the interrupt's entry is not in use"),
	VTD(0x23, TABLES, "the interrupt remapping table cannot be read"),
	VTD(0x24, TABLES, "the interrupt's entry has reserved bits set"),
	VTD(0x25, FORMAT, "an interrupt in the format without remapping"),
	VTD(0x26, SOURCE, "the interrupt belongs to another requester"),

	VTD(0x30, TABLES, "the root table lies where none can be"),
	VTD(0x31, PASID, "a request with PASID, and the IOMMU is in legacy mode"),
	VTD(0x32, PASID, "a page request, and the IOMMU is in legacy mode"),
	VTD(0x38, TABLES, "the entry of the bus cannot be read"),
	VTD(0x39, UNATTACHED, "the IOMMU has no entry for the requester's bus"),
	VTD(0x3a, TABLES, "the entry of the bus has reserved bits set"),
	VTD(0x40, TABLES, "the requester's entry cannot be read"),
	VTD(0x41, UNATTACHED, "the IOMMU has no entry for the requester"),
	VTD(0x42, TABLES, "the requester's entry has reserved bits set"),
	VTD(0x43, TABLES, "the requester's entry is invalid"),
	VTD(0x44, TRANSLATED, "the requester may not translate by itself"),
	VTD(0x45, PASID, "the requester may not use PASIDs"),
	VTD(0x46, PASID, "the PASID is larger than the requester may use"),
	VTD(0x47, TRANSLATED, "the requester may not send page requests"),
	VTD(0x48, TABLES, "the PASID for requests without one is wrong"),
	VTD(0x50, TABLES, "the PASID directory cannot be read"),
	VTD(0x51, PASID, "the PASID directory has no entry"),
	VTD(0x52, TABLES, "the entry of the PASID directory has reserved bits set"),
	VTD(0x58, TABLES, "the entry of the PASID cannot be read"),
	VTD(0x59, PASID, "nothing is set up for the PASID"),
	VTD(0x5a, TABLES, "the entry of the PASID has reserved bits set"),
	VTD(0x5b, TABLES, "the entry of the PASID is invalid"),
	VTD(0x5c, PASID, "requests for execution are not allowed for the PASID"),
	VTD(0x5d, PASID, "requests of the supervisor are not allowed for the PASID"),
	VTD(0x70, TABLES, "a first-level page table cannot be read"),
	VTD(0x71, UNMAPPED, "the address is not mapped, first level"),
	VTD(0x72, TABLES, "a first-level entry has reserved bits set"),
	VTD(0x73, TABLES, "the topmost first-level table cannot be read"),
	VTD(0x74, WIDTH, "a first-level entry points beyond what the IOMMU translates"),
	VTD(0x75, UNMAPPED, "the topmost first-level table may not be read, second level"),
	VTD(0x76, UNMAPPED, "a first-level table may not be read, second level"),
	VTD(0x77, UNMAPPED, "a first-level table may not be written, second level"),
	VTD(0x78, TABLES, "a second-level page table cannot be read"),
	VTD(0x79, UNMAPPED, "the address is not mapped for this access, second level"),
	VTD(0x7a, TABLES, "a second-level entry has reserved bits set"),
	VTD(0x7b, TABLES, "a second-level table lies where none can be"),
	VTD(0x7c, TABLES, "a second-level table is to be marked and may not be snooped"),
	VTD(0x80, WIDTH, "the address is not canonical"),
	VTD(0x81, UNMAPPED, "the address is mapped for the supervisor only"),
	VTD(0x82, UNMAPPED, "the address is not mapped for execution"),
	VTD(0x83, WIDTH, "the address is beyond what the hardware has"),
	VTD(0x84, WIDTH, "a second-level entry points beyond what the hardware has"),
	VTD(0x85, UNMAPPED, "the address is not mapped for writing"),
	VTD(0x86, UNMAPPED, "the address is not mapped for reading"),
	VTD(0x87, RESERVED, "the address is in the range of interrupts"),
	VTD(0x90, TABLES, "a first-level table is to be marked and may not be snooped"),

	AMD(0x1, UNATTACHED, "ILLEGAL_DEV_TABLE_ENTRY",
	    "the requester's entry in the device table is wrong"),
	AMD(0x2, UNMAPPED, "IO_PAGE_FAULT",
	    "the address is not mapped, or not for this access"),
	AMD(0x3, TABLES, "DEV_TAB_HARDWARE_ERROR",
	    "the device table cannot be read"),
	AMD(0x4, TABLES, "PAGE_TAB_HARDWARE_ERROR",
	    "a page table cannot be read"),
	AMD(0x5, COMMAND, "ILLEGAL_COMMAND_ERROR",
	    "the IOMMU does not know a command of the kernel"),
	AMD(0x6, COMMAND, "COMMAND_HARDWARE_ERROR",
	    "the IOMMU cannot read a command of the kernel"),
	AMD(0x7, COMMAND, "IOTLB_INV_TIMEOUT",
	    "the device did not answer that it forgot its translations"),
	AMD(0x8, RESERVED, "INVALID_DEVICE_REQUEST",
	    "a request that the device may not make"),
	AMD(0x9, TRANSLATED, "INVALID_PPR_REQUEST",
	    "a page request that the device may not make"),
	AMD(0xd, OWNER, "RMP_PAGE_FAULT",
	    "the memory belongs to an encrypted guest"),
	AMD(0xe, TABLES, "RMP_HW_ERROR",
	    "the table of who owns memory cannot be read"),
	AMD(AMDVI_UNATTACHED, UNATTACHED, NULL, "the requester has no domain"),

	V2(1, UNMAPPED, "TF", "the address is not mapped"),
	V2(2, UNMAPPED, "AFF", "the page is not marked as accessed"),
	V2(3, UNMAPPED, "PF", "the address is not mapped for this access"),
	V2(4, TABLES, "EF", "a page table or the memory cannot be read"),
	V2(5, TABLES, "TLBMCF", "two translations of one address"),
	V2(6, TABLES, "TLBLKF", "translations are locked"),
	V2(7, WIDTH, "ASF", "the address is larger than can be"),
	V2(8, REQUEST, "UUT", "a kind of request that is not supported"),
	V2(SMMU_V2_STREAM, UNATTACHED, NULL, "the SMMU knows no such stream"),
	V2(SMMU_V2_GLOBAL, UNKNOWN, NULL, "a fault of the SMMU as a whole"),

	V3(0x01, REQUEST, "F_UUT", "a kind of request that is not supported"),
	V3(0x02, UNATTACHED, "C_BAD_STREAMID", "the SMMU knows no such stream"),
	V3(0x03, TABLES, "F_STE_FETCH", "the stream's entry cannot be read"),
	V3(0x04, UNATTACHED, "C_BAD_STE", "the stream's entry is invalid"),
	V3(0x05, TRANSLATED, "F_BAD_ATS_TREQ",
	   "the stream may not translate by itself"),
	V3(0x06, UNATTACHED, "F_STREAM_DISABLED", "the stream is disabled"),
	V3(0x07, TRANSLATED, "F_TRANSL_FORBIDDEN",
	   "the stream may not translate by itself"),
	V3(0x08, PASID, "C_BAD_SUBSTREAMID", "nothing is set up for the PASID"),
	V3(0x09, TABLES, "F_CD_FETCH", "the context descriptor cannot be read"),
	V3(0x0a, PASID, "C_BAD_CD", "the context descriptor is invalid"),
	V3(0x0b, TABLES, "F_WALK_EABT", "a page table cannot be read"),
	V3(0x10, UNMAPPED, "F_TRANSLATION", "the address is not mapped"),
	V3(0x11, WIDTH, "F_ADDR_SIZE", "the address is larger than can be"),
	V3(0x12, UNMAPPED, "F_ACCESS", "the page is not marked as accessed"),
	V3(0x13, UNMAPPED, "F_PERMISSION",
	   "the address is not mapped for this access"),
	V3(0x20, TABLES, "F_TLB_CONFLICT", "two translations of one address"),
	V3(0x21, TABLES, "F_CFG_CONFLICT", "two entries of one stream"),
	V3(0x24, UNKNOWN, "E_PAGE_REQUEST", "the device hints at a page it will want"),
	V3(0x25, TABLES, "F_VMS_FETCH", "the entry of the guest cannot be read"),

	VIRTIO(0, UNKNOWN, "unknown", "for a reason that was not told"),
	VIRTIO(1, UNATTACHED, "domain", "the endpoint has no domain"),
	VIRTIO(2, UNMAPPED, "page",
	       "the address is not mapped, or not for this access"),
};

#define ROWS (sizeof(rows) / sizeof(rows[0]))

const struct fault_reason *fault_reason_find(enum fault_driver driver,
					     unsigned int code)
{
	for (size_t i = 0; i < ROWS; i++)
		if (rows[i].driver == driver && rows[i].code == code)
			return &rows[i];
	return NULL;
}

const struct fault_reason *fault_reason_named(enum fault_driver driver,
					      const char *event, size_t length)
{
	for (size_t i = 0; i < ROWS; i++)
		if (rows[i].driver == driver && rows[i].event &&
		    strlen(rows[i].event) == length &&
		    !memcmp(rows[i].event, event, length))
			return &rows[i];
	return NULL;
}

const char *fault_reason_words(enum fault_driver driver, unsigned int code)
{
	const struct fault_reason *reason = fault_reason_find(driver, code);

	return reason ? reason->words : "a reason that this version does not know";
}
