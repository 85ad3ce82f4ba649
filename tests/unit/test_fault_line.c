// SPDX-License-Identifier: GPL-2.0
/* Single lines of each IOMMU driver, as kernels from 5.0 to 7.3 write them. */
#include <stdlib.h>
#include <string.h>

#include "fault/line.h"
#include "suite.h"

/*
 * struct sample - a line and what it tells
 * @requester: "" for none; with the segment where the line has it
 */
struct sample {
	const char *line;
	enum fault_kind kind;
	const char *requester;
	unsigned int code;
	uint64_t address;
	int64_t pasid, stream;	/* -1 for none */
};

#define NONE -1, -1

static const struct sample vtd[] = {
	{ "DMAR: [DMA Read] Request device [02:00.0] fault addr ffffc030b000 [fault reason 06] PTE Read access is not set",
	  FAULT_READ, "02:00.0", 0x06, 0xffffc030b000, NONE },
	{ "DMAR: [DMA Write] Request device [00:12.0] fault addr 0 [fault reason 05] PTE Write access is not set",
	  FAULT_WRITE, "00:12.0", 0x05, 0, NONE },
	/* Decimal, before 5.13. */
	{ "DMAR: [DMA Write] Request device [00:12.0] fault addr 1000 [fault reason 12] non-zero",
	  FAULT_WRITE, "00:12.0", 0x0c, 0x1000, NONE },
	{ "DMAR: [INTR-REMAP] Request device [f0:1f.7] fault index 12 [fault reason 37] Blocked",
	  FAULT_INTERRUPT, "f0:1f.7", 0x25, 0x12, NONE },
	{ "DMAR: [DMA Read] Request device [06:00.0] PASID ffffffff fault addr 1a5e12000 [fault reason 06] PTE Read",
	  FAULT_READ, "06:00.0", 0x06, 0x1a5e12000, NONE },
	{ "DMAR: [DMA Read] Request device [06:00.0] PASID 1f fault addr 1000 [fault reason 06] PTE Read",
	  FAULT_READ, "06:00.0", 0x06, 0x1000, 0x1f, -1 },
	{ "DMAR: [DMA Read NO_PASID] Request device [0x00:0x02.0] fault addr 0x70ad5000 [fault reason 0x07] Next",
	  FAULT_READ, "00:02.0", 0x07, 0x70ad5000, NONE },
	{ "DMAR: [DMA Write NO_PASID] Request device [5e:00.1] fault addr 0xe000 [fault reason 0x05] PTE Write",
	  FAULT_WRITE, "5e:00.1", 0x05, 0xe000, NONE },
	{ "DMAR: [DMA Read PASID 0x2] Request device [6a:01.0] fault addr 0x7fe0c9943000 [fault reason 0x3a] SM: Non-zero",
	  FAULT_READ, "6a:01.0", 0x3a, 0x7fe0c9943000, 2, -1 },
	{ "DMAR: [DMA Read NO_PASID] Request device [0000:00:02.0] fault addr 0x1000 [fault reason 0x06] PTE Read",
	  FAULT_READ, "0000:00:02.0", 0x06, 0x1000, NONE },
	{ "DMAR: [DMA Write PASID 0x10] Request device [0001:c1:00.3] fault addr 0xffffffffffff0000 [fault reason 0x85] SM: No",
	  FAULT_WRITE, "0001:c1:00.3", 0x85, 0xffffffffffff0000, 0x10, -1 },
	{ "DMAR: [INTR-REMAP] Request device [0000:00:1f.7] fault index 0x1c [fault reason 0x22] Present",
	  FAULT_INTERRUPT, "0000:00:1f.7", 0x22, 0x1c, NONE },
};

