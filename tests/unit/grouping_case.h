/* SPDX-License-Identifier: GPL-2.0 */
/* Machines whose groups are known, to hold predictions against. */
#ifndef GROUPING_CASE_H
#define GROUPING_CASE_H

#include "machine.h"

#define ON ACS(0x1f, 0x1d)
#define OFF ACS(0x1f, 0x00)
#define PORT_OF(bdf_, type_, parent_, ...) \
	{ .bdf = (bdf_), .type = PORT_##type_, .parent = (parent_), __VA_ARGS__ }

/**
 * struct grouping_case - a machine; the groups of its parts are the kernel's
 * @kernel: its release; NULL for the newest that the quirk table knows
 * @change: what a table cannot say
 * @unknown: who cannot be predicted with certainty, separated by blanks
 */
struct grouping_case {
	const char *what;
	const struct part *parts;
	size_t count;
	const char *kernel;
	void (*change)(struct machine *machine);
	const char *unknown;
};

#define PARTS(...) \
	.parts = (const struct part[]){ __VA_ARGS__ }, \
	.count = sizeof((const struct part[]){ __VA_ARGS__ }) / \
		 sizeof(struct part)

/** grouping_expect() - each machine is predicted to have just these groups */
void grouping_expect(const struct grouping_case *cases, size_t count);

/** grouping_together() - whether two devices are predicted to share a group */
bool grouping_together(const struct machine *machine, size_t a, size_t b);

/** grouping_set() - change a number of a device */
void grouping_set(struct machine *machine, const char *bdf,
		  enum device_field field, uint64_t value);

/** grouping_alias() - as if a device also spoke as @devfn */
void grouping_alias(struct machine *machine, const char *bdf, uint8_t devfn);

#endif
