// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <string.h>

#include "model/schema.h"
#include "model/tree.h"
#include "provider/json_file.h"
#include "provider/snapshot.h"
#include "provider/snapshot_object.h"

static int read_version(const struct snapshot *snapshot,
			const struct json_place *top)
{
	struct json_object *value;
	int ret = snapshot_member(snapshot->root, top, "schema_version",
				  json_type_int, true, &value);
	int64_t version = json_object_get_int64(value);

	if (ret)
		return ret;
	if (version >= 1 && version <= SCHEMA_VERSION)
		return 0;
	return json_refuse(top, "schema_version",
		"is %lld; this program knows 1 to %d", (long long)version,
		SCHEMA_VERSION);
}

static int read_word(const struct snapshot *snapshot,
		     const struct json_place *top, const char *key,
		     const char **text)
{
	struct json_object *value;
	int ret = snapshot_member(snapshot->root, top, key, json_type_string,
				  true, &value);

	if (!ret && json_read_text(value, text))
		ret = json_refuse(top, key, "must be a text without a NUL in it");
	return ret;
}

static int read_origin(const struct snapshot *snapshot,
		       const struct json_place *top)
{
	struct facts *facts = snapshot->facts;
	const char *kernel, *provider;
	int ret = read_word(snapshot, top, "kernel", &kernel);

	if (!ret && strlen(kernel) >= sizeof(facts->kernel))
		ret = json_refuse(top, "kernel", "is longer than %zu bytes",
				  sizeof(facts->kernel) - 1);
	if (!ret)
		ret = read_word(snapshot, top, "provider", &provider);
	if (ret)
		return ret;
	text_print(facts->kernel, sizeof(facts->kernel), "%s", kernel);
	facts->recording.provider = text_format("%s", provider);
	return facts->recording.provider ? 0 : snapshot_no_memory(snapshot);
}

static int read_unseen(const struct snapshot *snapshot,
		       const struct json_place *top)
{
	struct json_object *array;
	int ret = snapshot_member(snapshot->root, top, "unseen",
				  json_type_array, true, &array);

	for (size_t i = 0; !ret && i < json_object_array_length(array); i++) {
		const char *text;

		if (json_read_text(json_object_array_get_idx(array, i), &text))
			return json_refuse(top, "unseen",
					   "must be an array of texts");
		if (text_list_add(&snapshot->facts->unseen, "%s", text))
			ret = snapshot_no_memory(snapshot);
	}
	return ret;
}

static int read_head(const struct snapshot *snapshot)
{
	struct json_place top = snapshot_place(snapshot, "%s", "");
	int ret = read_version(snapshot, &top);

	if (!ret)
		ret = read_origin(snapshot, &top);
	return ret ? ret : read_unseen(snapshot, &top);
}

static int read_objects(const struct snapshot *snapshot)
{
	int ret = snapshot_add_devices(snapshot);

	if (!ret)
		ret = snapshot_add_groups(snapshot);
	if (!ret)
		ret = snapshot_add_host(snapshot);
	if (!ret)
		ret = snapshot_add_uses(snapshot);
	return ret ? ret : snapshot_add_faults(snapshot);
}

/* Words of the model do not name the file. */
static int name_file(const struct snapshot *snapshot, int ret)
{
	struct problem words = *snapshot->problem;

	if (ret != -EBADMSG)
		return ret;
	return problem_set(snapshot->problem, ret, "%s: %s", snapshot->name,
			   words.text);
}

static int check_uses(const struct snapshot *snapshot)
{
	const struct facts *facts = snapshot->facts;

	for (size_t i = 0; i < facts->use_count; i++) {
		struct json_place place = snapshot_place(snapshot, "uses[%zu]",
							 i);

		if (!facts_find(facts, facts->uses[i].device))
			return json_refuse(&place, "device",
					   "is none of the devices");
	}
	return 0;
}

/* Commands build the tree too, but they no longer know of a file. */
static int check_tree(const struct snapshot *snapshot)
{
	struct tree tree;
	int ret = tree_build(&tree, snapshot->facts, snapshot->problem);

	tree_free(&tree);
	return name_file(snapshot, ret);
}

static int finish(const struct snapshot *snapshot)
{
	struct facts *facts = snapshot->facts;
	int ret = name_file(snapshot, facts_finish(facts, snapshot->problem));

	if (!ret)
		ret = snapshot_check_members(snapshot);
	if (!ret)
		ret = check_uses(snapshot);
	if (!ret)
		ret = check_tree(snapshot);
	if (ret)
		return ret;
	facts->recording.unseen_count = facts->unseen.count;
	if (text_list_add(&facts->unseen,
			  "what changed on the machine after the snapshot was made"))
		return snapshot_no_memory(snapshot);
	return 0;
}

bool snapshot_recognise(const struct content *content)
{
	size_t i = 0;

	while (i < content->length && strchr(" \t\r\n", content->text[i]) &&
	       content->text[i])
		i++;
	return i < content->length &&
	       (content->text[i] == '{' || content->text[i] == '[');
}

int snapshot_load(const struct provider_request *request, struct facts *facts,
		  struct problem *problem)
{
	struct snapshot snapshot = {
		.name = request->content->name,
		.facts = facts, .problem = problem,
	};
	int ret = json_file_parse(request->content, &snapshot.root,
				  problem);

	if (ret)
		return ret;
	facts_start(facts, "snapshot");
	ret = read_head(&snapshot);
	if (!ret)
		ret = read_objects(&snapshot);
	if (!ret)
		ret = finish(&snapshot);
	json_object_put(snapshot.root);
	if (ret)
		facts_free(facts);
	return ret;
}
