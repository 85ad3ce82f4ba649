// SPDX-License-Identifier: GPL-2.0
#include <errno.h>

#include "model/bdf.h"
#include "suite.h"

static void parse_accepts(void **state)
{
	static const struct {
		const char *text;
		struct bdf bdf;
		const char *written;
	} cases[] = {
		{ "0000:01:00.0", { 0, 0x0100 }, "0000:01:00.0" },
		{ "01:00.0", { 0, 0x0100 }, "0000:01:00.0" },
		{ "ff:1f.7", { 0, 0xffff }, "0000:ff:1f.7" },
		{ "FF:1F.7", { 0, 0xffff }, "0000:ff:1f.7" },
		{ "00a1:02:03.4", { 0xa1, 0x021c }, "00a1:02:03.4" },
		{ "10000:e1:00.0", { 0x10000, 0xe100 }, "10000:e1:00.0" },
		{ "ffffffff:ff:1f.7", { UINT32_MAX, 0xffff },
		  "ffffffff:ff:1f.7" },
	};
	char text[BDF_TEXT];
	struct bdf bdf;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_int_equal(bdf_parse(cases[i].text, &bdf), 0);
		assert_int_equal(bdf_compare(bdf, cases[i].bdf), 0);
		assert_string_equal(bdf_format(bdf, text), cases[i].written);
	}
}

static void parse_refuses_other_forms(void **state)
{
	static const char *const cases[] = {
		"", ":", "01", "01:00", "1:00.0", "001:00.0", "01:0.0",
		"01:000.0", "01:00.", "01:00.00", "01:00.0 ", " 01:00.0",
		"000:01:00.0", "123456789:01:00.0", "0000:01:00:0",
		"0000:0000:01:00.0", "01.00.0", "01:00,0", "+1:00.0",
		"0x:00.0", "g0:00.0", "01:00.g", "-1:00.0", "0000:01:00.0x",
		":01:00.0", "0000::00.0", "01:00.0\n",
	};
	struct bdf bdf = { 7, 7 };

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_int_equal(bdf_parse(cases[i], &bdf), -EINVAL);
		assert_int_equal(bdf.segment, 7);
		assert_int_equal(bdf.id, 7);
	}
}

static void parse_refuses_device_and_function_out_of_range(void **state)
{
	struct bdf bdf = { 7, 7 };

	(void)state;
	assert_int_equal(bdf_parse("01:20.0", &bdf), -ERANGE);
	assert_int_equal(bdf_parse("01:ff.0", &bdf), -ERANGE);
	assert_int_equal(bdf_parse("01:00.8", &bdf), -ERANGE);
	assert_int_equal(bdf_parse("0000:01:00.f", &bdf), -ERANGE);
	assert_int_equal(bdf.id, 7);
}

static void compare_orders_segments_first(void **state)
{
	(void)state;
	assert_true(bdf_compare((struct bdf){ 0, 0xffff },
				(struct bdf){ 1, 0 }) < 0);
	assert_true(bdf_compare((struct bdf){ UINT32_MAX, 0 },
				(struct bdf){ 1, 0 }) > 0);
	assert_true(bdf_compare((struct bdf){ 1, 2 },
				(struct bdf){ 1, 1 }) > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parse_accepts),
		cmocka_unit_test(parse_refuses_other_forms),
		cmocka_unit_test(parse_refuses_device_and_function_out_of_range),
		cmocka_unit_test(compare_orders_segments_first),
	};

	return cmocka_run_group_tests_name("bdf", tests, NULL, NULL);
}
