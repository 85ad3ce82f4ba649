// SPDX-License-Identifier: GPL-2.0
/* What people read: colour, hostile names, and the shape of each answer. */
#include <fcntl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "machine.h"
#include "render/check.h"
#include "render/escape.h"
#include "render/list.h"
#include "render/show.h"
#include "suite.h"

/* Below a switch without ACS: a graphics card and a disk with an ugly driver. */
static const struct part parts[] = {
	{ "00:01.0", NULL, PORT_ROOT, 1, ACS(0x1f, 0x1d) },
	{ "01:00.0", "00:01.0", PORT_UPSTREAM, 2 },
	{ "02:00.0", "01:00.0", PORT_DOWNSTREAM, 3 },
	{ "02:01.0", "01:00.0", PORT_DOWNSTREAM, 4, ACS(0x0f, 0x09) },
	{ "03:00.0", "02:00.0", PORT_ENDPOINT, 3, .class = 0x030000 },
	{ "04:00.0", "02:01.0", PORT_ENDPOINT, 4, .class = 0x010802,
	  .driver = "nv\x1b[2Jme\n\xe2\x80\xae" },
	{ "00:1f.0", NULL, PORT_ROOT, .acs_unknown = REASON_ASLEEP },
	{ "00:1e.0", NULL, PORT_CONVENTIONAL, .class = 0x020000,
	  .group_unknown = REASON_BUSY },
};

struct page {
	struct machine machine;
	struct output output;
	char *text;
	size_t size;
};

static void open_page(struct page *page, bool colour, bool utf8)
{
	machine_build(&page->machine, parts, COUNT(parts));
	page->output = (struct output){ .colour = colour, .utf8 = utf8 };
	page->output.stream = open_memstream(&page->text, &page->size);
	assert_non_null(page->output.stream);
}

static void end_page(struct page *page)
{
	assert_int_equal(fclose(page->output.stream), 0);
}

static void close_page(struct page *page)
{
	free(page->text);
	machine_free(&page->machine);
}

static void assert_has(const struct page *page, const char *text)
{
	if (!strstr(page->text, text))
		fail_msg("missing: \"%s\" in:\n%s", text, page->text);
}

static void assert_plain(const struct page *page)
{
	for (const char *c = page->text; *c; c++)
		if ((*c < ' ' && *c != '\n') || *c == 127)
			fail_msg("byte %d in:\n%s", *c, page->text);
}

static void list_is_a_tree_of_groups(void **state)
{
	struct page page;

	(void)state;
	open_page(&page, false, false);
	machine_group(&page.machine, 3)->isolated_msi = ANSWER_NO;
	text_list_add(&page.machine.facts.unseen, "the dark");
	machine_predict(&page.machine);
	assert_int_equal(list_render(&page.output, &page.machine.prediction), 0);
	end_page(&page);
	assert_has(&page, "GROUP/BDF");
	assert_has(&page, "\ngroup 3          interrupts not isolated");
	assert_has(&page, "\n|-0000:02:00.0 ");
	assert_has(&page, "\n`-0000:03:00.0 ");
	assert_has(&page, "SV+ RR+ CR+ UF+\n");
	assert_has(&page, "SV+ RR- CR+ UF.\n");
	assert_has(&page, "no ACS\n");
	assert_has(&page, "ACS ? (asleep)\n");
	assert_has(&page, "\ngroup not known");
	assert_has(&page, "\nno group");
	assert_has(&page, "downstream port");
	assert_has(&page, "\nnot seen    the dark\n");
	assert_has(&page, "nv\\x1b[2Jme\\x0a\\xe2\\x80\\xae");
	assert_plain(&page);
	close_page(&page);
}

static void list_has_colour_and_lines_where_wanted(void **state)
{
	struct page page;

	(void)state;
	open_page(&page, true, true);
	machine_predict(&page.machine);
	assert_int_equal(list_render(&page.output, &page.machine.prediction), 0);
	end_page(&page);
	assert_has(&page, "\u251c\u25000000:02:00.0");
	assert_has(&page, "\033[1;31mSV+ RR- CR+ UF.");
	close_page(&page);
}

