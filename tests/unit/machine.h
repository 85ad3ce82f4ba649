/* SPDX-License-Identifier: GPL-2.0 */
/* Machines for tests, from a table: a row for each function. */
#ifndef MACHINE_H
#define MACHINE_H

#include "predict/prediction.h"
#include "rule/assessment.h"

/** struct words - ACS registers of a row */
struct words {
	bool there;
	uint16_t cap, ctrl;
};

#define ACS(cap_, ctrl_) { .there = true, .cap = (cap_), .ctrl = (ctrl_) }

/**
 * struct part - one function
 * @bdf: its address
 * @parent: the bridge above; NULL on a root bus
 * @group: 0 for none
 * @class: 0 chooses by @type: a bridge, or a network card
 * @id: vendor and device ID, the vendor above; 0 for one without quirks
 */
struct part {
	const char *bdf;
	const char *parent;
	enum port_type type;
	uint32_t group;
	struct words acs;
	enum reason acs_unknown;
	enum reason group_unknown;
	uint32_t class, id;
	bool multifunction;
	bool untrusted;
	bool external;
	const char *physfn;
	const char *driver;
};

/** struct machine - facts and what follows from them, and the answer to a question */
struct machine {
	struct facts facts;
	struct tree tree;
	struct prediction prediction;
	struct survey survey;
	struct set asked;
	struct assessment assessment;
};

/** machine_build() - build from rows; fails the test if that is impossible */
void machine_build(struct machine *machine, const struct part *parts,
		   size_t count);

/** machine_facts() - only the facts, finished; the tree is not built */
void machine_facts(struct facts *facts, const struct part *parts, size_t count);

/** machine_device() - a device by its address */
const struct device *machine_device(const struct machine *machine,
				    const char *bdf);

/** machine_group() - a group that a test wants to change */
struct group *machine_group(struct machine *machine, uint32_t id);

/** machine_address() - of a text that is one */
struct bdf machine_address(const char *text);

/** machine_count() - writes of a requester, the last of them @age nanoseconds ago */
struct requester *machine_count(struct machine *machine, const char *id,
				uint64_t total, uint64_t age);

/** machine_change() - a device that a test wants to change */
struct device *machine_change(struct machine *machine, const char *bdf);

/** machine_predict() - predict its groups, anew after a change */
void machine_predict(struct machine *machine);

/** machine_kernel() - as if this kernel were running */
void machine_kernel(struct machine *machine, const char *release);

/** machine_start() - as if the kernel had been started with these words */
void machine_start(struct machine *machine, const char *command_line);

/** machine_tell() - an answer of the host to one question */
void machine_tell(struct machine *machine, enum host_field field,
		  enum answer answer);

/** machine_use() - as if the host used a device */
void machine_use(struct machine *machine, const char *bdf, enum use_kind kind,
		 const char *what, const char *through);

/** machine_region() - as if addresses were reserved for a group */
void machine_region(struct machine *machine, uint32_t group,
		    enum region_kind kind);

/** machine_check() - judge devices, up to two, together */
void machine_check(struct machine *machine, const char *first,
		   const char *second);

/** machine_finding() - the first finding of an id, or NULL */
const struct finding *machine_finding(const struct machine *machine,
				      const char *id);

/** machine_expect() - verdict, basis and exit status of the judgement */
void machine_expect(const struct machine *machine, const char *verdict,
		    const char *basis, int status);

/** machine_expect_ids() - all findings, by severity and id: "unsafe open-path" */
void machine_expect_ids(const struct machine *machine, const char *ids);

/** machine_expect_seen() - there is a finding whose evidence has a word */
void machine_expect_seen(const struct machine *machine, const char *id,
			 const char *word);

/** machine_free() - free everything */
void machine_free(struct machine *machine);

#endif
