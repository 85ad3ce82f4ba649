// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <linux/route.h>
#include <stdlib.h>
#include <string.h>

#include "host/collector.h"
#include "host/file.h"
#include "host/interface.h"
#include "host/unseen.h"

#define COLUMNS_MAX 12

/**
 * struct table - a table of routes in /proc/net
 * @columns: that a line has at least
 * @zero: columns that are all zeroes in a default route
 * @flags, @interface: columns
 */
static const struct table {
	const char *file, *missing;
	unsigned int columns, zero[2], flags, interface;
} tables[] = {
	{ "net/route", "which interfaces hold the default route",
	  8, { 1, 7 }, 3, 0 },
	/* Missing where IPv6 is off, which is no reason to worry. */
	{ "net/ipv6_route", NULL, 10, { 0, 1 }, 8, 9 },
};

static unsigned int split(char *line, char *column[COLUMNS_MAX])
{
	unsigned int count = 0;
	char *rest = line;

	while (count < COLUMNS_MAX &&
	       (column[count] = strtok_r(count ? NULL : line, " \t", &rest)))
		count++;
	return count;
}

static bool is_zero(const char *number)
{
	return !number[strspn(number, "0")];
}

static bool is_default(const struct table *table, char *const column[])
{
	unsigned long flags = strtoul(column[table->flags], NULL, 16);

	return is_zero(column[table->zero[0]]) &&
	       is_zero(column[table->zero[1]]) &&
	       (flags & RTF_UP) && !(flags & RTF_REJECT) &&
	       strcmp(column[table->interface], "lo");
}

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

static int follow_all(const struct host_roots *roots, struct facts *facts,
		      const struct table *table, char *text)
{
	char *column[COLUMNS_MAX];
	int ret = 0;

	for (char *line; !ret && (line = strsep(&text, "\n"));)
		if (split(line, column) >= table->columns &&
		    is_default(table, column))
			ret = follow(roots, facts, column[table->interface]);
	return ret;
}

static int read_table(const struct host_roots *roots, struct facts *facts,
		      const struct table *table)
{
	char *text;
	int ret = file_text(&text, roots->procfs, "%s", table->file);

	if (ret == -ENOMEM)
		return ret;
	if (ret == -ENOENT && !table->missing)
		return 0;
	if (ret)
		return unseen_add(facts, "%s: /proc/%s: %s",
			table->missing ? table->missing : tables[0].missing,
			table->file, strerror(-ret));
	ret = follow_all(roots, facts, table, text);
	free(text);
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
static int check_namespace(const struct host_roots *roots, struct facts *facts)
{
	struct text_list interfaces;
	bool foreign = false;
	char *devices;
	int ret = file_text(&devices, roots->procfs, "net/dev");

	if (ret)
		return ret == -ENOMEM ? ret : 0;
	ret = file_names(&interfaces, roots->sysfs, "class/net");
	for (size_t i = 0; !ret && i < interfaces.count; i++)
		foreign |= !file_exists(roots->sysfs, "class/net/%s/ifindex",
					interfaces.item[i]) &&
			   !is_listed(devices, interfaces.item[i]);
	text_list_free(&interfaces);
	free(devices);
	if (foreign)
		return unseen_add(facts, "%s: this is another network namespace than the host's",
				  tables[0].missing);
	return ret == -ENOMEM ? ret : 0;
}

int route_collect(const struct host_roots *roots, struct facts *facts)
{
	int ret = 0;

	for (size_t i = 0; !ret && i < sizeof(tables) / sizeof(*tables); i++)
		ret = read_table(roots, facts, &tables[i]);
	return ret ? ret : check_namespace(roots, facts);
}
