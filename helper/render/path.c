// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>

#include "render/path.h"

/* A picture of the way, not a list of the machine. */
#define VICTIMS_SHOWN 4

static const struct crossing *find_crossing(const struct inquiry *inquiry,
					    const struct device *device)
{
	for (size_t i = 0; inquiry && i < inquiry->crossing_count; i++)
		if (inquiry->crossing[i].hop->device == device)
			return &inquiry->crossing[i];
	return NULL;
}

static bool is_open(const struct crossing *crossing)
{
	return crossing && crossing->counts && crossing->basis >= BASIS_STALE;
}

/* The next after @last of one hop, or NULL. */
static const struct bypass *next_bypass(const struct inquiry *inquiry,
					const struct device *device,
					const struct bypass *last)
{
	size_t i = !inquiry || !last ? 0 :
		(size_t)(last - inquiry->bypasses.item) + 1;

	for (; inquiry && i < inquiry->bypasses.count; i++)
		if (inquiry->bypasses.item[i].hop->device == device)
			return &inquiry->bypasses.item[i];
	return NULL;
}

/* The worst of one hop; 0 where there is none. */
static enum reachable bypass_way(const struct inquiry *inquiry,
				 const struct device *device)
{
	const struct bypass *bypass = NULL;
	enum reachable way = 0;

	while ((bypass = next_bypass(inquiry, device, bypass)))
		if (bypass->way > way)
			way = bypass->way;
	return way;
}

static char *list_bits(uint8_t bits)
{
	char *text = text_format("OPEN:");

	for (unsigned int i = 0; text && i < acs_bit_names.count; i++)
		if (bits >> i & 1)
			text_append(&text, " %s", acs_bit_names.name[i]);
	if (text)
		text_append(&text, " off");
	return text;
}

static char *open_remark(const struct hop *hop, const struct crossing *crossing)
{
	if (crossing && !crossing->victims.count)
		return text_format(hop->start ? "reaches nobody outside the set" :
				   "open, but nobody else is behind it");
	if (crossing && crossing->basis == BASIS_ASSUMED)
		return text_format("assumed, SV off as broken");
	if (hop->acs.missing)
		return list_bits(hop->acs.missing);
	if (hop_is_bus(hop))
		return text_format("OPEN: shared bus");
	return text_format(device_is_endpoint(hop->device) ?
			   "OPEN to its other functions" : "OPEN");
}

static char *make_remark(const struct hop *hop, const struct crossing *crossing)
{
	switch (hop->basis) {
	case BASIS_UNNEEDED:
		return text_format("%s", "");
	case BASIS_NONE:
		return open_remark(hop, crossing);
	default:
		return text_format("%s", names_get(&basis_names, hop->basis));
	}
}

/* What the required bits promise is not worth the word. Takes @remark over. */
static char *add_bypasses(char *remark, const struct inquiry *inquiry,
			  const struct hop *hop, const struct crossing *crossing)
{
	enum reachable way = bypass_way(inquiry, hop->device);
	const struct bypass *bypass = NULL;
	const char *comma = "";

	if (!way || !remark)
		return remark;
	if (is_open(crossing)) {
		comma = ",";
	} else {
		free(remark);
		remark = text_format(way == REACHABLE_YES ? "OPEN:" :
							    "may be open:");
	}
	while (remark && (bypass = next_bypass(inquiry, hop->device, bypass))) {
		text_append(&remark, "%s %s on", comma,
			    bypass->control == ACS_EC ? "EC" : "DT");
		comma = ",";
	}
	return remark;
}

static enum colour hop_colour(const struct hop *hop,
			      const struct crossing *crossing,
			      enum reachable bypass)
{
	if (bypass == REACHABLE_YES)
		return COLOUR_BAD;
	if (hop->basis == BASIS_UNKNOWN || bypass == REACHABLE_UNKNOWN)
		return COLOUR_QUESTION;
	if (hop->basis == BASIS_NONE && (!crossing || is_open(crossing)))
		return COLOUR_BAD;
	return hop->basis == BASIS_ENFORCED ? COLOUR_GOOD : COLOUR_PLAIN;
}

