// SPDX-License-Identifier: GPL-2.0
#include "model/acs.h"
#include "predict/quirk.h"

#define ANY_ID 0xffff
#define PORT(type) (1u << PORT_##type)

/**
 * struct acs_rule - what one quirk function does
 * @ports: port types that it speaks of, as bits; 0 for all
 * @by_id: it speaks of ids that it knows by itself
 * @others: what it says of ids of those ports that it does not know
 * @chipset: port types on a root bus that its author had in mind, as bits
 * @card: likewise of functions that are plugged in
 * @condition: what it depends on beside; where missing, it vouches. All of them
 *	vouch for more than ACS_REQUIRED, which is all that grouping asks for
 */
struct acs_rule {
	const char *function;
	uint16_t ports;
	bool by_id;
	enum opinion others;
	uint16_t chipset, card;
	enum opinion (*condition)(const struct kernel *kernel,
				  const struct device *device);
};

/** struct acs_row - of pci_dev_acs_enabled[] */
struct acs_row {
	uint16_t vendor, device;
	uint32_t since;
	const struct acs_rule *rule;
};

/** struct id_row - device ids that a quirk function knows */
struct id_row {
	uint16_t first, last;
	uint32_t since;
	const struct acs_rule *rule;
};

struct broken_row {
	uint16_t vendor, device;
	uint32_t since;
};

/* Functions of AMD's south bridge on a root bus, if there is an AMD IOMMU. */
static enum opinion ask_amd_sb(const struct kernel *kernel,
			       const struct device *device)
{
	static const enum opinion by_ivrs[] = {
		OPINION_UNKNOWN,
		[ANSWER_NO] = OPINION_NONE,
		[ANSWER_YES] = OPINION_YES,
	};

	if (!device->multifunction || !device->root_bus)
		return OPINION_NONE;
	return by_ivrs[kernel->has_ivrs];
}

/* Whether the kernel could switch on at boot what stands in for ACS. */
static enum opinion ask_intel_pch(const struct kernel *kernel,
				  const struct device *device)
{
	(void)kernel;
	if (!device_has(device, DEVICE_QUIRKS))
		return OPINION_UNKNOWN;
	return device->quirks & QUIRK_ACS_ENABLED ? OPINION_YES : OPINION_NO;
}

/* Registers as everywhere, but of 32 bits each. */
static enum opinion ask_intel_spt(const struct kernel *kernel,
				  const struct device *device)
{
	const struct acs *acs = &device->acs;

	(void)kernel;
	if (device_has(device, DEVICE_ACS_UNKNOWN))
		return OPINION_UNKNOWN;
	if (!device_has(device, DEVICE_ACS))
		return OPINION_NONE;
	if (!field_known(acs, ACS_CAP_DWORD) ||
	    !field_known(acs, ACS_CTRL_DWORD))
		return OPINION_UNKNOWN;
	return ACS_REQUIRED & acs->cap_dword & ~acs->ctrl_dword ?
		OPINION_NO : OPINION_YES;
}

#define ENDPOINTS (PORT(ENDPOINT) | PORT(LEGACY_ENDPOINT))
#define INTEGRATED (PORT(RC_ENDPOINT) | PORT(CONVENTIONAL))

