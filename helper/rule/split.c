// SPDX-License-Identifier: GPL-2.0
#include <errno.h>

#include "predict/comparison.h"
#include "predict/quirk.h"
#include "rule/override.h"
#include "rule/split.h"
#include "rule/subject.h"

static const struct prediction *prediction_of(const struct subject *subject)
{
	return subject->inquiry->prediction;
}

static const struct effective *acs_of(const struct prediction *prediction,
				      const struct device *device)
{
	return &prediction->acs[device - prediction->tree->facts->devices];
}

/* It is in its group because of registers that could be, or were, set. */
static bool joined_by_registers(const struct prediction *prediction,
				const struct device *device)
{
	const struct place *place = prediction_place(prediction, device);

	switch (place->joining) {
	case JOIN_PATH:
		return acs_of(prediction, place->through)->ground ==
		       GROUND_REGISTERS;
	case JOIN_FUNCTION:
		return acs_of(prediction, device)->ground == GROUND_REGISTERS;
	default:
		return false;
	}
}

static bool began(const struct prediction *prediction,
		  const struct device *device)
{
	return prediction_place(prediction, device)->joining == JOIN_NONE;
}

/* The kernel, too, has it together with the one whose group it joins. */
static bool is_joined(const struct prediction *prediction,
		      const struct device *device)
{
	const struct facts *facts = prediction->tree->facts;
	const struct device *with = prediction_place(prediction, device)->with;

	return with->group == device->group && facts_real_group(facts, with) &&
	       facts_real_group(facts, device);
}

static bool joins_through(const struct prediction *prediction,
			  const struct device *device,
			  const struct device *link)
{
	while (device && device != link)
		device = prediction_place(prediction, device)->with;
	return device;
}

/*
 * A device joined another, that one the next, down to the one that began the
 * group; the kernel's group may end anywhere between. Whether registers explain
 * where it does, as far as that parts the device from the other.
 */
static bool registers_part(const struct prediction *prediction,
			   const struct device *device,
			   const struct device *other)
{
	for (; !began(prediction, device);
	     device = prediction_place(prediction, device)->with) {
		if (joins_through(prediction, other, device))
			return true;
		if (!is_joined(prediction, device) &&
		    !joined_by_registers(prediction, device))
			return false;
	}
	return true;
}

enum split split_between(const struct prediction *prediction,
			 const struct device *one, const struct device *other)
{
	if (!comparison_splits(prediction, one, other))
		return SPLIT_NONE;
	return registers_part(prediction, one, other) &&
	       registers_part(prediction, other, one) ?
		SPLIT_STALE : SPLIT_UNEXPLAINED;
}

/* From whom the kernel keeps a member for no reason: an endpoint, or a bridge. */
static const struct device *find_split(const struct inquiry *inquiry,
				       const struct device *member,
				       bool endpoint)
{
	const struct prediction *prediction = inquiry->prediction;
	const struct place *place = prediction_place(prediction, member);
	const struct predicted_group *group = &prediction->group[place->group];

	for (size_t i = 0; place->grouped && i < group->count; i++) {
		const struct device *other = &inquiry->tree->facts->devices[
			prediction->member[group->start + i]];

		if (device_is_endpoint(other) == endpoint &&
		    !set_has(&inquiry->set, other) &&
		    split_between(prediction, member, other) ==
		    SPLIT_UNEXPLAINED)
			return other;
	}
	return NULL;
}

const struct device *split_other(const struct inquiry *inquiry,
				 const struct device *member)
{
	return find_split(inquiry, member, true);
}

/* The first member that is kept from anybody; NULL if none is. */
static const struct device *find_member(const struct subject *subject,
					bool endpoint)
{
	const struct set *set = &subject->inquiry->set;

	for (size_t i = 0; i < set->count; i++)
		if (find_split(subject->inquiry, set->member[i], endpoint))
			return set->member[i];
	return NULL;
}

bool split_is_unexplained(const struct subject *subject)
{
	return !override_is_in_force(subject) &&
	       split_other(subject->inquiry, subject->device);
}

bool split_is_override(const struct subject *subject)
{
	return override_is_in_force(subject) &&
	       split_other(subject->inquiry, subject->device);
}

static bool only_bridges(const struct subject *subject)
{
	return !find_member(subject, true) && find_member(subject, false);
}

bool split_is_of_bridges(const struct subject *subject)
{
	return !override_is_in_force(subject) && only_bridges(subject);
}

bool split_is_override_of_bridges(const struct subject *subject)
{
	return override_is_in_force(subject) && only_bridges(subject);
}

static bool is_whole(const struct subject *subject)
{
	return !find_member(subject, true) && !find_member(subject, false);
}

static bool is_sure(const struct subject *subject)
{
	const struct set *set = &subject->inquiry->set;

	for (size_t i = 0; i < set->count; i++)
		if (!prediction_is_sure(prediction_of(subject), set->member[i]))
			return false;
	return true;
}

bool split_is_elsewhere(const struct subject *subject)
{
	return override_is_in_force(subject) && is_whole(subject) &&
	       is_sure(subject);
}

bool split_is_untold(const struct subject *subject)
{
	return override_is_in_force(subject) && is_whole(subject) &&
	       !is_sure(subject);
}

bool split_is_stale(const struct subject *subject)
{
	return subject->crossing->counts &&
	       subject->crossing->basis == BASIS_STALE;
}

