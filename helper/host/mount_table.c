// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "host/file.h"
#include "host/mount_table.h"
#include "host/namespace.h"
#include "host/octal.h"

/* 36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=... */
static bool parse(char *line, struct mount *mount)
{
	char *tail = strstr(line, " - ");
	char *rest = line;
	char *point, *source;

	if (!tail)
		return false;
	*tail = '\0';
	tail += 3;
	mount->id = strsep(&rest, " ");
	strsep(&rest, " ");
	mount->number = strsep(&rest, " ");
	strsep(&rest, " ");
	point = strsep(&rest, " ");
	mount->type = strsep(&tail, " ");
	source = strsep(&tail, " ");
	if (!point || !source)
		return false;
	mount->point = octal_decode(point);
	mount->source = octal_decode(source);
	mount->options = tail ? tail : "";
	return true;
}

static bool is_own(const struct mount_table *table, const struct mount *mount)
{
	for (size_t i = 0; i < table->own; i++)
		if (!strcmp(table->mount[i].id, mount->id))
			return true;
	return false;
}

static int add_lines(struct mount_table *table, char *text)
{
	struct mount mount, *more;

	for (char *line; (line = strsep(&text, "\n"));) {
		if (!parse(line, &mount) || is_own(table, &mount))
			continue;
		more = reallocarray(table->mount, table->count + 1,
				    sizeof(*more));
		if (!more)
			return -ENOMEM;
		table->mount = more;
		more[table->count++] = mount;
	}
	return 0;
}

static int add_those_of_first(struct mount_table *table,
			      const struct host_roots *roots)
{
	int ret;

	if (!namespace_shows_host(roots)) {
		table->error = -EXDEV;
		return 0;
	}
	ret = file_text(&table->text[1], roots->procfs, "1/mountinfo");
	if (!ret)
		return add_lines(table, table->text[1]);
	table->error = ret;
	return ret == -ENOMEM ? ret : 0;
}

int mount_table_read(struct mount_table *table, const struct host_roots *roots)
{
	int ret;

	*table = (struct mount_table){ 0 };
	ret = file_text(&table->text[0], roots->procfs, "self/mountinfo");
	if (!ret)
		ret = add_lines(table, table->text[0]);
	table->own = table->count;
	return ret ? ret : add_those_of_first(table, roots);
}

static bool is_below(const char *path, const char *point)
{
	size_t length = strlen(point);

	if (!strcmp(point, "/"))
		return true;
	return !strncmp(path, point, length) &&
	       (path[length] == '/' || !path[length]);
}

/* Of two at one point the later one hides the other. */
const struct mount *mount_table_at(const struct mount_table *table,
				   const char *path)
{
	const struct mount *best = NULL;

	for (size_t i = 0; i < table->own; i++) {
		const struct mount *mount = &table->mount[i];

		if (is_below(path, mount->point) &&
		    (!best || strlen(mount->point) >= strlen(best->point)))
			best = mount;
	}
	return best;
}

void mount_table_free(struct mount_table *table)
{
	free(table->text[0]);
	free(table->text[1]);
	free(table->mount);
	*table = (struct mount_table){ 0 };
}
