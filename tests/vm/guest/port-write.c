// SPDX-License-Identifier: GPL-2.0
/*
 * port-write PORT: copies standard input to an I/O port, byte by byte.
 *
 * QEMU's isa-debugcon devices write what arrives at their port to a file of the host, unchanged.  A
 * serial line would do that too, but through the console's line discipline; a virtio console would
 * add a function to the PCI topology that is under test.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/io.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	static char bytes[65536];
	unsigned long port;
	ssize_t n;

	port = argc == 2 ? strtoul(argv[1], NULL, 0) : 0;
	if (!port || port > 0xffff) {
		fprintf(stderr, "usage: port-write PORT\n");
		return 2;
	}
	if (ioperm(port, 1, 1)) {
		perror("port-write: ioperm");
		return 1;
	}
	while ((n = read(STDIN_FILENO, bytes, sizeof(bytes))) > 0)
		outsb(port, bytes, n);
	if (n < 0)
		perror("port-write: read");
	return n < 0;
}
