// SPDX-License-Identifier: GPL-2.0
#include <stdlib.h>
#include <string.h>

#include "rule/watch.h"

/* Whether a source is one IOMMU; else it stands for a way of looking. */
static bool is_unit(const struct source *source)
{
	return field_known(source, SOURCE_UNIT);
}

static bool is_for(const struct source *source, const struct device *device)
{
	if (!is_unit(source))
		return true;
	if (source->segment != device->address.segment)
		return false;
	return !device_has(device, DEVICE_IOMMU_UNIT) ||
	       source->unit == device->iommu_unit;
}

static bool has_units(const struct faults *faults, const char *name)
{
	for (size_t i = 0; i < faults->source_count; i++)
		if (is_unit(&faults->sources[i]) &&
		    !strcmp(faults->sources[i].name, name))
			return true;
	return false;
}

/* Whether a way of looking has a source that may be the one of a device. */
static bool is_about(const struct faults *faults, const char *name,
		     const struct device *device)
{
	bool units = has_units(faults, name);

	for (size_t i = 0; i < faults->source_count; i++)
		if (!strcmp(faults->sources[i].name, name) &&
		    is_unit(&faults->sources[i]) == units &&
		    is_for(&faults->sources[i], device))
			return true;
	return false;
}

/* The first source of a way of looking that may be the device's and is not active. */
static const struct source *find_gap(const struct faults *faults,
				     const char *name,
				     const struct device *device)
{
	for (size_t i = 0; i < faults->source_count; i++) {
		const struct source *source = &faults->sources[i];

		if (!strcmp(source->name, name) && is_for(source, device) &&
		    source->state != SOURCE_ACTIVE)
			return source;
	}
	return NULL;
}

/*
 * Of several that are not active: that there is nothing for a source tells least;
 * that one counts, though nobody has proven it, tells most.
 */
static bool tells_more(const struct source *gap, const struct source *than)
{
	if (!than || than->state == SOURCE_ABSENT)
		return true;
	return gap->state == SOURCE_UNPROVEN && than->state != SOURCE_UNPROVEN;
}

static struct watch find_among(const struct faults *faults,
			       const struct device *device)
{
	struct watch watch = { .state = WATCHING_NO_UNIT };

	for (size_t i = 0; i < faults->source_count; i++) {
		const struct source *source = &faults->sources[i], *gap;

		if (!is_for(source, device) ||
		    !is_about(faults, source->name, device))
			continue;
		gap = find_gap(faults, source->name, device);
		if (!gap)
			return (struct watch){ WATCHING_YES, source };
		if (tells_more(gap, watch.source))
			watch = (struct watch){ WATCHING_UNIT, gap };
	}
	return watch;
}

struct watch watch_find(const struct facts *facts, const struct device *device)
{
	if (!facts_may_translate(facts, device))
		return (struct watch){ .state = WATCHING_UNTRANSLATED };
	if (!facts->faults.told)
		return (struct watch){ .state = WATCHING_NOBODY };
	return find_among(&facts->faults, device);
}

/* Why a provider tells nothing of faults; of a file, the file. */
static const char *explain_silence(const struct facts *facts)
{
	static const struct {
		const char *provider, *words;
	} reasons[] = {
		{ "netlink", "the loaded module does not count faults" },
		{ "sysfs", "only the module counts faults, and it was not asked" },
		{ "snapshot", "the snapshot holds no counts of faults" },
		{ "lspci", "text of lspci tells nothing of faults" },
	};

	for (size_t i = 0; i < sizeof(reasons) / sizeof(*reasons); i++)
		if (!strcmp(reasons[i].provider, facts->provider))
			return reasons[i].words;
	return "nobody counts faults here";
}

char *source_name_unit(const struct source *source)
{
	if (!is_unit(source))
		return text_format("%s", source->name);
	return text_format("%s 0x%llx", source->name,
			   (unsigned long long)source->unit);
}

static char *explain_source(const struct source *source)
{
	char *name = source_name_unit(source), *text;

	if (!name)
		return NULL;
	text = text_format("%s is %s%s%s", name,
			   names_get(&source_state_names, source->state),
			   source->reason ? ": " : "",
			   source->reason ? source->reason : "");
	free(name);
	return text;
}

char *watch_explain(const struct watch *watch, const struct facts *facts)
{
	switch (watch->state) {
	case WATCHING_NOBODY:
		return text_format("%s", explain_silence(facts));
	case WATCHING_UNTRANSLATED:
		return text_format("no IOMMU translates for it, so that none of its requests can fault");
	case WATCHING_UNIT:
		return explain_source(watch->source);
	default:
		return text_format("no source of faults is for its segment");
	}
}

static bool has_losses(const struct source *source)
{
	return source->faults_at_least || source->unattributed;
}

/* Of one that is active, the reason is what it cannot see. */
static bool has_limits(const struct source *source)
{
	return source->state == SOURCE_UNPROVEN ||
	       (source->state == SOURCE_ACTIVE && source->reason);
}

static bool is_any(const struct facts *facts, uint32_t segment,
		   bool (*is)(const struct source *source))
{
	const struct faults *faults = &facts->faults;

	for (size_t i = 0; i < faults->source_count; i++) {
		const struct source *source = &faults->sources[i];

		if ((!is_unit(source) || source->segment == segment) && is(source))
			return true;
	}
	return false;
}

bool watch_has_losses(const struct facts *facts, uint32_t segment)
{
	return is_any(facts, segment, has_losses);
}

bool watch_is_exact(const struct facts *facts, uint32_t segment)
{
	return !is_any(facts, segment, has_losses) &&
	       !is_any(facts, segment, has_limits);
}
