// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "host/collector.h"
#include "host/file.h"
#include "host/interface.h"
#include "host/namespace.h"
#include "host/route_table.h"
#include "host/unseen.h"

#define INTERFACES "which interfaces hold the default route: "

static int follow(const struct host_roots *roots, struct facts *facts,
		  const char *interface)
{
	struct trail trail = {
		.roots = roots, .facts = facts, .kind = USE_ROUTE,
		.what = interface, .hidden = 1,
	};
	int ret = interface_follow(&trail, interface);

	if (ret || trail.reached)
		return ret;
	return unseen_add(facts,
		"which PCI device carries the default route: %s leads to none",
		interface);
}

/* The kernel itself knows all tables and next hops; what /proc shows is less. */
static int find_routes(const struct host_roots *roots, struct facts *facts,
		       struct default_routes *found)
{
	int asked = roots->calls && roots->calls->routes ?
		roots->calls->routes(found) : -ENOSYS;
	int ret;

	if (!asked || asked == -ENOMEM)
		return asked;
	ret = route_table_read(roots, found);
	if (ret == -ENOMEM)
		return ret;
	if (ret)
		return unseen_add(facts, INTERFACES "/proc/net/route: %s",
				  strerror(-ret));
	return unseen_add(facts,
		"routes of other tables than the main one, and all but the first next hop: the kernel did not tell them");
}

/* Without a card there is nothing that could be needed, or not. */
static bool has_card(const struct host_roots *roots)
{
	struct text_list interfaces;
	bool has = false;

	if (file_names(&interfaces, roots->sysfs, "class/net"))
		return false;
	for (size_t i = 0; !has && i < interfaces.count; i++)
		has = !file_exists(roots->sysfs, "class/net/%s/device",
				   interfaces.item[i]);
	text_list_free(&interfaces);
	return has;
}

static int follow_all(const struct host_roots *roots, struct facts *facts,
		      const struct default_routes *found)
{
	int ret = 0;

	for (size_t i = 0; !ret && i < found->interfaces.count; i++)
		ret = follow(roots, facts, found->interfaces.item[i]);
	if (!ret && found->unnamed)
		ret = unseen_add(facts,
			INTERFACES "one names a next hop of its own instead");
	if (!ret && !found->interfaces.count && !found->unnamed &&
	    has_card(roots))
		ret = unseen_add(facts,
			"which network cards the host needs: it has no default route");
	return ret;
}

static bool is_listed(const char *devices, const char *interface)
{
	size_t length = strlen(interface);

	for (const char *at = devices; (at = strstr(at, interface)); at++)
		if ((at == devices || strchr(" \n", at[-1])) &&
		    at[length] == ':')
			return true;
	return false;
}

/*
 * sysfs shows the interfaces of the namespace in which it was mounted, /proc
 * those of the process: routes of another namespace are not the host's.
 */
static int look_for_others(const struct host_roots *roots, bool *foreign)
{
	struct text_list interfaces;
	char *devices;
	int ret = file_text(&devices, roots->procfs, "net/dev");

	if (ret)
		return ret == -ENOMEM ? ret : 0;
	ret = file_names(&interfaces, roots->sysfs, "class/net");
	for (size_t i = 0; !ret && i < interfaces.count; i++)
		*foreign |= !file_exists(roots->sysfs, "class/net/%s/ifindex",
					 interfaces.item[i]) &&
			    !is_listed(devices, interfaces.item[i]);
	text_list_free(&interfaces);
	free(devices);
	return ret == -ENOMEM ? ret : 0;
}

static int check_namespace(const struct host_roots *roots, struct facts *facts)
{
	bool foreign = false;
	int ret;

	/* That nothing of it can be read was said. */
	if (!roots->procfs)
		return 0;
	ret = look_for_others(roots, &foreign);
	if (ret)
		return ret;
	if (foreign)
		return unseen_add(facts, INTERFACES
			"this is another network namespace than the host's");
	if (!namespace_has_host_network(roots))
		return unseen_add(facts, INTERFACES
			"this may be another network namespace than the host's");
	return 0;
}

int route_collect(const struct host_roots *roots, struct facts *facts)
{
	struct default_routes found = { 0 };
	int ret = find_routes(roots, facts, &found);

	if (!ret)
		ret = follow_all(roots, facts, &found);
	text_list_free(&found.interfaces);
	return ret ? ret : check_namespace(roots, facts);
}
