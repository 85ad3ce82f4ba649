/* SPDX-License-Identifier: GPL-2.0 */
/* Text made in memory. Nothing here reads or writes a file. */
#ifndef MODEL_TEXT_H
#define MODEL_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

/**
 * text_print() - format into a buffer of the caller
 * @buffer: receives the text, always terminated
 * @size: bytes in @buffer, at least 1; longer text is cut
 * @format: as of printf
 */
__attribute__((format(printf, 3, 4)))
void text_print(char *buffer, size_t size, const char *format, ...);

/** text_vprint() - text_print() with the arguments already collected */
__attribute__((format(printf, 3, 0)))
void text_vprint(char *buffer, size_t size, const char *format, va_list args);

/**
 * text_format() - format into new memory
 *
 * Return: text that the caller frees, or NULL where memory ran out.
 */
__attribute__((format(printf, 1, 2)))
char *text_format(const char *format, ...);

/**
 * text_append() - format and append to a text in memory
 * @text: text of text_format(), or NULL for an empty one; on error it is freed
 *	and set to NULL
 *
 * Return: 0, or -ENOMEM.
 */
__attribute__((format(printf, 2, 3)))
int text_append(char **text, const char *format, ...);

/** text_digit() - what a hexadecimal digit stands for, -1 for another character */
int text_digit(char c);

/** struct text_list - texts in the order in which they were added */
struct text_list {
	char **item;
	size_t count;
};

/**
 * text_list_add() - format a text and append it
 *
 * Return: 0, or -ENOMEM with the list as it was.
 */
__attribute__((format(printf, 2, 3)))
int text_list_add(struct text_list *list, const char *format, ...);

/** text_list_has() - whether a text is in a list */
bool text_list_has(const struct text_list *list, const char *text);

/** text_list_free() - free all texts; the list is empty afterwards */
void text_list_free(struct text_list *list);

#endif
