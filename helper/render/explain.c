// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>

#include "model/enhanced.h"
#include "render/explain.h"
#include "render/path.h"

static const struct {
	const char *word, *verb, *rest;
	enum colour colour;
} answers[] = {
	[REACHABLE_NO] = { "NO", "cannot reach",
		"without the IOMMU seeing it.", COLOUR_GOOD },
	[REACHABLE_UNKNOWN] = { "UNKNOWN", "may reach",
		"without the IOMMU seeing it; that cannot be told.",
		COLOUR_QUESTION },
	[REACHABLE_YES] = { "YES", "can write to",
		"without the IOMMU seeing it.", COLOUR_BAD },
};

static int write_headline(const struct output *output,
			  const struct route *route)
{
	char *from = pci_names_device(output->names, route->from);
	char *to = pci_names_device(output->names, route->to);
	char one[BDF_TEXT], other[BDF_TEXT];
	int ret = from && to ? 0 : -ENOMEM;

	if (!ret) {
		output_coloured(output, answers[route->reachable].colour,
				answers[route->reachable].word);
		fprintf(output->stream, "  %s %s %s %s %s %s\n\n",
			bdf_format(route->from->address, one), from,
			answers[route->reachable].verb,
			bdf_format(route->to->address, other), to,
			answers[route->reachable].rest);
	}
	free(from);
	free(to);
	return ret;
}

static int append_bits(char **text, uint8_t bits)
{
	int ret = 0;

	for (unsigned int i = 0; !ret && i < acs_bit_names.count; i++)
		if (bits >> i & 1)
			ret = text_append(text, " %s", acs_bit_names.name[i]);
	return ret;
}

/* EC and DT open a way when they are on, the others when they are off. */
static char *open_remark(const struct turn *turn)
{
	uint8_t on = turn->closing & (ACS_EC | ACS_DT);
	uint8_t off = turn->closing & ~on;
	char *text = text_format("OPEN%s", turn->closing ? ":" : "");
	int ret = text ? 0 : -ENOMEM;

	if (!ret && off)
		ret = append_bits(&text, off);
	if (!ret && off)
		ret = text_append(&text, " off");
	if (!ret && on)
		ret = append_bits(&text, on);
	if (!ret && on)
		text_append(&text, " on");
	return text;
}

static char *doubt_remark(const struct turn *turn)
{
	static const char *const remarks[] = {
		[DOUBT_REGISTERS] = "? registers not known",
		[DOUBT_NO_ACS] = "? the kernel fears a way inside the device",
		[DOUBT_EGRESS_VECTOR] = "? Egress Control decides",
		[DOUBT_TRANSLATED] = "? open once ATS is on (DT on)",
	};

	return text_format("%s", remarks[turn->doubt]);
}

/* The word alone would promise all bits. */
static char *held_remark(const struct turn *turn)
{
	char *text = text_format("%s%s", names_get(&basis_names, turn->basis),
				 turn->slack ? " for this," : "");

	if (!text || !turn->slack)
		return text;
	if (!append_bits(&text, turn->slack))
		text_append(&text, " off");
	return text;
}

static char *make_remark(const struct turn *turn)
{
	switch (turn->way) {
	case REACHABLE_YES:
		return hop_is_bus(&turn->hop) ?
			text_format("OPEN: shared bus") : open_remark(turn);
	case REACHABLE_UNKNOWN:
		return doubt_remark(turn);
	case REACHABLE_NO:
		return held_remark(turn);
	}
	return text_format("%s", "");
}

static enum colour turn_colour(const struct turn *turn)
{
	if (turn->way == REACHABLE_NO)
		return turn->basis == BASIS_ENFORCED && !turn->slack ?
			COLOUR_GOOD : COLOUR_PLAIN;
	return turn->way ? answers[turn->way].colour : COLOUR_PLAIN;
}

static int write_turn(const struct output *output, const struct route *route,
		      const struct turn *turn)
{
	const char *lead = turn == route->turn ? "path        " :
						 path_arrow(output);
	int ret = path_render_hop(output, lead, turn->hop.device,
				  turn_colour(turn), make_remark(turn));

	if (ret || turn->way != REACHABLE_YES)
		return ret;
	return path_render_victim(output, route->to);
}

/* A label, and a text that was made for this. */
static int write_line(const struct output *output, const char *label,
		      char *text)
{
	if (!text)
		return -ENOMEM;
	output_paragraph(output, label, text);
	free(text);
	return 0;
}

