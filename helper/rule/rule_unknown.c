// SPDX-License-Identifier: GPL-2.0
/* Rules: what decides over a set and could not be seen. */
#include "rule/boundary.h"
#include "rule/control.h"
#include "rule/interrupt.h"
#include "rule/neighbour.h"
#include "rule/rule_list.h"
#include "rule/translation.h"

#define WAKE "Wake it (write \"on\" to its power/control in sysfs) and ask again."

#define SHOW_THE_WAY "Ask again; wake the port if it sleeps (power/control), run as root or load the module if it could not be read; switch off Egress Control and Direct Translated P2P where they are on."

static const struct rule rows[] = {
	{
		.id = "split-unexplained", .severity = SEVERITY_UNKNOWN, .about = ABOUT_HOP,
		.applies = boundary_functions_have_no_acs, .evidence = boundary_show_open,
		.headline = "may reach @ inside the same device; that cannot be told.",
		.why = "These functions of one device have no Access Control Services, yet the kernel keeps them apart. Whether it should cannot be told: registers that decide it were not read, or its rules do not reach that far.",
		.remedy = "Hand over all functions of the device together, or ask again with the module loaded, or as root.",
	}, {
		.id = "split-unexplained", .severity = SEVERITY_UNKNOWN,
		.about = ABOUT_HOP,
		.applies = boundary_root_is_split, .evidence = boundary_show_root_split,
		.headline = "may reach what is behind the port beside its own; that cannot be told.",
		.why = "The kernel fears a way between root ports that are functions of one device and have no Access Control Services, and puts them and what is behind them into one group. Here what is behind the other port is in another group, or in which one is not known.",
		.remedy = "Hand over what is behind these ports together, or ask again with the module loaded.",
	}, {
		.id = "egress-vector", .severity = SEVERITY_UNKNOWN, .about = ABOUT_BYPASS,
		.applies = control_egress_is_unknown, .evidence = control_show_egress,
		.headline = "may write to @ without the IOMMU seeing it; that cannot be told.",
		.why = "P2P Egress Control goes before Request Redirect. Which bit of its vector stands for a port goes by the port number in Link Capabilities, which iowarden does not read, and not all bits are the same; or the vector was not read.",
		.remedy = "Switch Egress Control off (bit 5 of ACS Control) and Request Redirect on (bit 2) unless you know who set it.",
	}, {
		.id = "translated-p2p", .severity = SEVERITY_UNKNOWN, .about = ABOUT_BYPASS,
		.applies = control_translated_is_unknown, .evidence = control_show_translated,
		.headline = "may write to @ without the IOMMU seeing it; that cannot be told.",
		.why = "Direct Translated P2P goes before Request Redirect: what a device marks as translated goes straight. That this one has Address Translation Services on does not show; a driver may switch them on at any time.",
		.remedy = "Switch Direct Translated P2P off (bit 6 of ACS Control) unless you know who set it; or start the kernel with pci=noats.",
	}, {
		.id = "peer-assigned", .severity = SEVERITY_UNKNOWN,
		.about = ABOUT_INTRUSION,
		.applies = neighbour_guest_may_intrude, .evidence = neighbour_show_intruders,
		.headline = "may be written to by @, of which a guest has control; whether it can be could not be told.",
		.why = "A device that a guest has, or can be given at any moment, may reach into this set without the IOMMU seeing it: the registers on its way do not show it.",
		.remedy = SHOW_THE_WAY " Or give both to the same guest.",
	}, {
		.id = "peer-assigned", .severity = SEVERITY_UNKNOWN,
		.about = ABOUT_INTRUSION,
		.applies = neighbour_stranger_intrudes, .evidence = neighbour_show_intruders,
		.headline = "is not kept apart from @; whether a guest has that could not be seen.",
		.why = "A device outside reaches into this set without the IOMMU seeing it, or is not fully kept out. It is for its driver to do so, and which one it has did not show.",
		.remedy = "Ask again: the driver may just be changing. Text of lspci has drivers only with -k or -v.",
	}, {
		.id = "peer-assigned", .severity = SEVERITY_UNKNOWN,
		.about = ABOUT_INTRUSION,
		.applies = neighbour_stranger_may_intrude, .evidence = neighbour_show_intruders,
		.headline = "may be written to by @; whether that can be, or a guest has it, could not be seen.",
		.why = "A device outside may reach into this set without the IOMMU seeing it: neither the registers on its way nor its driver tell.",
		.remedy = SHOW_THE_WAY,
	}, {
		.id = "peer-assigned", .severity = SEVERITY_UNKNOWN,
		.about = ABOUT_MEMBER,
		.applies = neighbour_pf_is_unknown, .evidence = neighbour_show_pf,
		.object = neighbour_name_pf,
		.headline = "is a virtual function of @; whether a guest has that could not be seen.",
		.why = "Whoever has the physical function controls its virtual functions, and its driver did not show.",
		.remedy = "Ask again: the driver may just be changing.",
	}, {
		.id = "interrupts-unknown", .severity = SEVERITY_UNKNOWN, .about = ABOUT_GROUP,
		.applies = interrupt_is_unknown, .evidence = interrupt_show,
		.headline = "cannot be judged: whether it can raise interrupts of others is not visible from here.",
		.why = "An interrupt is a memory write; only remapping keeps a device to its own, and only the kernel knows whether that is on.",
		.remedy = "Load the module iowarden, which asks the kernel.",
	}, {
		.id = "gone", .severity = SEVERITY_UNKNOWN, .about = ABOUT_HOP,
		.applies = boundary_is_gone, .evidence = boundary_show_state,
		.headline = "cannot be judged: a port above it no longer answers.",
		.why = "Its registers read as all ones.",
		.remedy = "Look into the kernel log; remove and rescan the port, or restart the machine.",
	}, {
		.id = "gone", .severity = SEVERITY_UNKNOWN, .about = ABOUT_MEMBER,
		.applies = translation_is_gone, .evidence = translation_show_group,
		.headline = "cannot be judged: it no longer answers.",
		.why = "Its registers read as all ones.",
		.remedy = "Look into the kernel log; remove and rescan the device, or restart the machine.",
	}, {
		.id = "asleep", .severity = SEVERITY_UNKNOWN, .about = ABOUT_HOP,
		.applies = boundary_is_asleep, .evidence = boundary_show_state,
		.headline = "cannot be judged: registers on its way sleep.",
		.why = "Registers of a sleeping device cannot be read, and iowarden wakes none.",
		.remedy = WAKE,
	}, {
		.id = "asleep", .severity = SEVERITY_UNKNOWN, .about = ABOUT_MEMBER,
		.applies = translation_is_asleep, .evidence = translation_show_group,
		.headline = "cannot be judged: it sleeps.",
		.why = "Its IOMMU group could not be found while it sleeps, and iowarden wakes none.",
		.remedy = WAKE,
	}, {
		.id = "unreadable", .severity = SEVERITY_UNKNOWN, .about = ABOUT_HOP,
		.applies = boundary_has_no_access, .evidence = boundary_show_state,
		.headline = "cannot be judged: registers on its way cannot be read.",
		.why = "Where its requests may go stands in the extended configuration space, and there is no access to it.",
		.remedy = "Load the module iowarden, or run as root. If the module is loaded, the machine itself gives no access: pci=nommconf, or firmware without an MCFG table.",
	}, {
		.id = "unreadable", .severity = SEVERITY_UNKNOWN, .about = ABOUT_HOP,
		.applies = boundary_is_unreadable, .evidence = boundary_show_state,
		.headline = "cannot be judged: registers on its way cannot be read.",
		.why = "Without these registers nobody knows where its requests may go.",
		.remedy = "Ask again; if it stays so, the device is broken or held by its driver.",
	}, {
		.id = "unreadable", .severity = SEVERITY_UNKNOWN, .about = ABOUT_MEMBER,
		.applies = translation_is_unreadable, .evidence = translation_show_group,
		.headline = "cannot be judged: its IOMMU group is not known.",
		.why = "The group decides what is handed over together.",
		.remedy = "Ask again: the device may just be coming or going. If it stays so, look into the kernel log. Text of lspci has groups only with -v, of a machine whose IOMMU is on.",
	}, {
		.id = "unreadable", .severity = SEVERITY_UNKNOWN, .about = ABOUT_MEMBER,
		.applies = boundary_is_cut_off, .evidence = boundary_show_cut,
		.headline = "cannot be judged: its way to the IOMMU is not known to the end.",
		.why = "These facts are of a part of a machine; ports further up decide, too.",
		.remedy = "Record the whole machine: lspci -nnvvvxxxx without -s, as root.",
	},
};

const struct rule_list rules_unknown = RULE_LIST(rows);
