// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <string.h>

#include "provider/lspci.h"
#include "provider/netlink.h"
#include "provider/provider.h"
#include "provider/snapshot.h"
#include "provider/sysfs.h"

const struct provider providers[] = {
	{ "netlink", true, netlink_load, NULL },
	{ "sysfs", true, sysfs_load, NULL },
	{ "snapshot", false, snapshot_load, snapshot_recognise },
	{ "lspci", false, lspci_load, lspci_recognise },
};

const size_t provider_count = sizeof(providers) / sizeof(providers[0]);

const struct provider *provider_find(const char *name)
{
	for (size_t i = 0; i < provider_count; i++)
		if (!strcmp(providers[i].name, name))
			return &providers[i];
	return NULL;
}

static int load(const struct provider *provider,
		const struct provider_request *request, struct facts *facts,
		struct problem *problem)
{
	int ret = provider->load(request, facts, problem);

	if (ret || facts->device_count)
		return ret;
	facts_free(facts);
	return problem_set(problem, -ENODEV,
		"no PCI devices: this machine or container shows none");
}

/* The next best source, with a word on why in the note and in the facts. */
static int fall_back(const struct provider_request *request,
		     struct facts *facts, char **note, struct problem *problem)
{
	struct problem why = *problem;
	int ret = load(&providers[1], request, facts, problem);

	if (ret)
		return ret;
	ret = text_list_add(&facts->unseen, "what only the module tells: %s",
			    why.text);
	*note = text_format("%s; reading %s instead, which shows less", why.text,
			    providers[1].name);
	if (!ret && *note)
		return 0;
	facts_free(facts);
	return problem_set(problem, -ENOMEM, "out of memory");
}

/* A file is read by a provider that is not live, the machine by others. */
static int choose(const struct provider_request *request,
		  const struct provider **provider, struct problem *problem)
{
	const char *name = request->name;

	*provider = request->file ? NULL : &providers[0];
	if (name) {
		*provider = provider_find(name);
		if (!*provider)
			return problem_set(problem, -EINVAL,
					   "%s: no such provider", name);
	}
	if (name && request->file && (*provider)->live)
		return problem_set(problem, -EINVAL,
			"%s: the provider %s reads the machine, no file",
			request->file, name);
	if (!request->file && !(*provider)->live)
		return problem_set(problem, -EINVAL,
			"the provider %s reads a file: name one with --from",
			name);
	if (request->file && request->fresh)
		return problem_set(problem, -EINVAL,
			"%s: registers in a file cannot be read fresh",
			request->file);
	return 0;
}

static const struct provider *recognise(const struct content *content)
{
	for (size_t i = 0; i < provider_count; i++)
		if (providers[i].recognise && providers[i].recognise(content))
			return &providers[i];
	return NULL;
}

/* What kind of file it is, its bytes tell: names of files are others' choice. */
static int load_file(const struct provider *provider,
		     const struct provider_request *request,
		     struct facts *facts, struct problem *problem)
{
	struct provider_request with_content = *request;
	struct content content;
	int ret = content_read(request->file, &content, problem);

	with_content.content = &content;
	if (!ret && !provider)
		provider = recognise(&content);
	if (!ret && !provider)
		ret = problem_set(problem, -EBADMSG,
			"%s: neither a snapshot of iowarden (JSON) nor text of lspci: no line begins with a PCI address such as 00:1f.0",
			content.name);
	if (!ret)
		ret = load(provider, &with_content, facts, problem);
	content_free(&content);
	return ret;
}

int provider_load(const struct provider_request *request, struct facts *facts,
		  char **note, struct problem *problem)
{
	const struct provider *provider;
	int ret;

	*note = NULL;
	ret = choose(request, &provider, problem);
	if (ret)
		return ret;
	if (request->file)
		return load_file(provider, request, facts, problem);
	ret = load(provider, request, facts, problem);
	if (ret == -ENOPKG && !request->name)
		ret = fall_back(request, facts, note, problem);
	return ret;
}