static char *name_closing(const struct turn *turn)
{
	uint8_t off = turn->closing & (ACS_EC | ACS_DT);
	uint8_t on = turn->closing & ~off;
	char address[BDF_TEXT];
	char *text = NULL;
	int ret = 0;

	bdf_format(turn->hop.device->address, address);
	if (on)
		ret = append_bits(&text, on);
	if (!ret && on)
		ret = text_append(&text, " on%s", off ? "," : "");
	if (!ret && off)
		ret = append_bits(&text, off);
	if (!ret && off)
		ret = text_append(&text, " off");
	if (!ret)
		text_append(&text, " at %s", address);
	return text;
}

/* Why nothing closes it, by the first hop that has nothing for it. */
static char *explain_unclosable(const struct route *route)
{
	char address[BDF_TEXT];

	for (size_t i = 0; i < route->count; i++) {
		const struct turn *turn = &route->turn[i];

		if (turn->way != REACHABLE_YES || turn->closing)
			continue;
		bdf_format(turn->hop.device->address, address);
		return text_format(hop_is_bus(&turn->hop) ?
			"nothing: all behind %s share a bus" :
			"nothing: %s has no ACS", address);
	}
	return text_format("nothing: no IOMMU is in the way of %s",
			   bdf_format(route->from->address, address));
}

static int write_closes(const struct output *output, const struct route *route)
{
	const char *label = "closed by";
	int ret = 0;

	if (route->reachable != REACHABLE_YES)
		return 0;
	if (!route_closable(route))
		return write_line(output, label, explain_unclosable(route));
	for (size_t i = 0; !ret && i < route->count; i++) {
		char *text;

		if (route->turn[i].way != REACHABLE_YES)
			continue;
		text = name_closing(&route->turn[i]);
		ret = write_line(output, label, text ?
				 text_format("%s", text + 1) : NULL);
		free(text);
		label = "  and";
	}
	return ret;
}

static int write_slack(const struct output *output, const struct turn *turn)
{
	char address[BDF_TEXT];
	char *text;

	if (!turn->slack)
		return 0;
	text = text_format("%s:", bdf_format(turn->hop.device->address,
					     address));
	if (text)
		append_bits(&text, turn->slack);
	if (text)
		text_append(&text, " off: that lets no request through to there, but forged requester ids, completions or requests for others");
	return write_line(output, "also off", text);
}

static int write_enhanced(const struct output *output, const struct turn *turn)
{
	struct enhanced enhanced;
	char address[BDF_TEXT];
	char *text;

	if (!enhanced_read(turn->hop.device, &enhanced))
		return 0;
	text = text_format("%s: requests for the memory of %s ports are %s",
			   bdf_format(turn->hop.device->address, address),
			   enhanced.in_switch ? "downstream" : "root",
			   names_get(&enhanced_names, enhanced.downstream));
	if (text && enhanced.in_switch)
		text_append(&text, ", of the upstream port %s",
			    names_get(&enhanced_names, enhanced.upstream));
	return write_line(output, "ports", text);
}

static int write_notes(const struct output *output, const struct route *route)
{
	bool open = route->reachable == REACHABLE_YES;
	int ret = 0;

	for (size_t i = 0; !ret && !open && i < route->count; i++)
		ret = write_slack(output, &route->turn[i]);
	for (size_t i = 0; !ret && i < route->count; i++)
		ret = write_enhanced(output, &route->turn[i]);
	return ret;
}

static int write_basis(const struct output *output, const struct route *route)
{
	bool partly = route->reachable == REACHABLE_NO && route_has_slack(route);

	return write_line(output, "basis", text_format("%s%s",
		names_get(&basis_names, route->basis),
		partly ? " for these requests; other bits are off" : ""));
}

static int write_route(const struct output *output, const struct route *route)
{
	int ret = write_headline(output, route);

	for (size_t i = 0; !ret && i < route->count; i++)
		ret = write_turn(output, route, &route->turn[i]);
	if (ret)
		return ret;
	path_render_end(output, route->from);
	fputc('\n', output->stream);
	ret = write_basis(output, route);
	if (!ret)
		ret = write_closes(output, route);
	return ret ? ret : write_notes(output, route);
}

/* Then check answers for both, and not for what one does to the other. */
static int write_together(const struct output *output,
			  const struct facts *facts, const struct route *route)
{
	const struct group *group = facts_shared_group(facts, route->from,
						       route->to);

	if (!group)
		return 0;
	fputc('\n', output->stream);
	return write_line(output, "together", text_format(
		"both are handed over together (group %u): for check neither is outside the other's set",
		group->id));
}

int explain_render(const struct output *output, const struct facts *facts,
		   const struct route *routes, size_t count)
{
	int ret = 0;

	for (size_t i = 0; !ret && i < count; i++) {
		if (i)
			fputc('\n', output->stream);
		ret = write_route(output, &routes[i]);
	}
	if (!ret && count)
		ret = write_together(output, facts, &routes[0]);
	if (!ret)
		output_unseen(output, &facts->unseen, NULL);
	return ret;
}
