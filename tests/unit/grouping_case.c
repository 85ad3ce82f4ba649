// SPDX-License-Identifier: GPL-2.0
#include <stdlib.h>
#include <string.h>

#include "grouping_case.h"
#include "suite.h"

void grouping_set(struct machine *machine, const char *bdf,
		  enum device_field field, uint64_t value)
{
	assert_int_equal(field_set_number(device_fields, field,
		machine_change(machine, bdf), value), 0);
}

void grouping_alias(struct machine *machine, const char *bdf, uint8_t devfn)
{
	struct device *device = machine_change(machine, bdf);

	device->aliases.length = BYTES_MAX;
	device->aliases.byte[devfn / 8] |= 1u << devfn % 8;
	field_mark(device, DEVICE_ALIASES);
}

bool grouping_together(const struct machine *machine, size_t a, size_t b)
{
	const struct place *place = machine->prediction.place;

	return place[a].grouped && place[b].grouped &&
	       place[a].group == place[b].group;
}

static void assert_groups(const struct machine *machine, const char *what)
{
	const struct device *devices = machine->facts.devices;
	char one[BDF_TEXT], other[BDF_TEXT];

	for (size_t i = 0; i < machine->facts.device_count; i++) {
		if (machine->prediction.place[i].grouped !=
		    device_has(&devices[i], DEVICE_GROUP))
			fail_msg("%s: %s: a group, or none", what,
				 bdf_format(devices[i].address, one));
		for (size_t j = 0; j < i; j++)
			if (grouping_together(machine, i, j) !=
			    (device_has(&devices[i], DEVICE_GROUP) &&
			     device_has(&devices[j], DEVICE_GROUP) &&
			     devices[i].group == devices[j].group))
				fail_msg("%s: %s and %s", what,
					 bdf_format(devices[j].address, other),
					 bdf_format(devices[i].address, one));
	}
}

static void assert_unknown(const struct machine *machine, const char *what,
			   const char *unknown)
{
	const struct facts *facts = &machine->facts;
	char *text = NULL;

	for (size_t i = 0; i < facts->device_count; i++) {
		const struct place *place = &machine->prediction.place[i];
		char address[BDF_TEXT];

		if (!place->grouped ||
		    prediction_is_sure(&machine->prediction, &facts->devices[i]))
			continue;
		bdf_format(facts->devices[i].address, address);
		assert_int_equal(text_append(&text, "%s%s", text ? " " : "",
			strncmp(address, "0000:", 5) ? address : address + 5), 0);
	}
	if (strcmp(text ? text : "", unknown ? unknown : ""))
		fail_msg("%s: not certain: %s", what, text ? text : "nothing");
	free(text);
}

void grouping_expect(const struct grouping_case *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct grouping_case *it = &cases[i];
		struct machine machine;

		machine_build(&machine, it->parts, it->count);
		machine_kernel(&machine, it->kernel ? it->kernel : "7.3.4");
		if (it->change)
			it->change(&machine);
		machine_predict(&machine);
		assert_groups(&machine, it->what);
		assert_unknown(&machine, it->what, it->unknown);
		machine_free(&machine);
	}
}
