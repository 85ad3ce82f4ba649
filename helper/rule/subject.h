/* SPDX-License-Identifier: GPL-2.0 */
/* What conditions ask of their subject again and again. */
#ifndef RULE_SUBJECT_H
#define RULE_SUBJECT_H

#include "rule/rule.h"

/** DEVICES_SHOWN - more than this are counted, not listed: evidence is read */
#define DEVICES_SHOWN 4

static inline const struct facts *subject_facts(const struct subject *subject)
{
	return subject->inquiry->tree->facts;
}

static inline const struct host *subject_host(const struct subject *subject)
{
	return &subject_facts(subject)->host;
}

/** subject_answer() - a yes or no of the host, 0 where it is not known */
static inline enum answer subject_answer(const struct subject *subject,
					 enum host_field field)
{
	return (enum answer)field_number(host_fields, field,
					 subject_host(subject));
}

/** subject_has_option() - whether the kernel was started with NAME=...OPTION */
bool subject_has_option(const struct subject *subject, const char *name,
			const char *option);

/** subject_group() - the IOMMU group of the device, NULL where not known */
const struct group *subject_group(const struct subject *subject);

/** subject_append_set() - write the addresses of a set, the first few of them */
int subject_append_set(char **text, const struct set *set);

#endif
