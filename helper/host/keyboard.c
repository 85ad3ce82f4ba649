// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "host/collector.h"
#include "host/file.h"
#include "host/trail.h"
#include "host/unseen.h"

/*
 * Keys 1 to 31: Escape, digits, the upper rows of letters. This is what udev
 * takes for a keyboard; a power button or a headset has a few keys only.
 */
#define KEYBOARD 0xfffffffeUL

/* A file of hexadecimal words, the lowest last. */
static bool is_keyboard(const struct host_roots *roots, const char *input)
{
	char *text, *last;
	bool is;

	if (file_text(&text, roots->sysfs, "class/input/%s/capabilities/key",
		      input))
		return false;
	text[strcspn(text, "\n")] = '\0';
	last = strrchr(text, ' ');
	is = (strtoul(last ? last : text, NULL, 16) & KEYBOARD) == KEYBOARD;
	free(text);
	return is;
}

static int follow(const struct host_roots *roots, struct facts *facts,
		  const char *input)
{
	char path[FILE_PATH], name[FILE_LINE];
	struct trail trail = {
		.roots = roots, .facts = facts, .kind = USE_KEYBOARD,
		.what = name,
	};
	bool arrived;

	if (file_real(path, roots->sysfs, "class/input/%s", input))
		return 0;
	if (file_line(name, roots->sysfs, "class/input/%s/name", input) ||
	    !*name)
		text_print(name, sizeof(name), "%s", input);
	return trail_arrive(&trail, path, &arrived);
}

int keyboard_collect(const struct host_roots *roots, struct facts *facts)
{
	struct text_list inputs;
	int ret = file_names(&inputs, roots->sysfs, "class/input");

	if (ret == -ENOMEM)
		return ret;
	/* A kernel without input devices has classes, but not this one. */
	if (ret == -ENOENT && !file_exists(roots->sysfs, "class"))
		return 0;
	if (ret)
		return unseen_add(facts,
			"which devices keyboards are on: /sys/class/input: %s",
			strerror(-ret));
	for (size_t i = 0; !ret && i < inputs.count; i++)
		if (!strncmp(inputs.item[i], "input", 5) &&
		    is_keyboard(roots, inputs.item[i]))
			ret = follow(roots, facts, inputs.item[i]);
	text_list_free(&inputs);
	return ret;
}
