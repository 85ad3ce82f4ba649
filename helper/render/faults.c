// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>

#include "model/moment.h"
#include "render/faults.h"

static bool is_unproven(const struct watch *watch)
{
	return watch->source && watch->source->state == SOURCE_UNPROVEN;
}

static char *describe_gap(const struct facts *facts,
			  const struct suspects *suspects)
{
	char *why = watch_explain(&suspects->why, facts), *text;
	char address[BDF_TEXT];

	if (!why)
		return NULL;
	bdf_format(suspects->gap->address, address);
	text = suspects->watched ?
		text_format("in part: not of %zu of %zu functions, such as %s: %s",
			    suspects->unwatched,
			    suspects->watched + suspects->unwatched, address,
			    why) :
		text_format("no: %s: %s", is_unproven(&suspects->why) ?
			    "nobody has proven that DMA faults are counted here" :
			    "nobody counts DMA faults here", why);
	free(why);
	return text;
}

static char *describe_watch(const struct facts *facts,
			    const struct suspects *suspects)
{
	if (suspects->gap)
		return describe_gap(facts, suspects);
	if (!suspects->watched)
		return text_format("not known: none of these IDs is a function");
	if (suspects->watched == 1)
		return text_format("yes: DMA faults of this function are counted");
	return text_format("yes: DMA faults of %zu functions are counted",
			   suspects->watched);
}

static int append_counts(char **text, const struct source *source)
{
	int ret = text_append(text, "; %llu records",
			      (unsigned long long)source->records);

	if (!ret && source->unattributed)
		ret = text_append(text, ", %llu more of unknown requesters",
				  (unsigned long long)source->unattributed);
	if (!ret && source->overflows)
		ret = text_append(text, ", %llu times the hardware dropped some",
				  (unsigned long long)source->overflows);
	if (!ret && source->missed)
		ret = text_append(text, ", %llu times some may have been missed",
				  (unsigned long long)source->missed);
	if (!ret && source->faults_at_least)
		ret = text_append(text, ": there were more faults than these, or may have been");
	return ret;
}

static bool has_counts(const struct source *source)
{
	return source->state == SOURCE_ACTIVE || source->records ||
	       source->unattributed || source->faults_at_least;
}

static char *describe_source(const struct source *source)
{
	char *text = source_name_unit(source);
	int ret = text ? 0 : -ENOMEM;

	if (!ret)
		ret = text_append(&text, ": %s", names_get(&source_state_names,
							   source->state));
	if (!ret && has_counts(source))
		ret = append_counts(&text, source);
	if (!ret && source->reason)
		text_append(&text, "; %s", source->reason);
	return text;
}

static int write_sources(const struct output *output,
			const struct faults *faults)
{
	int ret = 0;

	for (size_t i = 0; !ret && i < faults->source_count; i++)
		ret = output_made(output, i ? "" : "sources",
				  describe_source(&faults->sources[i]));
	return ret;
}

static char *describe_place(const struct output *output,
			    const struct device *device)
{
	char *kind = pci_names_class(output->names, device);
	char *name = pci_names_device(output->names, device);
	char *driver = output_driver(device);
	char *text = NULL;

	if (kind && name && driver)
		text = text_format("%s: %s, driver %s", kind, name, driver);
	if (text && device_has(device, DEVICE_GROUP))
		text_append(&text, ", group %u", device->group);
	free(kind);
	free(name);
	free(driver);
	return text;
}

/* Names are escaped where they come from; addresses need no escaping. */
static int write_heading(const struct output *output,
			const struct suspect *suspect)
{
	char *place = suspect->device ? describe_place(output, suspect->device) :
					text_format("no function");
	char address[BDF_TEXT];

	if (!place)
		return -ENOMEM;
	bdf_format(suspect->requester->address, address);
	fprintf(output->stream, "\n%s%s  %s\n", address,
		suspect->requester->whole_bus ? " and its bus" : "", place);
	free(place);
	return 0;
}

static char *describe_counts(const struct suspect *suspect)
{
	const struct requester *requester = suspect->requester;
	char *text = text_format("%s%llu: %llu to read, %llu to write",
		suspect->exact ? "" : "at least ",
		(unsigned long long)requester->total,
		(unsigned long long)requester->reads,
		(unsigned long long)requester->writes);
	int ret = text ? 0 : -ENOMEM;

	if (!ret && requester->others)
		ret = text_append(&text, ", %llu others",
				  (unsigned long long)requester->others);
	if (!ret)
		ret = text_append(&text, suspect->exact ?
				  " (exact)" : " (some may not have been counted, or booked on nobody)");
	if (!ret && suspect->seconds)
		ret = text_append(&text, "; now %.1f a second",
				  (double)suspect->grown / suspect->seconds);
	if (!ret && requester->before)
		text_append(&text, "; %llu of them before the function that is there now was plugged in",
			    (unsigned long long)requester->before);
	return text;
}

