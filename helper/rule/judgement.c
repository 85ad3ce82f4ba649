// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>

#include "rule/judgement.h"

/* What no rule of this version looks at; shrinks as rules come. */
static const char *const unjudged[] = {
	"paths from devices outside the set into it",
	"kernel quirks that stand in for ACS or take it away",
	"whether the kernel's groups are those that the registers justify",
	"whether the host itself uses a device of the set",
	"reserved memory regions of the devices",
	"what a physical function and its driver can do to virtual functions",
	"DMA faults: nobody counts them",
};

static int add_finding(struct judgement *judgement, const struct rule *rule,
		       const struct subject *subject)
{
	struct finding *finding;
	char *evidence = rule->evidence(subject);

	if (!evidence)
		return -ENOMEM;
	finding = reallocarray(judgement->finding, judgement->finding_count + 1,
			       sizeof(*finding));
	if (!finding) {
		free(evidence);
		return -ENOMEM;
	}
	judgement->finding = finding;
	finding[judgement->finding_count++] = (struct finding){
		.rule = rule, .device = subject->device,
		.crossing = subject->crossing, .evidence = evidence,
	};
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

static int ask_all(struct judgement *judgement, const struct rule *rule,
		   const struct inquiry *inquiry)
{
	size_t count = rule->per_hop ? inquiry->crossing_count :
				       inquiry->set.count;
	int ret = 0;

	for (size_t i = 0; !ret && i < count; i++) {
		struct subject subject = { .inquiry = inquiry };

		if (rule->per_hop) {
			subject.crossing = &inquiry->crossing[i];
			subject.device = subject.crossing->from;
		} else {
			subject.device = inquiry->set.member[i];
		}
		ret = ask(judgement, rule, &subject);
	}
	return ret;
}

static enum basis group_basis(const struct device *device)
{
	if (device_has(device, DEVICE_GROUP))
		return BASIS_UNNEEDED;
	return device->group_unknown ? BASIS_UNKNOWN : BASIS_NONE;
}

static enum basis worse(enum basis a, enum basis b)
{
	return a > b ? a : b;
}

/* Where no hop counts, as for an integrated device, the kernel assumes. */
static enum basis find_basis(const struct inquiry *inquiry)
{
	enum basis basis = BASIS_UNNEEDED;

	for (size_t i = 0; i < inquiry->set.count; i++)
		basis = worse(basis, group_basis(inquiry->set.member[i]));
	for (size_t i = 0; i < inquiry->crossing_count; i++)
		if (inquiry->crossing[i].counts)
			basis = worse(basis, inquiry->crossing[i].basis);
	return basis == BASIS_UNNEEDED ? BASIS_ASSUMED : basis;
}

static int list_unseen(struct judgement *judgement)
{
	int ret = 0;

	for (size_t i = 0; !ret && i < sizeof(unjudged) / sizeof(*unjudged); i++)
		ret = text_list_add(&judgement->unseen, "%s", unjudged[i]);
	return ret;
}

int judgement_reach(struct judgement *judgement, const struct inquiry *inquiry)
{
	int ret = 0;

	*judgement = (struct judgement){ .verdict = SEVERITY_INFO };
	judgement->basis = find_basis(inquiry);
	for (size_t i = 0; !ret && i < rule_count; i++)
		ret = ask_all(judgement, &rules[i], inquiry);
	return ret ? ret : list_unseen(judgement);
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

int judgement_status(const struct judgement *judgement)
{
	static const int status[] = {
		[SEVERITY_INFO] = 0,
		[SEVERITY_WARNING] = 1,
		[SEVERITY_UNKNOWN] = 3,
		[SEVERITY_UNSAFE] = 2,
	};

	return status[judgement->verdict];
}

void judgement_free(struct judgement *judgement)
{
	for (size_t i = 0; i < judgement->finding_count; i++)
		free(judgement->finding[i].evidence);
	free(judgement->finding);
	text_list_free(&judgement->unseen);
	*judgement = (struct judgement){ 0 };
}
