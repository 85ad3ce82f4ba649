// SPDX-License-Identifier: GPL-2.0
/* The command and the provider snapshot: every field there and back. */
#include <dirent.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/command.h"
#include "machine.h"
#include "record.h"
#include "render/json_check.h"
#include "render/json_snapshot.h"
#include "snapshot_file.h"
#include "suite.h"

/* Of where a device is one thing is known: here each in its turn. */
static void keep_place(struct device *device, enum device_field place)
{
	static const enum device_field places[] = {
		DEVICE_ROOT_BUS, DEVICE_PARENT, DEVICE_PARENT_UNKNOWN,
	};

	device->root_bus = place == DEVICE_ROOT_BUS;
	for (size_t i = 0; i < COUNT(places); i++)
		if (places[i] != place)
			record_clear(device, places[i]);
}

/* Addresses of faults stay behind. */
static void fill_faults(struct faults *faults)
{
	struct requester *requester = faults_add_requester(faults);

	faults->told = faults->detailed = true;
	faults->time = UINT64_MAX;
	record_fill(source_fields, SOURCE_FIELDS, faults_add_source(faults));
	record_fill(requester_fields, REQUESTER_FIELDS, requester);
	requester->reason_count = REASONS_MAX;
	for (int i = 0; i < REASONS_MAX; i++)
		requester->reason[i] = (struct reason_count){
			UINT64_MAX - (uint64_t)i, (uint8_t)(0xff - i) };
}

/*
 * A port on a root bus, a device below, and one below a bridge that is not
 * known; with every fact that there is.
 */
static void fill_facts(struct facts *facts)
{
	struct problem problem;

	facts_start(facts, "sysfs");
	strcpy(facts->kernel, "6.1.0-56-amd64");
	text_list_add(&facts->unseen, "one \x1b thing");
	for (int i = 0; i < 3; i++) {
		struct device *device = facts_add_device(facts);

		record_fill(device_fields, DEVICE_FIELDS, device);
		device->address = (struct bdf){ 0x10000, (uint16_t)(i << 8) };
		device->parent = (struct bdf){ 0x10000, 0 };
		keep_place(device, i == 0 ? DEVICE_ROOT_BUS :
			   i == 1 ? DEVICE_PARENT : DEVICE_PARENT_UNKNOWN);
		/* Nothing stands below a virtual function. */
		if (i == 0)
			record_clear(device, DEVICE_PHYSFN);
	}
	record_fill(group_fields, GROUP_FIELDS, facts_add_group(facts));
	facts->groups[0].reserved_count = 2;
	for (int i = 0; i < 2; i++) {
		record_fill(region_fields, REGION_FIELDS, facts_add_region(facts));
		facts->regions[i].group = facts->groups[0].id;
		facts->regions[i].kind = (uint8_t)(i + 1);
	}
	facts->regions[1].start = 0;
	record_fill(host_fields, HOST_FIELDS, &facts->host);
	record_fill(use_fields, USE_FIELDS, facts_add_use(facts));
	record_fill(use_fields, USE_FIELDS, facts_add_use(facts));
	facts->uses[0].device = facts->uses[1].device =
		facts->devices[1].address;
	facts->uses[1].kind = USE_MOUNT;
	record_clear(&facts->uses[1], USE_THROUGH);
	fill_faults(&facts->faults);
	assert_int_equal(facts_finish(facts, &problem), 0);
}

static void compare_faults(struct faults *faults, const struct faults *again)
{
	struct requester *requester = &faults->requesters[0];

	assert_true(again->told && again->detailed);
	assert_int_equal(again->time, faults->time);
	assert_int_equal(again->source_count, 1);
	assert_int_equal(again->requester_count, 1);
	record_compare(source_fields, SOURCE_FIELDS, faults->sources, again->sources);
	record_clear(requester, REQUESTER_LAST_ADDRESS);
	record_clear(requester, REQUESTER_LAST_PASID);
	record_compare(requester_fields, REQUESTER_FIELDS, requester,
		again->requesters);
	assert_int_equal(again->requesters[0].reason_count, REASONS_MAX);
	for (int i = 0; i < REASONS_MAX; i++) {
		assert_int_equal(again->requesters[0].reason[i].code,
				 requester->reason[i].code);
		assert_int_equal(again->requesters[0].reason[i].count,
				 requester->reason[i].count);
	}
}

