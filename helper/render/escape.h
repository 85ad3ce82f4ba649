/* SPDX-License-Identifier: GPL-2.0 */
/* Text that others chose (driver names, pci.ids), made harmless. */
#ifndef RENDER_ESCAPE_H
#define RENDER_ESCAPE_H

/**
 * escape_terminal() - text that a terminal only shows
 *
 * Bytes that are no printable character of the locale become \xNN: escape
 * sequences, line ends, characters without width such as those that turn the
 * direction of writing.
 *
 * Return: new text that the caller frees, or NULL without memory.
 */
char *escape_terminal(const char *text);

/**
 * escape_json() - text that is valid UTF-8, as JSON must be
 *
 * Return: as escape_terminal(); other bytes become \xNN.
 */
char *escape_json(const char *text);

/**
 * escape_label() - text within the quotes of a label of Prometheus
 *
 * The same in every locale: bytes that are no printable ASCII become \xNN, as
 * whoever reads the label sees it.
 *
 * Return: as escape_terminal().
 */
char *escape_label(const char *text);

#endif
