// SPDX-License-Identifier: GPL-2.0
#include <errno.h>

#include "predict/comparison.h"
#include "predict/quirk.h"
#include "rule/boundary.h"
#include "rule/evidence.h"
#include "rule/split.h"
#include "rule/subject.h"

static bool is_open(const struct subject *subject)
{
	return subject->crossing->counts &&
	       subject->crossing->basis >= BASIS_STALE;
}

/* Which bits let a write through depends on where its target lies. */
bool boundary_port_is_off(const struct subject *subject)
{
	const struct hop *hop = subject->crossing->hop;

	return is_open(subject) && hop_is_port(hop) &&
	       subject->crossing->through;
}

bool boundary_port_is_weak(const struct subject *subject)
{
	const struct hop *hop = subject->crossing->hop;

	return is_open(subject) && hop_is_port(hop) && hop->acs.present &&
	       !subject->crossing->through;
}

bool boundary_port_has_no_acs(const struct subject *subject)
{
	const struct hop *hop = subject->crossing->hop;

	return is_open(subject) && !hop->acs.present && hop_is_port(hop) &&
	       !hop_is_root_port(hop);
}

bool boundary_root_turns_around(const struct subject *subject)
{
	const struct hop *hop = subject->crossing->hop;

	return is_open(subject) && !hop->acs.present && hop_is_root_port(hop);
}

bool boundary_is_bus(const struct subject *subject)
{
	return is_open(subject) && hop_is_bus(subject->crossing->hop);
}

bool boundary_functions_are_open(const struct subject *subject)
{
	const struct hop *hop = subject->crossing->hop;

	return is_open(subject) && !hop_is_port(hop) && !hop_is_bus(hop) &&
	       hop->acs.missing;
}

/* Of all victims a split from the set is reported by itself. */
static bool is_split_from_all(const struct subject *subject)
{
	const struct crossing *crossing = subject->crossing;

	for (size_t i = 0; i < crossing->victims.count; i++)
		if (split_between(subject->inquiry->prediction, crossing->from,
				  crossing->victims.member[i]) !=
		    SPLIT_UNEXPLAINED)
			return false;
	return true;
}

bool boundary_functions_have_no_acs(const struct subject *subject)
{
	const struct hop *hop = subject->crossing->hop;

	return is_open(subject) && !hop_is_port(hop) && !hop_is_bus(hop) &&
	       !hop->acs.missing && !is_split_from_all(subject);
}

bool boundary_is_assumed_root(const struct subject *subject)
{
	const struct hop *hop = subject->crossing->hop;

	return hop_is_plain_root(hop) && subject->crossing->counts &&
	       subject->crossing->basis == BASIS_ASSUMED;
}

bool boundary_is_assumed(const struct subject *subject)
{
	const struct hop *hop = subject->crossing->hop;

	return subject->crossing->counts &&
	       subject->crossing->basis == BASIS_ASSUMED &&
	       !(hop->acs.missing && boundary_lacks_sv(subject)) &&
	       !hop_is_claimed(hop) && !hop_is_plain_root(hop);
}

/* Nothing on any way counts, as for a device that is part of the chipset. */
bool boundary_is_missing(const struct subject *subject)
{
	const struct inquiry *inquiry = subject->inquiry;

	if (!facts_real_group(subject_facts(subject), subject->device))
		return false;
	for (size_t i = 0; i < inquiry->crossing_count; i++)
		if (inquiry->crossing[i].counts ||
		    hop_is_plain_root(inquiry->crossing[i].hop))
			return false;
	return true;
}

static bool is_unknown(const struct subject *subject)
{
	return subject->crossing->counts &&
	       subject->crossing->basis == BASIS_UNKNOWN;
}

static bool is_unknown_for(const struct subject *subject, enum reason reason)
{
	return is_unknown(subject) &&
	       subject->crossing->hop->acs.reason == reason;
}

bool boundary_is_asleep(const struct subject *subject)
{
	return is_unknown_for(subject, REASON_ASLEEP);
}

bool boundary_is_gone(const struct subject *subject)
{
	return is_unknown_for(subject, REASON_GONE);
}

