// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include <netlink/genl/ctrl.h>
#include <netlink/genl/genl.h>
#include <netlink/netlink.h>
#include <netlink/socket.h>

#include "provider/netlink_channel.h"

struct socket_channel {
	struct channel channel;
	struct nl_sock *socket;
};

static struct nl_sock *get_socket(struct channel *channel)
{
	return ((struct socket_channel *)channel)->socket;
}

/* libnl keeps its own error numbers; those that can happen here. */
static int to_errno(int error)
{
	switch (-error) {
	/* libnl has one number for no memory and for a socket that overflowed. */
	case NLE_NOMEM: return errno == ENOBUFS ? -ENOBUFS : -ENOMEM;
	case NLE_PERM: return -EPERM;
	case NLE_NOACCESS: return -EACCES;
	case NLE_AGAIN: return -EAGAIN;
	case NLE_MSG_TRUNC: return -EBADMSG;
	default: return -EIO;
	}
}

static int socket_send(struct channel *channel, struct nl_msg *message)
{
	int ret = nl_send_auto(get_socket(channel), message);

	return ret < 0 ? to_errno(ret) : 0;
}

static int wait_readable(int fd, int timeout)
{
	struct pollfd poll_fd = { .fd = fd, .events = POLLIN };
	int ret;

	do {
		ret = poll(&poll_fd, 1, timeout);
	} while (ret < 0 && errno == EINTR);
	if (ret < 0)
		return -errno;
	return ret ? 0 : -ETIMEDOUT;
}

static int socket_receive(struct channel *channel, struct datagram *datagram,
			  int timeout)
{
	struct nl_sock *socket = get_socket(channel);
	unsigned char *data = NULL;
	int ret;

	ret = wait_readable(nl_socket_get_fd(socket), timeout);
	if (ret)
		return ret;
	ret = nl_recv(socket, &datagram->from, &data, NULL);
	if (ret < 0)
		return to_errno(ret);
	datagram->data = data;
	datagram->length = (size_t)ret;
	return 0;
}

static void socket_pause(struct channel *channel, unsigned int milliseconds)
{
	struct timespec time = {
		.tv_sec = milliseconds / 1000,
		.tv_nsec = milliseconds % 1000 * 1000000L,
	};

	(void)channel;
	nanosleep(&time, NULL);
}

/*
 * Texts with errors, errors without the request in them, and dumps that check
 * their request. Kernels since 4.20 know all three.
 */
static int set_options(struct nl_sock *socket)
{
	static const int options[] = {
		NETLINK_EXT_ACK, NETLINK_CAP_ACK, NETLINK_GET_STRICT_CHK,
	};
	int fd = nl_socket_get_fd(socket), on = 1;

	for (size_t i = 0; i < sizeof(options) / sizeof(*options); i++)
		if (setsockopt(fd, SOL_NETLINK, options[i], &on, sizeof(on)))
			return -errno;
	return 0;
}

static int start(struct nl_sock *socket, struct problem *problem)
{
	int ret;

	nl_socket_disable_auto_ack(socket);
	nl_socket_enable_msg_peek(socket);
	ret = genl_connect(socket);
	if (ret < 0)
		return problem_set(problem, -ENOPKG,
			"generic netlink cannot be used here (%s)",
			nl_geterror(ret));
	ret = set_options(socket);
	if (ret)
		return problem_set(problem, ret, "netlink socket: %s",
				   strerror(-ret));
	return 0;
}

int channel_open(struct channel **channel, struct problem *problem)
{
	struct socket_channel *opened = calloc(1, sizeof(*opened));
	int ret;

	if (!opened)
		return problem_set(problem, -ENOMEM, "out of memory");
	opened->channel = (struct channel){
		socket_send, socket_receive, socket_pause,
	};
	opened->socket = nl_socket_alloc();
	if (opened->socket)
		ret = start(opened->socket, problem);
	else
		ret = problem_set(problem, -ENOMEM, "out of memory");
	if (ret)
		channel_close(&opened->channel);
	else
		*channel = &opened->channel;
	return ret;
}

/* Room for the messages of a storm while somebody looks at a full terminal. */
#define RECEIVE_BUFFER (4 * 1024 * 1024)

int channel_join(struct channel *channel, const char *family, const char *group,
		 struct problem *problem)
{
	struct nl_sock *socket = get_socket(channel);
	int fd = nl_socket_get_fd(socket), size = RECEIVE_BUFFER;
	int id = genl_ctrl_resolve_grp(socket, family, group);

	if (id < 0)
		return problem_set(problem, -ENOENT, "there is no group %s of %s",
				   group, family);
	/* Beyond the limit of the system only with a right that joining needs, too. */
	if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)))
		setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
	if (setsockopt(fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &id, sizeof(id)))
		return problem_set(problem, -errno,
			"the group %s cannot be joined: %s", group,
			strerror(errno));
	return 0;
}

void channel_close(struct channel *channel)
{
	nl_socket_free(get_socket(channel));
	free(channel);
}
