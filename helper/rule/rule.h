/* SPDX-License-Identifier: GPL-2.0 */
/* Rules: what an inquiry can find, one table. */
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

/**
 * struct subject - what a rule is asked about
 * @device: a member of the set
 * @crossing: a hop on its way; NULL for rules about members
 */
struct subject {
	const struct inquiry *inquiry;
	const struct device *device;
	const struct crossing *crossing;
};

/**
 * struct rule - a condition and what it means
 * @id: never changes and is never reused; several rows may share one
 * @severity: of its findings
 * @per_hop: asked once for each crossing, else once for each member
 * @applies: the condition
 * @evidence: what it was seen by; new text, or NULL without memory
 * @headline: completes the sentence "DEVICE ..."; the victims stand for "@"
 * @why: what it means
 * @remedy: what can be done
 */
struct rule {
	const char *id;
	enum severity severity;
	bool per_hop;
	bool (*applies)(const struct subject *subject);
	char *(*evidence)(const struct subject *subject);
	const char *headline;
	const char *why;
	const char *remedy;
};

extern const struct rule rules[];
extern const size_t rule_count;

#endif
