// SPDX-License-Identifier: GPL-2.0
/*
 * DMA faults as fast as a device can make them: `e1000e-storm BDF ADDRESS
 * SECONDS [PAUSE]`. Puts the transmit ring of an Intel 82574 without a driver at
 * ADDRESS, and tells the device again and again, PAUSE microseconds apart, that
 * there is one more packet: it reads a descriptor each time. Ends after SECONDS,
 * or with SIGTERM, or when the device is gone, and says how often that was.
 * Registers: 82574 datasheet, section 10.
 */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

enum {
	TCTL = 0x400,
	TCTL_EN = 1 << 1,
	TDBAL = 0x3800,
	TDBAH = 0x3804,
	TDLEN = 0x3808,
	TDH = 0x3810,
	TDT = 0x3818,
	BAR_SIZE = 1 << 17,
	RING_BYTES = 4096,
	RING_SLOTS = RING_BYTES / 16,
};

enum { PCI_COMMAND = 4, PCI_COMMAND_MEMORY_MASTER = 6 };

static volatile sig_atomic_t stopped;
static sigjmp_buf gone;

static void stop(int signal)
{
	(void)signal;
	stopped = 1;
}

/* The kernel takes the registers away with the device. */
static void lose(int signal)
{
	(void)signal;
	siglongjmp(gone, 1);
}

static int open_file(const char *bdf, const char *name)
{
	char path[96];
	int fd;

	snprintf(path, sizeof(path), "/sys/bus/pci/devices/%s/%s", bdf, name);
	fd = open(path, O_RDWR | O_CLOEXEC);
	if (fd < 0) {
		fprintf(stderr, "e1000e-storm: %s: %s\n", path, strerror(errno));
		exit(1);
	}
	return fd;
}

/* It and the bridges above it, which nobody has switched on without a driver. */
static void enable(const char *bdf)
{
	int fd = open_file(bdf, "enable");
	uint16_t command;
	char enabled;

	if (read(fd, &enabled, 1) != 1 || (enabled == '0' && pwrite(fd, "1", 1, 0) != 1))
		exit(1);
	close(fd);
	fd = open_file(bdf, "config");
	if (pread(fd, &command, sizeof(command), PCI_COMMAND) != sizeof(command))
		exit(1);
	command |= PCI_COMMAND_MEMORY_MASTER;
	if (pwrite(fd, &command, sizeof(command), PCI_COMMAND) != sizeof(command))
		exit(1);
	close(fd);
}

static volatile char *map_registers(const char *bdf)
{
	int fd = open_file(bdf, "resource0");
	void *bar = mmap(NULL, BAR_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

	if (bar == MAP_FAILED) {
		perror("e1000e-storm: mmap");
		exit(1);
	}
	close(fd);
	return bar;
}

static void set(volatile char *bar, int reg, uint32_t value)
{
	*(volatile uint32_t *)(bar + reg) = value;
}

static void set_ring(volatile char *bar, uint64_t address)
{
	set(bar, TCTL, 0);
	set(bar, TDBAL, address);
	set(bar, TDBAH, address >> 32);
	set(bar, TDLEN, RING_BYTES);
	set(bar, TDH, 0);
	set(bar, TDT, 0);
	set(bar, TCTL, TCTL_EN);
}

static double now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec + now.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
	const useconds_t pause_us = argc > 4 ? atoi(argv[4]) : 0;
	static volatile unsigned long pulls;
	volatile char *bar;
	double start, end;

	if (argc < 4)
		return 2;
	signal(SIGTERM, stop);
	signal(SIGBUS, lose);
	enable(argv[1]);
	bar = map_registers(argv[1]);
	start = now();
	end = start + atof(argv[3]);
	if (!sigsetjmp(gone, 1)) {
		set_ring(bar, strtoull(argv[2], NULL, 0));
		while (!stopped && now() < end) {
			pulls = pulls + 1;
			set(bar, TDT, pulls % RING_SLOTS);
			if (pause_us)
				usleep(pause_us);
		}
		set(bar, TCTL, 0);
	}
	printf("pulls=%lu seconds=%.3f\n", pulls, now() - start);
	return 0;
}
