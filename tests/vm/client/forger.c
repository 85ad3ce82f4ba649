// SPDX-License-Identifier: GPL-2.0
/*
 * Runs a program and sends it, from another process, messages that look like
 * the kernel's: `forger PROGRAM [ARG...]`. A library that speaks netlink binds
 * to its process ID and counts sequences from the time, so both are easy to
 * guess; only the sender's port tells. Ends as the program does; says on stderr
 * how many messages arrived.
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

static unsigned long delivered;

static void send_to(int fd, pid_t pid, const void *message, size_t length)
{
	struct sockaddr_nl victim = { .nl_family = AF_NETLINK, .nl_pid = pid };

	if (sendto(fd, message, length, MSG_DONTWAIT, (struct sockaddr *)&victim,
		   sizeof(victim)) > 0)
		delivered++;
}

/* A function that is not there. */
static void forge_device(const struct genl *genl, pid_t pid, uint32_t seq)
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
	header->nlmsg_pid = pid;
	send_to(genl->fd, pid, fake.bytes, fake.length);
}

/* An end before the end. */
static void forge_done(const struct genl *genl, pid_t pid, uint32_t seq)
{
	struct {
		struct nlmsghdr header;
		int error;
	} fake = {
		.header = {
			.nlmsg_len = sizeof(fake), .nlmsg_type = NLMSG_DONE,
			.nlmsg_flags = NLM_F_MULTI, .nlmsg_seq = seq, .nlmsg_pid = pid,
		},
	};

	send_to(genl->fd, pid, &fake, sizeof(fake));
}

static int forge_until_end(const struct genl *genl, pid_t pid)
{
	const uint32_t start = time(NULL);
	int status;

	while (waitpid(pid, &status, WNOHANG) == 0) {
		for (uint32_t i = 0; i < SEQUENCES; i++) {
			forge_device(genl, pid, start - 1 + i);
			forge_done(genl, pid, start - 1 + i);
		}
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
