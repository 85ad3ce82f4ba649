// SPDX-License-Identifier: GPL-2.0
/* Documentation/findings.md: a section for each id of the rule table. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "document.h"
#include "rule/rule.h"
#include "suite.h"

#define FINDINGS TOP "/Documentation/findings.md"
#define SECTIONS_MAX 100

/* No rule: it ends a reading before there is anything to judge. */
#define WITHOUT_ANSWER "changing"

/** struct entry - what a section begins with, and a row of the overview holds */
struct entry {
	char id[64], severity[80];
	const char *text;
};

static char *document;
static struct entry sections[SECTIONS_MAX], rows[SECTIONS_MAX];
static size_t section_count, row_count;

/* "## ID", and in the line below the severities between asterisks. */
static void find_sections(void)
{
	const char *at = document;

	while ((at = strstr(at, "\n## "))) {
		struct entry *section = &sections[section_count++];

		assert_true(section_count < SECTIONS_MAX);
		section->text = at;
		if (sscanf(at, " ## %63[^\n] *%79[^*\n]*", section->id,
			   section->severity) != 2)
			fail_msg("no severity below \"%s\"", section->id);
		at++;
	}
}

/* | [ID](#ID) | SEVERITIES | one line | */
static void find_rows(void)
{
	const char *at = document;
	char target[64];

	while ((at = strstr(at, "\n| ["))) {
		struct entry *row = &rows[row_count++];

		assert_true(row_count < SECTIONS_MAX);
		if (sscanf(at, " | [%63[^]]](#%63[^)]) | %79[^|\n]", row->id,
			   target, row->severity) != 3)
			fail_msg("no row of the overview: %.40s", at + 1);
		row->severity[strcspn(row->severity, "|") - 1] = '\0';
		assert_string_equal(target, row->id);
		at++;
	}
}

static int read_document(void **state)
{
	(void)state;
	document = document_read(FINDINGS);
	find_sections();
	find_rows();
	return 0;
}

static int free_document(void **state)
{
	(void)state;
	free(document);
	return 0;
}

static size_t count_sections(const char *id)
{
	size_t count = 0;

	for (size_t i = 0; i < section_count; i++)
		count += !strcmp(sections[i].id, id);
	return count;
}

static bool has_rule(const char *id, enum severity severity)
{
	const struct rule *rule;

	for (size_t i = 0; (rule = rule_get(i)); i++)
		if (!strcmp(rule->id, id) && rule->severity == severity)
			return true;
	return false;
}

/* Worst first. */
static void write_severities(const char *id, char *text)
{
	*text = '\0';
	for (int i = SEVERITY_UNSAFE; i >= SEVERITY_INFO; i--) {
		enum severity severity = (enum severity)i;

		if (!has_rule(id, severity))
			continue;
		strcat(strcat(text, *text ? ", " : ""),
		       names_get(&severity_names, severity));
	}
	if (!strcmp(id, WITHOUT_ANSWER))
		strcpy(text, "no answer");
}

static void every_id_has_one_section(void **state)
{
	const struct rule *rule;

	(void)state;
	for (size_t i = 0; (rule = rule_get(i)); i++)
		if (count_sections(rule->id) != 1)
			fail_msg("%s has %zu sections", rule->id,
				 count_sections(rule->id));
	assert_int_equal(count_sections(WITHOUT_ANSWER), 1);
}

static void every_section_names_its_severities_and_has_an_id(void **state)
{
	char expected[200];

	(void)state;
	for (size_t i = 0; i < section_count; i++) {
		write_severities(sections[i].id, expected);
		if (!*expected)
			fail_msg("no rule has the id %s", sections[i].id);
		if (strcmp(sections[i].severity, expected))
			fail_msg("%s: \"%s\" is not \"%s\"", sections[i].id,
				 sections[i].severity, expected);
	}
}

static void every_section_has_all_parts_in_order(void **state)
{
	static const char *const parts[] = {
		"\n**When.** ", "\n**Why it matters.** ", "\n**What to do.** ",
		"\n**Rests on.** ",
	};

	(void)state;
	for (size_t i = 0; i < section_count; i++) {
		const char *end = i + 1 < section_count ? sections[i + 1].text :
							  strchr(document, '\0');
		const char *at = sections[i].text;

		for (size_t j = 0; j < COUNT(parts); j++) {
			at = strstr(at, parts[j]);
			if (!at || at > end)
				fail_msg("%s lacks %s", sections[i].id,
					 parts[j] + 1);
		}
	}
}

static void overview_lists_the_sections_in_their_order(void **state)
{
	(void)state;
	for (size_t i = 0; i < row_count && i < section_count; i++) {
		assert_string_equal(rows[i].id, sections[i].id);
		assert_string_equal(rows[i].severity, sections[i].severity);
	}
	assert_int_equal(row_count, section_count);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_id_has_one_section),
		cmocka_unit_test(every_section_names_its_severities_and_has_an_id),
		cmocka_unit_test(every_section_has_all_parts_in_order),
		cmocka_unit_test(overview_lists_the_sections_in_their_order),
	};

	return cmocka_run_group_tests_name("findings", tests, read_document,
					   free_document);
}
