/* SPDX-License-Identifier: GPL-2.0 */
/* Moments: nanoseconds since 1970 (UTC), as the kernel counts them. */
#ifndef MODEL_MOMENT_H
#define MODEL_MOMENT_H

#include <stdint.h>

/** MOMENT_FORM - how a moment is written: RFC 3339, with all digits of it */
#define MOMENT_FORM "yyyy-mm-ddThh:mm:ss.nnnnnnnnnZ"
#define MOMENT_TEXT sizeof(MOMENT_FORM)

#define MOMENT_SECOND UINT64_C(1000000000)

/** moment_format() - write a moment; returns @text */
char *moment_format(uint64_t moment, char text[MOMENT_TEXT]);

/**
 * moment_parse() - read what moment_format() writes
 *
 * Return: 0; -EINVAL for another form, -ERANGE for a moment that there is not.
 */
int moment_parse(const char *text, uint64_t *moment);

/** moment_now() - of the clock on the wall */
uint64_t moment_now(void);

/** MOMENT_AGE - bytes that the longest age needs */
#define MOMENT_AGE 32

/** moment_age() - how long ago, roughly, for people: "3 minutes"; returns @text */
char *moment_age(uint64_t now, uint64_t then, char text[MOMENT_AGE]);

#endif
