/* SPDX-License-Identifier: GPL-2.0 */
/* An IOMMU driver that does nothing but let the kernel form groups. */
#ifndef PCISIM_STUB_IOMMU_H
#define PCISIM_STUB_IOMMU_H

int pcisim_iommu_register(void);
void pcisim_iommu_unregister(void);

#endif /* PCISIM_STUB_IOMMU_H */
