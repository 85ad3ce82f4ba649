// SPDX-License-Identifier: GPL-2.0
#include "rule/evidence.h"
#include "rule/subject.h"

int evidence_add_hop(char **text, const struct hop *hop)
{
	const char *kind = names_get(&port_type_names, hop->device->port_type);
	char address[BDF_TEXT];

	return text_append(text, "%s (%s)",
			   bdf_format(hop->device->address, address),
			   kind ? kind : "function");
}

int evidence_add_bits(char **text, uint32_t bits)
{
	int ret = 0;

	for (unsigned int i = 0; !ret && i < acs_bit_names.count; i++)
		if (bits >> i & 1)
			ret = text_append(text, " %s", acs_bit_names.name[i]);
	return ret;
}

int evidence_add_registers(char **text, const struct hop *hop)
{
	uint32_t cap, ctrl;
	int ret;

	if (!acs_words(hop->device, &cap, &ctrl))
		return text_append(text, " has no ACS capability");
	ret = text_append(text, " has ACS cap 0x%04x ctrl 0x%04x", cap, ctrl);
	if (ret || !hop->acs.missing)
		return ret;
	ret = text_append(text, ", off:");
	return ret ? ret : evidence_add_bits(text, hop->acs.missing);
}

const struct device *evidence_find_below(const struct tree *tree,
					 const struct device *top,
					 const struct device *device)
{
	while (device && tree_parent(tree, device) != top)
		device = tree_parent(tree, device);
	return device;
}

static int add_victim(char **text, const struct tree *tree,
		      const struct device *hop, const struct device *victim)
{
	const struct device *port;
	char address[BDF_TEXT], through[BDF_TEXT];

	port = evidence_find_below(tree, tree_parent(tree, hop), victim);
	bdf_format(victim->address, address);
	if (!port || port == victim || port == hop)
		return text_append(text, " %s", address);
	return text_append(text, " %s (below %s)", address,
			   bdf_format(port->address, through));
}

int evidence_add_victims(char **text, const struct tree *tree,
			 const struct device *hop, const struct set *victims)
{
	size_t shown = victims->count;
	int ret = 0;

	if (shown > DEVICES_SHOWN)
		shown = DEVICES_SHOWN;
	for (size_t i = 0; !ret && i < shown; i++) {
		if (i)
			ret = text_append(text, ",");
		if (!ret)
			ret = add_victim(text, tree, hop, victims->member[i]);
	}
	if (!ret && shown < victims->count + victims->left_out)
		ret = text_append(text, " and %zu more",
				  victims->count + victims->left_out - shown);
	return ret;
}
