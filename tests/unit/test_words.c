// SPDX-License-Identifier: GPL-2.0
/* Lists that stand in several places: names, options, commands, fields. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/command.h"
#include "document.h"
#include "model/fault.h"
#include "model/names.h"
#include "provider/provider.h"
#include "rule/rule.h"
#include "suite.h"

#define YAML TOP "/Documentation/netlink/specs/iowarden.yaml"
#define MAN TOP "/Documentation/man/iowarden.8"
#define OUTPUT TOP "/Documentation/output.md"
#define COMPLETION TOP "/packaging/completion/iowarden.bash"

/* The value behind "name:" of a line, without quotes; NULL for other lines. */
static char *name_of(char *line)
{
	char *name = strstr(line, "name: ");

	if (!name)
		return NULL;
	name += strlen("name: ");
	if (*name == '"')
		name++;
	name[strcspn(name, "\"\n")] = '\0';
	return name;
}

static void assert_names(const struct names *names, const char *enumeration)
{
	FILE *file = fopen(YAML, "r");
	unsigned int count = 0;
	bool inside = false;
	char line[512];

	assert_non_null(file);
	while (fgets(line, sizeof(line), file)) {
		char *name = name_of(line);

		if (!strcmp(line, "attribute-sets:\n"))
			break;
		/* Definitions are indented by 4, their entries by 8. */
		if (name && !isspace(line[4]))
			inside = !strcmp(name, enumeration);
		else if (name && inside)
			assert_string_equal(name, names->name[count++]);
		assert_true(count <= names->count);
	}
	fclose(file);
	assert_int_equal(count, names->count);
}

static void names_are_those_of_the_specification(void **state)
{
	(void)state;
	assert_names(&port_type_names, "port-type");
	assert_names(&reason_names, "reason");
	assert_names(&capability_names, "capability");
	assert_names(&answer_names, "answer");
	assert_names(&quirk_names, "quirk");
	assert_names(&sight_names, "sight");
	assert_names(&source_state_names, "source-state");
	assert_names(&access_names, "access");
}

static void names_outside_are_none(void **state)
{
	(void)state;
	assert_null(names_get(&answer_names, 0));
	assert_null(names_get(&answer_names, 3));
	assert_null(names_get(&answer_names, UINT64_MAX));
	assert_string_equal(names_get(&answer_names, 2), "yes");
}

