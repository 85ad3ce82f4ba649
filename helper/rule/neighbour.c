// SPDX-License-Identifier: GPL-2.0
#include <string.h>

#include "rule/neighbour.h"
#include "rule/subject.h"

/* Drivers by which user space has a device, beside vfio's. */
static const char *const others[] = {
	"uio_pci_generic", "igb_uio", "pciback", "xen-pciback",
};

/* vfio-pci and the drivers that vendors derive from it (mlx5_vfio_pci, ...). */
bool neighbour_is_on_vfio(const struct device *device)
{
	return device->driver && strstr(device->driver, "vfio");
}

bool neighbour_is_parked(const struct device *device)
{
	return device->driver && !strcmp(device->driver, "pci-stub");
}

bool neighbour_is_assigned(const struct facts *facts,
			   const struct device *device)
{
	const struct group *group = facts_real_group(facts, device);

	for (size_t i = 0; device->driver &&
	     i < sizeof(others) / sizeof(*others); i++)
		if (!strcmp(device->driver, others[i]))
			return true;
	return neighbour_is_on_vfio(device) ||
	       (!device->driver && group && group->user_owned == ANSWER_YES);
}

bool neighbour_may_be_assigned(const struct facts *facts,
			       const struct device *device)
{
	return device_has(device, DEVICE_DRIVER_UNKNOWN) &&
	       !neighbour_is_assigned(facts, device);
}

static bool guest_comes(const struct subject *subject)
{
	return subject->intrusion->certain && subject->intrusion->guest;
}

bool neighbour_guest_intrudes(const struct subject *subject)
{
	return guest_comes(subject) && subject->intrusion->through;
}

bool neighbour_guest_intrudes_weakly(const struct subject *subject)
{
	return guest_comes(subject) && !subject->intrusion->through;
}

bool neighbour_guest_may_intrude(const struct subject *subject)
{
	return !subject->intrusion->certain && subject->intrusion->guest;
}

static bool stranger_comes(const struct subject *subject)
{
	return !subject->intrusion->guest && subject->intrusion->stranger;
}

bool neighbour_stranger_intrudes(const struct subject *subject)
{
	return subject->intrusion->certain && stranger_comes(subject);
}

bool neighbour_stranger_may_intrude(const struct subject *subject)
{
	return !subject->intrusion->certain && stranger_comes(subject);
}

static bool host_comes(const struct subject *subject)
{
	return subject->intrusion->certain && !subject->intrusion->guest &&
	       !subject->intrusion->stranger;
}

bool neighbour_host_intrudes(const struct subject *subject)
{
	return host_comes(subject) && subject->intrusion->through;
}

bool neighbour_host_intrudes_weakly(const struct subject *subject)
{
	return host_comes(subject) && !subject->intrusion->through;
}

static const char *name_driver(const struct device *device)
{
	if (!device || device_has(device, DEVICE_DRIVER_UNKNOWN))
		return "driver not known";
	return device->driver ? device->driver : "no driver";
}

static const char *name_port(const struct hop *hop)
{
	const char *name = names_get(&port_type_names, hop->device->port_type);

	return name ? name : "function";
}

/* Guests first: what they can do decides. */
static int append_intruders(char **text, const struct facts *facts,
			    const struct set *intruders)
{
	char address[BDF_TEXT];
	size_t shown = 0;
	int ret = 0;

	for (int guests = 1; guests >= 0; guests--)
		for (size_t i = 0; !ret && i < intruders->count; i++) {
			const struct device *device = intruders->member[i];

			if (neighbour_is_assigned(facts, device) != guests ||
			    shown++ >= DEVICES_SHOWN)
				continue;
			ret = text_append(text, "%s %s (%s)",
				shown > 1 ? "," : "",
				bdf_format(device->address, address),
				name_driver(device));
		}
	shown += intruders->left_out;
	if (!ret && shown > DEVICES_SHOWN)
		ret = text_append(text, " and %zu more", shown - DEVICES_SHOWN);
	return ret;
}

static const char *describe_controls(const struct intrusion *intrusion)
{
	static const char *const open[] = {
		[ACS_EC >> 5] = "has Egress Control on, whose vector lets requests through, and leads",
		[ACS_DT >> 5] = "has Direct Translated P2P on and leads",
		[(ACS_EC | ACS_DT) >> 5] = "has Egress Control and Direct Translated P2P on and leads",
	};
	static const char *const unsure[] = {
		[ACS_EC >> 5] = "has Egress Control on, whose vector may let requests through, and may lead",
		[ACS_DT >> 5] = "has Direct Translated P2P on and may lead",
		[(ACS_EC | ACS_DT) >> 5] = "has Egress Control and Direct Translated P2P on and may lead",
	};

	return (intrusion->certain ? open : unsure)[intrusion->controls >> 5];
}

