// SPDX-License-Identifier: GPL-2.0
#include "rule/rule_list.h"

/* The worst first. */
static const struct rule_list *const lists[] = {
	&rules_unsafe, &rules_unknown, &rules_warning, &rules_info,
};

const struct rule *rule_get(size_t index)
{
	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++) {
		if (index < lists[i]->count)
			return &lists[i]->row[index];
		index -= lists[i]->count;
	}
	return NULL;
}
