/* SPDX-License-Identifier: GPL-2.0 */
#include <stdbool.h>
static inline bool pci_ats_disabled(void) { return false; }
