// SPDX-License-Identifier: GPL-2.0
/* The published JSON Schema names the keys and words of the tables, and no other. */
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

#include "fault/fault.h"
#include "model/enhanced.h"
#include "model/facts.h"
#include "model/schema.h"
#include "rule/prospect.h"
#include "rule/rule.h"
#include "suite.h"

static struct json_object *definitions;

static struct json_object *definition(const char *name)
{
	struct json_object *found;

	if (!json_object_object_get_ex(definitions, name, &found))
		fail_msg("no definition %s", name);
	return found;
}

/* What "$ref" of a property leads to, or the property itself. */
static struct json_object *follow(struct json_object *property)
{
	struct json_object *reference;

	if (!json_object_object_get_ex(property, "$ref", &reference))
		return property;
	return definition(strrchr(json_object_get_string(reference), '/') + 1);
}

static void assert_words(struct json_object *words, const struct names *names)
{
	assert_int_equal(json_object_array_length(words), names->count);
	for (unsigned int i = 0; i < names->count; i++)
		assert_string_equal(json_object_get_string(
			json_object_array_get_idx(words, i)), names->name[i]);
}

static void assert_field(struct json_object *property,
			 const struct field *field)
{
	struct json_object *inside = follow(property);
	struct json_object *words;

	if (field->kind == FIELD_SET)
		inside = json_object_object_get(inside, "items");
	if (field->kind != FIELD_SET && field->kind != FIELD_ENUM)
		return;
	if (!json_object_object_get_ex(inside, "enum", &words))
		fail_msg("%s has no enum", field->name);
	assert_words(words, field->names);
}

/* @others: how many keys the definition has that no row is for. */
static void assert_table(const char *name, const struct field *table,
			 unsigned int count, int others)
{
	struct json_object *properties, *property;
	int rows = 0;

	properties = json_object_object_get(definition(name), "properties");
	for (unsigned int i = 0; i < count; i++) {
		if (table[i].kind == FIELD_AGE)
			continue;
		if (!json_object_object_get_ex(properties, table[i].name,
					       &property))
			fail_msg("%s: %s is missing", name, table[i].name);
		assert_field(property, &table[i]);
		rows++;
	}
	assert_int_equal(json_object_object_length(properties), rows + others);
}

static void records_have_the_keys_of_their_tables(void **state)
{
	(void)state;
	assert_table("device_keys", device_fields, DEVICE_FIELDS, 0);
	assert_table("acs", acs_fields, ACS_FIELDS, 0);
	/* Its devices and reserved regions. */
	assert_table("group", group_fields, GROUP_FIELDS, 2);
	assert_table("region", region_fields, REGION_FIELDS, 0);
	assert_table("host", host_fields, HOST_FIELDS, 0);
	assert_table("use", use_fields, USE_FIELDS, 0);
	assert_table("source", source_fields, SOURCE_FIELDS, 0);
	/* Its reasons. */
	assert_table("requester_keys", requester_fields, REQUESTER_FIELDS, 1);
}

static struct json_object *words_of(const char *name, const char *key)
{
	struct json_object *object = json_object_object_get(definition(name),
							    "properties");

	return json_object_object_get(json_object_object_get(object, key),
				      "enum");
}

static void judgements_have_the_words_of_their_tables(void **state)
{
	struct json_object *verdicts;

	(void)state;
	verdicts = json_object_object_get(definition("verdict"), "enum");
	assert_words(words_of("finding", "severity"), &severity_names);
	assert_words(verdicts, &verdict_names);
}

static void routes_have_the_words_of_their_tables(void **state)
{
	(void)state;
	assert_words(json_object_object_get(definition("reachable"), "enum"),
		     &reachable_names);
	assert_words(words_of("turn", "doubt"), &doubt_names);
	assert_words(words_of("slot", "would_be"), &prospect_names);
	assert_words(json_object_object_get(definition("target_access"), "enum"),
		     &enhanced_names);
}

static void logged_faults_have_the_words_of_their_tables(void **state)
{
	struct json_object *flags, *properties;

	(void)state;
	assert_words(words_of("logged_fault", "driver"), &fault_driver_names);
	assert_words(words_of("logged_fault", "kind"), &fault_kind_names);
	properties = json_object_object_get(definition("logged_fault"),
					    "properties");
	flags = json_object_object_get(properties, "flag_words");
	flags = json_object_object_get(flags, "items");
	assert_words(json_object_object_get(flags, "enum"), &fault_flag_names);
}

static void version_is_that_of_the_program(void **state)
{
	struct json_object *object = definition("answer_keys");

	(void)state;
	object = json_object_object_get(object, "properties");
	object = json_object_object_get(object, "schema_version");
	object = json_object_object_get(object, "const");
	assert_int_equal(json_object_get_int(object), SCHEMA_VERSION);
}

static struct json_object *root;

static int read_schema(void **state)
{
	(void)state;
	root = json_object_from_file(TOP "/Documentation/iowarden.schema.json");
	return !json_object_object_get_ex(root, "$defs", &definitions);
}

static int drop_schema(void **state)
{
	(void)state;
	json_object_put(root);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(records_have_the_keys_of_their_tables),
		cmocka_unit_test(judgements_have_the_words_of_their_tables),
		cmocka_unit_test(routes_have_the_words_of_their_tables),
		cmocka_unit_test(logged_faults_have_the_words_of_their_tables),
		cmocka_unit_test(version_is_that_of_the_program),
	};

	return cmocka_run_group_tests_name("schema", tests, read_schema,
					   drop_schema);
}
