// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "provider/provider.h"
#include "snapshot_file.h"
#include "suite.h"

char snapshot_path[] = "/tmp/iowarden-snapshot-XXXXXX";

void snapshot_file_write(const char *bytes, size_t length)
{
	FILE *file = fopen(snapshot_path, "w");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, length, file), length);
	assert_int_equal(fclose(file), 0);
}

void snapshot_file_text(const char *text)
{
	snapshot_file_write(text, strlen(text));
}

int snapshot_file_load(struct facts *facts, struct problem *problem)
{
	struct provider_request request = { .file = snapshot_path };
	char *note;
	int ret = provider_load(&request, facts, &note, problem);

	assert_null(note);
	return ret;
}

char *text_of(struct json_object *object)
{
	char *text;

	assert_non_null(object);
	text = strdup(json_object_to_json_string_ext(object,
		JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_NOSLASHESCAPE));
	json_object_put(object);
	return text;
}

void snapshot_file_object(struct json_object *object)
{
	char *text = text_of(object);

	snapshot_file_text(text);
	free(text);
}

int snapshot_file_make(void **state)
{
	int fd = mkstemp(snapshot_path);

	(void)state;
	return fd < 0 || close(fd);
}

int snapshot_file_remove(void **state)
{
	(void)state;
	return unlink(snapshot_path);
}
