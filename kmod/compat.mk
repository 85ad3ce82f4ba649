# SPDX-License-Identifier: GPL-2.0
# What the kernel tree has, told to compat.h as IOW_HAS_... = 0 or 1.  Its headers are looked at, not
# its version: distributions take things back into older kernels.

# compat-has NAME WORD HEADER
compat-has = -DIOW_HAS_$(1)=$(if $(shell grep -sw $(2) $(srctree)/include/$(3)),1,0)

compat-flags := $(call compat-has,GENL_INFO_DUMP,genl_info_dump,net/genetlink.h)
compat-flags += $(call compat-has,GROUP_ISOLATED_MSI,iommu_group_has_isolated_msi,linux/iommu.h)
compat-flags += $(call compat-has,CAP_ENFORCE_CACHE_COHERENCY,IOMMU_CAP_ENFORCE_CACHE_COHERENCY,linux/iommu.h)
compat-flags += $(call compat-has,BRIDGE_NO_ALIAS,PCI_DEV_FLAGS_PCI_BRIDGE_NO_ALIAS,linux/pci.h)
compat-flags += $(call compat-has,MCAST_GUARD,GENL_MCAST_CAP_NET_ADMIN,net/genetlink.h)
