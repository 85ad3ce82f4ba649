// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <stdlib.h>

#include "document.h"
#include "suite.h"

#define DOCUMENT_MAX 200000

char *document_read(const char *path)
{
	FILE *file = fopen(path, "r");
	char *text = calloc(1, DOCUMENT_MAX);

	assert_non_null(file);
	assert_non_null(text);
	assert_in_range(fread(text, 1, DOCUMENT_MAX, file), 1, DOCUMENT_MAX - 1);
	fclose(file);
	return text;
}
