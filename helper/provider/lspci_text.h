/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Text of lspci, cut into functions. A function begins with its address at the
 * start of a line and ends with an empty line. Between them stand rows of
 * configuration space (-x, -xxx, -xxxx) and, indented, what lspci has decoded
 * (-v and more). Anything else was put there by somebody else: mail, pasting
 * and messages of other programs leave such lines.
 */
#ifndef PROVIDER_LSPCI_TEXT_H
#define PROVIDER_LSPCI_TEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "model/bdf.h"
#include "provider/content.h"
#include "provider/lspci_detail.h"

#define LSPCI_CONFIG_BYTES 4096

/**
 * struct lspci_function - one function of the text
 * @line: where it begins
 * @config: the bytes from 0 up to the first that is missing; @length of them.
 *	NULL where there is no row of them
 * @vendor, @device, @class: as its first line has them in brackets or as
 *	numbers; -1 for not there
 * @detail: what its other lines say
 */
struct lspci_function {
	struct bdf address;
	size_t line;
	uint8_t *config;
	size_t length;
	int32_t vendor, device, class;
	struct lspci_detail detail;
};

/**
 * struct lspci_text - all functions of the text, by address
 * @strays: how many lines belong to no function; @first_stray is the first
 */
struct lspci_text {
	struct lspci_function *function;
	size_t count;
	size_t strays, first_stray;
};

/** lspci_text_recognise() - whether a line begins with an address */
bool lspci_text_recognise(const struct content *content);

/**
 * lspci_text_parse() - read the text
 * @text: freed by lspci_text_free(), also after an error
 * @problem: set on error
 *
 * Return: 0; -EBADMSG where it is of more than one machine, -EFBIG where it is
 * of none, or -ENOMEM.
 */
int lspci_text_parse(const struct content *content, struct lspci_text *text,
		     struct problem *problem);

/** lspci_function_is_cut() - whether the bytes end where lspci ends no dump */
bool lspci_function_is_cut(const struct lspci_function *function);

/** lspci_text_free() - free all; the text is empty afterwards */
void lspci_text_free(struct lspci_text *text);

#endif