static void every_field_comes_back(void **state)
{
	struct facts facts, again;
	struct problem problem;

	(void)state;
	fill_facts(&facts);
	snapshot_file_object(json_snapshot(&facts));
	if (snapshot_file_load(&again, &problem))
		fail_msg("%s", problem.text);
	assert_string_equal(again.provider, "snapshot");
	assert_string_equal(again.recording.provider, "sysfs");
	assert_string_equal(again.kernel, facts.kernel);
	assert_string_equal(again.unseen.item[0], facts.unseen.item[0]);
	assert_int_equal(again.unseen.count, 2);
	assert_int_equal(again.device_count, 3);
	assert_int_equal(again.group_count, 1);
	assert_int_equal(again.region_count, 2);
	assert_int_equal(again.use_count, 2);
	for (int i = 0; i < 3; i++)
		record_compare(device_fields, DEVICE_FIELDS, &facts.devices[i],
			&again.devices[i]);
	for (int i = 0; i < 2; i++) {
		record_compare(region_fields, REGION_FIELDS, &facts.regions[i],
			&again.regions[i]);
		assert_int_equal(again.regions[i].group, facts.groups[0].id);
		record_compare(use_fields, USE_FIELDS, &facts.uses[i], &again.uses[i]);
	}
	record_compare(group_fields, GROUP_FIELDS, facts.groups, again.groups);
	record_compare(host_fields, HOST_FIELDS, &facts.host, &again.host);
	compare_faults(&facts.faults, &again.faults);
	facts_free(&facts);
	facts_free(&again);
}

static void snapshot_of_a_snapshot_is_the_same(void **state)
{
	struct facts facts;
	struct problem problem;
	char *first, *second;

	(void)state;
	fill_facts(&facts);
	first = text_of(json_snapshot(&facts));
	facts_free(&facts);
	snapshot_file_text(first);
	assert_int_equal(snapshot_file_load(&facts, &problem), 0);
	second = text_of(json_snapshot(&facts));
	assert_string_equal(first, second);
	facts_free(&facts);
	free(first);
	free(second);
}

static void unknown_stays_unknown(void **state)
{
	struct facts facts;
	struct problem problem;

	(void)state;
	snapshot_file_text("{\"schema_version\":1,\"provider\":\"lspci\","
		   "\"kernel\":\"\",\"unseen\":[],\"comment\":{\"a\":[null]},"
		   "\"groups\":[],\"devices\":[{\"bdf\":\"01:00.0\","
		   "\"root_bus\":true,\"class\":\"0x030000\","
		   "\"vendor\":\"0x10de\",\"device\":\"0x1\","
		   "\"multifunction\":false,\"hue\":3.5}]}\n");
	if (snapshot_file_load(&facts, &problem))
		fail_msg("%s", problem.text);
	assert_int_equal(facts.devices[0].known,
			 1u << DEVICE_ADDRESS | 1u << DEVICE_ROOT_BUS |
			 1u << DEVICE_CLASS | 1u << DEVICE_VENDOR |
			 1u << DEVICE_DEVICE | 1u << DEVICE_MULTIFUNCTION);
	assert_int_equal(facts.host.known, 0);
	/* The host, its uses, and what changed since. */
	assert_int_equal(facts.unseen.count, 3);
	assert_int_equal(facts.recording.unseen_count, 2);
	assert_false(facts.faults.told);
	facts_free(&facts);
}

/* 00:01.0 root port ── 01:00.0, 01:00.1;  00:02.0 root port, off ── 02:00.0 */
static const struct part parts[] = {
	{ "00:01.0", NULL, PORT_ROOT, 1, ACS(0x5f, 0x1d), .driver = "pcieport" },
	{ "01:00.0", "00:01.0", PORT_ENDPOINT, 2, .class = 0x030000,
	  .multifunction = true, .driver = "n\xffuveau\x1b[2J" },
	{ "01:00.1", "00:01.0", PORT_ENDPOINT, 2, .multifunction = true },
	{ "00:02.0", NULL, PORT_ROOT, 3, ACS(0x5f, 0x00), .external = true },
	{ "02:00.0", "00:02.0", PORT_ENDPOINT, 4, .untrusted = true },
	{ "00:03.0", NULL, PORT_ROOT, 5, .acs_unknown = REASON_ASLEEP },
	{ "03:00.0", "00:03.0", PORT_ENDPOINT, 6, .physfn = "02:00.0" },
	{ "00:04.0", NULL, PORT_RC_ENDPOINT, .group_unknown = REASON_BUSY },
};