static void show_says_where_facts_come_from(void **state)
{
	static const char *const origins[DEVICE_FIELDS] = {
		[DEVICE_VENDOR] = "the mint",
	};
	struct page page;
	struct path path;

	(void)state;
	open_page(&page, false, false);
	page.machine.facts.origin = origins;
	field_set_number(device_fields, DEVICE_ACS_AGE,
		(void *)machine_device(&page.machine, "02:01.0"), 77);
	path_walk(&page.machine.tree, machine_device(&page.machine, "02:01.0"),
		  &path);
	assert_int_equal(show_render(&page.output, &page.machine.facts, &path),
			 0);
	path_free(&path);
	end_page(&page);
	assert_has(&page, "0000:02:01.0 Class [0604]: [1b36:0001]\n");
	assert_has(&page, "\nvendor               0x1b36                         the mint\n");
	assert_has(&page, "\nmultifunction        no ");
	assert_has(&page, "offset 0x0148 cap 0x000f ctrl 0x0009 netlink, read 77 ms before\n");
	assert_has(&page, "\npath        0000:02:01.0  downstream port    SV+ RR- CR+ UF.    OPEN: RR off\n");
	assert_has(&page, " -> 0000:00:01.0  root port          SV+ RR+ CR+ UF+    enforced\n");
	assert_has(&page, " -> IOMMU group 4\n");
	assert_plain(&page);
	close_page(&page);
}

static void check_of(struct page *page, const char *first, const char *second)
{
	machine_check(&page->machine, first, second);
	assert_int_equal(check_render(&page->output,
				      &page->machine.assessment), 0);
	end_page(page);
}

static void check_says_the_verdict_first(void **state)
{
	struct page page;

	(void)state;
	open_page(&page, false, false);
	check_of(&page, "03:00.0", NULL);
	assert_int_equal(strncmp(page.text, "UNSAFE  0000:03:00.0 [1b36:0001] "
		"can write to 0000:04:00.0 ([1b36:0001], nv\\x1b[2Jme\\x0a"
		"\\xe2\\x80\\xae) without the IOMMU seeing it.\n", 128), 0);
	assert_has(&page, "\ntogether    0000:03:00.0");
	assert_has(&page, "\npath        0000:03:00.0");
	assert_has(&page, " -> 0000:02:00.0  downstream port    no ACS             OPEN\n");
	assert_has(&page, "\nopen-path  UNSAFE  0000:03:00.0\n");
	assert_has(&page, "0000:02:01.0");
	assert_has(&page, "\n  why ");
	assert_has(&page, "\n  do ");
	assert_has(&page, "\nwatched     yes: no DMA fault since ");
	assert_plain(&page);
	for (const char *line = page.text; *line;
	     line += strcspn(line, "\n") + 1)
		if (line != page.text)
			assert_true(strcspn(line, "\n") <= 100);
	close_page(&page);
}

static void check_does_not_call_it_none_where_some_were_lost(void **state)
{
	struct page page;

	(void)state;
	open_page(&page, false, false);
	page.machine.facts.faults.sources[0].faults_at_least = true;
	check_of(&page, "03:00.0", NULL);
	assert_has(&page, "\nwatched     yes: no DMA fault was counted since the module was loaded, but there");
	close_page(&page);
}

static void check_says_safe_and_on_what_it_rests(void **state)
{
	struct page page;

	(void)state;
	open_page(&page, false, false);
	check_of(&page, "03:00.0", "04:00.0");
	assert_int_equal(strncmp(page.text, "SAFE  0000:03:00.0 ", 19), 0);
	assert_has(&page, "registers enforce it.\n");
	assert_has(&page, "open, but nobody else is behind it\n");
	assert_has(&page, "\nwatched     yes: no DMA fault since ");
	close_page(&page);
}

static void check_says_unknown_and_why(void **state)
{
	struct page page;

	(void)state;
	open_page(&page, false, false);
	check_of(&page, "00:1e.0", NULL);
	assert_int_equal(strncmp(page.text, "UNKNOWN  0000:00:1e.0 ", 22), 0);
	assert_has(&page, "unreadable  UNKNOWN  0000:00:1e.0\n");
	assert_has(&page, "IOMMU group not known (busy)");
	close_page(&page);
}

static void colour_obeys_option_environment_and_file(void **state)
{
	enum colour_mode mode;

	(void)state;
	assert_true(colour_parse("always", &mode));
	assert_int_equal(mode, COLOUR_ALWAYS);
	assert_true(colour_parse("never", &mode));
	assert_true(colour_parse("auto", &mode));
	assert_int_equal(mode, COLOUR_AUTO);
	assert_false(colour_parse("yes", &mode));
	assert_false(colour_parse("", &mode));

	unsetenv("NO_COLOR");
	setenv("TERM", "xterm", 1);
	assert_true(colour_wanted(COLOUR_ALWAYS, -1));
	assert_false(colour_wanted(COLOUR_NEVER, -1));
	assert_false(colour_wanted(COLOUR_AUTO, -1));
	setenv("NO_COLOR", "1", 1);
	assert_true(colour_wanted(COLOUR_ALWAYS, -1));
	unsetenv("NO_COLOR");
}

