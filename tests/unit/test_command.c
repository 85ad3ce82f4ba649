// SPDX-License-Identifier: GPL-2.0
/* The command line: usage, exit status, one line of error, lost output. */
#include <fcntl.h>
#include <json-c/json.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cmd/command.h"
#include "suite.h"
#include "sysfs_tree.h"

#define ENDPOINT EXPRESS(0x0)
#define ROOT_PORT EXPRESS(0x4)
#define WORDS_MAX 16

/* 00:01.0 root port, on ── 01:00.0; 00:02.0 root port, off ── 02:00.0 */
static const struct fake fakes[] = {
	{ "pci0000:00/0000:00:01.0", 0x8086, 0x4c01, 0x060400, ROOT_PORT,
	  .acs = 0x148, .cap = 0x001f, .ctrl = 0x001d, .group = 1 },
	{ "pci0000:00/0000:00:01.0/0000:01:00.0", 0x10de, 0x2684, 0x030000,
	  ENDPOINT, .group = 2 },
	{ "pci0000:00/0000:00:02.0", 0x8086, 0x4c01, 0x060400, ROOT_PORT,
	  .acs = 0x148, .cap = 0x001f, .ctrl = 0x0000, .group = 3 },
	{ "pci0000:00/0000:00:02.0/0000:02:00.0", 0x144d, 0xa80a, 0x010802,
	  ENDPOINT, .group = 4, .driver = "nvme" },
	{ "pci0000:00/0000:00:03.0", 0x8086, 0x4c01, 0x060400, ROOT_PORT,
	  .readable = 256, .group = 5 },
	{ "pci0000:00/0000:00:03.0/0000:03:00.0", 0x144d, 0xa80a, 0x010802,
	  ENDPOINT, .group = 6 },
};

static struct sysfs_tree tree;

struct run {
	int status;
	char *out, *err;
	size_t out_size, err_size;
};

/* Words of a command line, separated by blanks. */
static int split(char *line, char *words[WORDS_MAX])
{
	int count = 0;

	words[count++] = "iowarden";
	for (char *word = strtok(line, " "); word; word = strtok(NULL, " "))
		words[count++] = word;
	words[count] = NULL;
	return count;
}

static void run(struct run *run, const char *line)
{
	char copy[256], *words[WORDS_MAX];
	struct surroundings around = { .sysfs = tree.root };

	around.out = open_memstream(&run->out, &run->out_size);
	around.err = open_memstream(&run->err, &run->err_size);
	strcpy(copy, line);
	run->status = command_run(split(copy, words), words, &around);
	fclose(around.out);
	fclose(around.err);
}

static void drop(struct run *run)
{
	free(run->out);
	free(run->err);
}

static void assert_fails(const char *line, const char *message)
{
	struct run result;

	run(&result, line);
	assert_int_equal(result.status, STATUS_FAILED);
	assert_string_equal(result.out, "");
	assert_string_equal(result.err, message);
	drop(&result);
}

