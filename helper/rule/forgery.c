// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>

#include "model/path.h"
#include "rule/forgery.h"
#include "rule/identity.h"
#include "rule/subject.h"

static void widen(struct span_of_buses *span, uint8_t bus)
{
	if (span->empty || bus < span->first)
		span->first = bus;
	if (span->empty || bus > span->last)
		span->last = bus;
	span->empty = false;
}

static bool has_bus(const struct span_of_buses *span, uint8_t bus)
{
	return !span->empty && bus >= span->first && bus <= span->last;
}

/* Buses below each device; facts have no bus numbers of bridges. */
static struct span_of_buses *find_buses(const struct tree *tree)
{
	const struct facts *facts = tree->facts;
	struct span_of_buses *spans = calloc(facts->device_count + 1,
					     sizeof(*spans));

	if (!spans)
		return NULL;
	for (size_t i = 0; i < facts->device_count; i++)
		spans[i].empty = true;
	for (size_t i = 0; i < facts->device_count; i++) {
		const struct device *up = tree_parent(tree, &facts->devices[i]);

		for (; up; up = tree_parent(tree, up))
			widen(&spans[up - facts->devices],
			      bdf_bus(facts->devices[i].address));
	}
	return spans;
}

/** enum validation - what a bridge does with IDs that cannot come from below */
enum validation {
	VALIDATES,
	VALIDATES_NOT,
	VALIDATION_UNKNOWN,
};

static enum validation validation_of(const struct tree *tree,
				     const struct device *bridge)
{
	struct hop hop = hop_make(tree, bridge, false);
	uint32_t cap, ctrl;

	if (!device_has(bridge, DEVICE_PORT_TYPE) ||
	    (hop_is_port(&hop) && device_has(bridge, DEVICE_ACS_UNKNOWN)))
		return VALIDATION_UNKNOWN;
	if (!hop_is_port(&hop))
		return VALIDATES_NOT;
	if (acs_words(bridge, &cap, &ctrl))
		return cap & ctrl & ACS_SV ? VALIDATES : VALIDATES_NOT;
	if (!hop.voucher.function)
		return VALIDATES_NOT;
	return hop.voucher.worth == BASIS_ATTESTED ? VALIDATES :
						     VALIDATION_UNKNOWN;
}

static struct claim make_claim(const struct tree *tree,
			       const struct span_of_buses *spans,
			       const struct device *device)
{
	const struct device *up = tree_parent(tree, device);
	/* Of a part of a machine, what is above is not known. */
	bool rooted = tree_root(tree, device)->root_bus;
	struct claim claim = { .anywhere = true };

	claim.possible = (up || !rooted) && device_is_endpoint(device);
	for (; up; up = tree_parent(tree, up)) {
		enum validation validation = validation_of(tree, up);
		struct span_of_buses span = spans[up - tree->facts->devices];

		if (validation == VALIDATES) {
			claim.anywhere = false;
			claim.buses = span;
			break;
		}
		if (validation == VALIDATION_UNKNOWN && !claim.nearer) {
			claim.nearer = true;
			claim.nearer_buses = span;
		}
	}
	if (claim.anywhere && !rooted && !claim.nearer) {
		claim.nearer = true;
		claim.nearer_buses.empty = true;
	}
	return claim;
}

int claims_find(struct claims *claims, const struct tree *tree)
{
	const struct facts *facts = tree->facts;
	struct span_of_buses *spans = find_buses(tree);

	*claims = (struct claims){ .tree = tree };
	claims->claim = calloc(facts->device_count + 1, sizeof(*claims->claim));
	for (size_t i = 0; spans && claims->claim && i < facts->device_count; i++)
		claims->claim[i] = make_claim(tree, spans, &facts->devices[i]);
	free(spans);
	return spans && claims->claim ? 0 : -ENOMEM;
}

void claims_free(struct claims *claims)
{
	free(claims->claim);
	*claims = (struct claims){ 0 };
}

static bool may_claim(const struct claim *claim, uint8_t bus)
{
	return claim->possible &&
	       (claim->anywhere || has_bus(&claim->buses, bus));
}

static bool surely_claims(const struct claim *claim, uint8_t bus)
{
	return !claim->nearer || has_bus(&claim->nearer_buses, bus);
}

int forgery_find(struct forgery *forgery, const struct claims *claims,
		 struct bdf id)
{
	const struct facts *facts = claims->tree->facts;
	int ret = 0;

	*forgery = (struct forgery){ .forgers.most = FORGERS_MAX };
	for (size_t i = 0; !ret && i < facts->device_count; i++) {
		const struct device *device = &facts->devices[i];
		const struct claim *claim = &claims->claim[i];

		if (device->address.segment != id.segment ||
		    !may_claim(claim, bdf_bus(id)) ||
		    identity_uses(claims->tree, device, id))
			continue;
		if (surely_claims(claim, bdf_bus(id))) {
			forgery->forgeable = true;
			ret = set_add(&forgery->forgers, device);
		} else {
			forgery->unknown = true;
		}
	}
	if (!forgery->forgeable && !forgery->unknown && !facts_find(facts, id))
		forgery->unknown = forgery->ownerless = true;
	return ret;
}

void forgery_free(struct forgery *forgery)
{
	set_free(&forgery->forgers);
}

char *forgery_explain(const struct forgery *forgery)
{
	char *text = NULL;

	if (forgery->forgeable) {
		text = text_format("by ");
		if (text)
			subject_append_set(&text, &forgery->forgers);
		return text;
	}
	if (forgery->ownerless)
		return text_format("not known: no function has this ID, nor is it known below which port its bus would be");
	return text_format(forgery->unknown ?
			   "not known: a port above others could not be read" :
			   "by nobody else");
}
