// SPDX-License-Identifier: GPL-2.0
/*
 * LD_PRELOAD=small-socket.so: who asks for a large receive buffer gets one that a few
 * messages fill, so that it need not be left alone for a minute to lose some.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <sys/socket.h>

enum { FEW_MESSAGES = 4096 };

int setsockopt(int fd, int level, int name, const void *value, socklen_t length)
{
	static int (*real)(int fd, int level, int name, const void *value, socklen_t length);
	const int size = FEW_MESSAGES;

	if (!real)
		*(void **)&real = dlsym(RTLD_NEXT, "setsockopt");
	if (level == SOL_SOCKET && name == SO_RCVBUFFORCE)
		return real(fd, level, name, &size, sizeof(size));
	return real(fd, level, name, value, length);
}
