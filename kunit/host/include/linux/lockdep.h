/* SPDX-License-Identifier: GPL-2.0 */
#include <assert.h>
#define lockdep_assert_held(lock) assert((lock)->held)
