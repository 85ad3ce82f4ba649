/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The kernel's quirks that decide its groups: functions of drivers/pci/quirks.c
 * that vouch for a device, or deny that it isolates, whatever its registers say.
 * Whom they know is in quirks.tsv, what they do in quirk.c and fixup.c.
 */
#ifndef PREDICT_QUIRK_H
#define PREDICT_QUIRK_H

#include "model/acs.h"
#include "predict/kernel.h"

/** enum opinion - of a quirk on a device */
enum opinion {
	OPINION_NONE,		/* ask the next one, then the registers */
	OPINION_NO,
	OPINION_YES,
	OPINION_UNKNOWN,	/* it has one; a fact is missing to tell it */
};

/**
 * struct quirk_word - the first opinion
 * @function: of the kernel, whose opinion it is; NULL where there is none
 * @worth: what OPINION_YES is worth to a verdict; BASIS_NONE for nothing
 */
struct quirk_word {
	enum opinion opinion;
	const char *function;
	enum basis worth;
};

/**
 * quirk_on_acs() - what the kernel's pci_dev_specific_acs_enabled() says of a
 * device, asked for all of ACS_REQUIRED
 */
struct quirk_word quirk_on_acs(const struct kernel *kernel,
			       const struct device *device);

/**
 * quirk_on_irbnce() - whether a kernel takes a device for isolated by what
 * pci_quirk_enable_intel_pch_acs() sets at boot; OPINION_NONE of others
 */
enum opinion quirk_on_irbnce(const struct kernel *kernel,
			     const struct device *device);

/** quirk_sets_irbnce() - whether that can set IRBNCE, as far as is known */
bool quirk_sets_irbnce(const struct kernel *kernel);

/**
 * quirk_drops_sv() - whether a kernel does not count on SV of a device
 *
 * One whose release is not known may or may not.
 */
bool quirk_drops_sv(const struct kernel *kernel, const struct device *device);

/** quirk_stamp() - the kernel that the table was read from */
const char *quirk_stamp(void);

/** quirk_release() - likewise, as RELEASE() */
uint32_t quirk_release(void);

#endif