bool boundary_has_no_access(const struct subject *subject)
{
	return is_unknown_for(subject, REASON_NO_ACCESS);
}

bool boundary_is_unreadable(const struct subject *subject)
{
	return is_unknown(subject) && !boundary_is_asleep(subject) &&
	       !boundary_is_gone(subject) && !boundary_has_no_access(subject);
}

/* Of a part of a machine, the way to the root may not be in the facts. */
static const struct device *find_top(const struct subject *subject)
{
	return tree_root(subject->inquiry->tree, subject->device);
}

bool boundary_is_cut_off(const struct subject *subject)
{
	return device_has(find_top(subject), DEVICE_PARENT_UNKNOWN);
}

char *boundary_show_cut(const struct subject *subject)
{
	char address[BDF_TEXT];

	return text_format("what is above %s is not known",
			   bdf_format(find_top(subject)->address, address));
}

char *boundary_show_state(const struct subject *subject)
{
	const struct hop *hop = subject->crossing->hop;
	char *text = NULL;

	if (evidence_add_hop(&text, hop))
		return NULL;
	if (subject->crossing->basis != BASIS_UNKNOWN)
		evidence_add_registers(&text, hop);
	else if (hop->acs.reason)
		text_append(&text, ": ACS not known (%s)",
			    names_get(&reason_names, hop->acs.reason));
	else
		text_append(&text, ": ACS not known");
	return text;
}

char *boundary_show_open(const struct subject *subject)
{
	const char *how = subject->crossing->hop->acs.missing &&
			  !subject->crossing->through ?
		"; does not fully keep from" : "; lets through to";
	char *text = boundary_show_state(subject);

	if (text && !text_append(&text, "%s", how))
		evidence_add_victims(&text, subject->inquiry->tree,
				     subject->crossing->hop->device,
				     &subject->crossing->victims);
	return text;
}

/*
 * The port of the same switch behind which a victim stands, in another group by
 * the kernel's own rules: where these would have one group, something else split it.
 */
static const struct device *find_split(const struct subject *subject)
{
	const struct tree *tree = subject->inquiry->tree;
	const struct device *hop = subject->crossing->hop->device;
	const struct set *victims = &subject->crossing->victims;

	for (size_t i = 0; i < victims->count; i++) {
		const struct device *port;

		port = evidence_find_below(tree, tree_parent(tree, hop),
				     victims->member[i]);
		if (port && port != hop && device_has(hop, DEVICE_GROUP) &&
		    device_has(port, DEVICE_GROUP) &&
		    port->port_type == PORT_DOWNSTREAM &&
		    port->group != hop->group &&
		    split_between(subject->inquiry->prediction, hop, port) !=
		    SPLIT_UNEXPLAINED)
			return port;
	}
	return NULL;
}

/* Where bits were on when groups were formed, they are what made the split. */
static bool was_open_at_start(const struct subject *subject)
{
	return boundary_port_has_no_acs(subject) ||
	       (boundary_port_is_off(subject) &&
		subject->crossing->basis != BASIS_STALE);
}

bool boundary_is_split(const struct subject *subject)
{
	return was_open_at_start(subject) && find_split(subject);
}

char *boundary_show_split(const struct subject *subject)
{
	const struct device *hop = subject->crossing->hop->device;
	const struct device *port = find_split(subject);
	char one[BDF_TEXT], other[BDF_TEXT];

	return text_format("the kernel has %s in group %u and %s in group %u; both are ports of one switch",
			   bdf_format(hop->address, one), hop->group,
			   bdf_format(port->address, other), port->group);
}

char *boundary_show_assumed(const struct subject *subject)
{
	const struct hop *hop = subject->crossing->hop;
	char *text = boundary_show_state(subject);
	int ret = text ? 0 : -ENOMEM;

	if (!ret && device_has(hop->device, DEVICE_PHYSFN))
		ret = text_append(&text, "; it is a virtual function");
	if (!ret && hop->acs.assumed)
		ret = text_append(&text, "; not offered:");
	if (!ret && hop->acs.assumed)
		evidence_add_bits(&text, hop->acs.assumed);
	return text;
}

