/* SPDX-License-Identifier: GPL-2.0 */
/* Why an IOMMU refused a request: its number, as each kind of IOMMU counts, in words. */
#ifndef FAULT_REASON_H
#define FAULT_REASON_H

/** enum fault_driver - whose fault it is: numbers of reasons differ */
enum fault_driver {
	FAULT_VTD = 1,
	FAULT_AMDVI,
};

/**
 * fault_reason_words() - a reason in words
 *
 * Return: a constant text, also for a number that nobody has given a meaning.
 */
const char *fault_reason_words(enum fault_driver driver, unsigned int code);

#endif
