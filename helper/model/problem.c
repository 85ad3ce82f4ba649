// SPDX-License-Identifier: GPL-2.0
#include "model/problem.h"
#include "model/text.h"

int problem_set(struct problem *problem, int error, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	text_vprint(problem->text, sizeof(problem->text), format, args);
	va_end(args);
	return error;
}
