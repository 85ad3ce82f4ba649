// SPDX-License-Identifier: GPL-2.0
#include <string.h>

#include "rule/neighbour.h"
#include "rule/subject.h"

/* vfio-pci and the drivers that vendors derive from it (mlx5_vfio_pci, ...). */
bool neighbour_is_assigned(const struct device *device)
{
	return device->driver && strstr(device->driver, "vfio");
}

bool neighbour_may_be_assigned(const struct device *device)
{
	return device_has(device, DEVICE_DRIVER_UNKNOWN);
}

static bool has_intruder(const struct subject *subject,
			 bool (*sort)(const struct device *device))
{
	const struct set *intruders = &subject->intrusion->intruders;

	for (size_t i = 0; i < intruders->count; i++)
		if (sort(intruders->member[i]))
			return true;
	return false;
}

bool neighbour_guest_intrudes(const struct subject *subject)
{
	return has_intruder(subject, neighbour_is_assigned);
}

bool neighbour_stranger_intrudes(const struct subject *subject)
{
	return !neighbour_guest_intrudes(subject) &&
	       has_intruder(subject, neighbour_may_be_assigned);
}

bool neighbour_host_intrudes(const struct subject *subject)
{
	return !neighbour_guest_intrudes(subject) &&
	       !neighbour_stranger_intrudes(subject);
}

static const char *name_driver(const struct device *device)
{
	if (!device || neighbour_may_be_assigned(device))
		return "driver not known";
	return device->driver ? device->driver : "no driver";
}

static const char *name_port(const struct hop *hop)
{
	const char *name = names_get(&port_type_names, hop->device->port_type);

	return name ? name : "function";
}

/* Guests first: what they can do decides. */
static int append_intruders(char **text, const struct set *intruders)
{
	char address[BDF_TEXT];
	size_t shown = 0;
	int ret = 0;

	for (int guests = 1; guests >= 0; guests--)
		for (size_t i = 0; !ret && i < intruders->count; i++) {
			const struct device *device = intruders->member[i];

			if (neighbour_is_assigned(device) != guests ||
			    shown++ >= DEVICES_SHOWN)
				continue;
			ret = text_append(text, "%s %s (%s)",
				shown > 1 ? "," : "",
				bdf_format(device->address, address),
				name_driver(device));
		}
	if (!ret && shown > DEVICES_SHOWN)
		ret = text_append(text, " and %zu more", shown - DEVICES_SHOWN);
	return ret;
}

char *neighbour_show_intruders(const struct subject *subject)
{
	const struct intrusion *intrusion = subject->intrusion;
	char hop[BDF_TEXT], member[BDF_TEXT];
	char *text;

	text = text_format("%s (%s) is open and leads to %s; requests through it come from",
			   bdf_format(intrusion->hop.device->address, hop),
			   name_port(&intrusion->hop),
			   bdf_format(intrusion->member->address, member));
	if (text)
		append_intruders(&text, &intrusion->intruders);
	return text;
}

static const struct device *find_pf(const struct subject *subject)
{
	if (!device_has(subject->device, DEVICE_PHYSFN))
		return NULL;
	return facts_find(subject_facts(subject), subject->device->physfn);
}

bool neighbour_pf_is_assigned(const struct subject *subject)
{
	const struct device *pf = find_pf(subject);

	return pf && neighbour_is_assigned(pf) &&
	       !set_has(&subject->inquiry->set, pf);
}

/* Its driver could not be seen, or the function itself. */
bool neighbour_pf_is_unknown(const struct subject *subject)
{
	const struct device *pf = find_pf(subject);

	return device_has(subject->device, DEVICE_PHYSFN) &&
	       (!pf || neighbour_may_be_assigned(pf));
}

bool neighbour_pf_is_trusted(const struct subject *subject)
{
	return device_has(subject->device, DEVICE_PHYSFN) &&
	       !neighbour_pf_is_assigned(subject) &&
	       !neighbour_pf_is_unknown(subject);
}

char *neighbour_name_pf(const struct subject *subject)
{
	char address[BDF_TEXT];

	return text_format("%s (%s)",
			   bdf_format(subject->device->physfn, address),
			   name_driver(find_pf(subject)));
}

char *neighbour_show_pf(const struct subject *subject)
{
	char address[BDF_TEXT], physfn[BDF_TEXT];

	return text_format("%s is a virtual function of %s (%s)",
			   bdf_format(subject->device->address, address),
			   bdf_format(subject->device->physfn, physfn),
			   name_driver(find_pf(subject)));
}

static bool same_slot(const struct device *a, const struct device *b)
{
	return a->address.segment == b->address.segment &&
	       a->address.id >> 3 == b->address.id >> 3;
}

/* Where both sides' registers keep them apart it is a port of a card, not a part. */
static bool is_kept_apart(const struct device *a, const struct device *b)
{
	return acs_judge(a).basis == BASIS_ENFORCED &&
	       acs_judge(b).basis == BASIS_ENFORCED;
}

static bool is_companion(const struct subject *subject,
			 const struct device *device)
{
	return device_is_endpoint(device) &&
	       same_slot(device, subject->device) &&
	       !device_has(device, DEVICE_PHYSFN) &&
	       !set_has(&subject->inquiry->set, device) &&
	       !is_kept_apart(device, subject->device);
}

static int collect_companions(const struct subject *subject, struct set *found)
{
	const struct facts *facts = subject_facts(subject);
	int ret = 0;

	for (size_t i = 0; !ret && i < facts->device_count; i++)
		if (is_companion(subject, &facts->devices[i]))
			ret = set_add(found, &facts->devices[i]);
	return ret;
}

/* On a root bus functions of a slot are parts of the chipset, not of a card. */
bool neighbour_stays_behind(const struct subject *subject)
{
	const struct facts *facts = subject_facts(subject);

	if (subject->device->root_bus ||
	    device_has(subject->device, DEVICE_PHYSFN))
		return false;
	for (size_t i = 0; i < facts->device_count; i++)
		if (is_companion(subject, &facts->devices[i]))
			return true;
	return false;
}

char *neighbour_show_companions(const struct subject *subject)
{
	char address[BDF_TEXT];
	struct set found = { 0 };
	char *text = NULL;

	if (!collect_companions(subject, &found))
		text = text_format("of the device of %s there is also ",
				   bdf_format(subject->device->address, address));
	if (text)
		subject_append_set(&text, &found);
	set_free(&found);
	return text;
}
