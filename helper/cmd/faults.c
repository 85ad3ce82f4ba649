// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cmd/follow.h"
#include "cmd/session.h"
#include "provider/provider.h"
#include "render/faults.h"
#include "render/json.h"
#include "rule/id_list.h"

/* A year; beyond lies what somebody mistyped. */
#define INTERVAL_MAX (366 * 86400.0)

static int read_interval(const struct invocation *invocation, double *seconds)
{
	const char *word = invocation->options->argument[OPTION_INTERVAL];
	char *end;

	*seconds = 0;
	if (!word)
		return STATUS_DONE;
	*seconds = strtod(word, &end);
	if (end != word && !*end && *seconds > 0 && *seconds <= INTERVAL_MAX)
		return STATUS_DONE;
	return command_fail(invocation->around,
		"--interval: \"%s\" is no number of seconds above 0", word);
}

static void wait_for(double seconds)
{
	struct timespec time = {
		.tv_sec = (time_t)seconds,
		.tv_nsec = (long)((seconds - (double)(time_t)seconds) * 1e9),
	};

	while (nanosleep(&time, &time) && errno == EINTR)
		;
}

static bool is_known(const struct facts *facts, struct bdf id)
{
	for (size_t i = 0; i < facts->faults.requester_count; i++)
		if (!bdf_compare(facts->faults.requesters[i].address, id))
			return true;
	return facts_find(facts, id);
}

static int find_ids(const struct session *session,
		    const struct invocation *invocation, struct bdf *ids)
{
	for (int i = 0; i < invocation->count; i++) {
		char address[BDF_TEXT];

		bdf_parse(invocation->arguments[i], &ids[i]);
		if (!is_known(&session->facts, ids[i]))
			return command_fail(invocation->around,
				session->facts.faults.told &&
				!session->facts.faults.detailed ?
				"%s: no such PCI device; faults of other requester IDs need CAP_NET_ADMIN" :
				"%s: no such PCI device, and no faults of this requester ID",
				bdf_format(ids[i], address));
	}
	return STATUS_DONE;
}

static int find_status(const struct suspects *suspects)
{
	if (suspects->faults)
		return STATUS_WARNING;
	return suspects_are_none(suspects) ? STATUS_DONE : STATUS_FAILED;
}

static int answer(const struct session *session,
		  const struct invocation *invocation,
		  const struct question *question)
{
	const struct output *output = &session->output;
	struct suspects suspects;
	int status = STATUS_FAILED;
	int ret = suspects_find(&suspects, &session->tree, question);

	if (!ret && option_given(invocation->options, OPTION_JSON))
		ret = json_print(output->stream,
				 faults_json(&session->facts, &suspects));
	else if (!ret)
		ret = faults_render(output, &session->facts, &suspects);
	if (ret)
		command_fail(invocation->around, "out of memory");
	else
		status = find_status(&suspects);
	suspects_free(&suspects);
	return status;
}

static int answer_about(const struct session *session,
			const struct invocation *invocation,
			const struct faults *before)
{
	struct bdf *ids = calloc((size_t)invocation->count + 1, sizeof(*ids));
	struct question question = {
		.only = ids, .count = (size_t)invocation->count,
		.all = option_given(invocation->options, OPTION_ALL),
		.before = before,
	};
	int status;

	if (!ids)
		return command_fail(invocation->around, "out of memory");
	status = find_ids(session, invocation, ids);
	if (!status)
		status = answer(session, invocation, &question);
	free(ids);
	return status;
}

/* The second reading is the answer, the first what it is compared with. */
static int answer_twice(const struct session *first,
			const struct invocation *invocation, double seconds)
{
	struct session second;
	int status;

	if (!provider_find(first->facts.provider)->live)
		return command_fail(invocation->around,
			"--interval: reads the machine twice, and a file stays as it is");
	wait_for(seconds);
	if (session_open(&second, invocation, SESSION_DEVICES | SESSION_AGAIN))
		return STATUS_FAILED;
	status = answer_about(&second, invocation, &first->facts.faults);
	session_close(&second);
	return status;
}

/* What other options would ask of a stream of events, it cannot give. */
static int check_follow(const struct invocation *invocation)
{
	static const enum option_key others[] = {
		OPTION_INTERVAL, OPTION_ALL, OPTION_FRESH,
	};
	const struct options *options = invocation->options;
	const char *provider = options->argument[OPTION_PROVIDER];

	if (option_given(options, OPTION_FROM) ||
	    (provider && strcmp(provider, "netlink")))
		return command_fail(invocation->around,
			"--follow: only the module tells of faults as they come");
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		if (option_given(options, others[i]))
			return command_fail(invocation->around,
				"--%s: not together with --follow",
				option_rows[others[i]].name);
	return STATUS_DONE;
}

static int check_ids(const struct invocation *invocation)
{
	struct bdf id;

	for (int i = 0; i < invocation->count; i++)
		if (bdf_parse(invocation->arguments[i], &id))
			return command_fail(invocation->around,
				"%s: no PCI address; write dddd:bb:dd.f or bb:dd.f",
				invocation->arguments[i]);
	return STATUS_DONE;
}

/* Events name IDs only: which of them a device uses is looked up once, before. */
static int find_used(const struct invocation *invocation, struct id_list *list)
{
	struct session session;
	int ret = 0;

	if (!invocation->count)
		return STATUS_DONE;
	if (session_open(&session, invocation, SESSION_DEVICES))
		return STATUS_FAILED;
	for (int i = 0; !ret && i < invocation->count; i++) {
		struct bdf id;

		bdf_parse(invocation->arguments[i], &id);
		ret = id_list_add(list, &session.tree, id);
	}
	session_close(&session);
	return ret ? command_fail(invocation->around, "out of memory") :
		     STATUS_DONE;
}

static int follow(const struct invocation *invocation)
{
	struct id_list only = { 0 };
	struct listener listener;
	struct problem problem;
	int status = check_follow(invocation);

	if (!status)
		status = check_ids(invocation);
	if (status)
		return status;
	if (listener_open(&listener, &problem))
		return command_fail(invocation->around, "%s", problem.text);
	status = find_used(invocation, &only);
	if (!status)
		status = follow_run(invocation, &listener, only.id, only.count);
	listener_close(&listener);
	id_list_free(&only);
	return status;
}

int command_faults(const struct invocation *invocation)
{
	struct session session;
	double seconds;
	int status;

	if (option_given(invocation->options, OPTION_FOLLOW))
		return follow(invocation);
	if (read_interval(invocation, &seconds))
		return STATUS_FAILED;
	if (session_open(&session, invocation, SESSION_DEVICES))
		return STATUS_FAILED;
	status = seconds ? answer_twice(&session, invocation, seconds) :
			   answer_about(&session, invocation, NULL);
	session_close(&session);
	return status;
}
