// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>

#include "model/moment.h"
#include "render/follow.h"
#include "render/json_fault.h"
#include "render/json_record.h"
#include "rule/suspect.h"

/* Each line is whole at once, whoever reads it. Takes the object over. */
static int write_object(const struct output *output, struct json_object *object)
{
	const char *text = object ? json_object_to_json_string_ext(object,
		JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE) : NULL;

	if (text)
		fprintf(output->stream, "%s\n", text);
	json_object_put(object);
	fflush(output->stream);
	return text ? 0 : -ENOMEM;
}

static struct json_object *make_event(const char *event)
{
	struct json_object *object = json_object_new_object();

	return json_finished(object, json_add(object, "event", json_text(event)));
}

static int add_reasons(struct json_object *to, const struct faults *sources,
		       const struct growth *growth)
{
	struct json_object *array = json_object_new_array();
	int ret = json_add(to, "because", array);

	for (uint8_t i = 0; !ret && i < growth->reason_count; i++)
		ret = json_append(array, json_text(suspect_reason(sources,
			&growth->now, growth->reason[i].code)));
	return ret;
}

static struct json_object *make_growth(const struct faults *sources,
				       const struct growth *growth)
{
	struct json_object *object = json_requester(&growth->now);
	int ret = json_add(object, "event", json_text("faults"));

	if (!ret)
		ret = json_add(object, "faults",
			       json_object_new_uint64(growth->faults));
	if (!ret)
		ret = add_reasons(object, sources, growth);
	return json_finished(object, ret);
}

/* To the second; a program gets all of it. */
static void write_time(const struct output *output, uint64_t moment)
{
	char text[MOMENT_TEXT];

	moment_format(moment, text);
	fprintf(output->stream, "%.19sZ  ", text);
}

static int write_growth(const struct output *output,
			const struct faults *sources,
			const struct growth *growth)
{
	const struct requester *now = &growth->now;
	const char *access = names_get(&access_names, now->last_access);
	char address[BDF_TEXT];

	write_time(output, now->last_seen);
	fprintf(output->stream, "%s%s  +%llu (%llu)",
		bdf_format(now->address, address),
		now->whole_bus ? " and its bus" : "",
		(unsigned long long)growth->faults,
		(unsigned long long)now->total);
	if (access)
		fprintf(output->stream, "  %s", access);
	if (field_known(now, REQUESTER_LAST_ADDRESS))
		fprintf(output->stream, " at 0x%llx",
			(unsigned long long)now->last_address);
	for (uint8_t i = 0; i < growth->reason_count; i++)
		fprintf(output->stream, "%s%s", i ? "; " : ": ",
			suspect_reason(sources, now, growth->reason[i].code));
	fputc('\n', output->stream);
	fflush(output->stream);
	return 0;
}

int follow_write_growth(const struct output *output, bool json,
			const struct faults *sources,
			const struct growth *growth)
{
	if (json)
		return write_object(output, make_growth(sources, growth));
	return write_growth(output, sources, growth);
}

/* The keys of a source, as far as they tell which it is, and what grew. */
static struct json_object *make_loss(const struct loss *loss)
{
	static const uint64_t shown = UINT64_C(1) << SOURCE_INDEX |
		UINT64_C(1) << SOURCE_NAME | UINT64_C(1) << SOURCE_SEGMENT |
		UINT64_C(1) << SOURCE_UNIT | UINT64_C(1) << SOURCE_UNATTRIBUTED |
		UINT64_C(1) << SOURCE_OVERFLOWS | UINT64_C(1) << SOURCE_MISSED;
	struct source source = *loss->source;
	struct json_object *object;

	source.known &= shown;
	source.unattributed = loss->unattributed;
	source.overflows = loss->overflows;
	source.missed = loss->missed;
	object = json_source(&source);
	return json_finished(object, json_add(object, "event",
					      json_text("lost")));
}

static int write_loss(const struct output *output, const struct loss *loss)
{
	char *name = source_name_unit(loss->source);

	if (!name)
		return -ENOMEM;
	write_time(output, moment_now());
	fprintf(output->stream,
		"%s lost: +%llu of unknown requesters, +%llu times the hardware dropped some, +%llu times some may have been missed\n",
		name, (unsigned long long)loss->unattributed,
		(unsigned long long)loss->overflows,
		(unsigned long long)loss->missed);
	fflush(output->stream);
	free(name);
	return 0;
}

int follow_write_loss(const struct output *output, bool json,
		      const struct loss *loss)
{
	if (json)
		return write_object(output, make_loss(loss));
	return write_loss(output, loss);
}

int follow_write_missed(const struct output *output, bool json, uint64_t count)
{
	struct json_object *object;
	int ret = 0;

	if (json) {
		object = make_event("missed");
		if (object && count)
			ret = json_add(object, "messages",
				       json_object_new_uint64(count));
		return write_object(output, json_finished(object, ret));
	}
	write_time(output, moment_now());
	if (count)
		fprintf(output->stream, "missed %llu message%s\n",
			(unsigned long long)count, count == 1 ? "" : "s");
	else
		fputs("missed messages: more came than were taken; how many, the next one tells\n",
		      output->stream);
	fflush(output->stream);
	return 0;
}

int follow_write_reread(const struct output *output, bool json)
{
	if (json)
		return write_object(output, make_event("reread"));
	write_time(output, moment_now());
	fputs("all counts were read again: what grew meanwhile is below\n",
	      output->stream);
	fflush(output->stream);
	return 0;
}
