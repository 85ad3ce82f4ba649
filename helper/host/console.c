// SPDX-License-Identifier: GPL-2.0
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "host/call.h"
#include "host/collector.h"
#include "host/file.h"
#include "host/trail.h"
#include "host/unseen.h"

/** enum screen - what draws the virtual terminals */
enum screen {
	SCREEN_NONE,		/* headless: the dummy console */
	SCREEN_FRAMEBUFFER,
	SCREEN_VGA,
	SCREEN_UNKNOWN,
};

static const struct {
	const char *word;
	enum screen screen;
} screens[] = {
	{ "frame buffer", SCREEN_FRAMEBUFFER },
	{ "VGA", SCREEN_VGA },
	{ "dummy", SCREEN_NONE },
};

static enum screen name_screen(const char *name)
{
	for (size_t i = 0; i < sizeof(screens) / sizeof(*screens); i++)
		if (strstr(name, screens[i].word))
			return screens[i].screen;
	return SCREEN_UNKNOWN;
}

/* The one with most behind it of the drivers that are bound. */
static int find_screen(const struct host_roots *roots, enum screen *screen)
{
	static const char folder[] = "class/vtconsole";
	char name[FILE_LINE], bind[FILE_LINE];
	struct text_list consoles;
	bool any = false;
	int ret = file_names(&consoles, roots->sysfs, folder);

	*screen = SCREEN_NONE;
	for (size_t i = 0; !ret && i < consoles.count; i++) {
		const char *item = consoles.item[i];

		if (file_line(bind, roots->sysfs, "%s/%s/bind", folder, item) ||
		    file_line(name, roots->sysfs, "%s/%s/name", folder, item) ||
		    strcmp(bind, "1"))
			continue;
		any = true;
		if (*screen == SCREEN_NONE ||
		    name_screen(name) == SCREEN_FRAMEBUFFER)
			*screen = name_screen(name);
	}
	text_list_free(&consoles);
	if (!any)
		*screen = SCREEN_UNKNOWN;
	return ret == -ENOMEM ? ret : 0;
}

static bool is_boot_vga(const struct host_roots *roots, struct bdf address)
{
	char line[FILE_LINE], text[BDF_TEXT];

	return !file_line(line, roots->sysfs, "bus/pci/devices/%s/boot_vga",
			  bdf_format(address, text)) && !strcmp(line, "1");
}

static int follow_boot_vga(struct trail *trail)
{
	struct facts *facts = trail->facts;
	int ret = 0;

	for (size_t i = 0; !ret && i < facts->device_count; i++)
		if (is_boot_vga(trail->roots, facts->devices[i].address))
			ret = trail_use(trail, facts->devices[i].address);
	return ret;
}

/*
 * A framebuffer that firmware left (efifb, simplefb) has a platform device or
 * none. It lies in the memory of the GPU that the firmware drew on.
 */
static int follow_framebuffer(struct trail *trail, const char *name)
{
	char path[FILE_PATH];
	bool arrived = false;
	int ret = 0;

	if (!trail_enter(trail, name))
		return 0;
	if (!file_real(path, trail->roots->sysfs, "class/graphics/%s/device",
		       name))
		ret = trail_arrive(trail, path, &arrived);
	if (!ret && !arrived)
		ret = follow_boot_vga(trail);
	trail_leave(trail);
	return ret;
}

/* tty0 is whichever terminal is in front; the first is where it began. */
static unsigned int number_terminal(const char *name)
{
	unsigned int number = (unsigned int)strtoul(name + 3, NULL, 10);

	return number ? number : 1;
}

/*
 * One framebuffer shows the terminal, whatever else there is: the one that the
 * kernel names, or, where it cannot be asked, the first.
 */
