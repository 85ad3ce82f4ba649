// SPDX-License-Identifier: GPL-2.0
#include "rule/boundary.h"

/* More victims than this are counted, not listed: evidence is for reading. */
#define VICTIMS_SHOWN 4

static bool is_open(const struct subject *subject)
{
	return subject->crossing->counts &&
	       subject->crossing->basis == BASIS_NONE;
}

static bool is_port(const struct hop *hop)
{
	return hop->device->port_type == PORT_ROOT ||
	       hop->device->port_type == PORT_DOWNSTREAM;
}

/* Without Request Redirect a write goes sideways; the other bits do less. */
bool boundary_port_is_off(const struct subject *subject)
{
	const struct hop *hop = subject->crossing->hop;

	return is_open(subject) && is_port(hop) && hop->acs.missing & ACS_RR;
}

bool boundary_port_is_weak(const struct subject *subject)
{
	const struct hop *hop = subject->crossing->hop;

	return is_open(subject) && is_port(hop) && hop->acs.present &&
	       !(hop->acs.missing & ACS_RR);
}

bool boundary_port_has_no_acs(const struct subject *subject)
{
	const struct hop *hop = subject->crossing->hop;

	return is_open(subject) && !hop->acs.present &&
	       hop->device->port_type == PORT_DOWNSTREAM;
}

bool boundary_root_turns_around(const struct subject *subject)
{
	const struct hop *hop = subject->crossing->hop;

	return is_open(subject) && !hop->acs.present &&
	       hop->device->port_type == PORT_ROOT;
}

bool boundary_is_bus(const struct subject *subject)
{
	return is_open(subject) && reach_is_bus(subject->crossing->hop);
}

bool boundary_functions_are_open(const struct subject *subject)
{
	const struct hop *hop = subject->crossing->hop;

	return is_open(subject) && !is_port(hop) && !reach_is_bus(hop) &&
	       hop->acs.present;
}

bool boundary_functions_have_no_acs(const struct subject *subject)
{
	const struct hop *hop = subject->crossing->hop;

	return is_open(subject) && !is_port(hop) && !reach_is_bus(hop) &&
	       !hop->acs.present;
}

static bool has_control(const struct subject *subject, uint32_t bit)
{
	uint32_t cap, ctrl;

	return subject->crossing->counts &&
	       acs_words(subject->crossing->hop->device, &cap, &ctrl) &&
	       cap & ctrl & bit;
}

bool boundary_has_egress_control(const struct subject *subject)
{
	return has_control(subject, ACS_EC);
}

bool boundary_has_direct_translated(const struct subject *subject)
{
	return has_control(subject, ACS_DT);
}

bool boundary_is_assumed_root(const struct subject *subject)
{
	const struct hop *hop = subject->crossing->hop;

	return hop->device->port_type == PORT_ROOT && !hop->acs.present &&
	       subject->crossing->basis == BASIS_ASSUMED;
}

static bool is_unknown(const struct subject *subject)
{
	return subject->crossing->counts &&
	       subject->crossing->basis == BASIS_UNKNOWN;
}

static bool is_unknown_for(const struct subject *subject, enum reason reason)
{
	return is_unknown(subject) &&
	       subject->crossing->hop->acs.reason == reason;
}

bool boundary_is_asleep(const struct subject *subject)
{
	return is_unknown_for(subject, REASON_ASLEEP);
}

bool boundary_is_gone(const struct subject *subject)
{
	return is_unknown_for(subject, REASON_GONE);
}

bool boundary_has_no_access(const struct subject *subject)
{
	return is_unknown_for(subject, REASON_NO_ACCESS);
}

bool boundary_is_unreadable(const struct subject *subject)
{
	return is_unknown(subject) && !boundary_is_asleep(subject) &&
	       !boundary_is_gone(subject) && !boundary_has_no_access(subject);
}

bool boundary_is_external(const struct subject *subject)
{
	return subject->crossing->hop->device->external_facing;
}

static const char *port_name(const struct device *device)
{
	const char *name = names_get(&port_type_names, device->port_type);

	return name ? name : "function";
}

static int append_bits(char **text, uint32_t bits)
{
	int ret = 0;

	for (unsigned int i = 0; !ret && i < acs_bit_names.count; i++)
		if (bits >> i & 1)
			ret = text_append(text, " %s", acs_bit_names.name[i]);
	return ret;
}

static int append_registers(char **text, const struct hop *hop)
{
	uint32_t cap, ctrl;
	int ret;

	if (!acs_words(hop->device, &cap, &ctrl))
		return text_append(text, " has no ACS capability");
	ret = text_append(text, " has ACS cap 0x%04x ctrl 0x%04x", cap, ctrl);
	if (ret || !hop->acs.missing)
		return ret;
	ret = text_append(text, ", off:");
	return ret ? ret : append_bits(text, hop->acs.missing);
}

char *boundary_show_state(const struct subject *subject)
{
	const struct hop *hop = subject->crossing->hop;
	char address[BDF_TEXT];
	char *text = NULL;

	if (text_append(&text, "%s (%s)",
			bdf_format(hop->device->address, address),
			port_name(hop->device)))
		return NULL;
	if (subject->crossing->basis != BASIS_UNKNOWN)
		append_registers(&text, hop);
	else if (hop->acs.reason)
		text_append(&text, ": ACS not known (%s)",
			    names_get(&reason_names, hop->acs.reason));
	else
		text_append(&text, ": ACS not known");
	return text;
}

/* The device just below @top on the way up from @device. */
static const struct device *child_towards(const struct tree *tree,
					  const struct device *top,
					  const struct device *device)
{
	while (device && tree_parent(tree, device) != top)
		device = tree_parent(tree, device);
	return device;
}

static int append_victim(char **text, const struct subject *subject,
			 const struct device *victim, const char *comma)
{
	const struct tree *tree = subject->inquiry->tree;
	const struct device *hop = subject->crossing->hop->device;
	const struct device *port;
	char address[BDF_TEXT], through[BDF_TEXT];

	port = child_towards(tree, tree_parent(tree, hop), victim);
	bdf_format(victim->address, address);
	if (!port || port == victim || port == hop)
		return text_append(text, "%s %s", comma, address);
	return text_append(text, "%s %s (below %s)", comma, address,
			   bdf_format(port->address, through));
}

char *boundary_show_open(const struct subject *subject)
{
	const struct set *victims = &subject->crossing->victims;
	char *text = boundary_show_state(subject);
	size_t shown = victims->count;
	int ret;

	if (!text)
		return NULL;
	if (shown > VICTIMS_SHOWN)
		shown = VICTIMS_SHOWN;
	ret = text_append(&text, "; lets through to");
	for (size_t i = 0; !ret && i < shown; i++)
		ret = append_victim(&text, subject, victims->member[i],
				    i ? "," : "");
	if (!ret && shown < victims->count)
		text_append(&text, " and %zu more", victims->count - shown);
	return text;
}
