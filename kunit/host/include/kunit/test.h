/* SPDX-License-Identifier: GPL-2.0 */
/*
 * As much of KUnit as the suites use, for running them on the host under the
 * sanitizers. Output is TAP: one line a case, the plan first.
 */
#ifndef HOST_KUNIT_TEST_H
#define HOST_KUNIT_TEST_H

#include <linux/types.h>
#include <stdio.h>

struct kunit {
	bool failed;
};

struct kunit_case {
	void (*run_case)(struct kunit *test);
	const char *name;
};

struct kunit_suite {
	const char *name;
	struct kunit_case *test_cases;
};

#define KUNIT_CASE(function) { .run_case = function, .name = #function }

#define HOST_EXPECT(test, left, op, right) do {					\
	long long host_left = (long long)(left), host_right = (long long)(right);	\
										\
	if (!(host_left op host_right)) {					\
		printf("# %s:%d: %s (%#llx) " #op " %s (%#llx) does not hold\n",	\
		       __FILE__, __LINE__, #left, host_left, #right, host_right);	\
		(test)->failed = true;						\
	}									\
} while (0)

#define KUNIT_EXPECT_EQ(test, left, right) HOST_EXPECT(test, left, ==, right)
#define KUNIT_EXPECT_TRUE(test, condition) HOST_EXPECT(test, !!(condition), ==, 1)
#define KUNIT_EXPECT_FALSE(test, condition) HOST_EXPECT(test, !!(condition), ==, 0)

/* One suite a program. */
#define kunit_test_suite(suite) \
	int main(void) { return host_run_suite(&(suite)); }

static inline int host_run_suite(const struct kunit_suite *suite)
{
	int count = 0, failures = 0;

	while (suite->test_cases[count].run_case)
		count++;
	printf("1..%d\n", count);
	for (int i = 0; i < count; i++) {
		struct kunit test = { .failed = false };

		suite->test_cases[i].run_case(&test);
		failures += test.failed;
		printf("%s %d - %s: %s\n", test.failed ? "not ok" : "ok", i + 1,
		       suite->name, suite->test_cases[i].name);
	}
	return failures != 0;
}

#endif /* HOST_KUNIT_TEST_H */
