/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Miscellaneous Port Configuration, a register of the root ports of Intel's
 * chipsets of series 5 to 9, which have no ACS capability.
 */
#ifndef MODEL_MPC_H
#define MODEL_MPC_H

#include "model/device.h"

/** MPC_AT - where it is in configuration space: four bytes */
#define MPC_AT 0xd8

/**
 * MPC_IRBNCE - Invalid Receive Bus Number Check Enable: the port refuses
 * requests in the name of a bus that is not below it, as ACS_SV does
 */
#define MPC_IRBNCE (1u << 26)

/** mpc_is_there() - whether a function has it, by id and port type */
bool mpc_is_there(const struct device *device);

/** mpc_set() - fill it in as read; all ones are a function that is gone */
void mpc_set(struct device *device, uint32_t value);

#endif
