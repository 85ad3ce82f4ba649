// SPDX-License-Identifier: GPL-2.0
#include "rule/interrupt.h"
#include "rule/subject.h"

/* Where nothing is translated at all, another rule says so. */
static bool has_real_group(const struct subject *subject)
{
	return facts_real_group(subject_facts(subject), subject->device);
}

/* Of the group where the kernel tells, else of the whole machine. */
static enum answer isolated(const struct subject *subject)
{
	const struct group *group = subject_group(subject);

	if (group && field_known(group, GROUP_ISOLATED_MSI))
		return (enum answer)group->isolated_msi;
	return subject_answer(subject, HOST_INTERRUPTS_REMAPPED);
}

static bool sharing_is_allowed(const struct subject *subject)
{
	return subject_answer(subject, HOST_UNSAFE_INTERRUPTS) == ANSWER_YES;
}

/* Remapping that does not look who asks: any device may use any entry. */
bool interrupt_is_unchecked(const struct subject *subject)
{
	return has_real_group(subject) && isolated(subject) != ANSWER_NO &&
	       subject_has_option(subject, "intremap", "nosid");
}

/* With the permission vfio does not even refuse what it cannot isolate. */
bool interrupt_is_shared(const struct subject *subject)
{
	if (!has_real_group(subject))
		return false;
	if (!isolated(subject))
		return sharing_is_allowed(subject);
	return isolated(subject) == ANSWER_NO;
}

bool interrupt_is_unknown(const struct subject *subject)
{
	return has_real_group(subject) && !isolated(subject) &&
	       !sharing_is_allowed(subject);
}

bool interrupt_may_be_shared(const struct subject *subject)
{
	return has_real_group(subject) && isolated(subject) == ANSWER_YES &&
	       sharing_is_allowed(subject);
}

char *interrupt_show(const struct subject *subject)
{
	static const char *const states[] = {
		"interrupt isolation not known",
		[ANSWER_NO] = "interrupts are not isolated",
		[ANSWER_YES] = "interrupts are isolated",
	};

	return text_format("group %u: %s%s%s", subject->device->group,
			   states[isolated(subject)],
			   sharing_is_allowed(subject) ?
			   "; allow_unsafe_interrupts is on" : "",
			   interrupt_is_unchecked(subject) ?
			   "; intremap=nosid is on the kernel command line" : "");
}
