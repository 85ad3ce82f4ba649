// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "rule/chipset.h"
#include "rule/judgement.h"
#include "rule/split.h"
#include "rule/subject.h"

static void finding_free(struct finding *finding)
{
	free(finding->evidence);
	free(finding->object);
}

static int make_finding(struct finding *finding, const struct rule *rule,
			const struct subject *subject)
{
	*finding = (struct finding){
		.rule = rule, .device = subject->device,
		.crossing = subject->crossing, .bypass = subject->bypass,
		.intrusion = subject->intrusion,
		.evidence = rule->evidence(subject),
		.object = rule->object ? rule->object(subject) : NULL,
	};
	if (finding->evidence && (finding->object || !rule->object))
		return 0;
	finding_free(finding);
	return -ENOMEM;
}

static int add_finding(struct judgement *judgement, const struct rule *rule,
		       const struct subject *subject)
{
	struct finding *finding;
	int ret;

	finding = reallocarray(judgement->finding, judgement->finding_count + 1,
			       sizeof(*finding));
	if (!finding)
		return -ENOMEM;
	judgement->finding = finding;
	ret = make_finding(&finding[judgement->finding_count], rule, subject);
	if (ret)
		return ret;
	judgement->finding_count++;
	if (rule->severity > judgement->verdict)
		judgement->verdict = rule->severity;
	return 0;
}

static int ask(struct judgement *judgement, const struct rule *rule,
	       const struct subject *subject)
{
	return rule->applies(subject) ?
		add_finding(judgement, rule, subject) : 0;
}

static bool is_first_of_group(const struct inquiry *inquiry,
			      const struct device *device)
{
	struct relatives group = kin_group(inquiry->tree, device);

	return set_first_of(&inquiry->set, &group) == device;
}

static size_t count_subjects(const struct inquiry *inquiry, enum about about)
{
	switch (about) {
	case ABOUT_HOP:
		return inquiry->crossing_count;
	case ABOUT_BYPASS:
		return inquiry->bypasses.count;
	case ABOUT_INTRUSION:
		return inquiry->intrusions.count;
	case ABOUT_SET:
		return 1;
	default:
		return inquiry->set.count;
	}
}

/* Whether there is such a subject, as a group has several members. */
static bool find_subject(const struct inquiry *inquiry, enum about about,
			 size_t index, struct subject *subject)
{
	*subject = (struct subject){ .inquiry = inquiry };
	switch (about) {
	case ABOUT_HOP:
		subject->crossing = &inquiry->crossing[index];
		subject->device = subject->crossing->from;
		return true;
	case ABOUT_BYPASS:
		subject->bypass = &inquiry->bypasses.item[index];
		subject->device = subject->bypass->from;
		return true;
	case ABOUT_INTRUSION:
		subject->intrusion = &inquiry->intrusions.item[index];
		subject->device = subject->intrusion->member;
		return true;
	case ABOUT_SET:
		subject->device = inquiry->asked->member[0];
		return true;
	default:
		subject->device = inquiry->set.member[index];
		return about == ABOUT_MEMBER ||
		       is_first_of_group(inquiry, subject->device);
	}
}

static int ask_all(struct judgement *judgement, const struct rule *rule,
		   const struct inquiry *inquiry)
{
	size_t count = count_subjects(inquiry, rule->about);
	struct subject subject;
	int ret = 0;

	if (rule->before && inquiry->handed_over)
		return 0;
	for (size_t i = 0; !ret && i < count; i++)
		if (find_subject(inquiry, rule->about, i, &subject))
			ret = ask(judgement, rule, &subject);
	return ret;
}

static enum basis group_basis(const struct facts *facts,
			      const struct device *device)
{
	if (facts_real_group(facts, device))
		return BASIS_UNNEEDED;
	return device->group_unknown ? BASIS_UNKNOWN : BASIS_NONE;
}

static enum basis worse(enum basis a, enum basis b)
{
	return a > b ? a : b;
}

static enum basis bypass_basis(const struct bypass *bypass)
{
	return bypass->way == REACHABLE_YES ? BASIS_NONE : BASIS_UNKNOWN;
}

