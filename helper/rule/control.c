// SPDX-License-Identifier: GPL-2.0
#include "model/egress.h"
#include "rule/control.h"
#include "rule/evidence.h"
#include "rule/subject.h"

static bool is(const struct subject *subject, enum acs_bit control,
	       enum reachable way)
{
	return subject->bypass->control == control &&
	       subject->bypass->way == way;
}

bool control_egress_is_open(const struct subject *subject)
{
	return is(subject, ACS_EC, REACHABLE_YES);
}

bool control_egress_is_unknown(const struct subject *subject)
{
	return is(subject, ACS_EC, REACHABLE_UNKNOWN);
}

bool control_translated_is_open(const struct subject *subject)
{
	return is(subject, ACS_DT, REACHABLE_YES);
}

bool control_translated_is_unknown(const struct subject *subject)
{
	return is(subject, ACS_DT, REACHABLE_UNKNOWN);
}

/* Only the bits that mean something: those that the capability counts. */
static int add_vector(char **text, const struct acs *acs, unsigned int size)
{
	size_t bytes = (size + 7) / 8;
	int ret;

	if (!field_known(acs, ACS_EGRESS_VECTOR))
		return text_append(text, ", its egress vector was not read");
	ret = text_append(text, ", egress vector ");
	for (size_t i = 0; !ret && i < bytes && i < acs->egress_vector.length; i++)
		ret = text_append(text, "%02x", acs->egress_vector.byte[i]);
	return ret;
}

static int add_victims(char **text, const struct subject *subject)
{
	const struct bypass *bypass = subject->bypass;
	int ret = text_append(text, bypass->way == REACHABLE_YES ?
			      "; lets through to" : "; may let through to");

	return ret ? ret : evidence_add_victims(text, subject->inquiry->tree,
						bypass->hop->device,
						&bypass->victims);
}

/* Without the control Request Redirect has the word again. */
static int add_closing(char **text, const struct bypass *bypass)
{
	uint32_t cap, ctrl;

	acs_words(bypass->hop->device, &cap, &ctrl);
	return text_append(text, "; closed by %s off%s",
			   bypass->control == ACS_EC ? "EC" : "DT",
			   cap & ~ctrl & ACS_RR ? " and RR on" : "");
}

static int add_hop(char **text, const struct bypass *bypass)
{
	int ret = evidence_add_hop(text, bypass->hop);

	return ret ? ret : evidence_add_registers(text, bypass->hop);
}

char *control_show_egress(const struct subject *subject)
{
	const struct bypass *bypass = subject->bypass;
	const struct device *device = bypass->hop->device;
	char *text = NULL;
	uint32_t cap, ctrl;
	int ret = add_hop(&text, bypass);

	acs_words(device, &cap, &ctrl);
	if (!ret)
		ret = add_vector(&text, &device->acs, egress_vector_size(cap));
	if (!ret)
		ret = add_victims(&text, subject);
	if (!ret)
		add_closing(&text, bypass);
	return text;
}

static const char *describe_ats(enum capability ats)
{
	static const char *const words[] = {
		"ATS that could not be seen",
		[CAPABILITY_ABSENT] = "no ATS",
		[CAPABILITY_OFF] = "ATS off now",
		[CAPABILITY_ON] = "ATS on",
	};

	return words[ats];
}

char *control_show_translated(const struct subject *subject)
{
	const struct bypass *bypass = subject->bypass;
	char address[BDF_TEXT];
	char *text = NULL;
	int ret = add_hop(&text, bypass);

	if (!ret)
		ret = text_append(&text, ", DT on; %s has %s",
				  bdf_format(bypass->from->address, address),
				  describe_ats(bypass->from->ats));
	if (!ret)
		ret = add_victims(&text, subject);
	if (!ret)
		add_closing(&text, bypass);
	return text;
}
