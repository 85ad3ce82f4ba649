// SPDX-License-Identifier: GPL-2.0
/*
 * relay COMMAND-FILE: runs the command whose words stand NUL-terminated in COMMAND-FILE, and gives
 * its standard output, its standard error and its exit status to the host, each through an I/O port
 * of its own.
 *
 * The status goes last: when the host reads "exit N", every byte of output is there.  A command may
 * leave processes behind that hold its output open (a daemon, a forgotten `sleep`); they are waited
 * for until LINGER_MS after its end, and no longer.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/io.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* As in tests/vm/lib/machine. */
enum { PORT_STDOUT = 0xe9, PORT_STDERR = 0xea, PORT_STATUS = 0xeb, PORTS = 3 };
enum { LINGER_MS = 1000, WORDS_MAX = 4096, COMMAND_MAX = 1 << 20, PIPE_MAX = 1 << 20 };

struct stream {
	int fd;			/* our end of the command's pipe, -1 once it is at its end */
	unsigned short port;
};

static void die(const char *what)
{
	fprintf(stderr, "relay: %s: %s\n", what, strerror(errno));
	exit(1);
}

static void report(const char *text)
{
	outsb(PORT_STATUS, text, strlen(text));
}

/* The words of the command; they are never freed. */
static char **read_command(const char *file)
{
	static char bytes[COMMAND_MAX];
	static char *words[WORDS_MAX + 1];
	size_t size, at = 0, n = 0;
	FILE *f;

	f = fopen(file, "r");
	if (!f)
		die(file);
	size = fread(bytes, 1, sizeof(bytes), f);
	if (ferror(f) || !feof(f) || !size || bytes[size - 1]) {
		errno = E2BIG;
		die(file);
	}
	fclose(f);
	for (; at < size && n < WORDS_MAX; at += strlen(bytes + at) + 1)
		words[n++] = bytes + at;
	if (at < size) {
		errno = E2BIG;
		die(file);
	}
	return words;
}

/*
 * Returns the write end, for the command.  A command that has become another user may open it by a
 * name, /dev/stderr: hence the mode.
 */
static int open_pipe(struct stream *stream, unsigned short port)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) || fchmod(ends[1], 0666))
		die("pipe");
	stream->fd = ends[0];
	stream->port = port;
	return ends[1];
}

/* Exit statuses as a shell gives them. */
static void run_command(char **words, int out, int err)
{
	int in = open("/dev/null", O_RDONLY);

	if (in < 0 || dup2(in, 0) < 0 || dup2(out, 1) < 0 || dup2(err, 2) < 0)
		_exit(126);
	if (in > 2)
		close(in);
	ioperm(PORT_STDOUT, PORTS, 0);	/* inherited; the ports are not the command's */
	execvp(words[0], words);
	fprintf(stderr, "%s: %s\n", words[0], strerror(errno));
	_exit(errno == ENOENT ? 127 : 126);
}

static long now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/*
 * Passes on what one pipe holds now, all of it: no pipe is larger than `bytes`.  So what a command
 * wrote before its end is safe, even if the host reads so slowly that LINGER_MS pass meanwhile.
 */
static void drain(struct stream *stream)
{
	static char bytes[PIPE_MAX];
	ssize_t n = read(stream->fd, bytes, sizeof(bytes));

	if (n > 0) {
		outsb(stream->port, bytes, n);
	} else if (n == 0 || errno != EINTR) {
		close(stream->fd);
		stream->fd = -1;
	}
}

/* Waits up to `ms` for output, and passes on what comes. */
static void pass(struct stream *streams, int ms)
{
	struct pollfd fds[2] = {
		{ .fd = streams[0].fd, .events = POLLIN },
		{ .fd = streams[1].fd, .events = POLLIN },
	};

	if (poll(fds, 2, ms) <= 0)
		return;
	for (int i = 0; i < 2; i++)
		if (fds[i].revents)
			drain(&streams[i]);
}

static int wait_command(pid_t child, struct stream *streams)
{
	long deadline;
	int status;

	while (waitpid(child, &status, WNOHANG) == 0)
		pass(streams, 20);
	deadline = now_ms() + LINGER_MS;
	do
		pass(streams, 20);
	while ((streams[0].fd >= 0 || streams[1].fd >= 0) && now_ms() < deadline);
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

int main(int argc, char **argv)
{
	struct stream streams[2];
	char text[32], **words;
	int out, err;
	pid_t child;

	if (argc != 2) {
		fprintf(stderr, "usage: relay COMMAND-FILE\n");
		return 2;
	}
	words = read_command(argv[1]);
	if (ioperm(PORT_STDOUT, PORTS, 1))
		die("ioperm");
	out = open_pipe(&streams[0], PORT_STDOUT);
	err = open_pipe(&streams[1], PORT_STDERR);
	report("running\n");
	child = fork();
	if (child < 0)
		die("fork");
	if (child == 0)
		run_command(words, out, err);
	close(out);
	close(err);
	snprintf(text, sizeof(text), "exit %d\n", wait_command(child, streams));
	report(text);
	return 0;
}
