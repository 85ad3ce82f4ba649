// SPDX-License-Identifier: GPL-2.0
#include "model/mpc.h"
#include "predict/quirk.h"
#include "rule/chipset.h"
#include "rule/subject.h"

/* Whoever is below a port that is not taken for isolated is in its group. */
static bool is_split_off(const struct inquiry *inquiry,
			 const struct crossing *crossing)
{
	const struct facts *facts = inquiry->tree->facts;
	const struct group *below, *port;

	below = facts_real_group(facts, crossing->from);
	port = facts_real_group(facts, crossing->hop->device);
	return below && port && below->id != port->id;
}

/* By the kernel's mark; where only the module could tell that, by its groups. */
static bool is_trusted(const struct inquiry *inquiry,
		       const struct crossing *crossing)
{
	if (!crossing->counts || crossing->basis == BASIS_ENFORCED)
		return false;
	switch (quirk_on_irbnce(&inquiry->prediction->kernel,
				crossing->hop->device)) {
	case OPINION_YES:
		return true;
	case OPINION_UNKNOWN:
		return is_split_off(inquiry, crossing);
	default:
		return false;
	}
}

static bool is_off(const struct subject *subject)
{
	const struct device *port = subject->crossing->hop->device;

	return device_has(port, DEVICE_MPC) && !(port->mpc & MPC_IRBNCE) &&
	       is_trusted(subject->inquiry, subject->crossing);
}

static bool kernel_can_set_it(const struct subject *subject)
{
	return quirk_sets_irbnce(&subject->inquiry->prediction->kernel);
}

bool chipset_port_is_off(const struct subject *subject)
{
	return is_off(subject) && kernel_can_set_it(subject);
}

bool chipset_port_cannot_be_on(const struct subject *subject)
{
	return is_off(subject) && !kernel_can_set_it(subject);
}

char *chipset_show_port(const struct subject *subject)
{
	const struct device *port = subject->crossing->hop->device;
	char address[BDF_TEXT];

	return text_format("%s (root-port) has MPC 0x%08x, off: IRBNCE; pci_quirk_intel_pch_acs() of Linux knows %04x:%04x",
			   bdf_format(port->address, address), port->mpc,
			   port->vendor, port->device);
}

int chipset_unread_ports(const struct inquiry *inquiry, struct set *ports)
{
	int ret = 0;

	for (size_t i = 0; !ret && i < inquiry->crossing_count; i++) {
		const struct crossing *crossing = &inquiry->crossing[i];

		if (!device_has(crossing->hop->device, DEVICE_MPC) &&
		    is_trusted(inquiry, crossing))
			ret = set_add(ports, crossing->hop->device);
	}
	return ret;
}