static void ask(const struct trail *trail, char name[FILE_LINE])
{
	const struct host_calls *calls = trail->roots->calls;
	unsigned int number = 0;
	char path[FILE_PATH];

	if (!trail->roots->dev || !calls || !calls->screen)
		return;
	text_print(path, sizeof(path), "%s/%s", trail->roots->dev, name);
	if (!calls->screen(path, number_terminal(trail->what), &number))
		text_print(name, FILE_LINE, "fb%u", number);
}

static bool is_framebuffer(const char *name)
{
	return !strncmp(name, "fb", 2) && isdigit((unsigned char)name[2]);
}

static int follow_framebuffers(struct trail *trail)
{
	char shows[FILE_LINE] = "";
	struct text_list names;
	int ret = file_names(&names, trail->roots->sysfs, "class/graphics");

	if (ret)
		return ret == -ENOMEM ? ret : 0;
	for (size_t i = 0; !*shows && i < names.count; i++)
		if (is_framebuffer(names.item[i]))
			text_print(shows, sizeof(shows), "%s", names.item[i]);
	text_list_free(&names);
	if (!*shows)
		return 0;
	ask(trail, shows);
	return follow_framebuffer(trail, shows);
}

static int follow_screen(struct trail *trail)
{
	enum screen screen;
	int ret = find_screen(trail->roots, &screen);

	if (ret || screen == SCREEN_NONE)
		return ret;
	if (screen != SCREEN_VGA)
		ret = follow_framebuffers(trail);
	if (!ret && !trail->reached)
		ret = follow_boot_vga(trail);
	if (ret || trail->reached)
		return ret;
	return unseen_add(trail->facts,
		"which PCI device shows console %s: sysfs leads to none",
		trail->what);
}

/* A serial port of the board has a device, but no PCI function. */
static int follow_terminal(struct trail *trail)
{
	char path[FILE_PATH];
	bool arrived;

	if (!file_real(path, trail->roots->sysfs, "class/tty/%s/device",
		       trail->what))
		return trail_arrive(trail, path, &arrived);
	return unseen_add(trail->facts,
		"which PCI device console %s is behind: sysfs leads to none",
		trail->what);
}

/* tty0 and tty1 are on the screen, ttyS0 and hvc0 are not. */
static bool is_virtual_terminal(const char *name)
{
	return !strncmp(name, "tty", 3) && name[3] &&
	       !name[3 + strspn(name + 3, "0123456789")];
}

/* The log sent to the network, to memory that survives, or nowhere. */
static bool is_terminal(const struct host_roots *roots, const char *name)
{
	return strncmp(name, "ttynull", 7) &&
	       !file_exists(roots->sysfs, "class/tty/%s", name);
}

static int follow(const struct host_roots *roots, struct facts *facts,
		  const char *name)
{
	struct trail trail = {
		.roots = roots, .facts = facts, .kind = USE_CONSOLE,
		.what = name,
	};

	if (is_virtual_terminal(name))
		return follow_screen(&trail);
	if (is_terminal(roots, name))
		return follow_terminal(&trail);
	return 0;
}

/* ttyS0                -W- (EC  p a)    4:64 */
static int follow_line(const struct host_roots *roots, struct facts *facts,
		       char *line)
{
	char *flags = strchr(line, '(');
	char *end = flags ? strchr(flags, ')') : NULL;

	if (!end)
		return 0;
	*end = '\0';
	line[strcspn(line, " \t")] = '\0';
	return strchr(flags, 'E') ? follow(roots, facts, line) : 0;
}

int console_collect(const struct host_roots *roots, struct facts *facts)
{
	char *text, *rest;
	int ret = file_text(&text, roots->procfs, "consoles");

	if (ret == -ENOMEM)
		return ret;
	if (ret)
		return unseen_add(facts,
			"which devices are consoles: /proc/consoles: %s",
			strerror(-ret));
	rest = text;
	for (char *line; !ret && (line = strsep(&rest, "\n"));)
		ret = follow_line(roots, facts, line);
	free(text);
	return ret;
}
