// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>

#include "render/json_check.h"
#include "render/json_record.h"
#include "rule/fault.h"

static int add_text(struct json_object *to, const char *key, const char *text)
{
	return text ? json_add(to, key, json_text(text)) : 0;
}

/* Takes a text that was made for this over. */
static int add_own_text(struct json_object *to, const char *key, char *text)
{
	int ret = text ? add_text(to, key, text) : -ENOMEM;

	free(text);
	return ret;
}

static int add_set(struct json_object *to, const char *key,
		   const struct set *set)
{
	struct json_object *array = json_object_new_array();
	int ret = json_add(to, key, array);

	for (size_t i = 0; !ret && i < set->count; i++)
		ret = json_append(array, json_address(set->member[i]->address));
	return ret;
}

/* A set, and how many devices it did not take. */
static int add_some(struct json_object *to, const char *key,
		    const char *key_of_rest, const struct set *set)
{
	int ret = add_set(to, key, set);

	if (ret || !set->left_out)
		return ret;
	return json_add(to, key_of_rest,
			json_object_new_int64((int64_t)set->left_out));
}

static int add_crossing(struct json_object *to, const struct crossing *crossing)
{
	int ret;

	if (!crossing)
		return 0;
	ret = json_add(to, "hop", json_address(crossing->hop->device->address));
	return ret ? ret : add_some(to, "victims", "victims_left_out",
				    &crossing->victims);
}

static int add_bypass(struct json_object *to, const struct bypass *bypass)
{
	int ret;

	if (!bypass)
		return 0;
	ret = json_add(to, "hop", json_address(bypass->hop->device->address));
	return ret ? ret : add_some(to, "victims", "victims_left_out",
				    &bypass->victims);
}

static int add_intrusion(struct json_object *to,
			 const struct intrusion *intrusion)
{
	int ret;

	if (!intrusion)
		return 0;
	ret = json_add(to, "hop", json_address(intrusion->hop.device->address));
	return ret ? ret : add_some(to, "intruders", "intruders_left_out",
				    &intrusion->intruders);
}

static struct json_object *make_finding(const struct finding *finding)
{
	const struct rule *rule = finding->rule;
	const struct {
		const char *key;
		const char *text;
	} texts[] = {
		{ "id", rule->id },
		{ "severity", names_get(&severity_names, rule->severity) },
		{ "evidence", finding->evidence },
		{ "why", rule->why },
		{ "remedy", rule->remedy },
	};
	struct json_object *object = json_object_new_object();
	int ret = 0;

	for (size_t i = 0; !ret && i < sizeof(texts) / sizeof(*texts); i++)
		ret = add_text(object, texts[i].key, texts[i].text);
	if (!ret)
		ret = json_add(object, "device",
			       json_address(finding->device->address));
	if (!ret)
		ret = add_crossing(object, finding->crossing);
	if (!ret)
		ret = add_bypass(object, finding->bypass);
	if (!ret)
		ret = add_intrusion(object, finding->intrusion);
	return json_finished(object, ret);
}

static int add_findings(struct json_object *to,
			const struct judgement *judgement)
{
	struct json_object *array = json_object_new_array();
	int ret = json_add(to, "findings", array);

	for (size_t i = 0; !ret && i < judgement->finding_count; i++)
		ret = json_append(array, make_finding(&judgement->finding[i]));
	return ret;
}

static struct json_object *make_step(const struct step *step)
{
	struct json_object *object = json_object_new_object();
	int ret;

	ret = add_text(object, "action", names_get(&action_names, step->action));
	if (!ret)
		ret = json_add(object, "device",
			       json_address(step->device->address));
	if (!ret)
		ret = add_text(object, "driver", step->driver);
	if (!ret)
		ret = add_own_text(object, "text", step_describe(step));
	return json_finished(object, ret);
}

static struct json_object *make_obstacle(const struct obstacle *obstacle)
{
	const struct use *use = obstacle->use;
	struct json_object *object = json_object_new_object();
	int ret;

	ret = json_add(object, "device",
		       json_address(obstacle->device->address));
	if (!ret)
		ret = add_text(object, "kind", obstacle_kind(obstacle));
	if (!ret && use)
		ret = add_text(object, "what", use->what);
	if (!ret && use)
		ret = add_text(object, "through", use->through);
	if (!ret)
		ret = add_own_text(object, "text", obstacle_describe(obstacle));
	return json_finished(object, ret);
}

