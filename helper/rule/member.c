// SPDX-License-Identifier: GPL-2.0
#include "rule/member.h"

bool member_has_no_group(const struct subject *subject)
{
	return !device_has(subject->device, DEVICE_GROUP) &&
	       !device_has(subject->device, DEVICE_GROUP_UNKNOWN);
}

/* group_unknown is 0 where the group is known, or known to be none. */
bool member_is_asleep(const struct subject *subject)
{
	return subject->device->group_unknown == REASON_ASLEEP;
}

bool member_is_gone(const struct subject *subject)
{
	return subject->device->group_unknown == REASON_GONE;
}

bool member_is_unreadable(const struct subject *subject)
{
	return subject->device->group_unknown && !member_is_asleep(subject) &&
	       !member_is_gone(subject);
}

static const struct group *find_group(const struct subject *subject)
{
	if (!device_has(subject->device, DEVICE_GROUP))
		return NULL;
	return facts_group(subject->inquiry->tree->facts,
			   subject->device->group);
}

/* Asked of each member, answered once for each group: by its first member. */
static bool is_first_of_group(const struct subject *subject)
{
	const struct set *set = &subject->inquiry->set;

	for (size_t i = 0; set->member[i] != subject->device; i++)
		if (device_has(set->member[i], DEVICE_GROUP) &&
		    set->member[i]->group == subject->device->group)
			return false;
	return true;
}

bool member_shares_interrupts(const struct subject *subject)
{
	const struct group *group = find_group(subject);

	return group && group->isolated_msi == ANSWER_NO &&
	       is_first_of_group(subject);
}

bool member_hides_interrupts(const struct subject *subject)
{
	const struct group *group = find_group(subject);

	return device_has(subject->device, DEVICE_GROUP) &&
	       (!group || !field_known(group, GROUP_ISOLATED_MSI)) &&
	       is_first_of_group(subject);
}

bool member_is_untrusted(const struct subject *subject)
{
	return subject->device->untrusted;
}

char *member_show_group(const struct subject *subject)
{
	const char *reason = names_get(&reason_names,
				       subject->device->group_unknown);
	char address[BDF_TEXT];

	bdf_format(subject->device->address, address);
	if (reason)
		return text_format("%s: IOMMU group not known (%s)", address,
				   reason);
	return text_format("%s is in no IOMMU group", address);
}

char *member_show_interrupts(const struct subject *subject)
{
	return text_format(member_hides_interrupts(subject) ?
			   "group %u: interrupt isolation not known" :
			   "group %u: interrupts are not isolated",
			   subject->device->group);
}

char *member_show_trust(const struct subject *subject)
{
	char address[BDF_TEXT];

	return text_format("%s is marked untrusted by firmware or kernel",
			   bdf_format(subject->device->address, address));
}
