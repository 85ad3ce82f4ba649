/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Parts of evidence: a hop, its registers, whom it leads to. Each writes behind a
 * text that grows, and returns 0 or -ENOMEM with the text freed.
 */
#ifndef RULE_EVIDENCE_H
#define RULE_EVIDENCE_H

#include "rule/rule.h"

/** evidence_add_hop() - address and kind of a hop */
int evidence_add_hop(char **text, const struct hop *hop);

/** evidence_add_registers() - its ACS registers, and what is off that should be on */
int evidence_add_registers(char **text, const struct hop *hop);

/** evidence_add_bits() - names of bits of ACS Control, each after a space */
int evidence_add_bits(char **text, uint32_t bits);

/**
 * evidence_add_victims() - the first few endpoints of a set, after a space each,
 * with the port beside a hop that they are behind
 * @hop: lets requests through to them
 */
int evidence_add_victims(char **text, const struct tree *tree,
			 const struct device *hop, const struct set *victims);

/**
 * evidence_find_below() - the device just below a bridge on the way up to it
 *
 * Return: NULL where the way does not lead there; @top may be NULL for the top.
 */
const struct device *evidence_find_below(const struct tree *tree,
					 const struct device *top,
					 const struct device *device);

#endif