int path_render_victim(const struct output *output, const struct device *victim)
{
	char *kind = pci_names_class(output->names, victim);
	char *driver = output_driver(victim);
	char address[BDF_TEXT];
	int ret = kind && driver ? 0 : -ENOMEM;

	if (!ret) {
		fputs(output->utf8 ? "            \u2514\u2500\u25b6 " :
				     "            `-> ", output->stream);
		fprintf(output->stream, "%s  %s, %s\n",
			bdf_format(victim->address, address), kind, driver);
	}
	free(kind);
	free(driver);
	return ret;
}

static int write_victims(const struct output *output,
			 const struct set *victims)
{
	int ret = 0;

	for (size_t i = 0; !ret && i < victims->count && i < VICTIMS_SHOWN; i++)
		ret = path_render_victim(output, victims->member[i]);
	if (victims->count > VICTIMS_SHOWN)
		fprintf(output->stream, "                and %zu more\n",
			victims->count - VICTIMS_SHOWN);
	return ret;
}

const char *path_arrow(const struct output *output)
{
	return output->utf8 ? "         \u2192  " : "         -> ";
}

int path_render_hop(const struct output *output, const char *lead,
		    const struct device *device, enum colour colour,
		    char *remark)
{
	char *type = output_type(device);
	char *acs = output_acs(device);
	char address[BDF_TEXT];
	int ret = remark && type && acs ? 0 : -ENOMEM;

	if (!ret) {
		fprintf(output->stream, "%s%-13s %-18s %-*s", lead,
			bdf_format(device->address, address), type,
			*remark ? 19 : 0, acs);
		output_coloured(output, colour, remark);
		fputc('\n', output->stream);
	}
	free(remark);
	free(type);
	free(acs);
	return ret;
}

static int write_hop(const struct output *output, const struct hop *hop,
		     const struct inquiry *inquiry, const char *lead)
{
	const struct crossing *crossing = find_crossing(inquiry, hop->device);
	const struct bypass *bypass = NULL;
	char *remark = add_bypasses(make_remark(hop, crossing), inquiry, hop,
				    crossing);
	int ret = path_render_hop(output, lead, hop->device,
				  hop_colour(hop, crossing,
					     bypass_way(inquiry, hop->device)),
				  remark);

	if (!ret && is_open(crossing))
		return write_victims(output, &crossing->victims);
	while (!ret && (bypass = next_bypass(inquiry, hop->device, bypass)))
		if (bypass->way == REACHABLE_YES)
			ret = write_victims(output, &bypass->victims);
	return ret;
}

void path_render_end(const struct output *output, const struct device *device)
{
	bool group = device_has(device, DEVICE_GROUP);

	fputs(path_arrow(output), output->stream);
	if (group)
		fprintf(output->stream, "IOMMU group %u\n", device->group);
	else if (device_has(device, DEVICE_GROUP_UNKNOWN))
		fputs("IOMMU group not known\n", output->stream);
	else
		output_coloured(output, COLOUR_BAD, "memory: no IOMMU\n");
}

int path_render_start(const struct output *output, const struct path *path,
		      const struct inquiry *inquiry, const char *label)
{
	char lead[16];

	text_print(lead, sizeof(lead), "%-12s", label);
	return write_hop(output, &path->hop[0], inquiry, lead);
}

int path_render(const struct output *output, const struct path *path,
		const struct inquiry *inquiry, size_t skip)
{
	int ret = 0;

	for (size_t i = skip; !ret && i < path->count; i++)
		ret = write_hop(output, &path->hop[i], inquiry, path_arrow(output));
	if (!ret)
		path_render_end(output, path->hop[0].device);
	return ret;
}
