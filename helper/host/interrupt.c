// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <string.h>

#include "host/collector.h"
#include "host/file.h"
#include "host/unseen.h"

/* x86 puts IR- before the names of chips whose interrupts are remapped. */
static const struct {
	const char *prefix;
	enum answer answer;
} chips[] = {
	{ "IR-", ANSWER_YES },
	{ "PCI-MSI", ANSWER_NO },
	{ "IO-APIC", ANSWER_NO },
};

static unsigned int judge(const char *chip)
{
	for (size_t i = 0; i < sizeof(chips) / sizeof(*chips); i++)
		if (!strncmp(chip, chips[i].prefix, strlen(chips[i].prefix)))
			return chips[i].answer;
	return 0;
}

int interrupt_collect(const struct host_roots *roots, struct facts *facts)
{
	struct text_list interrupts;
	unsigned int answer = 0;
	char chip[FILE_LINE];
	int ret = file_names(&interrupts, roots->sysfs, "kernel/irq");

	if (ret == -ENOMEM)
		return ret;
	for (size_t i = 0; answer != ANSWER_YES && i < interrupts.count; i++)
		if (!file_line(chip, roots->sysfs, "kernel/irq/%s/chip_name",
			       interrupts.item[i]) && judge(chip))
			answer = judge(chip);
	text_list_free(&interrupts);
	if (answer)
		return field_set_number(host_fields, HOST_INTERRUPTS_REMAPPED,
					&facts->host, answer);
	return unseen_add(facts,
		"whether interrupts are remapped: %s",
		ret ? strerror(-ret) : "no chip in /sys/kernel/irq tells it");
}
