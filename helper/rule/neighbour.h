/* SPDX-License-Identifier: GPL-2.0 */
/* Conditions of rules about functions outside the set that bear on it. */
#ifndef RULE_NEIGHBOUR_H
#define RULE_NEIGHBOUR_H

#include "rule/rule.h"

/** neighbour_is_on_vfio() - whether vfio, or a driver derived from it, has it */
bool neighbour_is_on_vfio(const struct device *device);

/** neighbour_is_parked() - whether its driver does nothing, and lets vfio be */
bool neighbour_is_parked(const struct device *device);

/** neighbour_is_assigned() - whether a function is given to user space */
bool neighbour_is_assigned(const struct facts *facts,
			   const struct device *device);

/** neighbour_may_be_assigned() - whether that could not be seen */
bool neighbour_may_be_assigned(const struct facts *facts,
			       const struct device *device);

/* An intrusion by somebody's guest, by what may be one, or by the host; that may be. */
bool neighbour_guest_intrudes(const struct subject *subject);
bool neighbour_guest_intrudes_weakly(const struct subject *subject);
bool neighbour_guest_may_intrude(const struct subject *subject);
bool neighbour_stranger_intrudes(const struct subject *subject);
bool neighbour_stranger_may_intrude(const struct subject *subject);
bool neighbour_host_intrudes(const struct subject *subject);
bool neighbour_host_intrudes_weakly(const struct subject *subject);

/* The physical function of a virtual one. */
bool neighbour_pf_is_assigned(const struct subject *subject);
bool neighbour_pf_is_unknown(const struct subject *subject);
bool neighbour_pf_is_trusted(const struct subject *subject);

/* Virtual functions of a member, which it takes along. */
bool neighbour_vf_is_assigned(const struct subject *subject);

/** neighbour_is_vf_of() - whether a function is a virtual one of another */
bool neighbour_is_vf_of(const struct device *device, const struct device *pf);

/* A function of the same device that stays behind. */
bool neighbour_stays_behind(const struct subject *subject);

/* Evidence and object: new text, or NULL without memory. */
char *neighbour_show_intruders(const struct subject *subject);
char *neighbour_show_pf(const struct subject *subject);
char *neighbour_name_pf(const struct subject *subject);
char *neighbour_show_vfs(const struct subject *subject);
char *neighbour_show_companions(const struct subject *subject);

#endif
