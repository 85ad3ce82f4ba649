// SPDX-License-Identifier: GPL-2.0
/* Rules: what there is to know before a set is handed over. */
#include "rule/boundary.h"
#include "rule/chipset.h"
#include "rule/configured.h"
#include "rule/denylist.h"
#include "rule/fault.h"
#include "rule/interrupt.h"
#include "rule/neighbour.h"
#include "rule/override.h"
#include "rule/region.h"
#include "rule/requester.h"
#include "rule/reset.h"
#include "rule/rule_list.h"
#include "rule/slot.h"
#include "rule/split.h"
#include "rule/translation.h"
#include "rule/use.h"

static const struct rule rows[] = {
	{
		.id = "obstacle-host-critical", .severity = SEVERITY_WARNING, .about = ABOUT_MEMBER,
		.before = true,
		.applies = use_is_critical, .evidence = use_show_critical,
		.object = use_name_critical,
		.headline = "is needed by this machine: it @.",
		.why = "The host uses the device at this moment. Handing it over takes that away, and the host may not survive it.",
		.remedy = "Move what the host needs to another device first, or choose another slot for one of them if they only share a group.",
	}, {
		.id = "obstacle-in-use", .severity = SEVERITY_WARNING, .about = ABOUT_MEMBER,
		.before = true,
		.applies = use_is_held, .evidence = use_show_holders,
		.object = use_name_holders,
		.headline = "cannot be taken from its driver safely: it @.",
		.why = "A process has the device open. Drivers of graphics cards often hang or crash when they are unbound then.",
		.remedy = "End the process, or tell it to use another device.",
	}, {
		.id = "obstacle-in-use", .severity = SEVERITY_WARNING, .about = ABOUT_GROUP,
		.before = true,
		.applies = use_is_owned, .evidence = use_show_owner,
		.headline = "is in the hands of another process already.",
		.why = "A group has one owner at a time: a running guest, or another user of vfio.",
		.remedy = "Shut that guest down first.",
	}, {
		.id = "inbound-path", .severity = SEVERITY_WARNING, .about = ABOUT_INTRUSION,
		.applies = neighbour_host_intrudes, .evidence = neighbour_show_intruders,
		.headline = "can be written to by @ without the IOMMU seeing it.",
		.why = "ACS of a port keeps in what is behind it and keeps nobody out. A device of the host reaches into this set; its driver decides whether it does.",
		.remedy = "Give neither that device nor its group to any guest while this one is out, or have ACS switched on at the named port, if it has that, and what goes before it (Egress Control, Direct Translated P2P) off.",
	}, {
		.id = "inbound-path", .severity = SEVERITY_WARNING, .about = ABOUT_INTRUSION,
		.applies = neighbour_host_intrudes_weakly, .evidence = neighbour_show_intruders,
		.headline = "is not fully kept apart from @.",
		.why = "The named port sends that device's requests up to the IOMMU, but bits are off that stop forged requester ids, completions or requests that turn around. Its driver decides what it does.",
		.remedy = "Give neither that device nor its group to any guest while this one is out, or have the bits switched on at the named port, but for Source Validation that the kernel leaves off as broken.",
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
		.applies = configured_changes_hop, .evidence = configured_show,
		.headline = "depends on ACS bits that the kernel command line switches.",
		.why = "Somebody chose which requests the function sends up to the IOMMU, for speed as a rule. This answer is about what its registers hold now; another kernel may read the parameter otherwise.",
		.remedy = "Take the parameter away unless you know why it is there.",
	}, {
		.id = "acs-configured", .severity = SEVERITY_WARNING, .about = ABOUT_HOP,
		.applies = configured_is_inert, .evidence = configured_show,
		.headline = "depends on ACS bits that the kernel command line would switch, if this kernel knew the parameter.",
		.why = "Linux knows pci=config_acs= since 6.11, and this one is older: it does nothing here. Somebody believes that it does, and the next kernel will obey.",
		.remedy = "Take the parameter away, or see what this check says of a newer kernel that has it.",
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
		.id = "wide-reset", .severity = SEVERITY_WARNING, .about = ABOUT_MEMBER,
		.before = true,
		.applies = reset_is_wide, .evidence = reset_show_wide,
		.headline = "cannot be reset without hitting others.",
		.why = "The device has no reset of its own, and a reset of its bus hits functions that are not handed over; so vfio will not do it, and what one guest leaves in the device stays for the next user.",
		.remedy = "Hand the named devices over together, or restart the machine between two users.",
	}, {
		.id = "no-reset", .severity = SEVERITY_WARNING, .about = ABOUT_MEMBER,
		.before = true,
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
	},
};

const struct rule_list rules_warning = RULE_LIST(rows);
