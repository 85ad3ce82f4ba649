// SPDX-License-Identifier: GPL-2.0
#include <stddef.h>

#include "fault/reason.h"

static const struct {
	enum fault_driver driver;
	unsigned int code;
	const char *words;
} rows[] = {
	{ FAULT_VTD, 0x02, "the IOMMU has no entry for the requester" },
	{ FAULT_VTD, 0x05, "the address is not mapped for writing" },
	{ FAULT_VTD, 0x06, "the address is not mapped for reading" },
	{ FAULT_AMDVI, 0x02, "the address is not mapped, or not for this access" },
};

const char *fault_reason_words(enum fault_driver driver, unsigned int code)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (rows[i].driver == driver && rows[i].code == code)
			return rows[i].words;
	return "a reason that this program does not know";
}
