// SPDX-License-Identifier: GPL-2.0
#include "model/acs.h"
#include "model/egress.h"

#define BITS_MAX 256

static bool is_on(const struct device *device, uint32_t *cap)
{
	uint32_t ctrl;

	return acs_words(device, cap, &ctrl) && *cap & ctrl & ACS_EC;
}

/* Bits 15:8 of the capability; there, 0 stands for the most there can be. */
unsigned int egress_vector_size(uint32_t cap)
{
	unsigned int size = cap >> 8 & 0xff;

	return size ? size : BITS_MAX;
}

static enum egress read_bit(const struct acs *acs, unsigned int bit)
{
	if (!field_known(acs, ACS_EGRESS_VECTOR) ||
	    bit / 8 >= acs->egress_vector.length)
		return EGRESS_UNKNOWN;
	return acs->egress_vector.byte[bit / 8] >> bit % 8 & 1 ?
		EGRESS_BARRED : EGRESS_STRAIGHT;
}

static enum egress read_all(const struct device *device, uint32_t cap)
{
	enum egress first = read_bit(&device->acs, 0);

	for (unsigned int bit = 1; bit < egress_vector_size(cap); bit++)
		if (read_bit(&device->acs, bit) != first)
			return EGRESS_UNKNOWN;
	return first;
}

enum egress egress_to_port(const struct device *port)
{
	uint32_t cap;

	return is_on(port, &cap) ? read_all(port, cap) : EGRESS_OFF;
}

/* With ARI the number takes the place of the slot, too. */
static unsigned int function_number(const struct device *peer, bool same_slot)
{
	return same_slot ? bdf_function(peer->address) :
		peer->address.id & 0xff;
}

enum egress egress_to_function(const struct device *function,
			       const struct device *peer)
{
	bool same_slot =
		bdf_slot(peer->address) == bdf_slot(function->address);
	unsigned int number = function_number(peer, same_slot);
	uint32_t cap;

	if (!is_on(function, &cap))
		return EGRESS_OFF;
	/* What becomes of requests for those without a bit is nowhere said. */
	if (number >= egress_vector_size(cap) ||
	    bdf_bus(peer->address) != bdf_bus(function->address))
		return EGRESS_UNKNOWN;
	/* Bits may stand for groups of functions, which are not known. */
	return same_slot ? read_bit(&function->acs, number) :
			   read_all(function, cap);
}
