/* SPDX-License-Identifier: GPL-2.0 */
/* All that was counted of DMA faults on one machine. */
#ifndef MODEL_FAULTS_H
#define MODEL_FAULTS_H

#include <stddef.h>

#include "model/fault.h"

/**
 * struct faults - counts, and whether there are any
 * @told: somebody who counts was asked and answered; where not, nothing else of
 *	this is known
 * @detailed: requester IDs that never were a function were told, too
 * @time: when, in nanoseconds since 1970 (UTC)
 * @sources: in the order of their index
 * @requesters: in the order of requester_compare()
 */
struct faults {
	bool told, detailed;
	uint64_t time;
	struct source *sources;
	size_t source_count;
	struct requester *requesters;
	size_t requester_count;
};

/**
 * faults_add_source() - append an empty source
 *
 * Return: the source, valid until the next is added; NULL without memory.
 */
struct source *faults_add_source(struct faults *faults);

/** faults_add_requester() - append an empty requester; likewise */
struct requester *faults_add_requester(struct faults *faults);

/**
 * faults_sort() - put everything in order after the last was added
 *
 * The module may tell of an account twice as devices come and go; as counts only
 * grow, the larger one is kept.
 */
void faults_sort(struct faults *faults);

/**
 * faults_find() - the account of the same requester; after faults_sort()
 *
 * Return: the account, or NULL.
 */
const struct requester *faults_find(const struct faults *faults,
				    const struct requester *like);

/** faults_find_source() - the source with an index; after faults_sort(); or NULL */
struct source *faults_find_source(const struct faults *faults, uint32_t index);

/**
 * faults_hide_some() - whether there are, or may be, faults in no account that was told
 *
 * Each record is booked on some account, so that records and the totals of all
 * accounts are equal. Where they are not and IDs were kept back, these had faults; or
 * some came between the two readings, and there is no telling.
 */
bool faults_hide_some(const struct faults *faults);

/** faults_hidden() - how many there are at least */
uint64_t faults_hidden(const struct faults *faults);

/** faults_free() - free all; nothing is known afterwards */
void faults_free(struct faults *faults);

#endif