/* A function of the kernel, under its name there. */
#define RULE(name, ...) \
	static const struct acs_rule name = { .function = #name, __VA_ARGS__ }

RULE(pci_quirk_amd_sb_acs, .chipset = INTEGRATED, .condition = ask_amd_sb);
RULE(pci_quirk_mf_endpoint_acs, .chipset = ENDPOINTS | INTEGRATED,
     .card = ENDPOINTS);
RULE(pci_quirk_rciep_acs, .ports = PORT(RC_ENDPOINT),
     .chipset = PORT(RC_ENDPOINT));
RULE(pci_quirk_qcom_rp_acs, .chipset = PORT(ROOT));
RULE(pci_quirk_intel_pch_acs, .ports = PORT(ROOT), .by_id = true,
     .chipset = PORT(ROOT), .condition = ask_intel_pch);
RULE(pci_quirk_intel_spt_pch_acs, .ports = PORT(ROOT), .by_id = true,
     .chipset = PORT(ROOT), .condition = ask_intel_spt);
RULE(pci_quirk_cavium_acs, .ports = PORT(ROOT), .by_id = true,
     .chipset = PORT(ROOT));
RULE(pci_quirk_xgene_acs, .chipset = PORT(ROOT));
RULE(pci_quirk_brcm_acs, .chipset = PORT(ROOT));
RULE(pci_quirk_loongson_acs, .chipset = PORT(ROOT));
RULE(pci_quirk_al_acs, .ports = PORT(ROOT), .chipset = PORT(ROOT));
RULE(pci_quirk_nxp_rp_acs, .chipset = PORT(ROOT));
RULE(pci_quirk_zhaoxin_pcie_ports_acs, .ports = PORT(ROOT) | PORT(DOWNSTREAM),
     .by_id = true, .others = OPINION_NO, .chipset = PORT(ROOT),
     .card = PORT(DOWNSTREAM));
RULE(pci_quirk_wangxun_nic_acs, .by_id = true, .others = OPINION_NO,
     .chipset = ENDPOINTS, .card = ENDPOINTS);

#define WANT_ACS_ROWS
#include "quirk_rows.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static bool is_id(uint16_t wanted, uint16_t id)
{
	return wanted == ANY_ID || wanted == id;
}

static bool knows_id(const struct kernel *kernel, const struct acs_rule *rule,
		     const struct device *device)
{
	for (size_t i = 0; i < COUNT(id_rows); i++)
		if (id_rows[i].rule == rule &&
		    kernel_has(kernel, id_rows[i].since) &&
		    device->device >= id_rows[i].first &&
		    device->device <= id_rows[i].last)
			return true;
	return false;
}

static enum opinion ask(const struct kernel *kernel,
			const struct acs_rule *rule,
			const struct device *device)
{
	bool known = !rule->by_id || knows_id(kernel, rule, device);

	if (!known && rule->others == OPINION_NONE)
		return OPINION_NONE;
	if (rule->ports && !(rule->ports >> device->port_type & 1))
		return OPINION_NONE;
	if (!known)
		return rule->others;
	return rule->condition ? rule->condition(kernel, device) : OPINION_YES;
}

/*
 * Ids are what a device says of itself, and the kernel believes them whatever
 * says them. A verdict does where registers do not contradict, and of such
 * functions as the quirk was written for: a card that calls itself a NIC does
 * not make a barrier of its switch.
 */
static enum basis worth_of(const struct acs_rule *rule,
			   const struct device *device)
{
	uint16_t ports = device->root_bus ? rule->chipset : rule->card;
	struct acs_state acs = acs_judge(device);

	if (!(ports >> device->port_type & 1) || acs.missing ||
	    (acs.basis == BASIS_UNKNOWN && !device->root_bus))
		return BASIS_NONE;
	return device->port_type == PORT_DOWNSTREAM ? BASIS_ASSUMED :
						      BASIS_ATTESTED;
}

struct quirk_word quirk_on_acs(const struct kernel *kernel,
			       const struct device *device)
{
	for (size_t i = 0; i < COUNT(acs_rows); i++) {
		const struct acs_row *row = &acs_rows[i];
		enum opinion opinion;

		if (!is_id(row->vendor, device->vendor) ||
		    !is_id(row->device, device->device) ||
		    !kernel_has(kernel, row->since))
			continue;
		opinion = ask(kernel, row->rule, device);
		if (opinion != OPINION_NONE)
			return (struct quirk_word){
				opinion, row->rule->function,
				worth_of(row->rule, device) };
	}
	return (struct quirk_word){ .opinion = OPINION_NONE };
}

enum opinion quirk_on_irbnce(const struct kernel *kernel,
			     const struct device *device)
{
	struct quirk_word word = quirk_on_acs(kernel, device);

	return word.function == pci_quirk_intel_pch_acs.function ?
		word.opinion : OPINION_NONE;
}

/*
 * A write of 16 bits does not reach bit 26: so it is in 6.12.107, and no more in
 * 6.1.192, 6.12.117 and 7.3.4. Sublevel 0 is how distributions write what may
 * hold any fix.
 */
bool quirk_sets_irbnce(const struct kernel *kernel)
{
	return kernel->release != RELEASE(6, 12) || !kernel->sublevel ||
	       kernel->sublevel > 107;
}

bool quirk_drops_sv(const struct kernel *kernel, const struct device *device)
{
	for (size_t i = 0; i < COUNT(broken_rows); i++)
		if (broken_rows[i].vendor == device->vendor &&
		    broken_rows[i].device == device->device &&
		    kernel_has(kernel, broken_rows[i].since))
			return true;
	return false;
}

const char *quirk_stamp(void)
{
	return QUIRK_STAMP;
}

uint32_t quirk_release(void)
{
	return QUIRK_RELEASE;
}
