// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "host/file.h"
#include "host/trail.h"

bool trail_enter(struct trail *trail, const char *name)
{
	if (trail->depth == TRAIL_STEPS)
		return false;
	for (unsigned int i = 0; i < trail->depth; i++)
		if (!strcmp(trail->step[i], name))
			return false;
	trail->step[trail->depth++] = name;
	return true;
}

void trail_leave(struct trail *trail)
{
	trail->depth--;
}

/* USB and virtio devices and the like stand below the function they are of. */
static bool find_function(const char *path, struct bdf *device)
{
	char copy[FILE_PATH];
	bool found = false;
	char *rest = copy;

	text_print(copy, sizeof(copy), "%s", path);
	for (const char *name; (name = strsep(&rest, "/"));)
		found |= !bdf_parse(name, device);
	return found;
}

static int describe(const struct trail *trail, char **through)
{
	int ret = 0;

	*through = NULL;
	for (unsigned int i = trail->hidden; !ret && i < trail->depth; i++)
		ret = text_append(through, "%s%s", *through ? " " : "",
				  trail->step[i]);
	return ret;
}

/*
 * Mounted once is mounted, by however many disks behind that function; but a
 * process may hold two device nodes of one.
 */
static bool is_known(const struct trail *trail, struct bdf device,
		     const char *through)
{
	const struct use *use = trail->facts->uses;

	for (size_t i = 0; i < trail->facts->use_count; i++, use++)
		if (use->kind == trail->kind &&
		    !bdf_compare(use->device, device) &&
		    !strcmp(use->what, trail->what) &&
		    (use->kind != USE_HOLDER || !use->through || !through ||
		     !strcmp(use->through, through)))
			return true;
	return false;
}

static int add(const struct trail *trail, struct bdf device,
	       const char *through)
{
	struct use *use = facts_add_use(trail->facts);
	int ret;

	if (!use)
		return -ENOMEM;
	field_set_address(use_fields, USE_DEVICE, use, device);
	field_set_number(use_fields, USE_KIND, use, trail->kind);
	ret = field_set_text(use_fields, USE_WHAT, use, trail->what,
			     strlen(trail->what));
	if (!ret && through)
		ret = field_set_text(use_fields, USE_THROUGH, use, through,
				     strlen(through));
	if (ret) {
		use_free(use);
		trail->facts->use_count--;
	}
	return ret;
}

int trail_use(struct trail *trail, struct bdf device)
{
	char *through;
	int ret;

	trail->reached = true;
	if (!facts_find(trail->facts, device))
		return 0;
	ret = describe(trail, &through);
	if (!ret && !is_known(trail, device, through))
		ret = add(trail, device, through);
	free(through);
	return ret;
}

static bool has_word(const char *text, const char *word)
{
	size_t length = strlen(word);

	for (const char *at = text; (at = strstr(at, word)); at += length)
		if ((at == text || at[-1] == ' ') &&
		    (!at[length] || at[length] == ' '))
			return true;
	return false;
}

bool trail_has_passed(const struct facts *facts, const char *name)
{
	for (size_t i = 0; i < facts->use_count; i++)
		if (facts->uses[i].through &&
		    has_word(facts->uses[i].through, name))
			return true;
	return false;
}

int trail_arrive(struct trail *trail, const char *path, bool *arrived)
{
	struct bdf device;

	*arrived = find_function(path, &device);
	return *arrived ? trail_use(trail, device) : 0;
}
