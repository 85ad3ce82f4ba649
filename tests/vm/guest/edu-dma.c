// SPDX-License-Identifier: GPL-2.0
/*
 * edu-dma: makes a QEMU "edu" device do DMA, at any address one likes.  Where the IOMMU has no
 * mapping for that address, each transfer is one DMA fault.
 *
 * The registers are described in QEMU's docs/specs/edu.  Two things are not said there: a transfer
 * takes 100 ms whatever its size, and one of the whole 4096 bytes of the device's buffer ends the
 * emulator ("EDU: DMA range … out of bounds"), at least in QEMU 7.2.
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

enum {
	EDU_ID = 0x11e81234,		/* device and vendor, as read from config space */
	EDU_SOURCE = 0x80,
	EDU_DESTINATION = 0x88,
	EDU_COUNT = 0x90,
	EDU_COMMAND = 0x98,
	EDU_START = 1,
	EDU_TO_MEMORY = 2,
	EDU_BUFFER = 0x40000,		/* the device's own memory, as its DMA engine sees it */
	EDU_LENGTH_MAX = 4095,
	EDU_BAR_SIZE = 1 << 20,
};

enum { PCI_COMMAND = 4, PCI_COMMAND_MEMORY_MASTER = 6 };

struct request {
	int to_memory;
	unsigned long count, length;
	uint64_t address;
	char device[64];		/* its folder in sysfs */
};

static const char usage[] =
	"usage: edu-dma [--read|--write] [--count N] [--length BYTES] BDF ADDRESS\n"
	"  --read    the device reads memory (the default)\n"
	"  --write   the device writes memory\n"
	"  --count   so many transfers, one after the other (1; each takes 100 ms)\n"
	"  --length  bytes of a transfer (4; 1 to 4095)\n";

static void die(const char *device, const char *what, const char *why)
{
	fprintf(stderr, "edu-dma: %s: %s: %s\n", device, what, why);
	exit(1);
}

static void refuse(void)
{
	fputs(usage, stderr);
	exit(2);
}

static uint64_t number(const char *text, uint64_t max)
{
	unsigned long long value;
	char *end;

	errno = 0;
	value = strtoull(text, &end, 0);
	if (errno || end == text || *end || *text == '-' || value > max)
		refuse();
	return value;
}

static int open_file(const struct request *req, const char *name, int flags)
{
	char path[128];
	int fd;

	snprintf(path, sizeof(path), "%s/%s", req->device, name);
	fd = open(path, flags | O_CLOEXEC);
	if (fd < 0)
		die(req->device, name, strerror(errno));
	return fd;
}

/*
 * Without a driver nobody has switched on the device, nor the bridges above it, which until then
 * pass no memory request down and no DMA up: the kernel does both on a write to `enable`.
 */
static void enable_path(const struct request *req)
{
	char path[128], enabled;
	int fd;

	snprintf(path, sizeof(path), "%s/driver", req->device);
	if (access(path, F_OK) == 0)
		return;
	fd = open_file(req, "enable", O_RDWR);
	if (read(fd, &enabled, 1) != 1 ||
	    (enabled == '0' && pwrite(fd, "1", 1, 0) != 1))
		die(req->device, "enable", strerror(errno));
	close(fd);
}

static void enable_device(const struct request *req)
{
	int fd = open_file(req, "config", O_RDWR);
	uint32_t id;
	uint16_t command;

	if (pread(fd, &id, sizeof(id), 0) != sizeof(id) || id != EDU_ID)
		die(req->device, "config", "not an edu device");
	enable_path(req);
	if (pread(fd, &command, sizeof(command), PCI_COMMAND) != sizeof(command))
		die(req->device, "config", strerror(errno));
	command |= PCI_COMMAND_MEMORY_MASTER;
	if (pwrite(fd, &command, sizeof(command), PCI_COMMAND) != sizeof(command))
		die(req->device, "config", strerror(errno));
	close(fd);
}

static volatile char *map_registers(const struct request *req)
{
	int fd = open_file(req, "resource0", O_RDWR);
	void *bar = mmap(NULL, EDU_BAR_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

	if (bar == MAP_FAILED)
		die(req->device, "resource0", strerror(errno));
	close(fd);
	return bar;
}

static void set(volatile char *bar, int reg, uint64_t value)
{
	*(volatile uint64_t *)(bar + reg) = value;
}

/* The device drops what is written to its registers while a transfer is under way. */
static void wait_idle(const struct request *req, volatile char *bar)
{
	const struct timespec pause = { .tv_nsec = 2000000 };

	for (int i = 0; i < 5000; i++) {
		if (!(*(volatile uint64_t *)(bar + EDU_COMMAND) & EDU_START))
			return;
		nanosleep(&pause, NULL);
	}
	die(req->device, "DMA", "not finished after 10 s");
}

static void transfer(const struct request *req, volatile char *bar)
{
	set(bar, EDU_SOURCE, req->to_memory ? EDU_BUFFER : req->address);
	set(bar, EDU_DESTINATION, req->to_memory ? req->address : EDU_BUFFER);
	set(bar, EDU_COUNT, req->length);
	set(bar, EDU_COMMAND, EDU_START | (req->to_memory ? EDU_TO_MEMORY : 0));
	wait_idle(req, bar);
}

static void parse(struct request *req, int argc, char **argv)
{
	static const struct option options[] = {
		{ "read", no_argument, NULL, 'r' },
		{ "write", no_argument, NULL, 'w' },
		{ "count", required_argument, NULL, 'c' },
		{ "length", required_argument, NULL, 'l' },
		{ }
	};
	const char *bdf;
	int option;

	while ((option = getopt_long(argc, argv, "", options, NULL)) >= 0) {
		if (option == 'r' || option == 'w')
			req->to_memory = option == 'w';
		else if (option == 'c')
			req->count = number(optarg, ULONG_MAX);
		else if (option == 'l')
			req->length = number(optarg, EDU_LENGTH_MAX);
		else
			refuse();
	}
	if (argc - optind != 2 || !req->length)
		refuse();
	bdf = argv[optind];
	snprintf(req->device, sizeof(req->device), "/sys/bus/pci/devices/%s%.16s",
		 strlen(bdf) > 7 ? "" : "0000:", bdf);
	req->address = number(argv[optind + 1], UINT64_MAX);
}

int main(int argc, char **argv)
{
	struct request req = { .count = 1, .length = 4 };
	volatile char *bar;

	parse(&req, argc, argv);
	enable_device(&req);
	bar = map_registers(&req);
	wait_idle(&req, bar);
	for (unsigned long i = 0; i < req.count; i++)
		transfer(&req, bar);
	return 0;
}
