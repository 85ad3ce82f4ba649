/* SPDX-License-Identifier: GPL-2.0 */
/* What went wrong, in words: travels beside a negative errno up to cmd/. */
#ifndef MODEL_PROBLEM_H
#define MODEL_PROBLEM_H

/** struct problem - one line for a person: names the object, says what to do */
struct problem {
	char text[512];
};

/**
 * problem_set() - describe an error
 * @problem: receives the text; what it said before is lost
 * @error: negative errno
 * @format: as of printf, without a line end
 *
 * Return: @error, so that a caller can return it in the same breath.
 */
__attribute__((format(printf, 3, 4)))
int problem_set(struct problem *problem, int error, const char *format, ...);

#endif
