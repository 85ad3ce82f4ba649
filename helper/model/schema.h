/* SPDX-License-Identifier: GPL-2.0 */
/* The JSON that facts and answers are written as, for its writer and its reader. */
#ifndef MODEL_SCHEMA_H
#define MODEL_SCHEMA_H

/** SCHEMA_VERSION - the contract that Documentation/output.md describes */
#define SCHEMA_VERSION 1

#endif