/* The answer of check, without what tells a file from a machine. */
static char *judge(struct machine *machine, const char *bdf)
{
	struct json_object *answer;

	machine_check(machine, bdf, NULL);
	answer = json_check(&machine->assessment);
	json_object_object_del(answer, "provider");
	json_object_object_del(answer, "unseen");
	return text_of(answer);
}

static void check_says_the_same_of_a_snapshot(void **state)
{
	static const char *const asked[] = {
		"01:00.0", "02:00.0", "03:00.0", "00:04.0",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(asked); i++) {
		struct machine live, again = { 0 };
		struct problem problem;
		char *text, *said, *then;

		machine_build(&live, parts, COUNT(parts));
		text = text_of(json_snapshot(&live.facts));
		snapshot_file_text(text);
		said = judge(&live, asked[i]);
		if (snapshot_file_load(&again.facts, &problem))
			fail_msg("%s", problem.text);
		assert_int_equal(tree_build(&again.tree, &again.facts,
					    &problem), 0);
		then = judge(&again, asked[i]);
		assert_string_equal(said, then);
		free(text);
		free(said);
		free(then);
		machine_free(&live);
		machine_free(&again);
	}
}

struct run {
	int status;
	char *out, *err;
	size_t out_size, err_size;
};

static void run(struct run *run, char **words)
{
	struct surroundings around = { .sysfs = "/nowhere" };
	int count = 0;

	while (words[count])
		count++;
	around.out = open_memstream(&run->out, &run->out_size);
	around.err = open_memstream(&run->err, &run->err_size);
	run->status = command_run(count, words, &around);
	fclose(around.out);
	fclose(around.err);
}

#define RUN(run_, ...)							\
	run(run_, (char *[]){ (char *)"iowarden", __VA_ARGS__, NULL })

static void drop(struct run *run)
{
	free(run->out);
	free(run->err);
}

static void write_machine(void)
{
	struct machine machine;

	machine_build(&machine, parts, COUNT(parts));
	snapshot_file_object(json_snapshot(&machine.facts));
	machine_free(&machine);
}

static void commands_read_a_file(void **state)
{
	struct run result;

	(void)state;
	write_machine();
	RUN(&result, "check", "--from", snapshot_path, "02:00.0");
	assert_string_equal(result.err, "");
	assert_int_equal(result.status, STATUS_UNSAFE);
	drop(&result);
	RUN(&result, "list", "--from", snapshot_path);
	assert_int_equal(result.status, STATUS_DONE);
	assert_non_null(strstr(result.out, "after the snapshot was made"));
	drop(&result);
	RUN(&result, "--provider", "snapshot", "show", "01:00.0", "--from",
	    snapshot_path);
	assert_int_equal(result.status, STATUS_DONE);
	drop(&result);
}