static void wrong_usage_is_one_line_and_status_3(void **state)
{
	static const struct {
		const char *line, *message;
	} cases[] = {
		{ "frob", "frob: no such command; see iowarden --help" },
		{ "--frob", "--frob: no such option; see iowarden --help" },
		{ "list --frob=x",
		  "--frob=x: no such option; see iowarden --help" },
		{ "-x", "-x: no such option; see iowarden --help" },
		{ "list -qx", "-x: no such option; see iowarden --help" },
		{ "--json=yes",
		  "--json=yes: takes no argument; see iowarden --help" },
		{ "--provider",
		  "--provider: needs an argument; see iowarden --help" },
		{ "--provider=lspcj",
		  "--provider: \"lspcj\" is none of: netlink sysfs snapshot lspci" },
		{ "--provider=", "--provider: \"\" is none of: netlink sysfs snapshot lspci" },
		{ "--provider=net",
		  "--provider: \"net\" is none of: netlink sysfs snapshot lspci" },
		{ "--color=maybe",
		  "--color: \"maybe\" is none of: auto always never" },
		{ "metrics --output=",
		  "--output: FILE is empty; see iowarden --help" },
		{ "list --from=", "--from: FILE is empty; see iowarden --help" },
		{ "list 01:00.0",
		  "01:00.0: one argument too many for list; see iowarden list --help" },
		{ "show", "show: needs BDF; see iowarden show --help" },
		{ "show 01:00.0 02:00.0",
		  "02:00.0: one argument too many for show; see iowarden show --help" },
		{ "check", "check: needs BDF...; see iowarden check --help" },
		{ "explain 01:00.0",
		  "explain: needs BDF BDF; see iowarden explain --help" },
		{ "explain 01:00.0 02:00.0 03:00.0",
		  "03:00.0: one argument too many for explain; see iowarden explain --help" },
		{ "--quiet",
		  "--quiet: list does not take it; see iowarden list --help" },
		{ "audit --json --oneline",
		  "--oneline: not together with --json; choose one of them" },
		{ "help --json",
		  "--json: help does not take it; see iowarden help --help" },
		{ "help frob", "frob: no such command; see iowarden --help" },
		{ "help list show",
		  "show: one argument too many for help; see iowarden help --help" },
		{ "show 1:0.0",
		  "1:0.0: no PCI address; write dddd:bb:dd.f or bb:dd.f" },
		{ "check 01:00.0 x",
		  "x: no PCI address; write dddd:bb:dd.f or bb:dd.f" },
		{ "check 01:20.0",
		  "01:20.0: no PCI address; write dddd:bb:dd.f or bb:dd.f" },
		{ "show \x1b[2J",
		  "\\x1b[2J: no PCI address; write dddd:bb:dd.f or bb:dd.f" },
		{ "--provider sysfs show 99:00.0",
		  "0000:99:00.0: no such PCI device" },
		{ "--provider sysfs check 01:00.0 0001:99:00.0",
		  "0001:99:00.0: no such PCI device" },
		{ "--provider sysfs explain 01:00.0 00:01.0",
		  "0000:00:01.0: is a bridge, which no guest can be given; name a device behind it" },
		{ "--provider sysfs explain 01:00.0 0000:01:00.0",
		  "0000:01:00.0: named twice; explain is about two functions" },
		{ "--provider sysfs check 00:01.0",
		  "0000:00:01.0: is a bridge, which no guest can be given; name a device behind it" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char message[256];

		snprintf(message, sizeof(message), "iowarden: %s\n",
			 cases[i].message);
		assert_fails(cases[i].line, message);
	}
}

static void assert_status(const char *line, int status)
{
	struct run result;

	run(&result, line);
	if (result.status != status)
		fail_msg("%s: status %d", line, result.status);
	assert_string_equal(result.err, "");
	drop(&result);
}

static void exit_status_is_the_answer(void **state)
{
	(void)state;
	assert_status("--provider sysfs", STATUS_DONE);
	assert_status("list --provider=sysfs --json --color=always --fresh",
		      STATUS_DONE);
	assert_status("--provider sysfs show 01:00.0", STATUS_DONE);
	assert_status("check --provider sysfs 01:00.0", STATUS_FAILED);
	assert_status("check --provider sysfs 02:00.0", STATUS_UNSAFE);
	assert_status("check --provider sysfs 03:00.0", STATUS_FAILED);
	assert_status("check --provider sysfs 01:00.0 01:00.0 0000:01:00.0",
		      STATUS_FAILED);
	assert_status("check --json --provider sysfs 01:00.0 02:00.0",
		      STATUS_UNSAFE);
}

/* Without /proc and /dev nothing is known of the host, and only check needs it. */
static void host_is_asked_where_a_verdict_is_made(void **state)
{
	struct run result;

	(void)state;
	run(&result, "check --json --provider sysfs 02:00.0");
	assert_non_null(strstr(result.out, "mountinfo"));
	assert_non_null(strstr(result.out, "reserved memory regions of 6 of 6"));
	drop(&result);
	run(&result, "list --json --provider sysfs");
	assert_null(strstr(result.out, "mountinfo"));
	assert_non_null(strstr(result.out, "reserved memory regions of 6 of 6"));
	drop(&result);
	run(&result, "show --provider sysfs 02:00.0");
	assert_non_null(strstr(result.out, "sysfs, reset_method"));
	drop(&result);
}

static void quiet_says_it_by_status_alone(void **state)
{
	struct run result;

	(void)state;
	run(&result, "check --quiet --provider sysfs 02:00.0");
	assert_int_equal(result.status, STATUS_UNSAFE);
	assert_string_equal(result.out, "");
	assert_string_equal(result.err, "");
	drop(&result);
	run(&result, "check -q --json --provider sysfs 01:00.0");
	assert_int_equal(result.status, STATUS_FAILED);
	assert_string_equal(result.out, "");
	drop(&result);
}

static void options_stand_anywhere_and_the_last_counts(void **state)
{
	struct run result;

	(void)state;
	run(&result, "--provider netlink check 01:00.0 --provider sysfs --json");
	assert_int_equal(result.status, STATUS_FAILED);
	assert_int_equal(result.out[0], '{');
	drop(&result);
	run(&result, "--provider sysfs -- list");
	assert_int_equal(result.status, STATUS_DONE);
	drop(&result);
}

static void a_dash_is_standard_output(void **state)
{
	static const char *const commands_[] = { "metrics", "snapshot" };

	(void)state;
	for (size_t i = 0; i < COUNT(commands_); i++) {
		char line[64];
		struct run result;

		snprintf(line, sizeof(line), "%s --provider=sysfs --output -",
			 commands_[i]);
		run(&result, line);
		assert_int_equal(result.status, STATUS_DONE);
		assert_true(result.out_size > 100);
		assert_int_equal(access("-", F_OK), -1);
		drop(&result);
	}
}

/* Where the module is loaded there is none. */
static void a_machine_that_is_read_twice_is_noted_once(void **state)
{
	struct run result;
	const char *note;

	(void)state;
	run(&result, "faults --interval 0.01");
	note = strstr(result.err, "note: ");
	assert_null(note ? strstr(note + 1, "note: ") : NULL);
	drop(&result);
}

static void json_of_each_command_is_json(void **state)
{
	static const char *const lines[] = {
		"--provider sysfs --json", "--provider sysfs --json show 01:00.0",
		"--provider sysfs --json check 02:00.0",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(lines); i++) {
		struct json_object *object;
		struct run result;

		run(&result, lines[i]);
		object = json_tokener_parse(result.out);
		assert_non_null(object);
		assert_string_equal(json_object_get_string(
			json_object_object_get(object, "provider")), "sysfs");
		json_object_put(object);
		drop(&result);
	}
}

static void help_shows_commands_and_their_options(void **state)
{
	struct run all, one, help;

	(void)state;
	run(&all, "--help");
	assert_int_equal(all.status, STATUS_DONE);
	for (size_t i = 0; i < command_count; i++)
		assert_non_null(strstr(all.out, commands[i].help));
	for (int i = 0; i < OPTIONS; i++)
		assert_non_null(strstr(all.out, option_rows[i].help));
	for (char *line = all.out; *line; line = strchr(line, '\n') + 1)
		assert_true(strcspn(line, "\n") < 90);
	run(&one, "check --help");
	assert_non_null(strstr(one.out, "--quiet"));
	run(&help, "help check");
	assert_string_equal(one.out, help.out);
	drop(&help);
	run(&help, "list -h");
	assert_null(strstr(help.out, "--quiet"));
	drop(&help);
	run(&help, "help");
	assert_string_equal(all.out, help.out);
	drop(&help);
	drop(&one);
	drop(&all);
}

static void version_is_that_of_the_file(void **state)
{
	FILE *file = fopen(TOP "/VERSION", "r");
	char version[64] = "iowarden ";
	struct run result;

	(void)state;
	assert_non_null(fgets(version + 9, 32, file));
	fclose(file);
	run(&result, "-V");
	assert_string_equal(result.out, version);
	drop(&result);
}

static void lost_output_is_status_3(void **state)
{
	static const char *const lines[] = {
		"--help", "--version", "--provider sysfs",
		"--provider sysfs --json", "--provider sysfs show 01:00.0",
		"--provider sysfs check 01:00.0",
		"--provider sysfs check 02:00.0 --json",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(lines); i++) {
		struct surroundings around = { .sysfs = tree.root };
		char copy[256], *words[WORDS_MAX], *err;
		size_t size;
		int status;

		strcpy(copy, lines[i]);
		around.out = fopen("/dev/full", "w");
		around.err = open_memstream(&err, &size);
		status = command_run(split(copy, words), words, &around);
		fclose(around.out);
		fclose(around.err);
		assert_int_equal(status, STATUS_FAILED);
		assert_string_equal(err, "iowarden: standard output: "
				    "No space left on device\n");
		free(err);
	}
}

/* The program itself: status and standard error of a shell command. */
static int shell(const char *command, char *err, size_t size)
{
	FILE *pipe = popen(command, "r");
	int status;

	assert_non_null(pipe);
	err[fread(err, 1, size - 1, pipe)] = '\0';
	status = pclose(pipe);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void program_reports_a_closed_or_full_output(void **state)
{
	char err[512];

	(void)state;
	assert_int_equal(shell(PROGRAM " --help 2>&1 >/dev/full", err,
			       sizeof(err)), 3);
	assert_string_equal(err, "iowarden: standard output: "
			    "No space left on device\n");
	assert_int_equal(shell("exec 3>&1; " PROGRAM " --help 2>&3 >&-", err,
			       sizeof(err)), 3);
	assert_string_equal(err, "iowarden: standard output: it is closed\n");
	/* A reader that is gone: no death by signal, a line and status 3. */
	assert_int_equal(shell("exec 3>&1; exec 4>&-; { sleep 0.2; " PROGRAM
			       " --help 2>&3; echo $? >&3; } | true", err,
			       sizeof(err)), 0);
	assert_string_equal(err, "iowarden: standard output: Broken pipe\n3\n");
	assert_int_equal(shell(PROGRAM " --help 0<&- 2>&- >/dev/null", err,
			       sizeof(err)), 0);
	assert_int_equal(shell(PROGRAM " frob 2>&-", err, sizeof(err)), 3);
}

static int open_tree(void **state)
{
	(void)state;
	sysfs_tree_open(&tree);
	sysfs_tree_add(&tree, fakes, COUNT(fakes));
	return 0;
}

static int close_tree(void **state)
{
	(void)state;
	sysfs_tree_close(&tree);
	return 0;
}

static void a_log_is_decoded_where_there_is_no_machine(void **state)
{
	char log[] = "/tmp/iowarden-log.XXXXXX", line[64];
	char *words[] = { "iowarden", "decode", "--json", log, NULL };
	struct surroundings around = { .sysfs = "/nonexistent" };
	struct run result;
	int fd = mkstemp(log);

	(void)state;
	assert_true(fd >= 0);
	dprintf(fd, "DMAR: [DMA Read NO_PASID] Request device [01:00.0] fault addr 0x1000 [fault reason 0x06] PTE\n");
	close(fd);
	around.out = open_memstream(&result.out, &result.out_size);
	around.err = open_memstream(&result.err, &result.err_size);
	result.status = command_run(4, words, &around);
	fclose(around.out);
	fclose(around.err);
	assert_int_equal(result.status, STATUS_WARNING);
	assert_non_null(strstr(result.out, "\"provider\": \"none\""));
	assert_non_null(strstr(result.out, "\"requester\": \"0000:01:00.0\""));
	drop(&result);
	/* Whoever names a source of facts means it. */
	snprintf(line, sizeof(line), "decode --from /nonexistent %s", log);
	assert_fails(line, "iowarden: /nonexistent: No such file or directory\n");
	unlink(log);
}

static void a_log_that_cannot_be_read_is_no_answer(void **state)
{
	(void)state;
	assert_fails("decode --provider sysfs /no/such/log",
		     "iowarden: /no/such/log: No such file or directory\n");
	assert_fails("decode --from - -",
		     "iowarden: standard input: cannot be the machine and the log; name a file for one of them\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wrong_usage_is_one_line_and_status_3),
		cmocka_unit_test(a_log_is_decoded_where_there_is_no_machine),
		cmocka_unit_test(a_log_that_cannot_be_read_is_no_answer),
		cmocka_unit_test(exit_status_is_the_answer),
		cmocka_unit_test(host_is_asked_where_a_verdict_is_made),
		cmocka_unit_test(quiet_says_it_by_status_alone),
		cmocka_unit_test(options_stand_anywhere_and_the_last_counts),
		cmocka_unit_test(a_dash_is_standard_output),
		cmocka_unit_test(a_machine_that_is_read_twice_is_noted_once),
		cmocka_unit_test(json_of_each_command_is_json),
		cmocka_unit_test(help_shows_commands_and_their_options),
		cmocka_unit_test(version_is_that_of_the_file),
		cmocka_unit_test(lost_output_is_status_3),
		cmocka_unit_test(program_reports_a_closed_or_full_output),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests_name("command", tests, open_tree,
					   close_tree);
}
