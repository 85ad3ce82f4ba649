// SPDX-License-Identifier: GPL-2.0
/* Rules: what keeps a set from being handed over. */
#include "rule/boundary.h"
#include "rule/control.h"
#include "rule/interrupt.h"
#include "rule/neighbour.h"
#include "rule/rule_list.h"
#include "rule/split.h"
#include "rule/translation.h"

static const struct rule rows[] = {
	{
		.id = "noiommu-mode", .severity = SEVERITY_UNSAFE, .about = ABOUT_MEMBER,
		.applies = translation_is_pretended, .evidence = translation_show_mode,
		.headline = "would be handed over without an IOMMU: it can read and write all memory of this machine.",
		.why = "In its no-IOMMU mode vfio makes groups up for devices that nothing translates for. Such a group isolates nothing.",
		.remedy = "Switch enable_unsafe_noiommu_mode of the module vfio off, and the IOMMU on.",
	}, {
		.id = "no-iommu", .severity = SEVERITY_UNSAFE, .about = ABOUT_MEMBER,
		.applies = translation_is_absent, .evidence = translation_show_group,
		.headline = "has no IOMMU in its way: it can read and write all memory of this machine.",
		.why = "Without an IOMMU group nothing translates or limits what the device reads and writes.",
		.remedy = "Switch the IOMMU on: VT-d or AMD-Vi in the firmware setup, on Intel also intel_iommu=on on the kernel command line.",
	}, {
		.id = "open-path", .severity = SEVERITY_UNSAFE, .about = ABOUT_HOP,
		.applies = boundary_port_is_off, .evidence = boundary_show_open,
		.headline = "can write to @ without the IOMMU seeing it.",
		.why = "The port could send requests of this device up to the IOMMU, but bits for that are off: it is free to pass them straight on to others.",
		.remedy = "Have the kernel switch the bits on at boot (no pci=disable_acs_redir=, no tool that clears ACS), or hand the named devices over together.",
	}, {
		.id = "egress-vector", .severity = SEVERITY_UNSAFE, .about = ABOUT_BYPASS,
		.applies = control_egress_is_open, .evidence = control_show_egress,
		.headline = "can write to @ without the IOMMU seeing it.",
		.why = "P2P Egress Control goes before Request Redirect, and its vector lets requests for these devices go straight. The kernel does not look at it when it forms groups.",
		.remedy = "Switch Egress Control off (bit 5 of ACS Control) and Request Redirect on (bit 2), find out who set it, or hand the named devices over together.",
	}, {
		.id = "translated-p2p", .severity = SEVERITY_UNSAFE, .about = ABOUT_BYPASS,
		.applies = control_translated_is_open, .evidence = control_show_translated,
		.headline = "can write to @ without the IOMMU seeing it.",
		.why = "Direct Translated P2P goes before Request Redirect: what the device itself marks as translated goes straight to these devices. It has ATS on, and the mark is its own word.",
		.remedy = "Switch Direct Translated P2P off (bit 6 of ACS Control) unless you know who set it, or hand the named devices over together.",
	}, {
		.id = "open-path", .severity = SEVERITY_UNSAFE, .about = ABOUT_HOP,
		.applies = boundary_port_is_weak, .evidence = boundary_show_open,
		.headline = "is not fully kept apart from @.",
		.why = "The port sends requests up to the IOMMU, but bits are off that stop forged requester ids, completions or requests that turn around at the port.",
		.remedy = "Have the kernel switch the bits on at boot (no tool that clears ACS), or hand the named devices over together.",
	}, {
		.id = "open-path", .severity = SEVERITY_UNSAFE, .about = ABOUT_HOP,
		.applies = boundary_port_has_no_acs, .evidence = boundary_show_open,
		.headline = "can write to @ without the IOMMU seeing it.",
		.why = "The ports of this switch have no Access Control Services: it passes requests between them and the IOMMU never sees these.",
		.remedy = "Hand the named devices over together, or move one of them to a slot that is not behind this switch.",
	}, {
		.id = "open-path", .severity = SEVERITY_UNSAFE, .about = ABOUT_HOP,
		.applies = boundary_root_turns_around, .evidence = boundary_show_open,
		.headline = "can write to @ without the IOMMU seeing it.",
		.why = "They stand behind the same root port, which has no Access Control Services: nothing keeps it from turning requests around. The kernel puts such devices into one group, but here they are in several.",
		.remedy = "Hand the named devices over together, or move one of them to another root port; find out what split the group (an override, or a device added later).",
	}, {
		.id = "open-path", .severity = SEVERITY_UNSAFE, .about = ABOUT_HOP,
		.applies = boundary_functions_are_open, .evidence = boundary_show_open,
		.headline = "is not kept apart from @.",
		.why = "Functions of one device may reach each other inside it, and its registers do not forbid it.",
		.remedy = "Hand over all functions of the device together.",
	}, {
		.id = "conventional-bus", .severity = SEVERITY_UNSAFE, .about = ABOUT_HOP,
		.applies = boundary_is_bus, .evidence = boundary_show_open,
		.headline = "shares a conventional PCI bus with @.",
		.why = "On a conventional PCI bus every device hears every request, and the IOMMU cannot tell their requests apart.",
		.remedy = "Hand over all devices of that bus together, or move this one to a PCI Express slot of its own.",
	}, {
		.id = "kernel-split-switch", .severity = SEVERITY_UNSAFE, .about = ABOUT_HOP,
		.applies = boundary_is_split, .evidence = boundary_show_split,
		.headline = "is in a group of its own, yet can write to @.",
		.why = "The kernel groups a port of a switch by what is above it and never looks at the ports beside it: its groups keep apart what this switch does not.",
		.remedy = "Do not rely on the groups below this switch; hand the named devices over together, or move one of them.",
	}, {
		.id = "peer-assigned", .severity = SEVERITY_UNSAFE, .about = ABOUT_INTRUSION,
		.applies = neighbour_guest_intrudes, .evidence = neighbour_show_intruders,
		.headline = "can be written to by @, of which a guest has control.",
		.why = "A device that a guest has, or can be given at any moment, reaches into this set without the IOMMU seeing it.",
		.remedy = "Give both to the same guest, or take the other device out of vfio, or move one of them.",
	}, {
		.id = "peer-assigned", .severity = SEVERITY_UNSAFE, .about = ABOUT_INTRUSION,
		.applies = neighbour_guest_intrudes_weakly, .evidence = neighbour_show_intruders,
		.headline = "is not fully kept apart from @, of which a guest has control.",
		.why = "The named port sends that device's requests up to the IOMMU, but bits are off that stop forged requester ids, completions or requests that turn around.",
		.remedy = "Give both to the same guest, or take the other device out of vfio, or move one of them.",
	}, {
		.id = "peer-assigned", .severity = SEVERITY_UNSAFE, .about = ABOUT_MEMBER,
		.applies = neighbour_pf_is_assigned, .evidence = neighbour_show_pf,
		.object = neighbour_name_pf,
		.headline = "is a virtual function of @, which is bound to vfio itself.",
		.why = "Whoever has the physical function controls its virtual functions: their resources, their reset, whether they exist.",
		.remedy = "Keep the physical function on its driver in the host, or give it to the same guest.",
	}, {
		.id = "peer-assigned", .severity = SEVERITY_UNSAFE, .about = ABOUT_MEMBER,
		.applies = neighbour_vf_is_assigned, .evidence = neighbour_show_vfs,
		.headline = "controls virtual functions that another guest has.",
		.why = "Whoever has the physical function controls its virtual functions; and when its driver goes they go with it, from under that guest.",
		.remedy = "Take the virtual functions from their guests first, or give all of them to the same guest.",
	}, {
		.id = "interrupts-not-isolated", .severity = SEVERITY_UNSAFE, .about = ABOUT_GROUP,
		.applies = interrupt_is_shared, .evidence = interrupt_show,
		.headline = "can raise interrupts that belong to the host or to other guests.",
		.why = "An interrupt is a memory write; nothing checks which ones this device makes.",
		.remedy = "Switch interrupt remapping on: in the firmware setup, and without intremap=off on the kernel command line; take allow_unsafe_interrupts away.",
	}, {
		.id = "interrupts-not-isolated", .severity = SEVERITY_UNSAFE, .about = ABOUT_GROUP,
		.applies = interrupt_is_unchecked, .evidence = interrupt_show,
		.headline = "can raise interrupts that belong to the host or to other guests.",
		.why = "With nosid the remapping of interrupts does not look at who asks: a device may use the entries of another.",
		.remedy = "Take intremap=nosid off the kernel command line.",
	}, {
		.id = "override-active", .severity = SEVERITY_UNSAFE, .about = ABOUT_MEMBER,
		.applies = split_is_override, .evidence = split_show,
		.object = split_name_other,
		.headline = "is kept apart from @ by an ACS override, and by nothing else.",
		.why = "pcie_acs_override= makes the kernel believe in isolation that no register shows. Groups change on paper; the hardware does not.",
		.remedy = "Start the kernel without pcie_acs_override= and hand over together what then shares a group.",
	}, {
		.id = "split-unexplained", .severity = SEVERITY_UNSAFE, .about = ABOUT_MEMBER,
		.applies = split_is_unexplained, .evidence = split_show,
		.object = split_name_other,
		.headline = "is kept apart from @ by the kernel's groups, and by nothing else.",
		.why = "Neither registers nor a quirk of the kernel keep the two apart, yet their groups do. What a group promises is then not what the hardware does.",
		.remedy = "Hand both over together. If they were plugged in while the machine ran, start it with them in place and see whether they share a group.",
	}, {
		.id = "acs-stale", .severity = SEVERITY_UNSAFE, .about = ABOUT_HOP,
		.applies = split_is_stale, .evidence = split_show_stale,
		.headline = "was isolated when the kernel formed its groups, and is not any more.",
		.why = "The kernel forms groups once. Something switched ACS bits off since, and the groups describe a machine that is no more.",
		.remedy = "Find what clears them while the machine runs (scripts that speed up transfers between GPUs do), and switch them on again or restart.",
	},
};

const struct rule_list rules_unsafe = RULE_LIST(rows);
