// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>

#include "rule/account.h"
#include "rule/remainder.h"
#include "rule/watch.h"

static struct account *open_account(struct accounts *accounts)
{
	return &accounts->item[accounts->count++];
}

/* Which IOMMU translated for a function that is gone nobody knows any more. */
static bool is_watched(const struct tree *tree, struct bdf address)
{
	const struct facts *facts = tree->facts;
	struct device gone = { .address = address };
	const struct device *device = facts_find(facts, address);

	/* Then its zeros would be about some of its IDs. */
	if (device && !facts->faults.detailed &&
	    remainder_is_possible(tree, device))
		return false;
	field_mark(&gone, DEVICE_GROUP_UNKNOWN);
	return watch_find(facts, device ? device : &gone).state == WATCHING_YES;
}

static void open_function(struct accounts *accounts, const struct tree *tree,
			  struct bdf address)
{
	*open_account(accounts) = (struct account){
		.address = address, .watched = is_watched(tree, address),
	};
}

static bool has_active_source(const struct faults *faults)
{
	for (size_t i = 0; i < faults->source_count; i++)
		if (faults->sources[i].state == SOURCE_ACTIVE)
			return true;
	return false;
}

static void open_nobody(struct accounts *accounts, const struct faults *faults)
{
	*open_account(accounts) = (struct account){
		.nobody = true, .watched = has_active_source(faults),
	};
}

static int by_address(const void *a, const void *b)
{
	const struct account *x = a, *y = b;

	if (x->nobody != y->nobody)
		return x->nobody - y->nobody;
	return bdf_compare(x->address, y->address);
}

static void open_all(struct accounts *accounts, const struct tree *tree)
{
	const struct facts *facts = tree->facts;
	const struct faults *faults = &facts->faults;

	for (size_t i = 0; i < facts->device_count; i++)
		open_function(accounts, tree, facts->devices[i].address);
	for (size_t i = 0; i < faults->requester_count; i++) {
		const struct requester *requester = &faults->requesters[i];

		if (requester->gone && !requester->whole_bus &&
		    !facts_find(facts, requester->address))
			open_function(accounts, tree, requester->address);
	}
	if (faults->told && faults->detailed)
		open_nobody(accounts, faults);
	if (accounts->count)
		qsort(accounts->item, accounts->count, sizeof(*accounts->item),
		      by_address);
}

static struct account *find(const struct accounts *accounts,
			    const struct account *like)
{
	if (!accounts->count)
		return NULL;
	return bsearch(like, accounts->item, accounts->count, sizeof(*like),
		       by_address);
}

static struct account *find_function(const struct accounts *accounts,
				     struct bdf address)
{
	const struct account like = { .address = address };

	return find(accounts, &like);
}

static struct account *choose(const struct accounts *accounts,
			      const struct tree *tree,
			      const struct requester *requester)
{
	static const struct account nobody = { .nobody = true };
	struct account *account = NULL;
	struct identity identity;

	if (requester->whole_bus)
		return find(accounts, &nobody);
	account = find_function(accounts, requester->address);
	if (account)
		return account;
	identity = identity_find(tree, requester);
	if (identity.kind == IDENTITY_BRIDGE || identity.kind == IDENTITY_ALIAS)
		account = find_function(accounts, identity.device->address);
	return account ? account : find(accounts, &nobody);
}

static int book_reasons(struct account *account,
			const struct requester *requester)
{
	if (!account->reasons)
		account->reasons = calloc(ACCOUNT_REASONS,
					  sizeof(*account->reasons));
	if (!account->reasons)
		return -ENOMEM;
	for (uint8_t i = 0; i < requester->reason_count; i++)
		account->reasons[requester->reason[i].code] +=
			requester->reason[i].count;
	account->other_reasons += requester->other_reasons;
	return 0;
}

static int book(struct account *account, const struct requester *requester)
{
	account->reads += requester->reads;
	account->writes += requester->writes;
	account->others += requester->others;
	if (field_known(requester, REQUESTER_LAST_SEEN) &&
	    requester->last_seen > account->last_seen)
		account->last_seen = requester->last_seen;
	return book_reasons(account, requester);
}

int accounts_find(struct accounts *accounts, const struct tree *tree)
{
	const struct faults *faults = &tree->facts->faults;
	int ret = 0;

	*accounts = (struct accounts){ 0 };
	accounts->item = calloc(tree->facts->device_count +
				faults->requester_count + 1,
				sizeof(*accounts->item));
	if (!accounts->item)
		return -ENOMEM;
	open_all(accounts, tree);
	for (size_t i = 0; !ret && i < faults->requester_count; i++) {
		const struct requester *requester = &faults->requesters[i];
		struct account *account = NULL;

		if (requester->total)
			account = choose(accounts, tree, requester);
		if (account)
			ret = book(account, requester);
	}
	return ret;
}

void accounts_free(struct accounts *accounts)
{
	for (size_t i = 0; i < accounts->count; i++)
		free(accounts->item[i].reasons);
	free(accounts->item);
	*accounts = (struct accounts){ 0 };
}
