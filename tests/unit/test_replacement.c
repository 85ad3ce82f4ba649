// SPDX-License-Identifier: GPL-2.0
/* A file that is replaced, and what is left where that fails: nothing new. */
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/replacement.h"
#include "suite.h"

/* Of a file with a limit of so much, in bytes. */
#define LIMIT 4096
#define LONG (8 * LIMIT)

static char folder[] = "/tmp/iowarden-replacement.XXXXXX";
static char target[sizeof(folder) + 8];

static int enter(void **state)
{
	(void)state;
	signal(SIGXFSZ, SIG_IGN);
	if (!mkdtemp(folder))
		return -1;
	snprintf(target, sizeof(target), "%s/target", folder);
	return 0;
}

static int leave(void **state)
{
	(void)state;
	unlink(target);
	rmdir(target);
	return rmdir(folder);
}

static int write_word(FILE *stream, const void *content)
{
	return fputs(content, stream) < 0 ? -EIO : 0;
}

static int write_and_fail(FILE *stream, const void *content)
{
	write_word(stream, content);
	return -ENOMEM;
}

static int write_long(FILE *stream, const void *content)
{
	(void)content;
	for (int i = 0; i < LONG; i++)
		fputc('x', stream);
	return 0;
}

/* Somebody puts a folder there meanwhile, over which no file is renamed. */
static int write_and_block(FILE *stream, const void *content)
{
	unlink(target);
	mkdir(target, 0700);
	return write_word(stream, content);
}

static void assert_only_target(void)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;

	assert_non_null(dir);
	while ((entry = readdir(dir)))
		if (entry->d_name[0] != '.' && strcmp(entry->d_name, "target"))
			fail_msg("left behind: %s", entry->d_name);
	closedir(dir);
}

static void assert_holds(const char *text)
{
	char buffer[16] = "";
	FILE *file = fopen(target, "r");

	assert_non_null(file);
	assert_non_null(fgets(buffer, sizeof(buffer), file));
	fclose(file);
	assert_string_equal(buffer, text);
	assert_only_target();
}

static void a_file_is_made_and_replaced(void **state)
{
	struct stat status;

	(void)state;
	assert_int_equal(replacement_make(target, 0640, write_word, "one"), 0);
	assert_holds("one");
	assert_int_equal(replacement_make(target, 0644, write_word, "two"), 0);
	assert_holds("two");
	assert_int_equal(stat(target, &status), 0);
	assert_int_equal(status.st_mode & 07777, 0644);
}

static void after_an_error_the_file_is_as_it_was(void **state)
{
	(void)state;
	assert_int_equal(replacement_make(target, 0644, write_word, "old"), 0);
	assert_int_equal(replacement_make(target, 0644, write_and_fail, "new"),
			 -ENOMEM);
	assert_holds("old");
}

static void a_file_that_gets_too_large_leaves_nothing(void **state)
{
	struct rlimit before, limit;
	int ret;

	(void)state;
	assert_int_equal(replacement_make(target, 0644, write_word, "old"), 0);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	limit = before;
	limit.rlim_cur = LIMIT;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
	ret = replacement_make(target, 0644, write_long, NULL);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_int_equal(ret, -EFBIG);
	assert_holds("old");
}

static void a_name_that_is_taken_meanwhile_leaves_nothing(void **state)
{
	(void)state;
	assert_int_equal(replacement_make(target, 0644, write_and_block, "new"),
			 -EISDIR);
	assert_only_target();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_is_made_and_replaced),
		cmocka_unit_test(after_an_error_the_file_is_as_it_was),
		cmocka_unit_test(a_file_that_gets_too_large_leaves_nothing),
		cmocka_unit_test(a_name_that_is_taken_meanwhile_leaves_nothing),
	};

	return cmocka_run_group_tests_name("replacement", tests, enter, leave);
}