static void colour_auto_wants_a_terminal(void **state)
{
	int terminal = posix_openpt(O_RDWR | O_NOCTTY);

	(void)state;
	assert_true(terminal >= 0);
	unsetenv("NO_COLOR");
	setenv("TERM", "xterm", 1);
	assert_true(colour_wanted(COLOUR_AUTO, terminal));
	setenv("NO_COLOR", "", 1);
	assert_true(colour_wanted(COLOUR_AUTO, terminal));
	setenv("NO_COLOR", "0", 1);
	assert_false(colour_wanted(COLOUR_AUTO, terminal));
	unsetenv("NO_COLOR");
	setenv("TERM", "dumb", 1);
	assert_false(colour_wanted(COLOUR_AUTO, terminal));
	unsetenv("TERM");
	assert_false(colour_wanted(COLOUR_AUTO, terminal));
	setenv("TERM", "xterm", 1);
	assert_false(colour_wanted(COLOUR_AUTO, STDIN_FILENO + 100));
	close(terminal);
}

static void assert_escaped(const char *text, const char *expected)
{
	char *escaped = escape_terminal(text);

	assert_string_equal(escaped, expected);
	free(escaped);
}

static void escape_lets_only_printable_characters_pass(void **state)
{
	(void)state;
	assert_escaped("plain (text) [1]", "plain (text) [1]");
	assert_escaped("\x1b]0;title\x07", "\\x1b]0;title\\x07");
	assert_escaped("tab\tdel\x7f", "tab\\x09del\\x7f");
	assert_escaped("caf\xc3\xa9", "caf\xc3\xa9");
	assert_escaped("\xff\xfe", "\\xff\\xfe");
	assert_escaped("\xc2\x9b" "31m", "\\xc2\\x9b31m");
	assert_escaped("\xe2\x80\xae" "abc", "\\xe2\\x80\\xae" "abc");
	assert_escaped("cut\xe2\x80", "cut\\xe2\\x80");
	assert_escaped("", "");
}

static void escape_obeys_the_locale(void **state)
{
	(void)state;
	setlocale(LC_CTYPE, "C");
	assert_escaped("caf\xc3\xa9", "caf\\xc3\\xa9");
	setlocale(LC_CTYPE, "C.UTF-8");
}

static struct pci_names *names_of(const char *text, char *path)
{
	FILE *file;

	strcpy(path, "/tmp/iowarden-ids-XXXXXX");
	file = fdopen(mkstemp(path), "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
	return pci_names_open(path);
}

static void names_come_from_the_list_and_are_harmless(void **state)
{
	struct pci_names *names;
	struct machine machine;
	char path[32], *name;

	(void)state;
	machine_build(&machine, parts, 1);
	names = names_of("1b36  Red \x1b[1mHat\n\t0001  Bridge\n"
			 "C 06  Bridge\n\t04  PCI bridge\n", path);
	name = pci_names_device(names, machine.facts.devices);
	assert_string_equal(name, "Red \\x1b[1mHat Bridge");
	free(name);
	name = pci_names_class(names, machine.facts.devices);
	assert_string_equal(name, "PCI bridge");
	free(name);
	pci_names_close(names);
	unlink(path);
	machine_free(&machine);
}

/* libpci would end the program with status 1, which means "warning". */
static void broken_list_of_names_is_no_list(void **state)
{
	struct pci_names *names;
	struct machine machine;
	char path[32], *name;

	(void)state;
	machine_build(&machine, parts, 1);
	names = names_of("1b36  Red Hat\n\tbroken\n", path);
	name = pci_names_device(names, machine.facts.devices);
	assert_string_equal(name, "[1b36:0001]");
	free(name);
	pci_names_close(names);
	unlink(path);
	machine_free(&machine);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(list_is_a_tree_of_groups),
		cmocka_unit_test(list_has_colour_and_lines_where_wanted),
		cmocka_unit_test(show_says_where_facts_come_from),
		cmocka_unit_test(check_says_the_verdict_first),
		cmocka_unit_test(check_does_not_call_it_none_where_some_were_lost),
		cmocka_unit_test(check_says_safe_and_on_what_it_rests),
		cmocka_unit_test(check_says_unknown_and_why),
		cmocka_unit_test(colour_obeys_option_environment_and_file),
		cmocka_unit_test(colour_auto_wants_a_terminal),
		cmocka_unit_test(escape_lets_only_printable_characters_pass),
		cmocka_unit_test(escape_obeys_the_locale),
		cmocka_unit_test(names_come_from_the_list_and_are_harmless),
		cmocka_unit_test(broken_list_of_names_is_no_list),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