/* Two members of one group that would not be together. */
static const struct device *find_joined(const struct subject *subject,
					const struct device **with)
{
	const struct set *set = &subject->inquiry->set;

	for (size_t i = 1; i < set->count; i++) {
		*with = set->member[i - 1];
		if (comparison_joins(prediction_of(subject), *with,
				     set->member[i]))
			return set->member[i];
	}
	return NULL;
}

bool split_is_missing(const struct subject *subject)
{
	const struct device *with;

	return find_joined(subject, &with);
}

static bool differs(const struct subject *subject)
{
	return !is_whole(subject) || split_is_missing(subject);
}

bool split_is_of_newer_kernel(const struct subject *subject)
{
	return prediction_of(subject)->kernel.newer && differs(subject);
}

bool split_is_of_unknown_kernel(const struct subject *subject)
{
	return !prediction_of(subject)->kernel.known && differs(subject);
}

char *split_name_other(const struct subject *subject)
{
	const struct device *other = split_other(subject->inquiry, subject->device);
	char address[BDF_TEXT];

	return text_format("%s", other ? bdf_format(other->address, address) :
			   "others");
}

/* Why the prediction has it with others. */
static int append_reason(char **text, const struct prediction *prediction,
			 const struct device *device)
{
	static const char *const reasons[] = {
		[JOIN_REQUESTER] = "requests of one carry the name of another",
		[JOIN_PATH] = "the way up is not isolated at",
		[JOIN_ALIAS] = "they share a requester ID",
		[JOIN_FUNCTION] =
			"functions of one device that nothing keeps apart",
	};
	const struct place *place = prediction_place(prediction, device);
	char through[BDF_TEXT];
	int ret;

	ret = text_append(text, " (%s", reasons[place->joining]);
	if (!ret && place->through)
		ret = text_append(text, " %s",
				  bdf_format(place->through->address, through));
	return ret ? ret : text_append(text, ")");
}

static char *show_pair(const struct prediction *prediction,
		       const struct device *one, const struct device *other)
{
	const struct device *joined = began(prediction, one) ? other : one;
	char a[BDF_TEXT], b[BDF_TEXT];
	char *text;

	text = text_format("the kernel has %s in group %u and %s in group %u; by registers and Linux's quirks as of %s they belong together",
			   bdf_format(one->address, a), one->group,
			   bdf_format(other->address, b), other->group,
			   quirk_stamp());
	if (text && !began(prediction, joined))
		append_reason(&text, prediction, joined);
	return text;
}

/* What may have split a group, the most likely first. */
static char *show_split(const struct subject *subject,
			const struct device *member, const struct device *other)
{
	const struct prediction *prediction = prediction_of(subject);
	bool functions =
		prediction_place(prediction, member)->joining == JOIN_FUNCTION ||
		prediction_place(prediction, other)->joining == JOIN_FUNCTION;
	const struct {
		bool applies;
		const char *words;
	} causes[] = {
		{ override_is_in_force(subject), "pcie_acs_override=, which is in force" },
		{ override_is_unknown(subject), "pcie_acs_override=, if this kernel obeys it" },
		{ functions, "functions that came after the start, which the kernel takes for single ones" },
		{ prediction->kernel.newer, "quirks of a kernel newer than these" },
		{ !prediction->kernel.known, "quirks of a kernel whose release is not known" },
		{ override_is_present(subject), "the override patch, which this kernel has" },
		{ true, "a kernel with rules of its own" },
	};
	char *text = show_pair(prediction, member, other);
	const char *lead = "; likely by ";

	for (size_t i = 0; text && i < sizeof(causes) / sizeof(*causes); i++) {
		if (!causes[i].applies)
			continue;
		text_append(&text, "%s%s", lead, causes[i].words);
		lead = ", or ";
	}
	return text;
}

char *split_show(const struct subject *subject)
{
	const struct device *member = subject->device;

	return show_split(subject, member, split_other(subject->inquiry, member));
}

char *split_show_bridges(const struct subject *subject)
{
	const struct device *member = find_member(subject, false);

	return show_split(subject, member, find_split(subject->inquiry, member, false));
}

char *split_show_stale(const struct subject *subject)
{
	const struct crossing *crossing = subject->crossing;
	uint32_t cap = 0, ctrl = 0;
	char hop[BDF_TEXT], from[BDF_TEXT];

	acs_words(crossing->hop->device, &cap, &ctrl);
	return text_format("%s has ACS ctrl 0x%04x of 0x%04x now; that %s is in group %u of its own shows that it had more when groups were formed",
			   bdf_format(crossing->hop->device->address, hop), ctrl,
			   cap, bdf_format(crossing->from->address, from),
			   crossing->from->group);
}

char *split_show_missing(const struct subject *subject)
{
	const struct device *with, *joined = find_joined(subject, &with);
	char one[BDF_TEXT], other[BDF_TEXT];

	return text_format("the kernel has %s and %s in group %u; by registers and Linux's quirks as of %s they would be apart",
			   bdf_format(with->address, one),
			   bdf_format(joined->address, other), joined->group,
			   quirk_stamp());
}

char *split_show_unknown(const struct subject *subject)
{
	(void)subject;
	return text_format("a kernel of unknown release groups devices of this set otherwise than Linux's quirks as of %s do",
			   quirk_stamp());
}

char *split_show_newer(const struct subject *subject)
{
	return text_format("Linux %s groups devices of this set otherwise than its quirks as of %s do",
			   subject_facts(subject)->kernel, quirk_stamp());
}
