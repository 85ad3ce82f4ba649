// SPDX-License-Identifier: GPL-2.0
#include "cmd/session.h"
#include "render/explain.h"
#include "render/json_explain.h"

/* The ways from the first function to the second, and back. */
#define WAYS 2

static int render(const struct session *session,
		  const struct options *options, const struct route *routes)
{
	if (option_given(options, OPTION_QUIET))
		return 0;
	if (option_given(options, OPTION_JSON))
		return json_print(session->output.stream,
			json_explain(&session->facts, routes, WAYS));
	return explain_render(&session->output, &session->facts, routes, WAYS);
}

static int find_status(const struct route *routes)
{
	enum reachable worst = REACHABLE_NO;
	bool slack = false;

	for (int i = 0; i < WAYS; i++) {
		if (routes[i].reachable > worst)
			worst = routes[i].reachable;
		slack |= route_has_slack(&routes[i]);
	}
	if (worst == REACHABLE_YES)
		return STATUS_UNSAFE;
	if (worst == REACHABLE_UNKNOWN)
		return STATUS_FAILED;
	return slack ? STATUS_WARNING : STATUS_DONE;
}

static int explain(const struct session *session,
		   const struct invocation *invocation, const struct device *a,
		   const struct device *b)
{
	struct route routes[WAYS] = { 0 };
	int status = STATUS_FAILED;
	int ret = route_find(&routes[0], &session->tree, a, b);

	if (!ret)
		ret = route_find(&routes[1], &session->tree, b, a);
	if (!ret)
		ret = render(session, invocation->options, routes);
	if (ret)
		command_fail(invocation->around, "out of memory");
	else
		status = find_status(routes);
	for (int i = 0; i < WAYS; i++)
		route_free(&routes[i]);
	return status;
}

static int find_both(const struct session *session,
		     const struct invocation *invocation,
		     const struct device *both[WAYS])
{
	char address[BDF_TEXT];

	for (int i = 0; i < WAYS; i++)
		if (session_find_endpoint(session, invocation,
					  invocation->arguments[i], &both[i]))
			return STATUS_FAILED;
	if (both[0] != both[1])
		return STATUS_DONE;
	return command_fail(invocation->around,
		"%s: named twice; explain is about two functions",
		bdf_format(both[0]->address, address));
}

int command_explain(const struct invocation *invocation)
{
	const struct device *both[WAYS];
	struct session session;
	int status;

	if (session_open(&session, invocation, SESSION_HOST))
		return STATUS_FAILED;
	status = find_both(&session, invocation, both);
	if (!status)
		status = explain(&session, invocation, both[0], both[1]);
	session_close(&session);
	return status;
}
