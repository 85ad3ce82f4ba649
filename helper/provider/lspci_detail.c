// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "provider/lspci_detail.h"

/* More digits than any group has; fewer than overflow. */
#define GROUP_DIGITS 9

/** struct value - what stands behind the key of a line; not terminated */
struct value {
	const char *text;
	size_t length;
};

static int take_group(struct lspci_detail *detail, struct value value)
{
	int64_t group = 0;
	size_t i = 0;

	for (; i < value.length && i < GROUP_DIGITS; i++) {
		if (value.text[i] < '0' || value.text[i] > '9')
			break;
		group = group * 10 + value.text[i] - '0';
	}
	if (i)
		detail->group = group;
	return 0;
}

/* With one -v the group is among the flags: "bus master, IOMMU group 7". */
static int take_flags(struct lspci_detail *detail, struct value value)
{
	static const char key[] = "IOMMU group ";
	const char *found = memmem(value.text, value.length, key,
				   strlen(key));

	if (!found)
		return 0;
	found += strlen(key);
	return take_group(detail, (struct value){
		found, (size_t)(value.text + value.length - found) });
}

static int take_driver(struct lspci_detail *detail, struct value value)
{
	free(detail->driver);
	detail->driver = strndup(value.text, value.length);
	detail->tells_driver = true;
	return detail->driver ? 0 : -ENOMEM;
}

static int take_modules(struct lspci_detail *detail, struct value value)
{
	(void)value;
	detail->tells_driver = true;
	return 0;
}

static const struct {
	const char *key;
	int (*take)(struct lspci_detail *detail, struct value value);
} keys[] = {
	{ "IOMMU group: ", take_group },
	{ "Flags: ", take_flags },
	{ "Kernel driver in use: ", take_driver },
	{ "Kernel modules: ", take_modules },
};

int lspci_detail_take(struct lspci_detail *detail, const char *line,
		      size_t length)
{
	while (length && (*line == ' ' || *line == '\t')) {
		line++;
		length--;
	}
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		size_t key = strlen(keys[i].key);

		if (length > key && !memcmp(line, keys[i].key, key))
			return keys[i].take(detail, (struct value){
				line + key, length - key });
	}
	return 0;
}

void lspci_detail_merge(struct lspci_detail *into, struct lspci_detail *from)
{
	if (into->group < 0)
		into->group = from->group;
	into->tells_driver |= from->tells_driver;
	if (into->driver)
		return;
	into->driver = from->driver;
	from->driver = NULL;
}

void lspci_detail_free(struct lspci_detail *detail)
{
	free(detail->driver);
	*detail = (struct lspci_detail){ .group = -1 };
}