static int write_reasons(const struct output *output, const struct facts *facts,
			const struct requester *requester)
{
	const char *label = "  because";
	int ret = 0;

	for (uint8_t i = 0; !ret && i < requester->reason_count; i++) {
		const struct reason_count *reason = &requester->reason[i];

		ret = output_made(output, label, text_format("%llu: %s (0x%02x)",
			(unsigned long long)reason->count,
			suspect_reason(&facts->faults, requester, reason->code),
			reason->code));
		label = "";
	}
	if (!ret && requester->other_reasons)
		ret = output_made(output, label, text_format(
			"%llu: other reasons",
			(unsigned long long)requester->other_reasons));
	return ret;
}

static char *describe_last(const struct facts *facts,
			   const struct requester *requester)
{
	const char *access = names_get(&access_names, requester->last_access);
	char age[MOMENT_AGE], *text;
	int ret;

	text = text_format("%s ago", moment_age(facts->faults.time,
						requester->last_seen, age));
	ret = text ? 0 : -ENOMEM;
	if (!ret && access)
		ret = text_append(&text, ", %s", access);
	if (!ret && field_known(requester, REQUESTER_LAST_ADDRESS))
		ret = text_append(&text, " at 0x%llx",
				  (unsigned long long)requester->last_address);
	if (!ret && field_known(requester, REQUESTER_LAST_PASID))
		text_append(&text, ", PASID %u", requester->last_pasid);
	return text;
}

static int write_detail(const struct output *output, const struct facts *facts,
			const struct suspect *suspect)
{
	const struct requester *requester = suspect->requester;
	int ret = write_reasons(output, facts, requester);

	if (!ret && field_known(requester, REQUESTER_LAST_SEEN))
		ret = output_made(output, "  last", describe_last(facts,
								  requester));
	if (!ret)
		ret = output_made(output, "  forgeable",
				  forgery_explain(&suspect->forgery));
	if (!ret && suspect->identity.kind != IDENTITY_FUNCTION)
		ret = output_made(output, "  who",
				  identity_explain(&suspect->identity));
	return ret;
}

static int write_suspect(const struct output *output, const struct facts *facts,
			const struct suspect *suspect)
{
	int ret = write_heading(output, suspect);

	if (!ret)
		ret = output_made(output, "  faults", describe_counts(suspect));
	if (!ret && suspect->requester->total)
		ret = write_detail(output, facts, suspect);
	return ret;
}

/* Whether that is an answer depends on who looked. */
static int write_none(const struct output *output, const struct facts *facts,
		      const struct suspects *suspects)
{
	if (!facts->faults.told || suspects->faults)
		return 0;
	fputc('\n', output->stream);
	return output_made(output, "faults", text_format(suspects_are_none(suspects) && !suspects->inexact ?
		"none since the module was loaded" :
		"none were counted; that is not to say that there were none"));
}

/* That faults may be of a device and are not told with it. */
static int write_remainder(const struct output *output,
			   const struct facts *facts,
			   const struct suspects *suspects)
{
	if (!suspects->remainder.device)
		return 0;
	if (suspects->faults)
		fputc('\n', output->stream);
	return output_made(output, suspects->faults ? "uncertain" : "",
			   remainder_explain(&suspects->remainder,
					     &facts->faults));
}

static char *describe_limits(const struct faults *faults)
{
	uint64_t hidden = faults_hidden(faults);

	if (hidden)
		return text_format("addresses, and %llu records of requester IDs that never were a function: these need CAP_NET_ADMIN",
				   (unsigned long long)hidden);
	return text_format(faults_hide_some(faults) ?
		"addresses, and requester IDs that never were a function, of which there may be faults: these need CAP_NET_ADMIN" :
		"addresses, and requester IDs that never were a function: these need CAP_NET_ADMIN");
}

static int write_limits(const struct output *output, const struct facts *facts)
{
	if (!facts->faults.told || facts->faults.detailed)
		return 0;
	fputc('\n', output->stream);
	return output_made(output, "not shown", describe_limits(&facts->faults));
}

int faults_render(const struct output *output, const struct facts *facts,
		  const struct suspects *suspects)
{
	int ret = output_made(output, "watched", describe_watch(facts, suspects));

	if (!ret)
		ret = write_sources(output, &facts->faults);
	if (!ret)
		ret = write_none(output, facts, suspects);
	if (!ret)
		ret = write_remainder(output, facts, suspects);
	for (size_t i = 0; !ret && i < suspects->count; i++)
		ret = write_suspect(output, facts, &suspects->item[i]);
	return ret ? ret : write_limits(output, facts);
}
