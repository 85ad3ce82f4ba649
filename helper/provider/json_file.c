// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "provider/json_file.h"

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
		      const struct content *content,
		      struct json_object **object, struct problem *problem)
{
	const char *name = content->name;
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
static int parse(const struct content *content, struct json_object **object,
		 struct problem *problem)
{
	struct json_tokener *tokener;
	int ret;

	if (has_too_many(content))
		return problem_set(problem, -EFBIG,
			"%s: more than %zu values: this is no machine",
			content->name, JSON_FILE_VALUES);
	if (memchr(content->text, '\0', content->length))
		return problem_set(problem, -EBADMSG,
				   "%s: no JSON: it has a NUL in it",
				   content->name);
	tokener = json_tokener_new();
	if (!tokener)
		return problem_set(problem, -ENOMEM, "out of memory");
	ret = parse_with(tokener, content, object, problem);
	json_tokener_free(tokener);
	return ret;
}

int json_file_parse(const struct content *content, struct json_object **object,
		    struct problem *problem)
{
	int ret;

	*object = NULL;
	ret = parse(content, object, problem);
	if (!ret)
		return 0;
	json_object_put(*object);
	*object = NULL;
	return ret;
}
