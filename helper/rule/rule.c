// SPDX-License-Identifier: GPL-2.0
#include "rule/boundary.h"
#include "rule/chipset.h"
#include "rule/denylist.h"
#include "rule/fault.h"
#include "rule/interrupt.h"
#include "rule/neighbour.h"
#include "rule/override.h"
#include "rule/region.h"
#include "rule/requester.h"
#include "rule/reset.h"
#include "rule/slot.h"
#include "rule/split.h"
#include "rule/translation.h"
#include "rule/use.h"

#define WAKE "Wake it (write \"on\" to its power/control in sysfs) and ask again."

/*
 * Within one severity the most telling first: the first worst is the headline.
 * A row without a condition keeps the place of a finding that is not judged yet.
 */
const struct rule rules[] = {
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
		.why = "The port could send requests of this device up to the IOMMU, but bits for that are off, so it may pass them straight on to others.",
		.remedy = "Have the kernel switch the bits on at boot (no pci=disable_acs_redir=, no tool that clears ACS), or hand the named devices over together.",
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
		.headline = "may write to @ without the IOMMU seeing it.",
		.why = "They stand behind the same root port without Access Control Services, which may turn requests around; the kernel puts such devices into one group, but here they are in several.",
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
	}, {
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
		.why = "The kernel puts root ports that are functions of one device and have no Access Control Services into one group, but here they are in several. Whether something justifies that cannot be told: a fact is missing.",
		.remedy = "Hand over what is behind these ports together, or ask again with the module loaded.",
	}, {
		.id = "peer-assigned", .severity = SEVERITY_UNKNOWN,
		.about = ABOUT_INTRUSION,
		.applies = neighbour_stranger_intrudes, .evidence = neighbour_show_intruders,
		.headline = "may be written to by @; whether that can be, or a guest has it, could not be seen.",
		.why = "A device outside may reach into this set without the IOMMU seeing it: registers on its way, or its driver, did not show.",
		.remedy = "Ask again; wake the port if it sleeps (power/control), run as root or load the module if it could not be read.",
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
	}, {
		.id = "obstacle-host-critical", .severity = SEVERITY_WARNING, .about = ABOUT_MEMBER, .before = true,
		.applies = use_is_critical, .evidence = use_show_critical,
		.object = use_name_critical,
		.headline = "is needed by this machine: it @.",
		.why = "The host uses the device at this moment. Handing it over takes that away, and the host may not survive it.",
		.remedy = "Move what the host needs to another device first, or choose another slot for one of them if they only share a group.",
	}, {
		.id = "obstacle-in-use", .severity = SEVERITY_WARNING, .about = ABOUT_MEMBER, .before = true,
		.applies = use_is_held, .evidence = use_show_holders,
		.object = use_name_holders,
		.headline = "cannot be taken from its driver safely: it @.",
		.why = "A process has the device open. Drivers of graphics cards often hang or crash when they are unbound then.",
		.remedy = "End the process, or tell it to use another device.",
	}, {
		.id = "obstacle-in-use", .severity = SEVERITY_WARNING, .about = ABOUT_GROUP, .before = true,
		.applies = use_is_owned, .evidence = use_show_owner,
		.headline = "is in the hands of another process already.",
		.why = "A group has one owner at a time: a running guest, or another user of vfio.",
		.remedy = "Shut that guest down first.",
	}, {
		.id = "inbound-path", .severity = SEVERITY_WARNING, .about = ABOUT_INTRUSION,
		.applies = neighbour_host_intrudes, .evidence = neighbour_show_intruders,
		.headline = "can be written to by @ without the IOMMU seeing it.",
		.why = "ACS of a port keeps in what is behind it and keeps nobody out. A device of the host reaches into this set; its driver decides whether it does.",
		.remedy = "Give neither that device nor its group to any guest while this one is out, or have ACS switched on at the named port, if it has that.",
	}, {
		.id = "override-active", .severity = SEVERITY_WARNING, .about = ABOUT_SET,
		.applies = split_is_override_of_bridges, .evidence = split_show_bridges,
		.headline = "is in a group that an ACS override made smaller, without the bridges above it.",
		.why = "pcie_acs_override= makes the kernel believe in isolation that no register shows. No other device is kept from this set by it.",
		.remedy = "Start the kernel without pcie_acs_override=: the group grows by bridges, which no guest is given.",
	}, {
		.id = "override-active", .severity = SEVERITY_WARNING, .about = ABOUT_SET,
		.applies = split_is_untold, .evidence = override_show,
		.headline = "is judged on a machine whose kernel splits groups by command, whatever the hardware does.",
		.why = "pcie_acs_override= makes the kernel believe in isolation that no register shows. Whether the groups of this set depend on it could not be told: registers that decide it were not read.",
		.remedy = "Start the kernel without pcie_acs_override= and see which groups change.",
	}, {
		.id = "override-requested-inert", .severity = SEVERITY_WARNING, .about = ABOUT_SET,
		.applies = override_is_inert, .evidence = override_show,
		.headline = "is judged on a machine where somebody believes in an ACS override that is not there.",
		.why = "pcie_acs_override= is on the command line, but this kernel does not have the patch: it does nothing.",
		.remedy = "Take it off the command line; it would split groups on paper only.",
	}, {
		.id = "override-active", .severity = SEVERITY_WARNING, .about = ABOUT_SET,
		.applies = override_is_unknown, .evidence = override_show,
		.headline = "is judged on a machine whose kernel may split groups by command.",
		.why = "pcie_acs_override= is on the command line, and whether this kernel obeys it could not be seen.",
		.remedy = "Make /proc/kallsyms readable and ask as root, who also sees what the kernel said at boot; or start the kernel without it.",
	}, {
		.id = "override-in-use-elsewhere", .severity = SEVERITY_WARNING, .about = ABOUT_SET,
		.applies = split_is_elsewhere, .evidence = override_show,
		.headline = "is judged on a machine whose kernel splits groups by command, though not those of this set.",
		.why = "pcie_acs_override= makes the kernel believe in isolation that no register shows. The groups of this set are as they would be without it; others may not be.",
		.remedy = "Start the kernel without pcie_acs_override= unless another device needs it, and check that one.",
	}, {
		.id = "acs-configured", .severity = SEVERITY_WARNING, .about = ABOUT_HOP,
		.applies = override_weakens_hop, .evidence = override_show_hop,
		.headline = "depends on ACS bits that the kernel command line is meant to change.",
		.why = "Parameters of pci= change which requests the function sends up to the IOMMU, if this kernel knows them; this answer is about what its registers hold now.",
		.remedy = "Take the parameter away unless you know why it is there.",
	}, {
		.id = "interrupts-not-isolated", .severity = SEVERITY_WARNING, .about = ABOUT_GROUP,
		.applies = interrupt_may_be_shared, .evidence = interrupt_show,
		.headline = "has its interrupts isolated now, but vfio would go on without that.",
		.why = "allow_unsafe_interrupts is not needed here; it only makes vfio silent on the day that remapping is off.",
		.remedy = "Take allow_unsafe_interrupts away.",
	}, {
		.id = "noiommu-mode", .severity = SEVERITY_WARNING, .about = ABOUT_SET,
		.applies = translation_may_be_pretended, .evidence = translation_show_mode,
		.headline = "is judged on a machine that hands devices over without an IOMMU, too.",
		.why = "enable_unsafe_noiommu_mode lets user space drive devices for which nothing translates: they can write into this set, and everywhere else.",
		.remedy = "Switch enable_unsafe_noiommu_mode of the module vfio off.",
	}, {
		.id = "denylist-disabled", .severity = SEVERITY_WARNING, .about = ABOUT_MEMBER,
		.applies = denylist_covers, .evidence = denylist_show,
		.headline = "is on the list of devices that vfio-pci refuses as unsafe, and that list is switched off.",
		.why = "The device has errata or interfaces by which a guest can harm the host; disable_denylist lets it through.",
		.remedy = "Do not hand it to a guest that you do not trust.",
	}, {
		.id = "egress-vector", .severity = SEVERITY_WARNING, .about = ABOUT_HOP,
		.applies = boundary_has_egress_control, .evidence = boundary_show_state,
		.headline = "passes a port whose Egress Control decides port by port.",
		.why = "P2P Egress Control goes before Request Redirect: where its vector allows, requests go sideways. This version does not judge the vector.",
		.remedy = "Switch Egress Control off (bit 5 of ACS Control) unless you know who set it.",
	}, {
		.id = "translated-p2p", .severity = SEVERITY_WARNING, .about = ABOUT_HOP,
		.applies = boundary_has_direct_translated, .evidence = boundary_show_state,
		.headline = "passes a port that lets translated requests go sideways.",
		.why = "Direct Translated P2P goes before Request Redirect: a request that the device itself marks as translated is not sent to the IOMMU.",
		.remedy = "Switch Direct Translated P2P off (bit 6 of ACS Control) unless you know who set it.",
	}, {
		.id = "irbnce-off", .severity = SEVERITY_WARNING, .about = ABOUT_HOP,
		.applies = chipset_port_is_off, .evidence = chipset_show_port,
		.headline = "stands behind a chipset port that does not check whose name requests carry.",
		.why = "The kernel takes the port for isolated because a quirk switches on at boot what stands in for ACS, but the check of bus numbers is off: devices below can issue requests in the name of others, and the groups do not show it.",
		.remedy = "Set bit 26 (IRBNCE) of the register at 0xd8 of the port (setpci) after each start; find out what cleared it, or whether the kernel is one that cannot set it.",
	}, {
		.id = "irbnce-off", .severity = SEVERITY_WARNING, .about = ABOUT_HOP,
		.applies = chipset_port_cannot_be_on, .evidence = chipset_show_port,
		.headline = "stands behind a chipset port that does not check whose name requests carry.",
		.why = "The kernel takes the port for isolated because a quirk switches on at boot what stands in for ACS. But this kernel writes the register with 16 bits, which does not reach the bit of this check: devices below can issue requests in the name of others, and the groups do not show it.",
		.remedy = "Set bit 26 (IRBNCE) of the register at 0xd8 of the port (setpci) after each start, or start a newer kernel: 6.12.117 writes 32 bits.",
	}, {
		.id = "broken-sv", .severity = SEVERITY_WARNING, .about = ABOUT_HOP,
		.applies = boundary_lacks_sv, .evidence = boundary_show_state,
		.headline = "stands behind a port that does not check whose name requests carry.",
		.why = "Source Validation of this switch drops answers that it should not, so Linux leaves it off and takes it for not offered: devices below can issue requests in each other's names, and the groups do not show it.",
		.remedy = "Hand what is below that switch to one guest, or use another slot.",
	}, {
		.id = "quirk-attested", .severity = SEVERITY_WARNING, .about = ABOUT_HOP,
		.applies = boundary_is_claimed, .evidence = boundary_show_attested,
		.headline = "stands behind a port that only its own ids speak for.",
		.why = "No register says that the port keeps apart what is below it. The kernel knows such ports by their ids, but this one is part of what is plugged in, and may call itself what it likes.",
		.remedy = "Hand what is below that switch to one guest, or use another slot, unless you know the card.",
	}, {
		.id = "quirks-older", .severity = SEVERITY_WARNING, .about = ABOUT_SET,
		.applies = split_is_of_newer_kernel, .evidence = split_show_newer,
		.headline = "is grouped by a kernel that may know more of it than iowarden does.",
		.why = "The kernel is newer than iowarden's table of its quirks, and does not group as that would: it may know of a device what iowarden does not.",
		.remedy = "Use a newer iowarden, or look the device up in that kernel's drivers/pci/quirks.c.",
	}, {
		.id = "quirks-older", .severity = SEVERITY_WARNING, .about = ABOUT_SET,
		.applies = split_is_of_unknown_kernel, .evidence = split_show_unknown,
		.headline = "is grouped by a kernel that may know more of it than iowarden does.",
		.why = "Which kernel formed the groups was not told. They are not as the quirks that iowarden knows make them: that kernel may know of a device what iowarden does not.",
		.remedy = "Ask on that machine itself, or look the device up in drivers/pci/quirks.c of its kernel.",
	}, {
		.id = "external-slot", .severity = SEVERITY_WARNING, .about = ABOUT_HOP,
		.applies = slot_is_external, .evidence = slot_show_external,
		.headline = "stands outside the case: anything can be plugged in its place.",
		.why = "The port leads outside (Thunderbolt, USB4); this answer holds for what is plugged in now.",
		.remedy = "Ask again after each change at that port.",
	}, {
		.id = "external-slot", .severity = SEVERITY_WARNING, .about = ABOUT_MEMBER,
		.applies = slot_is_behind_external, .evidence = slot_show_removable,
		.headline = "stands outside the case: anything can be plugged in its place.",
		.why = "It is plugged in from outside (Thunderbolt, USB4); this answer holds for what is plugged in now.",
		.remedy = "Ask again after each change at that port.",
	}, {
		.id = "untrusted", .severity = SEVERITY_WARNING, .about = ABOUT_MEMBER,
		.applies = slot_is_untrusted, .evidence = slot_show_trust,
		.headline = "is marked as not to be trusted.",
		.why = "Firmware or kernel expect that the device may attack this machine.",
		.remedy = "Know where the device comes from before a guest relies on it.",
	}, {
		.id = "reserved-region", .severity = SEVERITY_WARNING, .about = ABOUT_GROUP,
		.applies = region_is_direct, .evidence = region_show_direct,
		.headline = "has memory of this machine set aside for it, which a guest would get access to.",
		.why = "Firmware demands that these addresses stay mapped to themselves for the device (RMRR). vfio refuses such devices on most kernels, and a guest that has it reads and writes that memory.",
		.remedy = "Look in the firmware setup for what uses the device (remote management, legacy USB); otherwise use another device.",
	}, {
		.id = "companion-outside", .severity = SEVERITY_WARNING, .about = ABOUT_MEMBER,
		.applies = neighbour_stays_behind, .evidence = neighbour_show_companions,
		.headline = "is one function of a device whose other functions stay with the host.",
		.why = "Functions of one device share its reset, its power and often its firmware, whatever groups they are in.",
		.remedy = "Hand over all functions of the device together.",
	}, {
		.id = "dma-alias", .severity = SEVERITY_WARNING, .about = ABOUT_MEMBER,
		.applies = requester_is_anothers, .evidence = requester_show_another,
		.headline = "issues requests in the name of a device that is not handed over.",
		.why = "The IOMMU knows a device by its requester ID: what is mapped for the other is reachable for this one.",
		.remedy = "Hand both over together.",
	}, {
		.id = "dma-alias", .severity = SEVERITY_WARNING, .about = ABOUT_MEMBER,
		.applies = requester_is_behind_vmd, .evidence = requester_show_shared,
		.headline = "cannot be handed over by itself: another function issues its requests.",
		.why = "What is behind Intel's VMD is driven through it: it goes when the driver of the VMD goes, and a guest gets all of it or nothing.",
		.remedy = "Hand over the VMD, or switch it off in the firmware setup.",
	}, {
		.id = "wide-reset", .severity = SEVERITY_WARNING, .about = ABOUT_MEMBER, .before = true,
		.applies = reset_is_wide, .evidence = reset_show_wide,
		.headline = "cannot be reset without hitting others.",
		.why = "The device has no reset of its own, and a reset of its bus hits functions that are not handed over; so vfio will not do it, and what one guest leaves in the device stays for the next user.",
		.remedy = "Hand the named devices over together, or restart the machine between two users.",
	}, {
		.id = "no-reset", .severity = SEVERITY_WARNING, .about = ABOUT_MEMBER, .before = true,
		.applies = reset_is_impossible, .evidence = reset_show_none,
		.headline = "cannot be reset: what one guest leaves in it stays for the next user.",
		.why = "The kernel knows no method that resets this function, and there is no bus of its own to reset.",
		.remedy = "Restart the machine between two users.",
	}, {
		.id = "faults-recent", .severity = SEVERITY_WARNING, .about = ABOUT_MEMBER,
		.applies = fault_is_recent, .evidence = fault_show_recent,
		.headline = "made DMA faults in the last day.",
		.why = "The IOMMU refused requests that carried this device's ID: the device, its driver or its guest asked for memory that it does not have. A guest can do so as it likes, so this is a warning and no more.",
		.remedy = "iowarden faults has the reasons. Where the ID can be forged, look at those that can forge it, too; where faults came only as the device changed hands, none is needed.",
	}, {
		.id = "override-present", .severity = SEVERITY_INFO, .about = ABOUT_SET,
		.applies = override_is_present, .evidence = override_show,
		.headline = "is judged on a kernel that could split groups by command.",
		.why = "The kernel has the patch for pcie_acs_override=, and nobody asked for it.",
		.remedy = "None is needed; do not start it with pcie_acs_override=.",
	}, {
		.id = "acs-configured", .severity = SEVERITY_INFO, .about = ABOUT_HOP,
		.applies = override_tightens_hop, .evidence = override_show_hop,
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

const size_t rule_count = sizeof(rules) / sizeof(rules[0]);
