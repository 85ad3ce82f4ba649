// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "render/audit.h"
#include "render/line.h"
#include "render/sentence.h"

/* The words that such systems know, by severity. */
static const char *const states[] = {
	[SEVERITY_INFO] = "OK",
	[SEVERITY_WARNING] = "WARNING",
	[SEVERITY_UNKNOWN] = "UNKNOWN",
	[SEVERITY_UNSAFE] = "CRITICAL",
};

/* What stands behind a bar is read as numbers. Takes @text over. */
static int write_state(const struct output *output, enum severity verdict,
		       char *text)
{
	if (!text)
		return -ENOMEM;
	for (char *bar = strchr(text, '|'); bar; bar = strchr(bar, '|'))
		*bar = '/';
	fprintf(output->stream, "%s - %s |", states[verdict], text);
	free(text);
	return 0;
}

static void write_counts(const struct output *output,
			 const struct judgement *judgement)
{
	for (int i = SEVERITY_UNSAFE; i >= SEVERITY_WARNING; i--)
		fprintf(output->stream, " %s=%zu",
			names_get(&severity_names, (unsigned int)i),
			judgement_count(judgement, (enum severity)i));
	fputc('\n', output->stream);
}

int line_check(const struct output *output, const struct assessment *assessment)
{
	int ret = write_state(output, assessment->judgement.verdict,
			      sentence_make(output, assessment));

	if (!ret)
		write_counts(output, &assessment->judgement);
	return ret;
}

/* The worst of the sets that the audit answers for, NULL if none is bad. */
static const struct audited *find_worst(const struct audit *audit)
{
	if (audit->verdict == SEVERITY_INFO)
		return NULL;
	for (size_t i = 0; i < audit->count; i++)
		if (audit->item[i].covered &&
		    audit->item[i].assessment.judgement.verdict == audit->verdict)
			return &audit->item[i];
	return NULL;
}

static char *tell(const struct output *output, const struct audit *audit)
{
	const struct audited *worst = find_worst(audit);

	return worst ? sentence_make(output, &worst->assessment) :
		       audit_summary(audit);
}

int line_audit(const struct output *output, const struct audit *audit)
{
	int ret = write_state(output, audit->verdict, tell(output, audit));

	if (ret)
		return ret;
	fprintf(output->stream, " sets=%zu", audit->covered);
	for (int i = SEVERITY_UNSAFE; i >= SEVERITY_WARNING; i--)
		fprintf(output->stream, " %s=%zu",
			names_get(&severity_names, (unsigned int)i),
			audit_count(audit, (enum severity)i));
	fputc('\n', output->stream);
	return 0;
}