static const struct sample amdvi[] = {
	{ "amdgpu 0000:05:00.0: AMD-Vi: Event logged [IO_PAGE_FAULT domain=0x000c address=0xfffffe0000 flags=0x0020]",
	  FAULT_WRITE, "0000:05:00.0", 0x2, 0xfffffe0000, NONE },
	{ "vfio-pci 0000:05:00.0: AMD-Vi: Event logged [IO_PAGE_FAULT domain=0x000c address=0x1000 flags=0x0050]",
	  FAULT_READ, "0000:05:00.0", 0x2, 0x1000, NONE },
	{ "AMD-Vi: Event logged [IO_PAGE_FAULT device=05:00.0 domain=0x0012 address=0x00000000ff6101b0 flags=0x0070]",
	  FAULT_WRITE, "05:00.0", 0x2, 0xff6101b0, NONE },
	{ "AMD-Vi: Event logged [IO_PAGE_FAULT device=0001:05:00.0 domain=0x0012 address=0xff flags=0x0008]",
	  FAULT_INTERRUPT, "0001:05:00.0", 0x2, 0xff, NONE },
	{ "AMD-Vi: Event logged [IO_PAGE_FAULT device=0000:05:00.0 domain=0x0012 address=0xff000 flags=0x0100]",
	  FAULT_TRANSLATION, "0000:05:00.0", 0x2, 0xff000, NONE },
	/* What speaks is the IOMMU; whose request it was is inside. */
	{ "pci 0000:00:00.2: AMD-Vi: Event logged [INVALID_DEVICE_REQUEST device=0000:03:00.0 pasid=0x00000 address=0xfffffffdf8000000 flags=0x0a00]",
	  0, "0000:03:00.0", 0x8, 0xfffffffdf8000000, NONE },
	{ "iommu ivhd0: AMD-Vi: Event logged [ILLEGAL_DEV_TABLE_ENTRY device=0000:03:00.0 pasid=0x00002 address=0x1000 flags=0x0000]",
	  0, "0000:03:00.0", 0x1, 0x1000, 2, -1 },
	{ "iommu ivhd0: AMD-Vi: Event logged [DEV_TAB_HARDWARE_ERROR device=03:00.0 address=0x1000 flags=0x0000]",
	  0, "03:00.0", 0x3, 0x1000, NONE },
	{ "iommu ivhd0: AMD-Vi: Event logged [PAGE_TAB_HARDWARE_ERROR device=03:00.0 pasid=0x0000 address=0x1000 flags=0x0000]",
	  0, "03:00.0", 0x4, 0x1000, NONE },
	{ "iommu ivhd0: AMD-Vi: Event logged [ILLEGAL_COMMAND_ERROR address=0x1000]",
	  FAULT_COMMAND, "", 0x5, 0x1000, NONE },
	{ "pci 0000:00:00.2: AMD-Vi: Event logged [COMMAND_HARDWARE_ERROR address=0x1000 flags=0x0000]",
	  FAULT_COMMAND, "", 0x6, 0x1000, NONE },
	{ "iommu ivhd0: AMD-Vi: Event logged [IOTLB_INV_TIMEOUT device=0000:0a:00.0 address=0x2000]",
	  FAULT_COMMAND, "0000:0a:00.0", 0x7, 0x2000, NONE },
	{ "iommu ivhd0: AMD-Vi: Event logged [INVALID_PPR_REQUEST device=0000:0a:00.0 pasid=0x00003 address=0x2000 flags=0x0000 tag=0x003]",
	  0, "0000:0a:00.0", 0x9, 0x2000, 3, -1 },
	{ "AMD-Vi: Event logged [RMP_PAGE_FAULT device=0000:0a:00.0, vmg_tag=0x0000, gpa=0x2000, flags_rmp=0x0000, flags=0x0000]",
	  0, "0000:0a:00.0", 0xd, 0x2000, NONE },
	{ "nvme 0000:0a:00.0: AMD-Vi: Event logged [RMP_HW_ERROR vmg_tag=0x0000, spa=0x2000, flags=0x0000]",
	  0, "0000:0a:00.0", 0xe, 0x2000, NONE },
	{ "iommu ivhd0: AMD-Vi: Event logged [UNKNOWN event[0]=0x00000a00 event[1]=0xf0200000 event[2]=0x00001000 event[3]=0x00000001",
	  0, "0a:00.0", 0xf, 0x100001000, NONE },
	{ "AMD-Vi:   device=0000:03:00.0 domain=0x0000",
	  0, "0000:03:00.0", AMDVI_UNATTACHED, 0, NONE },
	/* Before 4.20 the bracket was opened in the line before. */
	{ "IO_PAGE_FAULT device=05:00.0 domain=0x0012 address=0x00000000ff6101b0 flags=0x0070]",
	  FAULT_WRITE, "05:00.0", 0x2, 0xff6101b0, NONE },
};

