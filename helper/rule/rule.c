// SPDX-License-Identifier: GPL-2.0
#include "rule/boundary.h"
#include "rule/member.h"

static const char *const severity_table[] = {
	"info", "warning", "unknown", "unsafe",
};

const struct names severity_names = { severity_table, 4 };

static const char *const verdict_table[] = {
	"safe", "warning", "unknown", "unsafe",
};

const struct names verdict_names = { verdict_table, 4 };

#define WAKE "Wake it (write \"on\" to its power/control in sysfs) and ask again."

/* Within one severity the most telling first: the first worst is the headline. */
const struct rule rules[] = {
	{
		.id = "no-iommu", .severity = SEVERITY_UNSAFE,
		.applies = member_has_no_group, .evidence = member_show_group,
		.headline = "has no IOMMU in its way: it can read and write all memory of this machine.",
		.why = "Without an IOMMU group nothing translates or limits what the device reads and writes.",
		.remedy = "Switch the IOMMU on: VT-d or AMD-Vi in the firmware setup, on Intel also intel_iommu=on on the kernel command line.",
	}, {
		.id = "open-path", .severity = SEVERITY_UNSAFE, .per_hop = true,
		.applies = boundary_port_is_off, .evidence = boundary_show_open,
		.headline = "can write to @ without the IOMMU seeing it.",
		.why = "The port could send requests of this device up to the IOMMU, but bits for that are off, so it may pass them straight on to others.",
		.remedy = "Have the kernel switch the bits on at boot (no pci=disable_acs_redir=, no tool that clears ACS), or hand the named devices over together.",
	}, {
		.id = "open-path", .severity = SEVERITY_UNSAFE, .per_hop = true,
		.applies = boundary_port_is_weak,
		.evidence = boundary_show_open,
		.headline = "is not fully kept apart from @.",
		.why = "The port sends requests up to the IOMMU, but bits are off that stop forged requester ids, completions or requests that turn around at the port.",
		.remedy = "Have the kernel switch the bits on at boot (no tool that clears ACS), or hand the named devices over together.",
	}, {
		.id = "open-path", .severity = SEVERITY_UNSAFE, .per_hop = true,
		.applies = boundary_port_has_no_acs,
		.evidence = boundary_show_open,
		.headline = "can write to @ without the IOMMU seeing it.",
		.why = "The ports of this switch have no Access Control Services: it passes requests between them and the IOMMU never sees these.",
		.remedy = "Hand the named devices over together, or move one of them to a slot that is not behind this switch.",
	}, {
		.id = "open-path", .severity = SEVERITY_UNSAFE, .per_hop = true,
		.applies = boundary_root_turns_around,
		.evidence = boundary_show_open,
		.headline = "may write to @ without the IOMMU seeing it.",
		.why = "They stand behind the same root port without Access Control Services, which may turn requests around; the kernel puts such devices into one group, but here they are in several.",
		.remedy = "Hand the named devices over together, or move one of them to another root port; find out what split the group (an override, or a device added later).",
	}, {
		.id = "split-unexplained", .severity = SEVERITY_UNKNOWN,
		.per_hop = true,
		.applies = boundary_functions_have_no_acs,
		.evidence = boundary_show_open,
		.headline = "may reach @ inside the same device; that cannot be told.",
		.why = "These functions of one device have no Access Control Services, yet the kernel keeps them apart. It may know that the vendor vouches for this device; this version does not know.",
		.remedy = "Hand over all functions of the device together, or look the device up in the kernel's pci_dev_acs_enabled[] (drivers/pci/quirks.c).",
	}, {
		.id = "open-path", .severity = SEVERITY_UNSAFE, .per_hop = true,
		.applies = boundary_functions_are_open,
		.evidence = boundary_show_open,
		.headline = "is not kept apart from @.",
		.why = "Functions of one device may reach each other inside it, and its registers do not forbid it.",
		.remedy = "Hand over all functions of the device together.",
	}, {
		.id = "conventional-bus", .severity = SEVERITY_UNSAFE,
		.per_hop = true,
		.applies = boundary_is_bus, .evidence = boundary_show_open,
		.headline = "shares a conventional PCI bus with @.",
		.why = "On a conventional PCI bus every device hears every request, and the IOMMU cannot tell their requests apart.",
		.remedy = "Hand over all devices of that bus together, or move this one to a PCI Express slot of its own.",
	}, {
		.id = "interrupts-not-isolated", .severity = SEVERITY_UNSAFE,
		.applies = member_shares_interrupts,
		.evidence = member_show_interrupts,
		.headline = "can raise interrupts that belong to the host or to other guests.",
		.why = "An interrupt is a memory write; nothing checks which ones this device makes.",
		.remedy = "Switch interrupt remapping on: in the firmware setup, and without intremap=off on the kernel command line.",
	}, {
		.id = "interrupts-unknown", .severity = SEVERITY_UNKNOWN,
		.applies = member_hides_interrupts,
		.evidence = member_show_interrupts,
		.headline = "cannot be judged: whether it can raise interrupts of others is not visible from here.",
		.why = "An interrupt is a memory write; only remapping keeps a device to its own, and only the kernel knows whether that is on.",
		.remedy = "Load the module iowarden, which asks the kernel.",
	}, {
		.id = "gone", .severity = SEVERITY_UNKNOWN, .per_hop = true,
		.applies = boundary_is_gone, .evidence = boundary_show_state,
		.headline = "cannot be judged: a port above it no longer answers.",
		.why = "Its registers read as all ones.",
		.remedy = "Look into the kernel log; remove and rescan the port, or restart the machine.",
	}, {
		.id = "gone", .severity = SEVERITY_UNKNOWN,
		.applies = member_is_gone, .evidence = member_show_group,
		.headline = "cannot be judged: it no longer answers.",
		.why = "Its registers read as all ones.",
		.remedy = "Look into the kernel log; remove and rescan the device, or restart the machine.",
	}, {
		.id = "asleep", .severity = SEVERITY_UNKNOWN, .per_hop = true,
		.applies = boundary_is_asleep, .evidence = boundary_show_state,
		.headline = "cannot be judged: registers on its way sleep.",
		.why = "Registers of a sleeping device cannot be read, and iowarden wakes none.",
		.remedy = WAKE,
	}, {
		.id = "asleep", .severity = SEVERITY_UNKNOWN,
		.applies = member_is_asleep, .evidence = member_show_group,
		.headline = "cannot be judged: it sleeps.",
		.why = "Its IOMMU group could not be found while it sleeps, and iowarden wakes none.",
		.remedy = WAKE,
	}, {
		.id = "unreadable", .severity = SEVERITY_UNKNOWN,
		.per_hop = true,
		.applies = boundary_has_no_access,
		.evidence = boundary_show_state,
		.headline = "cannot be judged: registers on its way cannot be read.",
		.why = "Where its requests may go stands in the extended configuration space, and there is no access to it.",
		.remedy = "Load the module iowarden, or run as root. If the module is loaded, the machine itself gives no access: pci=nommconf, or firmware without an MCFG table.",
	}, {
		.id = "unreadable", .severity = SEVERITY_UNKNOWN,
		.per_hop = true,
		.applies = boundary_is_unreadable,
		.evidence = boundary_show_state,
		.headline = "cannot be judged: registers on its way cannot be read.",
		.why = "Without these registers nobody knows where its requests may go.",
		.remedy = "Ask again; if it stays so, the device is broken or held by its driver.",
	}, {
		.id = "unreadable", .severity = SEVERITY_UNKNOWN,
		.applies = member_is_unreadable, .evidence = member_show_group,
		.headline = "cannot be judged: its IOMMU group is not known.",
		.why = "The group decides what is handed over together.",
		.remedy = "Ask again; if it stays so, its driver holds the device.",
	}, {
		.id = "egress-vector", .severity = SEVERITY_WARNING,
		.per_hop = true,
		.applies = boundary_has_egress_control,
		.evidence = boundary_show_state,
		.headline = "passes a port whose Egress Control decides port by port.",
		.why = "P2P Egress Control goes before Request Redirect: where its vector allows, requests go sideways. This version does not read the vector.",
		.remedy = "Switch Egress Control off (bit 5 of ACS Control) unless you know who set it.",
	}, {
		.id = "translated-p2p", .severity = SEVERITY_WARNING,
		.per_hop = true,
		.applies = boundary_has_direct_translated,
		.evidence = boundary_show_state,
		.headline = "passes a port that lets translated requests go sideways.",
		.why = "Direct Translated P2P goes before Request Redirect: a request that the device itself marks as translated is not sent to the IOMMU.",
		.remedy = "Switch Direct Translated P2P off (bit 6 of ACS Control) unless you know who set it.",
	}, {
		.id = "external-slot", .severity = SEVERITY_WARNING,
		.per_hop = true,
		.applies = boundary_is_external,
		.evidence = boundary_show_state,
		.headline = "stands outside the case: anything can be plugged in its place.",
		.why = "The port leads outside (Thunderbolt, USB4); this answer holds for what is plugged in now.",
		.remedy = "Ask again after each change at that port.",
	}, {
		.id = "untrusted", .severity = SEVERITY_WARNING,
		.applies = member_is_untrusted, .evidence = member_show_trust,
		.headline = "is marked as not to be trusted.",
		.why = "Firmware or kernel expect that the device may attack this machine.",
		.remedy = "Know where the device comes from before a guest relies on it.",
	}, {
		.id = "port-without-acs", .severity = SEVERITY_INFO,
		.per_hop = true,
		.applies = boundary_is_assumed_root,
		.evidence = boundary_show_state,
		.headline = "stands behind a root port without ACS.",
		.why = "The specification does not say where such a port sends requests; the kernel assumes to the IOMMU, and so does this answer.",
		.remedy = "None is needed unless you want it enforced: then use a slot whose port has ACS.",
	},
};

const size_t rule_count = sizeof(rules) / sizeof(rules[0]);