bool boundary_is_attested(const struct subject *subject)
{
	return subject->crossing->counts &&
	       subject->crossing->basis == BASIS_ATTESTED;
}

bool boundary_is_claimed(const struct subject *subject)
{
	return subject->crossing->counts &&
	       hop_is_claimed(subject->crossing->hop);
}

char *boundary_show_attested(const struct subject *subject)
{
	const struct hop *hop = subject->crossing->hop;
	char *text = boundary_show_state(subject);

	if (text)
		text_append(&text, "; %s() of Linux vouches for %04x:%04x",
			    hop->voucher.function, hop->device->vendor,
			    hop->device->device);
	return text;
}

/* By Linux 7.0 and newer the bit does not count, and is not switched on. */
bool boundary_lacks_sv(const struct subject *subject)
{
	const struct device *device = subject->crossing->hop->device;
	uint32_t cap, ctrl;

	return subject->crossing->counts &&
	       quirk_drops_sv(&subject->inquiry->prediction->kernel, device) &&
	       acs_words(device, &cap, &ctrl) && !(ctrl & ACS_SV);
}

char *boundary_show_missing(const struct subject *subject)
{
	char address[BDF_TEXT];

	return text_format("no port with ACS registers lies between %s and the IOMMU",
			   bdf_format(subject->device->address, address));
}

static const struct device *find_unsplit(const struct subject *subject,
					 const struct device *root)
{
	const struct inquiry *inquiry = subject->inquiry;
	struct brood brood = kin_brood(inquiry->tree, root);

	for (size_t i = brood.first; i < brood.end; i++) {
		const struct device *device = inquiry->tree->kin.endpoint[i];

		if (!set_has(&inquiry->set, device) &&
		    tree_below(inquiry->tree, device, root) &&
		    !comparison_splits(inquiry->prediction, subject->device,
				       device))
			return device;
	}
	return NULL;
}

/*
 * An endpoint below another root port of the same device, without ACS as well: the
 * kernel fears a way between such ports and groups them. Where its groups and that
 * agree, the endpoint is in the set; where they differ for no reason, that is said.
 */
static const struct device *find_beside_root(const struct subject *subject)
{
	const struct tree *tree = subject->inquiry->tree;
	const struct device *hop = subject->crossing->hop->device;
	const struct device *found = NULL;
	struct relatives roots;

	if (!hop->multifunction || !hop_is_plain_root(subject->crossing->hop) ||
	    !facts_may_translate(tree->facts, subject->device))
		return NULL;
	roots = kin_beside(tree, hop);
	for (size_t i = 0; i < roots.count; i++) {
		struct hop beside = hop_make(tree, roots.member[i], false);
		const struct device *device;

		if (roots.member[i] == hop || !hop_is_plain_root(&beside) ||
		    !reach_is_same_device(tree, roots.member[i], hop))
			continue;
		device = find_unsplit(subject, roots.member[i]);
		if (device && (!found || device < found))
			found = device;
	}
	return found;
}

bool boundary_root_is_split(const struct subject *subject)
{
	return find_beside_root(subject);
}

static int add_group(char **text, const struct device *device)
{
	char address[BDF_TEXT];

	bdf_format(device->address, address);
	if (device_has(device, DEVICE_GROUP))
		return text_append(text, "%s (group %u)", address, device->group);
	return text_append(text, "%s (group not known)", address);
}

char *boundary_show_root_split(const struct subject *subject)
{
	const struct device *hop = subject->crossing->hop->device;
	const struct device *other = find_beside_root(subject);
	const struct device *root = tree_root(subject->inquiry->tree, other);
	char *text = NULL;
	int ret = add_group(&text, hop);

	if (!ret)
		ret = text_append(&text, " and ");
	if (!ret)
		ret = add_group(&text, root);
	if (!ret)
		ret = text_append(&text, " are root ports of one device, without ACS; behind the other is ");
	if (!ret)
		add_group(&text, other);
	return text;
}