static const struct sample smmu_v2[] = {
	{ "arm-smmu 5000000.iommu: Unhandled context fault: fsr=0x402, iova=0xff3cf000, fsynr=0x300003, cbfrsynra=0x409, cb=10",
	  FAULT_READ, "", 1, 0xff3cf000, -1, 0x409 },
	{ "arm-smmu 5000000.iommu: Unhandled context fault: fsr=0x8, iova=0x00001000, fsynr=0x11, cbfrsynra=0x1, cb=0",
	  FAULT_WRITE, "", 3, 0x1000, -1, 1 },
	/* Before 5.2, and of qcom_iommu. */
	{ "arm-smmu d00000.iommu: Unhandled context fault: fsr=0x2, iova=0x00001000, fsynr=0x10, cb=3",
	  FAULT_WRITE, "", 1, 0x1000, NONE },
	{ "arm-smmu 5000000.iommu: Blocked unknown Stream ID 0x19c3; boot with \"arm-smmu.disable_bypass=0\" to allow, but",
	  0, "", SMMU_V2_STREAM, 0, -1, 0x19c3 },
	{ "arm-smmu 5000000.iommu: Unexpected global fault, this could be serious",
	  0, "", SMMU_V2_GLOBAL, 0, NONE },
};

static const struct sample smmu_v3[] = {
	{ "arm-smmu-v3 70c00000.iommu: event: F_TRANSLATION client: 0000:01:00.0 sid: 0x100 ssid: 0 iova: 0xdeadb000 ipa: 0",
	  0, "0000:01:00.0", 0x10, 0xdeadb000, -1, 0x100 },
	{ "arm-smmu-v3 arm-smmu-v3.0.auto: event: F_PERMISSION client: 12340000.usb sid: 0x7 ssid: 0x3 iova: 0 ipa: 0x1000",
	  0, "", 0x13, 0, 3, 7 },
	{ "arm-smmu-v3 70c00000.iommu: event: C_BAD_STREAMID client: (unassigned sid) sid: 0x7 ssid: 0",
	  0, "", 0x02, 0, -1, 7 },
	{ "arm-smmu-v3 70c00000.iommu: event: F_STE_FETCH client: 0000:01:00.0 sid: 0x100 ssid: 0 fetch_addr: 0x1000",
	  0, "0000:01:00.0", 0x03, 0, -1, 0x100 },
};

static const struct sample virtio[] = {
	{ "virtio_iommu virtio0: page fault from EP 8 at 0x1000 [W]",
	  FAULT_WRITE, "", 2, 0x1000, -1, 8 },
	{ "virtio_iommu virtio0: domain fault from EP 24",
	  0, "", 1, 0, -1, 24 },
};

static void assert_requester(const struct sample *sample,
			     const struct fault *fault)
{
	struct bdf bdf = { 0 };

	assert_int_equal(fault->has_requester, *sample->requester != 0);
	if (!*sample->requester)
		return;
	assert_int_equal(bdf_parse(sample->requester, &bdf), 0);
	assert_int_equal(bdf_compare(bdf, fault->requester), 0);
	assert_int_equal(fault->has_segment, strlen(sample->requester) > 7);
}

