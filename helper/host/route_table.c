// SPDX-License-Identifier: GPL-2.0
#include <arpa/inet.h>
#include <errno.h>
#include <linux/route.h>
#include <stdlib.h>
#include <string.h>

#include "host/file.h"
#include "host/route_table.h"

#define COLUMNS_MAX 12

/*
 * Two routes to half of all addresses each are a default route, too: a network
 * mask of no bit or of one.
 */
static bool is_mask(const char *text)
{
	return !(ntohl((uint32_t)strtoul(text, NULL, 16)) & 0x7fffffff);
}

static bool is_length(const char *text)
{
	return strtoul(text, NULL, 16) <= 1;
}

/**
 * struct table - a table of routes in /proc/net
 * @columns: that a line has at least
 * @mask, @flags, @interface: columns
 * @is_wide: of the column @mask
 */
static const struct table {
	const char *file;
	unsigned int columns, mask, flags, interface;
	bool (*is_wide)(const char *text);
} tables[] = {
	{ "net/route", 8, 7, 3, 0, is_mask },
	{ "net/ipv6_route", 10, 1, 8, 9, is_length },
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

/* No heading: the one of IPv4 has words, and "Flags" begins with a digit. */
static bool is_number(const char *text)
{
	return !text[strspn(text, "0123456789abcdefABCDEF")];
}

static bool is_default(const struct table *table, char *const column[])
{
	unsigned long flags = strtoul(column[table->flags], NULL, 16);

	return is_number(column[table->mask]) &&
	       is_number(column[table->flags]) &&
	       table->is_wide(column[table->mask]) && (flags & RTF_UP) &&
	       !(flags & RTF_REJECT);
}

static int add_lines(const struct table *table, char *text,
		     struct default_routes *found)
{
	char *column[COLUMNS_MAX];
	int ret = 0;

	for (char *line; !ret && (line = strsep(&text, "\n"));)
		if (split(line, column) >= table->columns &&
		    is_default(table, column))
			ret = default_routes_add(found,
						 column[table->interface]);
	return ret;
}

static int read_table(const struct host_roots *roots, const struct table *table,
		      struct default_routes *found)
{
	char *text;
	int ret = file_text(&text, roots->procfs, "%s", table->file);

	if (!ret)
		ret = add_lines(table, text, found);
	free(text);
	return ret;
}

int route_table_read(const struct host_roots *roots,
		     struct default_routes *found)
{
	int ret = read_table(roots, &tables[0], found);
	int other = read_table(roots, &tables[1], found);

	/* Where IPv6 is off its table is missing, which is no reason to worry. */
	if (other != -ENOENT && (!ret || other == -ENOMEM))
		ret = other;
	return ret;
}
