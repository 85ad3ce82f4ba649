// SPDX-License-Identifier: GPL-2.0
#include "machine.h"
#include "suite.h"

#define OFF ACS(0x1f, 0x00)

/*
 * 00:01.0 root port, off ── 01:00.0 upstream ─┬─ 02:00.0 no ACS ── 04:00.0 NIC
 *                                             └─ 02:01.0 no ACS ── 05:00.0 GPU
 * 00:02.0 root port, off ── 03:00.0 NIC
 */
static const struct part open_ports[] = {
	{ "00:01.0", NULL, PORT_ROOT, 1, OFF },
	{ "01:00.0", "00:01.0", PORT_UPSTREAM, 1 },
	{ "02:00.0", "01:00.0", PORT_DOWNSTREAM, 1 },
	{ "02:01.0", "01:00.0", PORT_DOWNSTREAM, 1 },
	{ "04:00.0", "02:00.0", PORT_ENDPOINT, 2 },
	{ "05:00.0", "02:01.0", PORT_ENDPOINT, 3 },
	{ "00:02.0", NULL, PORT_ROOT, 4, OFF },
	{ "03:00.0", "00:02.0", PORT_ENDPOINT, 4 },
};

/* The first intruder is behind the port that is found last, from the set. */
static void ways_in_are_in_the_order_of_who_comes(void **state)
{
	static const char *const hops[] = { "00:02.0", "02:00.0", "00:01.0" };
	const struct intrusions *intrusions;
	struct machine machine;

	(void)state;
	machine_build(&machine, open_ports, COUNT(open_ports));
	machine_check(&machine, "05:00.0", NULL);
	intrusions = &machine.assessment.inquiry.intrusions;
	assert_int_equal(intrusions->count, COUNT(hops));
	for (size_t i = 0; i < COUNT(hops); i++)
		assert_ptr_equal(intrusions->item[i].hop.device,
				 machine_device(&machine, hops[i]));
	machine_free(&machine);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(ways_in_are_in_the_order_of_who_comes),
	};

	return cmocka_run_group_tests_name("intrusion", tests, NULL, NULL);
}
