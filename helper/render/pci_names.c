// SPDX-License-Identifier: GPL-2.0
#include <setjmp.h>
#include <stdlib.h>

#include <pci/pci.h>

#include "model/text.h"
#include "render/escape.h"
#include "render/pci_names.h"

struct pci_names {
	struct pci_access *access;
	bool broken;
};

/*
 * libpci reports a broken pci.ids by a function that must not return; its
 * default ends the program with a status that would mean "warning".
 */
static jmp_buf broken;

__attribute__((noreturn))
static void libpci_error(char *message, ...)
{
	(void)message;
	longjmp(broken, 1);
}

struct pci_names *pci_names_open(const char *file)
{
	struct pci_names *names = calloc(1, sizeof(*names));

	if (!names)
		return NULL;
	names->access = pci_alloc();
	names->access->error = libpci_error;
	/* No names from the user's cache or from the network. */
	names->access->id_lookup_mode = PCI_LOOKUP_NO_HWDB;
	if (file && *file)
		pci_set_name_list_path(names->access, (char *)file, 0);
	return names;
}

void pci_names_close(struct pci_names *names)
{
	if (!names)
		return;
	pci_cleanup(names->access);
	free(names);
}

static const char *look_up(struct pci_names *names, char *buffer, int size,
			   int flags, int first, int second)
{
	if (!names || names->broken)
		return NULL;
	if (setjmp(broken)) {
		names->broken = true;
		return NULL;
	}
	return pci_lookup_name(names->access, buffer, size, flags, first,
			       second);
}

char *pci_names_device(struct pci_names *names, const struct device *device)
{
	char buffer[256];
	const char *name;

	name = look_up(names, buffer, sizeof(buffer),
		       PCI_LOOKUP_VENDOR | PCI_LOOKUP_DEVICE, device->vendor,
		       device->device);
	if (name)
		return escape_terminal(name);
	return text_format("[%04x:%04x]", device->vendor, device->device);
}

char *pci_names_class(struct pci_names *names, const struct device *device)
{
	char buffer[256];
	const char *name;

	name = look_up(names, buffer, sizeof(buffer), PCI_LOOKUP_CLASS,
		       (int)(device->class >> 8), 0);
	if (name)
		return escape_terminal(name);
	return text_format("Class [%04x]", device->class >> 8);
}
