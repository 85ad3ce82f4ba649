/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a device could expect that is put below a port: whether it would be alone
 * there, or reach and be reached by what is elsewhere on the machine now. What
 * is below the port already does not count: the device takes its place.
 */
#ifndef RULE_PROSPECT_H
#define RULE_PROSPECT_H

#include "model/turn.h"

/**
 * struct prospect - of one port
 * @way: the worst of all ways to others and from them
 * @basis: of REACHABLE_NO, the weakest of what holds
 * @hop: of any other, the function that lets requests through, or may; NULL
 *	where nothing does and no IOMMU serves the port, or perhaps none
 * @other: what they come to, or come from: a function, or the port above it;
 *	NULL where all that is known is that @hop, the uppermost, is not known
 * @inbound: they come from there
 * @slack: bits that are off at @hop and let no memory request through: it does
 *	not fully keep the device apart, which is then all there is against it
 * @egress: Egress Control lets them through, or may
 * @translated: likewise, Direct Translated P2P
 */
struct prospect {
	const struct device *port;
	enum reachable way;
	enum basis basis;
	const struct device *hop, *other;
	bool inbound, egress, translated;
	uint8_t slack;
};

/** prospect_names - what the device would be, by @way */
extern const struct names prospect_names;

/** struct prospects - of all root and downstream ports, by address */
struct prospects {
	struct prospect *item;
	size_t count;
};

/**
 * prospects_find() - find them
 * @prospects: freed by prospects_free(), also after an error
 *
 * For each port it takes the time of the devices beside its way up: that of the
 * machine, not of its square.
 *
 * Return: 0, or -ENOMEM.
 */
int prospects_find(struct prospects *prospects, const struct tree *tree);

/** prospect_explain() - the reason; new text, or NULL without memory */
char *prospect_explain(const struct prospect *prospect);

/** prospects_free() - free them */
void prospects_free(struct prospects *prospects);

#endif
