/* SPDX-License-Identifier: GPL-2.0 */
/* Names as the kernel writes them into tables: a blank is \040. */
#ifndef HOST_OCTAL_H
#define HOST_OCTAL_H

/** octal_decode() - replace each \ooo by its byte, in place; returns @text */
char *octal_decode(char *text);

#endif
