// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>

#include "model/text.h"
#include "provider/libpci.h"

/* The library's function for errors has no argument of ours. */
static jmp_buf gave_up;
static char words[256];

/* It must not return; that of the library ends the program with status 1. */
__attribute__((noreturn, format(printf, 1, 2)))
static void give_up(char *message, ...)
{
	va_list args;

	va_start(args, message);
	text_vprint(words, sizeof(words), message, args);
	va_end(args);
	longjmp(gave_up, 1);
}

/* What cannot be read is in the facts; it need not be said on stderr. */
static void stay_silent(char *message, ...)
{
	(void)message;
}

/* Once only, also where the library gives up over it. */
static void clean_up(struct pci_access *volatile *access)
{
	struct pci_access *left = *access;

	*access = NULL;
	if (left)
		pci_cleanup(left);
}

int libpci_use(unsigned int method, char *parameter, char *value,
	       libpci_work *work, void *context, struct problem *problem)
{
	struct pci_access *volatile access = NULL;
	int ret;

	if (setjmp(gave_up)) {
		clean_up(&access);
		return problem_set(problem, -EIO, "libpci: %s", words);
	}
	access = pci_alloc();
	access->error = give_up;
	access->warning = stay_silent;
	access->method = method;
	pci_set_param(access, parameter, value);
	pci_init(access);
	ret = work(access, context, problem);
	clean_up(&access);
	return ret;
}
