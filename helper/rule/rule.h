/* SPDX-License-Identifier: GPL-2.0 */
/* Rules: what an inquiry can find, a row each. */
#ifndef RULE_RULE_H
#define RULE_RULE_H

#include "rule/inquiry.h"

/** enum severity - of a finding; the worst of all is the verdict */
enum severity {
	SEVERITY_INFO = 1,
	SEVERITY_WARNING,
	SEVERITY_UNKNOWN,
	SEVERITY_UNSAFE,
};

extern const struct names severity_names;
extern const struct names verdict_names;	/* of the same numbers */

/** enum about - what a rule is asked about, and how often */
enum about {
	ABOUT_MEMBER,		/* each member of the set */
	ABOUT_HOP,		/* each crossing */
	ABOUT_GROUP,		/* each group of the set, by its first member */
	ABOUT_SET,		/* once */
	ABOUT_BYPASS,		/* each way past the required bits of a hop */
	ABOUT_INTRUSION,	/* each intrusion into the set */
};

/**
 * struct subject - what a rule is asked about
 * @device: a member of the set
 * @crossing: a hop on its way; of ABOUT_HOP only
 * @bypass: a way past the required bits of a hop; of ABOUT_BYPASS only
 * @intrusion: a way into the set; of ABOUT_INTRUSION only
 */
struct subject {
	const struct inquiry *inquiry;
	const struct device *device;
	const struct crossing *crossing;
	const struct bypass *bypass;
	const struct intrusion *intrusion;
};

/**
 * struct rule - a condition and what it means
 * @id: never changes and is never reused; several rows may share one
 * @severity: of its findings
 * @before: bears on a set only until it was handed over
 * @applies: the condition
 * @evidence: what it was seen by; new text, or NULL without memory
 * @object: new text that stands for the "@" of the headline, or NULL without
 *	memory; where it is missing the devices of the hop or intrusion do
 * @headline: completes the sentence "DEVICE ..."
 * @why: what it means
 * @remedy: what can be done
 */
struct rule {
	const char *id;
	enum severity severity;
	enum about about;
	bool before;
	bool (*applies)(const struct subject *subject);
	char *(*evidence)(const struct subject *subject);
	char *(*object)(const struct subject *subject);
	const char *headline;
	const char *why;
	const char *remedy;
};

/**
 * rule_get() - the rules one by one, the worst first
 *
 * Return: the rule, or NULL where @index is behind the last.
 */
const struct rule *rule_get(size_t index);

#endif
