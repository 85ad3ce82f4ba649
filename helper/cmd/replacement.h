/* SPDX-License-Identifier: GPL-2.0 */
/* Files that are whole whenever somebody reads them: written beside, then renamed. */
#ifndef CMD_REPLACEMENT_H
#define CMD_REPLACEMENT_H

#include <stdio.h>
#include <sys/types.h>

/** replacement_writer - writes @content to a stream; 0, or a negative errno */
typedef int replacement_writer(FILE *stream, const void *content);

/**
 * replacement_make() - put a file in the place of @path
 * @mode: of the file, whatever the umask says
 *
 * Readers of @path see what was there before, or all of the new one, which has
 * reached the disk by then.
 *
 * Return: 0; after an error @path is as it was: -EEXIST where it is something
 * that renaming would destroy (a device, a pipe, a link), else as of the calls
 * or of @write.
 */
int replacement_make(const char *path, mode_t mode, replacement_writer *write,
		     const void *content);

/** replacement_explain() - such an error in words, a constant text */
const char *replacement_explain(int error);

#endif