static int add_ready(struct json_object *to, const struct ready *ready)
{
	struct json_object *object = json_object_new_object();
	struct json_object *steps = json_object_new_array();
	struct json_object *obstacles = json_object_new_array();
	int ret = json_add(to, "ready", object);

	if (json_add(object, "steps", steps))
		ret = -ENOMEM;
	if (json_add(object, "obstacles", obstacles))
		ret = -ENOMEM;
	for (size_t i = 0; !ret && i < ready->step_count; i++)
		ret = json_append(steps, make_step(&ready->step[i]));
	for (size_t i = 0; !ret && i < ready->obstacle_count; i++)
		ret = json_append(obstacles,
				  make_obstacle(&ready->obstacle[i]));
	return ret;
}

/* "total" is absent where nobody counted. */
static int add_faults(struct json_object *to, const struct inquiry *inquiry)
{
	const struct facts *facts = inquiry->tree->facts;
	struct json_object *faults = json_object_new_object();
	struct fault_sum sum = fault_sum_up(inquiry);
	int ret = json_add(to, "faults", faults);

	if (!ret)
		ret = json_add(faults, "watched",
			       json_object_new_boolean(!sum.gap));
	if (!ret && sum.told)
		ret = json_add(faults, "total",
			       json_object_new_uint64(sum.total));
	if (!ret && sum.told)
		ret = json_add(faults, "faults_at_least",
			       json_object_new_boolean(sum.at_least));
	if (!ret && sum.remainder.device)
		ret = add_own_text(faults, "uncertain",
				   remainder_explain(&sum.remainder,
						     &facts->faults));
	if (!ret && sum.gap)
		ret = add_own_text(faults, "unwatched_reason",
				   fault_sum_explain(&sum, facts));
	return ret;
}

static int add_assessment(struct json_object *to,
			  const struct assessment *assessment)
{
	const struct judgement *judgement = &assessment->judgement;
	const struct inquiry *inquiry = &assessment->inquiry;
	int ret;

	ret = add_text(to, "verdict",
		       names_get(&verdict_names, judgement->verdict));
	if (!ret && judgement->basis != BASIS_UNKNOWN)
		ret = add_text(to, "basis",
			       names_get(&basis_names, judgement->basis));
	if (!ret)
		ret = add_set(to, "set", &inquiry->set);
	if (!ret)
		ret = add_ready(to, &assessment->ready);
	if (!ret)
		ret = add_faults(to, inquiry);
	if (!ret)
		ret = add_findings(to, judgement);
	return ret ? ret : json_add_paths(to, inquiry->path,
					  inquiry->set.count);
}

struct json_object *json_check(const struct assessment *assessment)
{
	struct json_object *object = json_object_new_object();
	int ret;

	ret = json_add_common(object, assessment->inquiry.tree->facts,
			      &assessment->judgement.unseen);
	if (!ret)
		ret = add_assessment(object, assessment);
	return json_finished(object, ret);
}

static struct json_object *make_audited(const struct audited *audited)
{
	struct json_object *object = json_object_new_object();
	const struct device *first = audited->first;
	int ret = 0;

	if (device_has(first, DEVICE_GROUP))
		ret = json_add(object, "group",
			       json_object_new_int64(first->group));
	if (!ret)
		ret = json_add(object, "covered",
			       json_object_new_boolean(audited->covered));
	if (!ret)
		ret = add_assessment(object, &audited->assessment);
	return json_finished(object, ret);
}

static struct json_object *make_slot(const struct prospect *prospect)
{
	struct json_object *object = json_object_new_object();
	int ret = json_add(object, "port",
			   json_address(prospect->port->address));

	if (!ret)
		ret = add_text(object, "would_be",
			       names_get(&prospect_names, prospect->way));
	if (!ret)
		ret = add_own_text(object, "reason",
				   prospect_explain(prospect));
	return json_finished(object, ret);
}

static int add_slots(struct json_object *to, const struct prospects *slots)
{
	struct json_object *array = json_object_new_array();
	int ret = json_add(to, "slots", array);

	for (size_t i = 0; !ret && i < slots->count; i++)
		ret = json_append(array, make_slot(&slots->item[i]));
	return ret;
}

struct json_object *json_audit(const struct facts *facts,
			       const struct audit *audit)
{
	struct json_object *object = json_object_new_object();
	struct json_object *array = json_object_new_array();
	int ret = json_add_common(object, facts, &audit->unseen);

	/* Where the audit answers for nothing it does not say "safe". */
	if (!ret && audit->covered)
		ret = add_text(object, "verdict",
			       names_get(&verdict_names, audit->verdict));
	if (!ret)
		ret = json_add(object, "covered", json_object_new_int64(
			(int64_t)audit->covered));
	if (json_add(object, "sets", array))
		ret = -ENOMEM;
	for (size_t i = 0; !ret && i < audit->count; i++)
		ret = json_append(array, make_audited(&audit->item[i]));
	if (!ret)
		ret = add_slots(object, &audit->slots);
	return json_finished(object, ret);
}
