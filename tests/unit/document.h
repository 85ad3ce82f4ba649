/* SPDX-License-Identifier: GPL-2.0 */
/* Files of the source tree whose words are held against the program. */
#ifndef DOCUMENT_H
#define DOCUMENT_H

/**
 * document_read() - read a file, or fail the test
 *
 * Return: its text, for free().
 */
char *document_read(const char *path);

#endif