static const char *describe_way(const struct intrusion *intrusion)
{
	if (intrusion->controls)
		return describe_controls(intrusion);
	if (!intrusion->certain)
		return hop_is_claimed(&intrusion->hop) ?
			"has no ACS but ids that Linux trusts and may lead" :
			"could not be read and may lead";
	return intrusion->through ? "is open and leads" :
				    "is not fully closed and leads";
}

char *neighbour_show_intruders(const struct subject *subject)
{
	const struct intrusion *intrusion = subject->intrusion;
	char hop[BDF_TEXT], member[BDF_TEXT];
	char *text;

	text = text_format("%s (%s) %s to %s; requests through it come from",
			   bdf_format(intrusion->hop.device->address, hop),
			   name_port(&intrusion->hop),
			   describe_way(intrusion),
			   bdf_format(intrusion->member->address, member));
	if (text)
		append_intruders(&text, subject_facts(subject),
				 &intrusion->intruders);
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

	return pf && neighbour_is_assigned(subject_facts(subject), pf) &&
	       !set_has(&subject->inquiry->set, pf);
}

/* Its driver could not be seen, or the function itself. */
bool neighbour_pf_is_unknown(const struct subject *subject)
{
	const struct device *pf = find_pf(subject);

	return device_has(subject->device, DEVICE_PHYSFN) &&
	       (!pf || neighbour_may_be_assigned(subject_facts(subject), pf));
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

bool neighbour_is_vf_of(const struct device *device, const struct device *pf)
{
	return device_has(device, DEVICE_PHYSFN) &&
	       !bdf_compare(device->physfn, pf->address);
}

static int collect_assigned_vfs(const struct subject *subject,
				struct set *found)
{
	const struct facts *facts = subject_facts(subject);
	struct relatives all = kin_virtual(subject->inquiry->tree,
					   subject->device);
	int ret = 0;

	for (size_t i = 0; !ret && i < all.count; i++) {
		const struct device *device = all.member[i];

		if (neighbour_is_assigned(facts, device) &&
		    !set_has(&subject->inquiry->set, device))
			ret = set_add(found, device);
	}
	return ret;
}

bool neighbour_vf_is_assigned(const struct subject *subject)
{
	struct set found = { 0 };
	bool any;

	collect_assigned_vfs(subject, &found);
	any = found.count;
	set_free(&found);
	return any;
}

char *neighbour_show_vfs(const struct subject *subject)
{
	char address[BDF_TEXT];
	struct set found = { 0 };
	char *text = NULL;

	if (!collect_assigned_vfs(subject, &found))
		text = text_format("%s is the physical function of ",
				   bdf_format(subject->device->address, address));
	if (text && !subject_append_set(&text, &found))
		text_append(&text, ", which user space has");
	set_free(&found);
	return text;
}

/* What the kernel keeps apart by their own registers: ports of a card. */
static bool is_kept_apart(const struct device *a, const struct device *b)
{
	return acs_judge(a).present && acs_judge(a).basis <= BASIS_ASSUMED &&
	       acs_judge(b).present && acs_judge(b).basis <= BASIS_ASSUMED;
}

static bool is_companion(const struct subject *subject,
			 const struct device *device)
{
	return device_is_endpoint(device) &&
	       reach_is_same_device(subject->inquiry->tree, device,
				    subject->device) &&
	       !device_has(device, DEVICE_PHYSFN) &&
	       !set_has(&subject->inquiry->set, device) &&
	       !is_kept_apart(device, subject->device);
}

static int collect_companions(const struct subject *subject, struct set *found)
{
	struct relatives bus = kin_bus(subject->inquiry->tree, subject->device);
	int ret = 0;

	for (size_t i = 0; !ret && i < bus.count; i++)
		if (is_companion(subject, bus.member[i]))
			ret = set_add(found, bus.member[i]);
	return ret;
}

/* On a root bus functions of a slot are parts of the chipset, not of a card. */
bool neighbour_stays_behind(const struct subject *subject)
{
	struct relatives bus = kin_bus(subject->inquiry->tree, subject->device);

	if (subject->device->root_bus ||
	    device_has(subject->device, DEVICE_PHYSFN))
		return false;
	for (size_t i = 0; i < bus.count; i++)
		if (is_companion(subject, bus.member[i]))
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
