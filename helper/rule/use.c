// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "rule/subject.h"
#include "rule/use.h"

/* A disk has a dozen mount points: enough of them to know it by. */
#define USES_SHOWN 4

#define VFIO_NODES "/dev/vfio/"

static const char *const descriptions[] = {
	[USE_MOUNT] = "holds the file system mounted at %s",
	[USE_SWAP] = "holds the swap area %s",
	[USE_ROUTE] = "carries the default route (%s)",
	[USE_CONSOLE] = "shows the console (%s)",
	[USE_KEYBOARD] = "has the keyboard (%s)",
	[USE_HOLDER] = "is in use by %s",
};

char *use_describe(const struct use *use, const struct device *device)
{
	const char *format = descriptions[use->kind];
	const char *at = strstr(format, "%s");
	char address[BDF_TEXT];
	char *text;
	int ret;

	text = text_format("%.*s%s%s", (int)(at - format), format, use->what,
			   at + 2);
	ret = text ? 0 : -ENOMEM;
	if (!ret && use->through)
		ret = text_append(&text, " through %s", use->through);
	if (!ret && bdf_compare(use->device, device->address))
		text_append(&text, " with its virtual function %s",
			    bdf_format(use->device, address));
	return text;
}

bool use_is_owner(const struct use *use)
{
	return use->kind == USE_HOLDER && use->through &&
	       !strncmp(use->through, VFIO_NODES, strlen(VFIO_NODES));
}

static bool is_critical(const struct use *use)
{
	return use->kind != USE_HOLDER;
}

static bool is_holder(const struct use *use)
{
	return use->kind == USE_HOLDER && !use_is_owner(use);
}

/* The first use of the device that is of a sort, from a place on. */
static const struct use *find(const struct subject *subject, size_t *from,
			      bool (*sort)(const struct use *use))
{
	struct uses uses = usage_of(&subject->inquiry->survey->usage,
				    subject->device);

	for (; *from < uses.count; (*from)++)
		if (sort(uses.item[*from]))
			return uses.item[(*from)++];
	return NULL;
}

static bool has(const struct subject *subject,
		bool (*sort)(const struct use *use))
{
	size_t from = 0;

	return find(subject, &from, sort);
}

bool use_is_critical(const struct subject *subject)
{
	return has(subject, is_critical);
}

bool use_is_held(const struct subject *subject)
{
	return has(subject, is_holder);
}

bool use_is_owned(const struct subject *subject)
{
	const struct group *group = subject_group(subject);

	return (group && group->user_owned == ANSWER_YES) ||
	       has(subject, use_is_owner);
}

static int append_use(char **text, const struct use *use,
		      const struct device *device, const char *comma)
{
	char *description = use_describe(use, device);
	int ret = description ? text_append(text, "%s%s", comma, description) :
				-ENOMEM;

	free(description);
	return ret;
}

/* The first uses of a sort, and how many there are beyond. */
static int append_uses(char **text, const struct subject *subject,
		       bool (*sort)(const struct use *use))
{
	const struct use *use;
	size_t from = 0, count = 0;
	int ret = 0;

	while (!ret && (use = find(subject, &from, sort)))
		if (count++ < USES_SHOWN)
			ret = append_use(text, use, subject->device,
					 count > 1 ? ", " : "");
	if (!ret && count > USES_SHOWN)
		ret = text_append(text, " and %zu more", count - USES_SHOWN);
	return ret;
}

static char *show(const struct subject *subject,
		  bool (*sort)(const struct use *use))
{
	char address[BDF_TEXT];
	char *text = text_format("%s ", bdf_format(subject->device->address,
						   address));

	if (text)
		append_uses(&text, subject, sort);
	return text;
}

static char *name(const struct subject *subject,
		  bool (*sort)(const struct use *use))
{
	char *text = text_format("%s", "");

	if (text)
		append_uses(&text, subject, sort);
	return text;
}

char *use_show_critical(const struct subject *subject)
{
	return show(subject, is_critical);
}

char *use_show_holders(const struct subject *subject)
{
	return show(subject, is_holder);
}

char *use_name_critical(const struct subject *subject)
{
	return name(subject, is_critical);
}

char *use_name_holders(const struct subject *subject)
{
	return name(subject, is_holder);
}

/* The process is known where its descriptors can be read. */
char *use_show_owner(const struct subject *subject)
{
	char *text = text_format("group %u is owned by a process of user space",
				 subject->device->group);

	if (text && has(subject, use_is_owner) &&
	    !text_append(&text, ": the device "))
		append_uses(&text, subject, use_is_owner);
	return text;
}
