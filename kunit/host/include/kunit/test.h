/* SPDX-License-Identifier: GPL-2.0 */
/*
 * As much of KUnit as the suites use, for running them on the host under the
 * sanitizers. Output is TAP: one line a case, the plan first.
 */
#ifndef HOST_KUNIT_TEST_H
#define HOST_KUNIT_TEST_H

#include <linux/types.h>
#include <setjmp.h>
#include <stdio.h>

struct kunit_resource;

struct kunit {
	bool failed;
	struct kunit_resource *resources;
	jmp_buf end;
};

struct kunit_case {
	void (*run_case)(struct kunit *test);
	const char *name;
};

struct kunit_suite {
	const char *name;
	int (*init)(struct kunit *test);
	struct kunit_case *test_cases;
};

#define KUNIT_CASE(function) { .run_case = function, .name = #function }

static inline void host_fail(struct kunit *test, bool end)
{
	test->failed = true;
	if (end)
		longjmp(test->end, 1);
}

#define HOST_COMPARE(test, end, left, op, right, ...) do {			\
	long long host_left = (long long)(left), host_right = (long long)(right);	\
										\
	if (!(host_left op host_right)) {					\
		printf("# %s:%d: %s (%#llx) " #op " %s (%#llx) does not hold; ",	\
		       __FILE__, __LINE__, #left, host_left, #right, host_right);	\
		printf(__VA_ARGS__);						\
		putchar('\n');							\
		host_fail(test, end);						\
	}									\
} while (0)

#define HOST_PLAIN(test, end, left, op, right) HOST_COMPARE(test, end, left, op, right, "%s", "")

#define KUNIT_EXPECT_EQ(test, left, right) HOST_PLAIN(test, false, left, ==, right)
#define KUNIT_EXPECT_NE(test, left, right) HOST_PLAIN(test, false, left, !=, right)
#define KUNIT_EXPECT_TRUE(test, condition) HOST_PLAIN(test, false, !!(condition), ==, 1)
#define KUNIT_EXPECT_FALSE(test, condition) HOST_PLAIN(test, false, !!(condition), ==, 0)
#define KUNIT_EXPECT_PTR_EQ(test, left, right) \
	HOST_PLAIN(test, false, (uintptr_t)(left), ==, (uintptr_t)(right))
#define KUNIT_EXPECT_NOT_ERR_OR_NULL(test, pointer) \
	HOST_PLAIN(test, false, (uintptr_t)(pointer), !=, 0)
#define KUNIT_EXPECT_EQ_MSG(test, left, right, ...) \
	HOST_COMPARE(test, false, left, ==, right, __VA_ARGS__)
#define KUNIT_EXPECT_TRUE_MSG(test, condition, ...) \
	HOST_COMPARE(test, false, !!(condition), ==, 1, __VA_ARGS__)
#define KUNIT_ASSERT_EQ(test, left, right) HOST_PLAIN(test, true, left, ==, right)
#define KUNIT_ASSERT_EQ_MSG(test, left, right, ...) \
	HOST_COMPARE(test, true, left, ==, right, __VA_ARGS__)
#define KUNIT_ASSERT_TRUE(test, condition) HOST_PLAIN(test, true, !!(condition), ==, 1)
#define KUNIT_ASSERT_TRUE_MSG(test, condition, ...) \
	HOST_COMPARE(test, true, !!(condition), ==, 1, __VA_ARGS__)
#define KUNIT_ASSERT_NOT_ERR_OR_NULL(test, pointer) \
	HOST_PLAIN(test, true, (uintptr_t)(pointer), !=, 0)
#define KUNIT_ASSERT_PTR_EQ(test, left, right) \
	HOST_PLAIN(test, true, (uintptr_t)(left), ==, (uintptr_t)(right))

#include <kunit/resource.h>

/* One suite a program. */
#define kunit_test_suite(suite) \
	int main(void) { return host_run_suite(&(suite)); }

static inline bool host_run_case(const struct kunit_suite *suite, const struct kunit_case *one)
{
	struct kunit test = { };

	if (suite->init && suite->init(&test))
		test.failed = true;
	else if (!setjmp(test.end))
		one->run_case(&test);
	host_free_resources(&test);
	return !test.failed;
}

static inline int host_run_suite(const struct kunit_suite *suite)
{
	int count = 0, failures = 0;

	while (suite->test_cases[count].run_case)
		count++;
	printf("1..%d\n", count);
	for (int i = 0; i < count; i++) {
		bool good = host_run_case(suite, &suite->test_cases[i]);

		failures += !good;
		printf("%s %d - %s: %s\n", good ? "ok" : "not ok", i + 1, suite->name,
		       suite->test_cases[i].name);
	}
	return failures != 0;
}

#endif /* HOST_KUNIT_TEST_H */