static void assert_sample(line_read *read, const struct sample *sample)
{
	struct fault fault = { 0 };

	if (read(sample->line, &fault) != LINE_FAULT)
		fail_msg("not understood: %s", sample->line);
	assert_requester(sample, &fault);
	assert_int_equal(fault.kind, sample->kind);
	assert_int_equal(fault.code, sample->code);
	assert_true(fault.has_code);
	assert_int_equal(fault.address, sample->address);
	assert_int_equal(fault.has_pasid, sample->pasid >= 0);
	assert_int_equal(fault.has_stream, sample->stream >= 0);
	if (fault.has_pasid)
		assert_int_equal(fault.pasid, sample->pasid);
	if (fault.has_stream)
		assert_int_equal(fault.stream, sample->stream);
}

static const struct {
	line_read *read;
	const struct sample *sample;
	size_t count;
} all[] = {
	{ vtd_line, vtd, COUNT(vtd) },
	{ amdvi_line, amdvi, COUNT(amdvi) },
	{ smmu_v2_line, smmu_v2, COUNT(smmu_v2) },
	{ smmu_v3_line, smmu_v3, COUNT(smmu_v3) },
	{ virtio_line, virtio, COUNT(virtio) },
};

static void every_form_of_a_line_is_understood(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(all); i++)
		for (size_t j = 0; j < all[i].count; j++)
			assert_sample(all[i].read, &all[i].sample[j]);
}

static void a_line_is_of_one_driver_only(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(all); i++)
		for (size_t j = 0; j < all[i].count; j++)
			for (size_t k = 0; k < COUNT(all); k++) {
				struct fault fault = { 0 };

				assert_int_equal(all[k].read(
					all[i].sample[j].line, &fault) ==
					LINE_OTHER, i != k);
			}
}

/* These end with a number, so that one that was cut cannot be told. */
static bool ends_open(line_read *read, const char *cut)
{
	return (read == smmu_v3_line && !strstr(cut, "iova")) ||
	       (read == virtio_line && !strstr(cut, " at "));
}

/* Up to where nothing of a fault is told any more it is whole or damaged. */
static void a_cut_line_never_tells_something_else(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(all); i++)
		for (size_t j = 0; j < all[i].count; j++) {
			const char *line = all[i].sample[j].line;

			for (size_t length = 0; length < strlen(line); length++) {
				char *cut = strndup(line, length);
				struct fault part = { 0 }, whole = { 0 };

				all[i].read(line, &whole);
				if (all[i].read(cut, &part) == LINE_FAULT &&
				    !ends_open(all[i].read, cut))
					assert_true(fault_same(&part, &whole) &&
						    part.address == whole.address);
				free(cut);
			}
		}
}

static void what_is_about_faults_but_not_whole_is_damaged(void **state)
{
	static const char *const lines[] = {
		"DMAR: [DMA Read NO_PASID] Request device [00:02.0] fault addr 0x70ad5",
		"DMAR: [DMA Read NO_PASID] Request device [00:02.8] fault addr 0x70ad5000 [fault reason 0x06] PTE",
		"DMAR: [DMA Read NO_PASID] Request device [00:20.0] fault addr 0x70ad5000 [fault reason 0x06] PTE",
		"DMAR: [DMA Read NO_PASID] Request device [00:02.0] fault addr 0x11112222333344445 [fault reason 0x06] PTE",
		"DMAR: [DMA Read NO_PASID] Request device [00:02.0] fault addr 0x1000 [fault reason 0x106] PTE",
		"equest device [00:02.0] fault addr 0x1000 [fault reason 0x06] PTE Read access is not set",
		"DMAR: [DMA Write NO_PASID] Request dev",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(lines); i++) {
		struct fault fault = { 0 };

		if (vtd_line(lines[i], &fault) != LINE_DAMAGED)
			fail_msg("%s", lines[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_form_of_a_line_is_understood),
		cmocka_unit_test(a_line_is_of_one_driver_only),
		cmocka_unit_test(a_cut_line_never_tells_something_else),
		cmocka_unit_test(what_is_about_faults_but_not_whole_is_damaged),
	};

	return cmocka_run_group_tests_name("fault line", tests, NULL, NULL);
}
