// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "provider/content.h"

static bool is_standard_input(const char *path)
{
	return !strcmp(path, "-");
}

static int enlarge(struct content *content, size_t *room)
{
	size_t wanted = *room ? *room * 2 : 65536;
	char *text;

	if (wanted > CONTENT_BYTES + 1)
		wanted = CONTENT_BYTES + 1;
	text = realloc(content->text, wanted);
	if (!text)
		return -ENOMEM;
	content->text = text;
	*room = wanted;
	return 0;
}

/* One byte more than may be, of a file that is longer. */
static int read_all(int fd, struct content *content)
{
	size_t room = 0;
	ssize_t length;

	do {
		if (content->length == room && enlarge(content, &room))
			return -ENOMEM;
		length = read(fd, content->text + content->length,
			      room - content->length);
		if (length < 0 && errno != EINTR)
			return -errno;
		if (length > 0)
			content->length += (size_t)length;
	} while (length && content->length <= CONTENT_BYTES);
	return 0;
}

static int read_file(const char *path, struct content *content)
{
	int fd, ret;

	if (is_standard_input(path))
		return read_all(STDIN_FILENO, content);
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return -errno;
	ret = read_all(fd, content);
	close(fd);
	return ret;
}

int content_read(const char *path, struct content *content,
		 struct problem *problem)
{
	int ret;

	*content = (struct content){
		.name = is_standard_input(path) ? "standard input" : path,
	};
	ret = read_file(path, content);
	if (ret)
		return problem_set(problem, ret, "%s: %s", content->name,
				   strerror(-ret));
	if (content->length > CONTENT_BYTES)
		return problem_set(problem, -EFBIG,
			"%s: longer than %zu bytes: this is no machine",
			content->name, CONTENT_BYTES);
	return 0;
}

void content_free(struct content *content)
{
	free(content->text);
	*content = (struct content){ 0 };
}
