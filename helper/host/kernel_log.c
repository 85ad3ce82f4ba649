// SPDX-License-Identifier: GPL-2.0
/*
 * What the kernel said at boot, from /dev/kmsg. A record is a line
 * "priority,sequence,microseconds,flags;text", and lines that begin with a
 * blank belong to it. Priorities from 8 on are texts of programs.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "host/collector.h"
#include "host/lines.h"
#include "host/unseen.h"

#define PRIORITY_PROGRAMS 8

static const char warning[] = "PCIe ACS overrides enabled";

/** struct log - what was found in it */
struct log {
	bool whole, warned;
	uint64_t next;
};

static void look_at(struct log *log, const char *line)
{
	char *end;
	unsigned long priority = strtoul(line, &end, 10);
	unsigned long long sequence;

	if (end == line || *end != ',')
		return;
	sequence = strtoull(end + 1, NULL, 10);
	log->whole &= sequence == log->next;
	log->next = sequence + 1;
	log->warned |= priority < PRIORITY_PROGRAMS && strstr(line, warning);
}

static int say_why(struct facts *facts, int error, const struct log *log)
{
	static const char what[] = "whether ACS overrides were enabled at boot";

	/* A kernel without the patch has nothing to say of it. */
	if (facts->host.override_patch == ANSWER_NO)
		return 0;
	if (error == -EPERM || error == -EACCES)
		return unseen_add(facts, "the kernel log (run as root): %s",
				  what);
	if (error)
		return unseen_add(facts, "the kernel log: %s: %s", what,
				  strerror(-error));
	return unseen_add(facts, "the kernel log: %s: %s", what,
		log->next ? "its beginning is no longer kept" : "it is empty");
}

int kernel_log_collect(const struct host_roots *roots, struct facts *facts)
{
	struct log log = { .whole = true };
	struct lines lines;
	int ret = lines_open_below(&lines, roots->dev, "kmsg");

	if (!ret) {
		for (const char *line; (line = lines_next(&lines));)
			look_at(&log, line);
		ret = lines.error;
		lines_close(&lines);
		log.whole &= !ret && !lines.lost && log.next;
	}
	if (!ret && (log.warned || log.whole))
		return field_set_number(host_fields, HOST_OVERRIDE_WARNED,
			&facts->host, log.warned ? ANSWER_YES : ANSWER_NO);
	return say_why(facts, ret, &log);
}
