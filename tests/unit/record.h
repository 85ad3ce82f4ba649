/* SPDX-License-Identifier: GPL-2.0 */
/* Records as their tables of fields have them, whatever they are of. */
#ifndef RECORD_H
#define RECORD_H

#include "model/field.h"

/** record_clear() - say that a row is not known */
void record_clear(void *record, unsigned int index);

/** record_fill() - each row as full as it can be, so that a reader that cuts is seen */
void record_fill(const struct field *table, unsigned int count, void *record);

/** record_compare() - fail the test where two records differ in what is known */
void record_compare(const struct field *table, unsigned int count,
		    const void *a, const void *b);

#endif
