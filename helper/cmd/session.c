// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <langinfo.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/session.h"
#include "host/host.h"
#include "model/bdf.h"
#include "provider/provider.h"

static void open_output(struct output *output,
			const struct invocation *invocation)
{
	const char *when = invocation->options->argument[OPTION_COLOR];
	enum colour_mode mode = COLOUR_AUTO;

	if (when)
		colour_parse(when, &mode);
	output->stream = invocation->around->out;
	output->colour = colour_wanted(mode, fileno(output->stream));
	output->utf8 = !strcmp(nl_langinfo(CODESET), "UTF-8");
	output->names = pci_names_open(getenv("IOWARDEN_PCI_IDS"));
}

/* Whoever names a file or a provider means it. */
static bool is_optional(const struct options *options, unsigned int parts)
{
	return (parts & SESSION_OPTIONAL) &&
	       !option_given(options, OPTION_FROM) &&
	       !option_given(options, OPTION_PROVIDER);
}

static int load_none(struct facts *facts, struct problem *problem)
{
	struct problem why = *problem;

	facts_start(facts, "none");
	if (!text_list_add(&facts->unseen, "devices: %s", why.text))
		return 0;
	facts_free(facts);
	return problem_set(problem, -ENOMEM, "out of memory");
}

static int load(struct session *session, const struct invocation *invocation,
		unsigned int parts)
{
	const struct options *options = invocation->options;
	struct provider_request request = {
		.name = options->argument[OPTION_PROVIDER],
		.fresh = option_given(options, OPTION_FRESH),
		.sysfs = invocation->around->sysfs,
		.file = options->argument[OPTION_FROM],
	};
	struct problem problem;
	char *note = NULL;

	if (provider_load(&request, &session->facts, &note, &problem) &&
	    (!is_optional(options, parts) ||
	     load_none(&session->facts, &problem)))
		return command_fail(invocation->around, "%s", problem.text);
	if (note && !(parts & SESSION_AGAIN) &&
	    !option_given(options, OPTION_QUIET))
		fprintf(invocation->around->err, "iowarden: note: %s\n", note);
	free(note);
	return STATUS_DONE;
}

/* Before the machine is read, so that a slip is answered at once. */
static int check_arguments(const struct invocation *invocation)
{
	struct bdf bdf;

	for (int i = 0; i < invocation->count; i++)
		if (bdf_parse(invocation->arguments[i], &bdf))
			return command_fail(invocation->around,
				"%s: no PCI address; write dddd:bb:dd.f or bb:dd.f",
				invocation->arguments[i]);
	return STATUS_DONE;
}

/* Facts of another machine or time are not mixed with what is here and now. */
static int ask_host(struct session *session,
		    const struct surroundings *around, unsigned int parts,
		    struct problem *problem)
{
	const struct host_roots roots = {
		.sysfs = around->sysfs, .procfs = around->procfs,
		.dev = around->dev, .calls = around->calls,
	};
	struct facts *facts = &session->facts;
	const struct provider *provider = provider_find(facts->provider);
	int ret;

	if (!provider || !provider->live)
		return 0;
	ret = host_complete(&roots, facts, problem);
	if (!ret && (parts & SESSION_HOST))
		ret = host_collect(&roots, facts, problem);
	return ret;
}

static int predict(struct session *session, struct problem *problem)
{
	int ret = tree_build(&session->tree, &session->facts, problem);

	if (ret)
		return ret;
	ret = prediction_make(&session->prediction, &session->tree);
	if (ret)
		problem_set(problem, ret, ret == -ENOMEM ? "out of memory" :
			    "no way leads from the root to some of the devices");
	return ret;
}

int session_open(struct session *session, const struct invocation *invocation,
		 unsigned int parts)
{
	struct problem problem;

	*session = (struct session){ 0 };
	if (check_arguments(invocation))
		return STATUS_FAILED;
	if (load(session, invocation, parts))
		return STATUS_FAILED;
	if (ask_host(session, invocation->around, parts, &problem) ||
	    predict(session, &problem)) {
		session_close(session);
		return command_fail(invocation->around, "%s", problem.text);
	}
	open_output(&session->output, invocation);
	return STATUS_DONE;
}

void session_close(struct session *session)
{
	pci_names_close(session->output.names);
	prediction_free(&session->prediction);
	tree_free(&session->tree);
	facts_free(&session->facts);
}

int session_find(const struct session *session,
		 const struct invocation *invocation, const char *word,
		 const struct device **device)
{
	char address[BDF_TEXT];
	struct bdf bdf;

	*device = NULL;
	if (!bdf_parse(word, &bdf))
		*device = facts_find(&session->facts, bdf);
	if (*device)
		return STATUS_DONE;
	return command_fail(invocation->around, "%s: no such PCI device",
			    bdf_format(bdf, address));
}

/* Functions that belong to the machine, and why they are no answer. */
static const char *name_fixture(const struct device *device)
{
	if (device_is_iommu(device))
		return "an IOMMU, which no guest can be given";
	if (device->header_type)
		return "a bridge, which no guest can be given; name a device behind it";
	return "a bridge of the machine, which no guest can be given";
}

int session_find_endpoint(const struct session *session,
			  const struct invocation *invocation, const char *word,
			  const struct device **device)
{
	char address[BDF_TEXT];

	if (session_find(session, invocation, word, device))
		return STATUS_FAILED;
	if (device_is_endpoint(*device))
		return STATUS_DONE;
	return command_fail(invocation->around, "%s: is %s",
			    bdf_format((*device)->address, address),
			    name_fixture(*device));
}
