// SPDX-License-Identifier: GPL-2.0
#include "render/metric_list.h"

int metrics_collect(struct exposition *exposition,
		    const struct measurement *measurement)
{
	static const struct metric_list *const lists[] = {
		&metrics_of_machine, &metrics_of_sources, &metrics_of_faults,
	};
	int ret = 0;

	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		for (size_t j = 0; !ret && j < lists[i]->count; j++) {
			const struct metric_row *row = &lists[i]->row[j];

			ret = row->add(exposition, row, measurement);
		}
	return ret;
}