/* Where no hop counts, as for an integrated device, the kernel assumes. */
static enum basis find_basis(const struct inquiry *inquiry)
{
	enum basis basis = BASIS_UNNEEDED;

	for (size_t i = 0; i < inquiry->set.count; i++)
		basis = worse(basis, group_basis(inquiry->tree->facts,
						 inquiry->set.member[i]));
	for (size_t i = 0; i < inquiry->set.count; i++)
		if (split_other(inquiry, inquiry->set.member[i]))
			basis = worse(basis, BASIS_UNEXPLAINED);
	for (size_t i = 0; i < inquiry->crossing_count; i++)
		if (inquiry->crossing[i].counts)
			basis = worse(basis, inquiry->crossing[i].basis);
	for (size_t i = 0; i < inquiry->bypasses.count; i++)
		basis = worse(basis, bypass_basis(&inquiry->bypasses.item[i]));
	return basis == BASIS_UNNEEDED ? BASIS_ASSUMED : basis;
}

static int list_hops(struct judgement *judgement, const struct set *hops,
		     const char *before, const char *behind)
{
	char *text = NULL;
	int ret = hops->count ? subject_append_set(&text, hops) : 0;

	if (!ret && text)
		ret = text_list_add(&judgement->unseen, "%s %s %s", before,
				    text, behind);
	free(text);
	return ret;
}

/*
 * Hops of the host's devices that may lead into the set and do not show it. A
 * warning would be about nearly every machine on which a port sleeps.
 */
static int list_ways_in(struct judgement *judgement,
			const struct inquiry *inquiry)
{
	const struct intrusions *all = &inquiry->intrusions;
	struct set hops = { 0 };
	int ret = 0;

	for (size_t i = 0; !ret && i < all->count; i++)
		if (!all->item[i].certain)
			ret = set_add(&hops, all->item[i].hop.device);
	if (!ret)
		ret = list_hops(judgement, &hops, "whether devices behind",
				"reach into the set");
	set_free(&hops);
	return ret;
}

static int list_chipset_ports(struct judgement *judgement,
			      const struct inquiry *inquiry)
{
	struct set ports = { 0 };
	int ret = chipset_unread_ports(inquiry, &ports);

	if (!ret)
		ret = list_hops(judgement, &ports, "whether",
				"checks whose name requests carry, as the kernel believes: its register MPC was not read (root can, while it is awake)");
	set_free(&ports);
	return ret;
}

/* What no rule could look at. */
static int list_unseen(struct judgement *judgement,
		       const struct inquiry *inquiry)
{
	int ret = list_ways_in(judgement, inquiry);

	return ret ? ret : list_chipset_ports(judgement, inquiry);
}

int judgement_reach(struct judgement *judgement, const struct inquiry *inquiry)
{
	const struct rule *rule;
	int ret = 0;

	*judgement = (struct judgement){ .verdict = SEVERITY_INFO };
	judgement->basis = find_basis(inquiry);
	for (size_t i = 0; !ret && (rule = rule_get(i)); i++)
		ret = ask_all(judgement, rule, inquiry);
	return ret ? ret : list_unseen(judgement, inquiry);
}

const struct finding *judgement_headline(const struct judgement *judgement)
{
	if (judgement->verdict == SEVERITY_INFO)
		return NULL;
	for (size_t i = 0; i < judgement->finding_count; i++)
		if (judgement->finding[i].rule->severity == judgement->verdict)
			return &judgement->finding[i];
	return NULL;
}

int severity_status(enum severity verdict)
{
	static const int status[] = {
		[SEVERITY_INFO] = 0,
		[SEVERITY_WARNING] = 1,
		[SEVERITY_UNKNOWN] = 3,
		[SEVERITY_UNSAFE] = 2,
	};

	return status[verdict];
}

size_t judgement_count(const struct judgement *judgement,
		       enum severity severity)
{
	size_t count = 0;

	for (size_t i = 0; i < judgement->finding_count; i++)
		count += judgement->finding[i].rule->severity == severity;
	return count;
}

void judgement_free(struct judgement *judgement)
{
	for (size_t i = 0; i < judgement->finding_count; i++)
		finding_free(&judgement->finding[i]);
	free(judgement->finding);
	text_list_free(&judgement->unseen);
	*judgement = (struct judgement){ 0 };
}