/* What bash offers for these words, sorted, one a line. */
static void complete(const char *words, int count, const char *word,
		     const char *before, char *offered, size_t size)
{
	char script[1024];
	FILE *pipe;

	snprintf(script, sizeof(script),
		 "bash -c 'source " COMPLETION "; COMP_WORDS=(iowarden %s); "
		 "COMP_CWORD=%d; _iowarden iowarden \"%s\" \"%s\"; "
		 "printf \"%%s\\n\" \"${COMPREPLY[@]}\" | LC_ALL=C sort'",
		 words, count, word, before);
	pipe = popen(script, "r");
	assert_non_null(pipe);
	offered[fread(offered, 1, size - 1, pipe)] = '\0';
	assert_int_equal(pclose(pipe), 0);
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void join_sorted(const char **words, size_t count, const char *prefix,
			char *text)
{
	*text = '\0';
	qsort(words, count, sizeof(*words), by_text);
	for (size_t i = 0; i < count; i++)
		strcat(strcat(strcat(text, prefix), words[i]), "\n");
}

static void completion_offers_the_options_of_each_command(void **state)
{
	char offered[1024], expected[1024], words[64];

	(void)state;
	for (size_t i = 0; i < command_count; i++) {
		const char *names[OPTIONS];
		size_t count = 0;

		for (int key = 0; key < OPTIONS; key++)
			if (commands[i].options & OPTION_BIT(key) ||
			    key == OPTION_HELP || key == OPTION_VERSION)
				names[count++] = option_rows[key].name;
		join_sorted(names, count, "--", expected);
		snprintf(words, sizeof(words), "%s --", commands[i].name);
		complete(words, 2, "--", commands[i].name, offered,
			 sizeof(offered));
		assert_string_equal(offered, expected);
	}
}

static void completion_offers_all_options_without_a_command(void **state)
{
	char offered[1024], expected[1024];
	const char *names[OPTIONS];

	(void)state;
	for (int key = 0; key < OPTIONS; key++)
		names[key] = option_rows[key].name;
	join_sorted(names, OPTIONS, "--", expected);
	complete("--", 1, "--", "iowarden", offered, sizeof(offered));
	assert_string_equal(offered, expected);
}

static void completion_offers_the_commands(void **state)
{
	char offered[1024], expected[1024];
	const char *names[16];

	(void)state;
	for (size_t i = 0; i < command_count; i++)
		names[i] = commands[i].name;
	join_sorted(names, command_count, "", expected);
	complete("\"\"", 1, "", "iowarden", offered, sizeof(offered));
	assert_string_equal(offered, expected);
	complete("--json --color always \"\"", 4, "", "always", offered,
		 sizeof(offered));
	assert_string_equal(offered, expected);
}

static void completion_offers_the_choices_of_options(void **state)
{
	char offered[1024], words[64], option[32], copy[64];

	(void)state;
	for (int key = 0; key < OPTIONS; key++) {
		const char *names[8];
		char expected[256];
		size_t count = 0;

		if (!option_rows[key].choices)
			continue;
		strcpy(copy, option_rows[key].choices);
		for (char *name = strtok(copy, " "); name;
		     name = strtok(NULL, " "))
			names[count++] = name;
		join_sorted(names, count, "", expected);
		snprintf(option, sizeof(option), "--%s", option_rows[key].name);
		snprintf(words, sizeof(words), "%s \"\"", option);
		complete(words, 2, "", option, offered, sizeof(offered));
		assert_string_equal(offered, expected);
		snprintf(words, sizeof(words), "%s = \"\"", option);
		complete(words, 3, "", "=", offered, sizeof(offered));
		assert_string_equal(offered, expected);
	}
}

static void choices_of_provider_are_the_providers(void **state)
{
	char expected[128] = "";

	(void)state;
	for (size_t i = 0; i < provider_count; i++)
		strcat(strcat(expected, i ? " " : ""), providers[i].name);
	assert_string_equal(option_rows[OPTION_PROVIDER].choices, expected);
}

/* An option as the man page writes it: its name behind two \-. */
static void man_page_names_every_option_and_no_other(void **state)
{
	char *man = document_read(MAN), written[64];
	unsigned int count = 0;

	(void)state;
	for (int key = 0; key < OPTIONS; key++) {
		snprintf(written, sizeof(written), "\\-\\-%s",
			 option_rows[key].name);
		assert_non_null(strstr(man, written));
		if (option_rows[key].letter) {
			snprintf(written, sizeof(written), ".BR \\-%c \", \"",
				 option_rows[key].letter);
			assert_non_null(strstr(man, written));
		}
	}
	for (char *at = man; (at = strstr(at, "\\-\\-")); at += 4, count++) {
		size_t length = strspn(at + 4, "abcdefghijklmnopqrstuvwxyz");
		int key = 0;

		while (key < OPTIONS &&
		       (strlen(option_rows[key].name) != length ||
			strncmp(option_rows[key].name, at + 4, length)))
			key++;
		if (key == OPTIONS)
			fail_msg("no such option: %.*s", (int)length, at + 4);
	}
	assert_true(count >= OPTIONS);
	free(man);
}

static void man_page_names_every_command(void **state)
{
	char *man = document_read(MAN), written[64];

	(void)state;
	for (size_t i = 0; i < command_count; i++) {
		snprintf(written, sizeof(written), "\n.B%s %s",
			 *commands[i].arguments ? "I" : "", commands[i].name);
		assert_non_null(strstr(man, written));
	}
	free(man);
}

static void output_contract_names_every_field(void **state)
{
	static const struct {
		const struct field *table;
		unsigned int count;
	} tables[] = {
		{ device_fields, DEVICE_FIELDS }, { group_fields, GROUP_FIELDS },
		{ acs_fields, ACS_FIELDS }, { host_fields, HOST_FIELDS },
		{ use_fields, USE_FIELDS }, { region_fields, REGION_FIELDS },
	};
	char *contract = document_read(OUTPUT), written[64];

	(void)state;
	for (size_t i = 0; i < COUNT(tables); i++)
		for (unsigned int j = 0; j < tables[i].count; j++) {
			if (tables[i].table[j].kind == FIELD_AGE)
				continue;
			snprintf(written, sizeof(written), "`%s`",
				 tables[i].table[j].name);
			if (!strstr(contract, written))
				fail_msg("%s is not in output.md", written);
		}
	free(contract);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_those_of_the_specification),
		cmocka_unit_test(names_outside_are_none),
		cmocka_unit_test(completion_offers_the_options_of_each_command),
		cmocka_unit_test(completion_offers_all_options_without_a_command),
		cmocka_unit_test(completion_offers_the_commands),
		cmocka_unit_test(completion_offers_the_choices_of_options),
		cmocka_unit_test(choices_of_provider_are_the_providers),
		cmocka_unit_test(man_page_names_every_option_and_no_other),
		cmocka_unit_test(man_page_names_every_command),
		cmocka_unit_test(output_contract_names_every_field),
	};

	return cmocka_run_group_tests_name("words", tests, NULL, NULL);
}
