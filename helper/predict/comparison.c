// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>

#include "predict/comparison.h"

static const struct facts *facts_of(const struct prediction *prediction)
{
	return prediction->tree->facts;
}

/* Both sides have a group for it, and the predicted one is certain. */
static bool is_comparable(const struct prediction *prediction,
			  const struct device *device)
{
	return facts_real_group(facts_of(prediction), device) &&
	       prediction_is_sure(prediction, device);
}

static bool same_predicted(const struct prediction *prediction,
			   const struct device *one, const struct device *other)
{
	return prediction_place(prediction, one)->group ==
	       prediction_place(prediction, other)->group;
}

bool comparison_splits(const struct prediction *prediction,
		       const struct device *one, const struct device *other)
{
	return one->group != other->group &&
	       same_predicted(prediction, one, other) &&
	       is_comparable(prediction, one) &&
	       is_comparable(prediction, other);
}

bool comparison_joins(const struct prediction *prediction,
		      const struct device *one, const struct device *other)
{
	return one->group == other->group &&
	       !same_predicted(prediction, one, other) &&
	       is_comparable(prediction, one) &&
	       is_comparable(prediction, other);
}

/* Of each group the first device stands for all. */
struct firsts {
	const struct device **of_predicted, **of_kernel;
};

static void remember(struct pair *pair, const struct device *one,
		     const struct device *other)
{
	if (!pair->one)
		*pair = (struct pair){ one, other };
}

static void compare(struct comparison *comparison,
		    const struct prediction *prediction,
		    const struct firsts *firsts, const struct device *device)
{
	const struct facts *facts = facts_of(prediction);
	size_t id = (size_t)(facts_group(facts, device->group) - facts->groups);
	const struct device **kernel = &firsts->of_kernel[id];
	const struct device **predicted = &firsts->of_predicted[
		prediction_place(prediction, device)->group];

	if (!*predicted)
		*predicted = device;
	if (!*kernel)
		*kernel = device;
	if (comparison_splits(prediction, *predicted, device))
		remember(&comparison->split, *predicted, device);
	if (comparison_joins(prediction, *kernel, device))
		remember(&comparison->joined, *kernel, device);
}

int comparison_make(struct comparison *comparison,
		    const struct prediction *prediction)
{
	const struct facts *facts = facts_of(prediction);
	struct firsts firsts;
	int ret = -ENOMEM;

	*comparison = (struct comparison){ 0 };
	firsts.of_predicted = calloc(prediction->group_count + 1,
				     sizeof(*firsts.of_predicted));
	firsts.of_kernel = calloc(facts->group_count + 1,
				  sizeof(*firsts.of_kernel));
	if (firsts.of_predicted && firsts.of_kernel) {
		for (size_t i = 0; i < facts->device_count; i++)
			if (is_comparable(prediction, &facts->devices[i]))
				compare(comparison, prediction, &firsts,
					&facts->devices[i]);
		ret = 0;
	}
	free(firsts.of_predicted);
	free(firsts.of_kernel);
	return ret;
}
