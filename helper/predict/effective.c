// SPDX-License-Identifier: GPL-2.0
#include "predict/effective.h"
#include "predict/quirk.h"

static struct effective by_quirk(struct quirk_word word)
{
	static const enum answer answers[] = {
		[OPINION_NO] = ANSWER_NO,
		[OPINION_YES] = ANSWER_YES,
		[OPINION_UNKNOWN] = 0,
	};

	return (struct effective){ answers[word.opinion], GROUND_QUIRK,
				   word.function, word.worth };
}

static enum ground ground_of_none(const struct device *device,
				  const struct acs_state *state)
{
	if (state->missing)
		return GROUND_REGISTERS;
	return device->port_type == PORT_CONVENTIONAL ||
	       device->port_type == PORT_PCIE_TO_PCI ||
	       device->port_type == PORT_PCI_TO_PCIE ||
	       device->port_type == PORT_RC_EVENT_COLLECTOR ?
		GROUND_TYPE : GROUND_NO_CAPABILITY;
}

static struct effective by_registers(const struct device *device,
				     const struct acs_state *state)
{
	switch (state->basis) {
	case BASIS_UNKNOWN:
		return (struct effective){ .ground = GROUND_UNKNOWN };
	case BASIS_UNNEEDED:
		return (struct effective){ .isolates = ANSWER_YES,
					   .ground = GROUND_SINGLE };
	case BASIS_NONE:
		return (struct effective){
			.isolates = ANSWER_NO,
			.ground = ground_of_none(device, state) };
	default:
		return (struct effective){ .isolates = ANSWER_YES,
					   .ground = GROUND_REGISTERS };
	}
}

struct effective effective_acs(const struct kernel *kernel,
			       const struct device *device)
{
	struct quirk_word word = quirk_on_acs(kernel, device);
	struct device seen = *device;
	struct acs_state state;

	if (word.opinion != OPINION_NONE)
		return by_quirk(word);
	/* The kernel takes a virtual function for a single one. */
	if (device_has(device, DEVICE_PHYSFN))
		seen.multifunction = false;
	state = acs_judge(&seen);
	if (quirk_drops_sv(kernel, device)) {
		if (!kernel->known && state.missing == ACS_SV)
			return (struct effective){ .ground = GROUND_UNKNOWN };
		seen.acs.cap &= (uint16_t)~ACS_SV;
		state = acs_judge(&seen);
	}
	return by_registers(device, &state);
}
