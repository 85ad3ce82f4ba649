// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "host/collector.h"
#include "host/command_line.h"
#include "host/file.h"
#include "host/unseen.h"

/*
 * Only words of these names leave the machine in a snapshot: others may hold
 * keys. With "-" for "_", as to the kernel they are the same.
 */
static const struct {
	const char *name;
	bool prefix;
} kept[] = {
	{ "pci", false }, { "pcie-", true }, { "iommu", true },
	{ "intel-iommu", false }, { "amd-iommu", true },
	{ "intremap", false }, { "nointremap", false }, { "vfio", true },
	{ "arm-smmu", true }, { "ivrs-", true },
};

/* Whether @length bytes of two names are equal to the kernel. */
static bool same_name(const char *a, const char *b, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if ((a[i] == '_' ? '-' : a[i]) != (b[i] == '_' ? '-' : b[i]))
			return false;
	return true;
}

static bool is_kept(const char *word)
{
	size_t length;

	word += *word == '"';
	length = strcspn(word, "=.\"");
	for (size_t i = 0; i < sizeof(kept) / sizeof(*kept); i++) {
		size_t wanted = strlen(kept[i].name);

		if ((length == wanted || (length > wanted && kept[i].prefix)) &&
		    same_name(word, kept[i].name, wanted))
			return true;
	}
	return false;
}

/* Cuts off the first word; a blank between quotes is part of it. */
static char *cut_word(char **rest)
{
	char *word = *rest + strspn(*rest, " \t\n");
	bool quoted = false;
	char *end = word;

	for (; *end && (quoted || !strchr(" \t\n", *end)); end++)
		quoted ^= *end == '"';
	*rest = end + (*end != '\0');
	*end = '\0';
	return *word ? word : NULL;
}

static int keep(char *line, char **words)
{
	int ret = 0;

	/* What follows "--" is meant for init. */
	for (char *word; !ret && (word = cut_word(&line)) &&
	     strcmp(word, "--");)
		if (is_kept(word))
			ret = text_append(words, "%s%s", *words ? " " : "",
					  word);
	return ret;
}

int command_line_collect(const struct host_roots *roots, struct facts *facts)
{
	char *line, *words = NULL;
	int ret = file_text(&line, roots->procfs, "cmdline");

	if (ret == -ENOMEM)
		return ret;
	if (ret)
		return unseen_add(facts,
			"how the kernel was started: /proc/cmdline: %s",
			strerror(-ret));
	ret = keep(line, &words);
	if (!ret)
		ret = field_set_text(host_fields, HOST_COMMAND_LINE,
				     &facts->host, words ? words : "",
				     words ? strlen(words) : 0);
	free(words);
	free(line);
	return ret;
}

/* As the kernel's kstrtobool(); a parameter without a value is on. */
static bool is_on(const char *value)
{
	if (*value != '=')
		return true;
	return (value[1] && strchr("yYtT1", value[1])) ||
	       !strncasecmp(value + 1, "on", 2);
}

bool command_line_flag(const char *line, const char *module,
		       const char *parameter, bool *value)
{
	char name[128];
	bool found = false;
	size_t length;

	text_print(name, sizeof(name), "%s.%s", module, parameter);
	length = strlen(name);
	while (line && *line) {
		size_t word = strcspn(line, " ");

		if (word >= length && same_name(line, name, length) &&
		    strchr("= ", line[length])) {
			*value = is_on(line + length);
			found = true;
		}
		line += word + (line[word] != '\0');
	}
	return found;
}