static void a_file_and_a_machine_do_not_go_together(void **state)
{
	static const char *const lines[][5] = {
		{ "--from=x\n", "--provider=sysfs", NULL, NULL,
		  "x\\x0a: the provider sysfs reads the machine, no file" },
		{ "--from=x", "--provider=netlink", NULL, NULL,
		  "x: the provider netlink reads the machine, no file" },
		{ "--from=x", "--fresh", NULL, NULL,
		  "x: registers in a file cannot be read fresh" },
		{ "--provider=snapshot", NULL, NULL, NULL,
		  "the provider snapshot reads a file: name one with --from" },
		{ "--from=/nowhere/\x1b[2J", NULL, NULL, NULL,
		  "/nowhere/\\x1b[2J: No such file or directory" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(lines); i++) {
		char expected[256];
		struct run result;

		RUN(&result, (char *)lines[i][0], (char *)lines[i][1]);
		snprintf(expected, sizeof(expected), "iowarden: %s\n",
			 lines[i][4]);
		assert_string_equal(result.err, expected);
		assert_string_equal(result.out, "");
		assert_int_equal(result.status, STATUS_FAILED);
		drop(&result);
	}
}

/* Nothing but these files is in the folder, so no temporary one either. */
static void assert_files(const char *folder, int expected)
{
	DIR *directory = opendir(folder);
	struct dirent *entry;
	int count = 0;

	assert_non_null(directory);
	while ((entry = readdir(directory)))
		count += entry->d_name[0] != '.';
	closedir(directory);
	assert_int_equal(count, expected);
}

static void output_is_put_in_place_whole(void **state)
{
	char folder[] = "/tmp/iowarden-output-XXXXXX", file[64], link[64];
	struct stat status;
	struct run result, again;

	(void)state;
	write_machine();
	assert_non_null(mkdtemp(folder));
	snprintf(file, sizeof(file), "%s/a", folder);
	snprintf(link, sizeof(link), "%s/b", folder);
	RUN(&result, "snapshot", "--from", snapshot_path, "--output", file);
	assert_string_equal(result.err, "");
	assert_string_equal(result.out, "");
	assert_int_equal(result.status, STATUS_DONE);
	drop(&result);
	assert_int_equal(stat(file, &status), 0);
	assert_int_equal(status.st_mode & 07777, 0600);
	RUN(&result, "snapshot", "--from", snapshot_path);
	RUN(&again, "snapshot", "--from", file, "--json");
	assert_string_equal(result.out, again.out);
	drop(&result);
	drop(&again);
	RUN(&result, "snapshot", "--from", file, "--output", file);
	assert_int_equal(result.status, STATUS_DONE);
	drop(&result);
	assert_int_equal(symlink(file, link), 0);
	RUN(&result, "snapshot", "--from", file, "--output", link);
	assert_int_equal(result.status, STATUS_FAILED);
	assert_non_null(strstr(result.err, "/b: is no regular file\n"));
	drop(&result);
	unlink(link);
	assert_files(folder, 1);
	unlink(file);
	RUN(&result, "snapshot", "--from", snapshot_path, "--output", folder);
	assert_non_null(strstr(result.err, ": Is a directory\n"));
	drop(&result);
	rmdir(folder);
	RUN(&result, "snapshot", "--from", snapshot_path, "--output", file);
	assert_non_null(strstr(result.err, ": No such file or directory\n"));
	assert_int_equal(result.status, STATUS_FAILED);
	drop(&result);
}

/*
 * A disk that is full: a file may grow to 1 KiB, and no more.  That goes for the
 * counters of tests/coverage too, so they are not written.
 */
static void output_that_fails_leaves_nothing_behind(void **state)
{
	char folder[] = "/tmp/iowarden-output-XXXXXX", line[512];

	(void)state;
	write_machine();
	assert_non_null(mkdtemp(folder));
	snprintf(line, sizeof(line),
		 "bash -c 'trap \"\" XFSZ; ulimit -f 1; GCOV_PREFIX=/dev/null exec " PROGRAM
		 " snapshot --from - --output %s/a <%s 2>/dev/null'",
		 folder, snapshot_path);
	assert_int_equal(system(line) >> 8, STATUS_FAILED);
	assert_files(folder, 0);
	assert_int_equal(rmdir(folder), 0);
}

static void standard_input_is_read(void **state)
{
	char line[512];

	(void)state;
	write_machine();
	snprintf(line, sizeof(line), PROGRAM " check --quiet --from - 02:00.0 <%s",
		 snapshot_path);
	assert_int_equal(system(line) >> 8, STATUS_UNSAFE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_field_comes_back),
		cmocka_unit_test(snapshot_of_a_snapshot_is_the_same),
		cmocka_unit_test(unknown_stays_unknown),
		cmocka_unit_test(check_says_the_same_of_a_snapshot),
		cmocka_unit_test(commands_read_a_file),
		cmocka_unit_test(a_file_and_a_machine_do_not_go_together),
		cmocka_unit_test(output_is_put_in_place_whole),
		cmocka_unit_test(output_that_fails_leaves_nothing_behind),
		cmocka_unit_test(standard_input_is_read),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests_name("snapshot", tests,
		snapshot_file_make, snapshot_file_remove);
}
