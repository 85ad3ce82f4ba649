/* SPDX-License-Identifier: GPL-2.0 */
/* Text of lspci, and what the provider lspci sees in it. */
#ifndef DUMP_H
#define DUMP_H

#include <stdio.h>

#include "model/facts.h"
#include "sysfs_tree.h"

struct dump {
	char *text;
	size_t length;
	FILE *stream;
	struct facts facts;
	struct problem problem;
};

/** dump_open() - an empty text; functions and lines are added to its stream */
void dump_open(struct dump *dump);

/** dump_function() - one function as `lspci -n -xxxx` writes it */
void dump_function(struct dump *dump, const struct fake *fake);

/** dump_bytes() - the same with these bytes for configuration space */
void dump_bytes(struct dump *dump, const char *address, const uint8_t *bytes,
		size_t length);

/** dump_look() - read it; what the provider returned */
int dump_look(struct dump *dump);

/** dump_device() - a device by its address */
const struct device *dump_device(const struct dump *dump, const char *text);

/** dump_unseen() - how many texts of unseen have these words */
size_t dump_unseen(const struct dump *dump, const char *words);

/** dump_close() - free all */
void dump_close(struct dump *dump);

#endif
