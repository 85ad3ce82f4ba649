// SPDX-License-Identifier: GPL-2.0
/*
 * Runs a program and sends it, from another process, messages that look like
 * the kernel's: `forger PROGRAM [ARG...]`. libnl takes its port from the process
 * ID and ten bits of the time, and counts sequences from the time: both are easy
 * to guess, and only the sender's port tells. Ends as the program does; says on
 * stderr how many messages arrived.
 */
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <linux/genetlink.h>
#include <linux/iowarden.h>
#include "genl.h"

/* Requests a program may have sent since it started. */
#define SEQUENCES 12
/* Of a port of libnl's, from here up, the bits that are not the process ID. */
#define PORT_SHIFT 22

static unsigned long delivered;

static bool send_to(int fd, uint32_t port, const void *message, size_t length)
{
	struct sockaddr_nl victim = { .nl_family = AF_NETLINK, .nl_pid = port };

	if (sendto(fd, message, length, MSG_DONTWAIT, (struct sockaddr *)&victim,
		   sizeof(victim)) < 0)
		return false;
	delivered++;
	return true;
}

/* A function that is not there. */
static bool forge_device(const struct genl *genl, uint32_t port, uint32_t seq)
{
	struct genl_request fake;
	struct nlmsghdr *header = (struct nlmsghdr *)fake.bytes;

	genl_start(&fake, genl, IOWARDEN_CMD_DEVICE_GET, 0);
	genl_put_u32(&fake, IOWARDEN_A_DEVICE_SEGMENT, 0);
	genl_put_u16(&fake, IOWARDEN_A_DEVICE_BDF, 0xffff);
	genl_put_u16(&fake, IOWARDEN_A_DEVICE_VENDOR, 0x10de);
	header->nlmsg_flags = NLM_F_MULTI;
	header->nlmsg_len = fake.length;
	header->nlmsg_seq = seq;
	header->nlmsg_pid = port;
	return send_to(genl->fd, port, fake.bytes, fake.length);
}

/* An end before the end. */
static bool forge_done(const struct genl *genl, uint32_t port, uint32_t seq)
{
	struct {
		struct nlmsghdr header;
		int error;
	} fake = {
		.header = {
			.nlmsg_len = sizeof(fake), .nlmsg_type = NLMSG_DONE,
			.nlmsg_flags = NLM_F_MULTI, .nlmsg_seq = seq, .nlmsg_pid = port,
		},
	};

	return send_to(genl->fd, port, &fake, sizeof(fake));
}

static int forge_until_end(const struct genl *genl, pid_t pid)
{
	const uint32_t start = time(NULL);
	uint32_t high = 0;
	int status;

	while (waitpid(pid, &status, WNOHANG) == 0) {
		const uint32_t port = pid | high << PORT_SHIFT;
		bool there = true;

		for (uint32_t i = 0; there && i < SEQUENCES; i++)
			there = forge_device(genl, port, start - 1 + i) &&
				forge_done(genl, port, start - 1 + i);
		if (!there)
			high++;
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : 125;
}

int main(int argc, char **argv)
{
	struct genl genl;
	pid_t pid;
	int status;

	if (argc < 2 || genl_open(&genl))
		return 125;
	pid = fork();
	if (pid < 0)
		return 125;
	if (pid == 0) {
		execvp(argv[1], argv + 1);
		_exit(125);
	}
	status = forge_until_end(&genl, pid);
	fprintf(stderr, "%lu forged messages arrived\n", delivered);
	return status;
}
