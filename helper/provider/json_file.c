// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "provider/json_file.h"

/* The bytes of a file; one more than JSON_FILE_BYTES of one that is longer. */
struct content {
	char *text;
	size_t length;
};

static bool is_standard_input(const char *path)
{
	return !strcmp(path, "-");
}

const char *json_file_name(const char *path)
{
	return is_standard_input(path) ? "standard input" : path;
}

static int enlarge(struct content *content, size_t *room)
{
	size_t wanted = *room ? *room * 2 : 65536;
	char *text;

	if (wanted > JSON_FILE_BYTES + 1)
		wanted = JSON_FILE_BYTES + 1;
	text = realloc(content->text, wanted);
	if (!text)
		return -ENOMEM;
	content->text = text;
	*room = wanted;
	return 0;
}

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
	} while (length && content->length <= JSON_FILE_BYTES);
	return 0;
}

static int read_content(const char *path, struct content *content)
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

/* Whether it may hold too many values; one that stands in a text counts too. */
static bool has_too_many(const struct content *content)
{
	size_t count = 0;

	for (size_t i = 0; i < content->length; i++)
		count += content->text[i] == ',' || content->text[i] == '{' ||
			 content->text[i] == '[';
	return count > JSON_FILE_VALUES;
}

static int parse_with(struct json_tokener *tokener,
		      const struct content *content, const char *name,
		      struct json_object **object, struct problem *problem)
{
	enum json_tokener_error error;

	json_tokener_set_flags(tokener, JSON_TOKENER_STRICT |
					JSON_TOKENER_VALIDATE_UTF8);
	*object = json_tokener_parse_ex(tokener, content->text,
					(int)content->length);
	error = json_tokener_get_error(tokener);
	if (error == json_tokener_continue)
		return problem_set(problem, -EBADMSG, "%s: no JSON: it ends too early",
				   name);
	if (error != json_tokener_success)
		return problem_set(problem, -EBADMSG, "%s: no JSON: byte %zu: %s",
				   name, json_tokener_get_parse_end(tokener),
				   json_tokener_error_desc(error));
	if (!json_object_is_type(*object, json_type_object))
		return problem_set(problem, -EBADMSG,
				   "%s: must be a JSON object", name);
	return 0;
}

/* json-c takes a NUL for the end, whatever stands behind it. */
static int parse(const struct content *content, const char *name,
		 struct json_object **object, struct problem *problem)
{
	struct json_tokener *tokener;
	int ret;

	if (content->length > JSON_FILE_BYTES)
		return problem_set(problem, -EFBIG,
			"%s: longer than %zu bytes: this is no machine", name,
			JSON_FILE_BYTES);
	if (has_too_many(content))
		return problem_set(problem, -EFBIG,
			"%s: more than %zu values: this is no machine", name,
			JSON_FILE_VALUES);
	if (memchr(content->text, '\0', content->length))
		return problem_set(problem, -EBADMSG,
				   "%s: no JSON: it has a NUL in it", name);
	tokener = json_tokener_new();
	if (!tokener)
		return problem_set(problem, -ENOMEM, "out of memory");
	ret = parse_with(tokener, content, name, object, problem);
	json_tokener_free(tokener);
	return ret;
}

int json_file_read(const char *path, struct json_object **object,
		   struct problem *problem)
{
	const char *name = json_file_name(path);
	struct content content = { 0 };
	int ret = read_content(path, &content);

	*object = NULL;
	if (ret)
		problem_set(problem, ret, "%s: %s", name, strerror(-ret));
	else
		ret = parse(&content, name, object, problem);
	free(content.text);
	if (!ret)
		return 0;
	json_object_put(*object);
	*object = NULL;
	return ret;
}
