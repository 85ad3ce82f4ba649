// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/session.h"
#include "model/text.h"
#include "render/json.h"
#include "render/json_snapshot.h"

/* Everything has reached the disk before the name points to it. */
static int write_stream(FILE *stream, const struct facts *facts)
{
	int ret = json_print(stream, json_snapshot(facts));

	if (ret)
		return ret;
	errno = 0;
	if (fflush(stream) || ferror(stream) || fsync(fileno(stream)))
		return errno ? -errno : -EIO;
	return 0;
}

static int write_temporary(char *path, const struct facts *facts)
{
	int fd = mkostemp(path, O_CLOEXEC);
	FILE *stream;
	int ret;

	if (fd < 0)
		return -errno;
	stream = fdopen(fd, "w");
	if (stream) {
		ret = write_stream(stream, facts);
		if (fclose(stream) && !ret)
			ret = -errno;
	} else {
		ret = -errno;
		close(fd);
	}
	if (ret)
		unlink(path);
	return ret;
}

/* Renaming would put a file in the place of a device, a pipe or a link. */
static int check_target(const char *path)
{
	struct stat status;

	if (lstat(path, &status))
		return errno == ENOENT ? 0 : -errno;
	if (S_ISDIR(status.st_mode))
		return -EISDIR;
	return S_ISREG(status.st_mode) ? 0 : -EEXIST;
}

/* Readers of @path see the file that was there before, or all of the new one. */
static int replace_file(const char *path, const struct facts *facts)
{
	int ret = check_target(path);
	char *temporary;

	if (ret)
		return ret;
	temporary = text_format("%s.XXXXXX", path);
	if (!temporary)
		return -ENOMEM;
	ret = write_temporary(temporary, facts);
	if (!ret && rename(temporary, path)) {
		ret = -errno;
		unlink(temporary);
	}
	free(temporary);
	return ret;
}

static int write_snapshot(const struct session *session,
			  const struct invocation *invocation)
{
	const char *path = invocation->options->argument[OPTION_OUTPUT];
	int ret;

	if (!path) {
		ret = json_print(session->output.stream,
				 json_snapshot(&session->facts));
		return ret ? command_fail(invocation->around, "out of memory") :
			     STATUS_DONE;
	}
	ret = replace_file(path, &session->facts);
	if (!ret)
		return STATUS_DONE;
	return command_fail(invocation->around, "%s: %s", path,
		ret == -EEXIST ? "is no regular file" : strerror(-ret));
}

int command_snapshot(const struct invocation *invocation)
{
	struct session session;
	int status;

	if (session_open(&session, invocation, SESSION_HOST))
		return STATUS_FAILED;
	status = write_snapshot(&session, invocation);
	session_close(&session);
	return status;
}
