/* SPDX-License-Identifier: GPL-2.0 */
/* Time stands still here. */
#define jiffies 1000UL
#define jiffies_to_msecs(j) (4 * (j))
