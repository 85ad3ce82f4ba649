// SPDX-License-Identifier: GPL-2.0
#include "model/command_line.h"
#include "rule/override.h"
#include "rule/subject.h"

#define PARAMETER "pcie_acs_override"

static bool is_requested(const struct subject *subject)
{
	return command_line_has_word(subject_host(subject)->command_line,
				     PARAMETER);
}

static enum answer has_patch(const struct subject *subject)
{
	return subject_answer(subject, HOST_OVERRIDE_PATCH);
}

/* The kernel says so itself, or the two halves of it are both there. */
bool override_is_in_force(const struct subject *subject)
{
	return subject_answer(subject, HOST_OVERRIDE_WARNED) == ANSWER_YES ||
	       (is_requested(subject) && has_patch(subject) == ANSWER_YES);
}

bool override_is_inert(const struct subject *subject)
{
	return is_requested(subject) && has_patch(subject) == ANSWER_NO &&
	       !override_is_in_force(subject);
}

bool override_is_unknown(const struct subject *subject)
{
	return is_requested(subject) && !has_patch(subject) &&
	       !override_is_in_force(subject);
}

bool override_is_present(const struct subject *subject)
{
	return has_patch(subject) == ANSWER_YES &&
	       !override_is_in_force(subject);
}

/* Neither half of it does anything without the other. */
enum answer override_answer(const struct tree *tree)
{
	const struct inquiry inquiry = { .tree = tree };
	const struct subject subject = { .inquiry = &inquiry };

	if (override_is_in_force(&subject))
		return ANSWER_YES;
	if (has_patch(&subject) == ANSWER_NO)
		return ANSWER_NO;
	if (field_known(subject_host(&subject), HOST_COMMAND_LINE) &&
	    !is_requested(&subject))
		return ANSWER_NO;
	return 0;
}

char *override_show(const struct subject *subject)
{
	static const char *const patch[] = {
		"whether this kernel has the patch is not known",
		[ANSWER_NO] = "this kernel does not have the patch",
		[ANSWER_YES] = "this kernel has the patch",
	};
	bool warned = subject_answer(subject, HOST_OVERRIDE_WARNED) ==
		      ANSWER_YES;

	return text_format("%s= is %son the kernel command line; %s%s",
			   PARAMETER, is_requested(subject) ? "" : "not ",
			   patch[has_patch(subject)], warned ?
			   "; it warned of it at boot" : "");
}
