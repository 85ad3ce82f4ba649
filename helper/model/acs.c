// SPDX-License-Identifier: GPL-2.0
#include "model/acs.h"

static const char *const bit_table[] = {
	"SV", "TB", "RR", "CR", "UF", "EC", "DT",
};

const struct names acs_bit_names = { bit_table, 7 };

static const char *const basis_table[] = {
	"unneeded", "enforced", "attested", "assumed", "unknown", "stale",
	"unexplained", "none",
};

const struct names basis_names = { basis_table, 8 };

/*
 * Which functions need ACS to be a barrier, by port type: steps 2 and 3 of
 * pci_acs_enabled() in the kernel's drivers/pci/pci.c.
 */
enum duty {
	DUTY_UNKNOWN,	/* the port type is not known */
	DUTY_VAIN,	/* never a barrier, whatever its registers say */
	DUTY_FUNCTION,	/* only as one of several functions of a device */
	DUTY_PORT,	/* always */
};

static const enum duty duties[] = {
	[PORT_CONVENTIONAL] = DUTY_VAIN,
	[PORT_ENDPOINT] = DUTY_FUNCTION,
	[PORT_LEGACY_ENDPOINT] = DUTY_FUNCTION,
	[PORT_ROOT] = DUTY_PORT,
	[PORT_UPSTREAM] = DUTY_FUNCTION,
	[PORT_DOWNSTREAM] = DUTY_PORT,
	[PORT_PCIE_TO_PCI] = DUTY_VAIN,
	[PORT_PCI_TO_PCIE] = DUTY_VAIN,
	[PORT_RC_ENDPOINT] = DUTY_FUNCTION,
	[PORT_RC_EVENT_COLLECTOR] = DUTY_VAIN,
};

bool acs_words(const struct device *device, uint32_t *cap, uint32_t *ctrl)
{
	const struct acs *acs = &device->acs;
	bool present = device_has(device, DEVICE_ACS);
	bool dwords = present && field_known(acs, ACS_CTRL_DWORD);

	*cap = !present ? 0 : dwords ? acs->cap_dword : acs->cap;
	*ctrl = !present ? 0 : dwords ? acs->ctrl_dword : acs->ctrl;
	return present;
}

/* Step 4: a bit that is not offered counts as wired to on. */
static struct acs_state judge_words(const struct device *device)
{
	struct acs_state state = { .basis = BASIS_NONE };
	uint32_t cap, ctrl;

	if (!acs_words(device, &cap, &ctrl))
		return state;
	state.present = true;
	state.missing = (uint8_t)(ACS_REQUIRED & cap & ~ctrl);
	state.assumed = (uint8_t)(ACS_REQUIRED & ~cap);
	if (!state.missing)
		state.basis = state.assumed ? BASIS_ASSUMED : BASIS_ENFORCED;
	return state;
}

static struct acs_state judge_registers(const struct device *device)
{
	if (!device_has(device, DEVICE_ACS_UNKNOWN))
		return judge_words(device);
	return (struct acs_state){ .basis = BASIS_UNKNOWN,
				   .reason = device->acs_unknown };
}

struct acs_state acs_judge(const struct device *device)
{
	switch (duties[device->port_type]) {
	case DUTY_VAIN:
		return (struct acs_state){
			.basis = BASIS_NONE,
			.present = device_has(device, DEVICE_ACS) };
	case DUTY_FUNCTION:
		if (!device->multifunction)
			return (struct acs_state){
				.basis = BASIS_UNNEEDED,
				.present = device_has(device, DEVICE_ACS) };
		return judge_registers(device);
	case DUTY_PORT:
		return judge_registers(device);
	case DUTY_UNKNOWN:
		break;
	}
	return (struct acs_state){ .basis = BASIS_UNKNOWN,
				   .reason = device->acs_unknown };
}
