/* SPDX-License-Identifier: GPL-2.0 */
/* The address of a PCI function: segment, bus, device, function. */
#ifndef MODEL_BDF_H
#define MODEL_BDF_H

#include <stdbool.h>
#include <stdint.h>

/** BDF_TEXT - bytes that the longest written address needs */
#define BDF_TEXT sizeof("00000000:00:00.0")

/**
 * struct bdf - address of a PCI function
 * @segment: PCI segment; beyond 16 bits behind Intel VMD
 * @id: bus in bits 15 to 8, device in 7 to 3, function in 2 to 0
 */
struct bdf {
	uint32_t segment;
	uint16_t id;
};

static inline uint8_t bdf_bus(struct bdf bdf)
{
	return bdf.id >> 8;
}

static inline uint8_t bdf_slot(struct bdf bdf)
{
	return (bdf.id >> 3) & 0x1f;
}

static inline uint8_t bdf_function(struct bdf bdf)
{
	return bdf.id & 7;
}

/** bdf_same_bus() - whether two addresses have the same segment and bus */
static inline bool bdf_same_bus(struct bdf a, struct bdf b)
{
	return a.segment == b.segment && bdf_bus(a) == bdf_bus(b);
}

/**
 * bdf_parse() - read an address in the form dddd:bb:dd.f or bb:dd.f
 * @text: hexadecimal; the segment has 4 to 8 digits and is 0 if left out
 * @bdf: receives the address; untouched on error
 *
 * Return: 0, or -EINVAL for any other form, -ERANGE for a device above 1f or a
 * function above 7.
 */
int bdf_parse(const char *text, struct bdf *bdf);

/**
 * bdf_format() - write an address with its segment
 * @buffer: BDF_TEXT bytes
 *
 * Return: @buffer.
 */
char *bdf_format(struct bdf bdf, char buffer[BDF_TEXT]);

/**
 * bdf_compare() - order by segment, then bus, device and function
 *
 * Return: below, equal to or above 0, as of strcmp.
 */
int bdf_compare(struct bdf a, struct bdf b);

#endif
