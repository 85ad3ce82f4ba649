// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "provider/config.h"
#include "provider/libpci.h"
#include "provider/lspci_config.h"
#include "provider/lspci_fill.h"

/* A row is "ff0: " and sixteen bytes of "00 ". */
#define ROW 16
#define ROW_TEXT (5 + 3 * ROW)
#define FUNCTION_TEXT (32 + LSPCI_CONFIG_BYTES / ROW * ROW_TEXT)

struct visit {
	const struct lspci_text *text;
	const struct wiring *wiring;
	struct pci_dev **pci;
};

static void set(struct device *device, enum device_field field, uint64_t value)
{
	field_set_number(device_fields, field, device, value);
}

static char *put_hex(char *to, size_t value, unsigned int digits)
{
	while (digits--)
		*to++ = "0123456789abcdef"[value >> 4 * digits & 0xf];
	return to;
}

/*
 * One function, in the form that libpci reads. It stands in a segment of its
 * own that is its index, by which its bytes are found again: libpci knows no
 * segments beyond five digits.
 */
static size_t put_function(char *text, const struct lspci_function *function,
			   size_t index)
{
	char *to = put_hex(text, index, 5);

	to = stpcpy(to, ":00:00.0 \n");
	for (size_t i = 0; i < function->length; i++) {
		if (i % ROW == 0) {
			to = stpcpy(put_hex(i ? stpcpy(to, "\n") : to, i, 3),
				    ":");
		}
		to = put_hex(stpcpy(to, " "), function->config[i], 2);
	}
	return (size_t)(stpcpy(to, "\n\n") - text);
}

static int write_all(int fd, const char *bytes, size_t length)
{
	while (length) {
		ssize_t written = write(fd, bytes, length);

		if (written < 0 && errno != EINTR)
			return -errno;
		if (written > 0) {
			bytes += written;
			length -= (size_t)written;
		}
	}
	return 0;
}

/* Without the lines at which libpci would give up: it is strict. */
static int write_dump(int fd, const struct lspci_text *text)
{
	char *room = malloc(FUNCTION_TEXT);
	int ret = room ? 0 : -ENOMEM;

	for (size_t i = 0; !ret && i < text->count; i++)
		if (text->function[i].config)
			ret = write_all(fd, room,
				put_function(room, &text->function[i], i));
	free(room);
	return ret;
}

static void identify(const struct visit *visit, size_t index)
{
	struct device *device = &visit->wiring->facts->devices[index];
	struct connection *connection = &visit->wiring->connection[index];
	const struct lspci_function *function = &visit->text->function[index];
	struct pci_dev *pci = visit->pci[index];

	if (pci) {
		config_identify(pci, device);
		config_bridge(pci, &connection->bridge);
		config_sriov(pci, &connection->sriov);
	}
	connection->named = device_has(device, DEVICE_VENDOR);
	lspci_fill_identity(function, device);
	lspci_fill_connection(&function->detail, connection);
}

static void read_registers(const struct visit *visit, size_t index)
{
	struct device *device = &visit->wiring->facts->devices[index];

	if (visit->pci[index])
		config_read(visit->pci[index], device,
			    &visit->wiring->connection[index].several);
	else
		set(device, DEVICE_ACS_UNKNOWN, REASON_NO_ACCESS);
	visit->wiring->connection[index].header =
		device_has(device, DEVICE_HEADER_TYPE);
	lspci_fill_registers(&visit->text->function[index].detail, device);
}

static int read_all(struct pci_access *access, void *context,
		    struct problem *problem)
{
	const struct visit *visit = context;
	size_t count = visit->text->count;

	(void)problem;
	for (struct pci_dev *pci = access->devices; pci; pci = pci->next)
		if (pci->domain >= 0 && (size_t)pci->domain < count)
			visit->pci[pci->domain] = pci;
	for (size_t i = 0; i < count; i++)
		identify(visit, i);
	wiring_mark_virtual(visit->wiring);
	for (size_t i = 0; i < count; i++)
		read_registers(visit, i);
	return 0;
}

static int read_dump(int fd, struct visit *visit, struct problem *problem)
{
	char *path = text_format("/proc/self/fd/%d", fd);
	int ret = path ? write_dump(fd, visit->text) : -ENOMEM;

	if (ret)
		problem_set(problem, ret, "a copy of the dump: %s",
			    strerror(-ret));
	else
		ret = libpci_use(PCI_ACCESS_DUMP, "dump.name", path, read_all,
				 visit, problem);
	free(path);
	return ret;
}

int lspci_config_read(const struct lspci_text *text,
		      const struct wiring *wiring, struct problem *problem)
{
	struct visit visit = { text, wiring, NULL };
	int fd = memfd_create("lspci", MFD_CLOEXEC);
	int ret;

	if (fd < 0)
		return problem_set(problem, -errno, "a copy of the dump: %s",
				   strerror(errno));
	visit.pci = calloc(text->count + 1, sizeof(struct pci_dev *));
	if (visit.pci)
		ret = read_dump(fd, &visit, problem);
	else
		ret = problem_set(problem, -ENOMEM, "out of memory");
	free(visit.pci);
	close(fd);
	return ret;
}
