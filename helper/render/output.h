/* SPDX-License-Identifier: GPL-2.0 */
/* Where and how a renderer writes, and the small things all of them write. */
#ifndef RENDER_OUTPUT_H
#define RENDER_OUTPUT_H

#include <stdio.h>

#include "model/facts.h"
#include "model/acs.h"
#include "render/colour.h"
#include "render/pci_names.h"

/**
 * struct output - where and how
 * @stream: errors stay in it until the program ends, and are reported then
 * @colour: write in colour
 * @utf8: characters beyond ASCII can be shown
 * @names: may be NULL
 */
struct output {
	FILE *stream;
	bool colour;
	bool utf8;
	struct pci_names *names;
};

/** output_coloured() - write a text in a colour; it is not escaped */
void output_coloured(const struct output *output, enum colour colour,
		     const char *text);

/**
 * output_paragraph() - write a label and a text beside it, in lines of 80
 *
 * The label stands in the first 12 columns. Neither is escaped.
 */
void output_paragraph(const struct output *output, const char *label,
		      const char *text);

/**
 * output_made() - output_paragraph() of a text that was made for it
 * @text: is escaped and freed; or NULL, where memory ran out
 *
 * Return: 0 or -ENOMEM.
 */
int output_made(const struct output *output, const char *label, char *text);

/** output_unseen() - write the block of what was not seen, if there is any */
void output_unseen(const struct output *output, const struct text_list *unseen,
		   const struct text_list *more);

/**
 * output_driver() - the bound driver, as a text for a terminal
 *
 * Return: new text that the caller frees: a name, "-" or "? (reason)"; NULL
 * without memory.
 */
char *output_driver(const struct device *device);

/** output_type() - port type in words; as output_driver() */
char *output_type(const struct device *device);

/**
 * output_acs() - ACS at a glance: "SV+ RR- CR. UF+", "no ACS", or "-" where none
 * is needed; as output_driver()
 */
char *output_acs(const struct device *device);

#endif
