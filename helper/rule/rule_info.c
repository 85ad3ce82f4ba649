// SPDX-License-Identifier: GPL-2.0
/* Rules: what an answer rests on, or is good to know. */
#include "rule/boundary.h"
#include "rule/configured.h"
#include "rule/denylist.h"
#include "rule/fault.h"
#include "rule/neighbour.h"
#include "rule/override.h"
#include "rule/region.h"
#include "rule/requester.h"
#include "rule/rule_list.h"
#include "rule/split.h"
#include "rule/translation.h"

static const struct rule rows[] = {
	{
		.id = "override-present", .severity = SEVERITY_INFO, .about = ABOUT_SET,
		.applies = override_is_present, .evidence = override_show,
		.headline = "is judged on a kernel that could split groups by command.",
		.why = "The kernel has the patch for pcie_acs_override=, and nobody asked for it.",
		.remedy = "None is needed; do not start it with pcie_acs_override=.",
	}, {
		.id = "acs-configured", .severity = SEVERITY_INFO, .about = ABOUT_HOP,
		.applies = configured_blocks_translated, .evidence = configured_show_blocking,
		.headline = "stands behind a port that also blocks translated requests.",
		.why = "With pci=noats the kernel switches ATS off and has ports block requests that claim to be translated: that isolates more, not less.",
		.remedy = "None is needed.",
	}, {
		.id = "denylist-disabled", .severity = SEVERITY_INFO, .about = ABOUT_SET,
		.applies = denylist_is_off, .evidence = denylist_show_off,
		.headline = "is judged on a machine where vfio-pci takes devices that are known to be unsafe.",
		.why = "disable_denylist is on; it concerns no device of this set.",
		.remedy = "Take disable_denylist away unless another device needs it.",
	}, {
		.id = "reserved-region", .severity = SEVERITY_INFO, .about = ABOUT_GROUP,
		.applies = region_is_relaxable, .evidence = region_show_relaxable,
		.headline = "has memory set aside for it that its driver does not need.",
		.why = "Firmware used these addresses before the system started (USB, graphics); the kernel gives them up when the device is handed over.",
		.remedy = "None is needed.",
	}, {
		.id = "dma-alias", .severity = SEVERITY_INFO, .about = ABOUT_MEMBER,
		.applies = requester_is_shared, .evidence = requester_show_shared,
		.headline = "issues requests in the name of another function.",
		.why = "The IOMMU cannot tell devices apart that use one requester ID; faults are booked on that ID.",
		.remedy = "None is needed as long as all that share it go together.",
	}, {
		.id = "ats-on", .severity = SEVERITY_INFO, .about = ABOUT_MEMBER,
		.applies = requester_translates_itself, .evidence = requester_show_ats,
		.headline = "translates addresses itself.",
		.why = "With Address Translation Services the device marks requests as translated, and the IOMMU lets these pass: isolation rests on the device's hardware and firmware, too.",
		.remedy = "pci=noats on the kernel command line if you do not trust it.",
	}, {
		.id = "pf-trusted", .severity = SEVERITY_INFO, .about = ABOUT_MEMBER,
		.applies = neighbour_pf_is_trusted, .evidence = neighbour_show_pf,
		.object = neighbour_name_pf,
		.headline = "is a virtual function of @.",
		.why = "The physical function and its driver control this function: they are trusted with it.",
		.remedy = "None is needed.",
	}, {
		.id = "identity-domain", .severity = SEVERITY_INFO, .about = ABOUT_GROUP,
		.applies = translation_spares_the_host, .evidence = translation_show_type,
		.headline = "is not translated as long as the host has it.",
		.why = "The host's own devices are not confined (iommu=pt). That says nothing against the guest: vfio gives it a domain of its own.",
		.remedy = "None is needed for the guest; without iommu=pt the host's drivers are confined, too.",
	}, {
		.id = "port-without-acs", .severity = SEVERITY_INFO, .about = ABOUT_HOP,
		.applies = boundary_is_assumed_root, .evidence = boundary_show_state,
		.headline = "stands behind a root port without ACS.",
		.why = "The specification does not say where such a port sends requests; the kernel assumes to the IOMMU, and so does this answer.",
		.remedy = "None is needed unless you want it enforced: then use a slot whose port has ACS.",
	}, {
		.id = "assumed-isolated", .severity = SEVERITY_INFO, .about = ABOUT_HOP,
		.applies = boundary_is_assumed, .evidence = boundary_show_assumed,
		.headline = "is isolated as far as the kernel assumes.",
		.why = "Registers do not say it: bits that a capability does not offer count as on, and virtual functions count as apart, as the kernel has it.",
		.remedy = "None is needed unless you want it enforced.",
	}, {
		.id = "assumed-isolated", .severity = SEVERITY_INFO, .about = ABOUT_SET,
		.applies = boundary_is_missing, .evidence = boundary_show_missing,
		.headline = "is isolated as far as the kernel assumes.",
		.why = "The device is part of the chipset or stands on a root bus: where its requests go is not in registers that the specification knows. The kernel assumes to the IOMMU, and so does this answer.",
		.remedy = "None is needed unless you want it enforced: then use a device behind a port with ACS.",
	}, {
		.id = "quirk-attested", .severity = SEVERITY_INFO, .about = ABOUT_HOP,
		.applies = boundary_is_attested, .evidence = boundary_show_attested,
		.headline = "is isolated by the word of its vendor.",
		.why = "No register says it. The kernel has a quirk for such devices, as their vendor told that they do not pass requests to each other. It knows them by their ids, and the id of a card is the card's own word.",
		.remedy = "None is needed unless you want it enforced.",
	}, {
		.id = "split-unexplained", .severity = SEVERITY_INFO, .about = ABOUT_SET,
		.applies = split_is_of_bridges, .evidence = split_show_bridges,
		.headline = "is in a smaller group than the kernel's rules make, without the bridges above it.",
		.why = "Neither registers nor quirks explain it. No other device is kept from this set by it, so it is no worse for it.",
		.remedy = "None is needed for this set; find out what splits groups on this machine.",
	}, {
		.id = "group-wider", .severity = SEVERITY_INFO, .about = ABOUT_SET,
		.applies = split_is_missing, .evidence = split_show_missing,
		.headline = "takes more along than its registers demand.",
		.why = "Groups are formed once: ACS that was switched on later does not narrow them, and some IOMMUs put devices together by rules of their own.",
		.remedy = "Restart the machine with the same settings, or use another slot.",
	}, {
		.id = "faults-unwatched", .severity = SEVERITY_INFO, .about = ABOUT_SET,
		.applies = fault_is_unwatched, .evidence = fault_show_unwatched,
		.headline = "could make DMA faults without anybody counting them.",
		.why = "Where nobody looks, that no fault is known says nothing: the kernel log drops most of them.",
		.remedy = "Load the module (modprobe iowarden); where it is loaded, iowarden faults has what keeps it from counting.",
	},
};

const struct rule_list rules_info = RULE_LIST(rows);
