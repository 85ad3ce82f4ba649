// SPDX-License-Identifier: GPL-2.0
/* A whole reading, against a kernel that behaves and one that does not. */
#include <errno.h>
#include <string.h>

#include "kernel_side.h"
#include "provider/netlink.h"
#include "suite.h"

static int read_from(struct kernel_side *kernel, bool fresh,
		     struct facts *facts, struct problem *problem)
{
	int ret;

	problem->text[0] = '\0';
	ret = netlink_read(&kernel->channel, fresh, facts, problem);
	if (ret) {
		assert_int_equal(facts->device_count, 0);
		assert_null(facts->devices);
		assert_true(problem->text[0]);
	}
	kernel_side_close(kernel);
	return ret;
}

static void assert_error(struct kernel_side *kernel, int error,
			 const char *word)
{
	struct problem problem;
	struct facts facts;

	assert_int_equal(read_from(kernel, false, &facts, &problem), error);
	if (!strstr(problem.text, word))
		fail_msg("\"%s\" does not say %s", problem.text, word);
}

static void assert_good(struct kernel_side *kernel)
{
	struct problem problem;
	struct facts facts;

	if (read_from(kernel, false, &facts, &problem))
		fail_msg("%s", problem.text);
	assert_int_equal(facts.device_count, 2);
	assert_int_equal(facts.group_count, 1);
	facts_free(&facts);
}

static void reading_fills_the_facts(void **state)
{
	struct kernel_side kernel;
	struct problem problem;
	struct facts facts;

	(void)state;
	kernel_side_open(&kernel);
	assert_int_equal(read_from(&kernel, false, &facts, &problem), 0);
	assert_string_equal(facts.provider, "netlink");
	assert_true(facts.kernel[0]);
	assert_string_equal(facts.info.module_version, "0.1.0");
	assert_int_equal(facts.info.generation, GENERATION);
	assert_int_equal(facts.info.load_time, UINT64_C(1) << 60);
	assert_int_equal(facts.info.sight, SIGHT_ATS);
	assert_int_equal(facts.device_count, 2);
	assert_int_equal(facts.devices[1].address.id, 0x0101);
	assert_int_equal(facts.group_count, 1);
	assert_int_equal(facts.groups[0].isolated_msi, ANSWER_YES);
	assert_int_equal(facts.groups[0].enforced_coherency, ANSWER_NO);
	assert_int_equal(facts.groups[0].user_owned_unknown, REASON_BUSY);
	assert_false(field_known(&facts.groups[0], GROUP_USER_OWNED));
	assert_int_equal(facts.groups[0].other_devices, 1);
	assert_int_equal(facts.unseen.count, sight_names.count - 1);
	assert_int_equal(kernel.fresh_seen, 0);
	facts_free(&facts);
}

static void faults_are_read_in_order_and_once(void **state)
{
	struct kernel_side kernel;
	struct problem problem;
	struct facts facts;

	(void)state;
	kernel_side_open(&kernel);
	assert_int_equal(read_from(&kernel, false, &facts, &problem), 0);
	assert_true(facts.faults.told);
	assert_true(facts.faults.detailed);
	assert_true(facts.faults.time > UINT64_C(1) << 60);
	assert_int_equal(facts.faults.source_count, 2);
	assert_int_equal(facts.faults.sources[1].index, 1);
	assert_int_equal(facts.faults.requester_count, 2);
	assert_int_equal(facts.faults.requesters[0].address.id, 0x0100);
	assert_int_equal(facts.faults.requesters[1].address.id, 0x0200);
	facts_free(&facts);
	kernel.ordinary_user = true;
	assert_int_equal(read_from(&kernel, false, &facts, &problem), 0);
	assert_true(facts.faults.told);
	assert_false(facts.faults.detailed);
	facts_free(&facts);
}

/* Not zeros: nobody was there who could have counted. */
static void module_without_counters_tells_nothing(void **state)
{
	struct kernel_side kernel;
	struct problem problem;
	struct facts facts;

	(void)state;
	kernel_side_open(&kernel);
	kernel.no_faults = true;
	assert_int_equal(read_from(&kernel, false, &facts, &problem), 0);
	assert_int_equal(facts.device_count, 2);
	assert_false(facts.faults.told);
	assert_int_equal(facts.faults.requester_count, 0);
	facts_free(&facts);
}

static void fresh_is_asked_of_both_dumps(void **state)
{
	struct kernel_side kernel;
	struct problem problem;
	struct facts facts;

	(void)state;
	kernel_side_open(&kernel);
	assert_int_equal(read_from(&kernel, true, &facts, &problem), 0);
	assert_int_equal(kernel.fresh_seen, 2);
	facts_free(&facts);
}

static void fresh_without_the_right_says_what_to_do(void **state)
{
	struct kernel_side kernel;
	struct problem problem;
	struct facts facts;

	(void)state;
	kernel_side_open(&kernel);
	kernel.fresh_error = -EPERM;
	kernel.error_text = "reading registers anew needs CAP_NET_ADMIN";
	assert_int_equal(read_from(&kernel, true, &facts, &problem), -EPERM);
	assert_non_null(strstr(problem.text, "--fresh needs CAP_NET_ADMIN"));
	assert_non_null(strstr(problem.text, kernel.error_text));
}

static void missing_family_is_told_apart(void **state)
{
	struct kernel_side kernel;

	(void)state;
	kernel_side_open(&kernel);
	kernel.no_family = true;
	assert_error(&kernel, -ENOPKG, "");
}

static void other_versions_are_refused(void **state)
{
	struct kernel_side kernel;

	(void)state;
	kernel_side_open(&kernel);
	kernel.family_version = 3;
	assert_error(&kernel, -EPROTO, "version 3");
	assert_error(&kernel, -EPROTO, "this program version 1");
	assert_int_equal(kernel.infos, 0);
	kernel.family_version = IOWARDEN_FAMILY_VERSION;
	kernel.abi_version = 2;
	assert_error(&kernel, -EPROTO, "version 2");
	assert_error(&kernel, -EPROTO,
		     "load the iowarden.ko that belongs to this program");
}

static void changed_topology_is_read_again(void **state)
{
	struct kernel_side kernel;

	(void)state;
	kernel_side_open(&kernel);
	kernel.interrupted = 4;
	assert_good(&kernel);
	assert_int_equal(kernel.infos, 5);
	assert_true(kernel.pauses > 0);
	kernel.moved = 4;
	assert_good(&kernel);
	kernel.hidden = 4;
	assert_good(&kernel);
}

static void topology_that_keeps_changing_is_an_error(void **state)
{
	struct kernel_side kernel;

	(void)state;
	kernel_side_open(&kernel);
	kernel.interrupted = 5;
	assert_error(&kernel, -EAGAIN, "topology kept changing");
	assert_int_equal(kernel.infos, NETLINK_ATTEMPTS);
	kernel.moved = 5;
	assert_error(&kernel, -EAGAIN, "topology kept changing");
	kernel.hidden = 5;
	assert_error(&kernel, -EAGAIN, "1 of 2 devices");
	kernel.no_place = true;
	assert_error(&kernel, -EAGAIN, "topology kept changing");
}

/* What was left of the first answer is of another request, and passed over. */
static void socket_that_overflowed_is_read_again(void **state)
{
	struct kernel_side kernel;

	(void)state;
	kernel_side_open(&kernel);
	kernel.overflows = 4;
	assert_good(&kernel);
	assert_int_equal(kernel.infos, 5);
	kernel.overflows = 5;
	assert_error(&kernel, -EAGAIN, "the socket overflowed");
}

static void error_at_the_end_of_a_dump_is_an_error(void **state)
{
	struct kernel_side kernel;

	(void)state;
	kernel_side_open(&kernel);
	kernel.done_error = -ENOMEM;
	assert_error(&kernel, -ENOMEM, "device-get: Cannot allocate memory");
	kernel.error_text = "the words of the module";
	assert_error(&kernel, -ENOMEM, "the words of the module");
}

static void dump_without_end_is_an_error(void **state)
{
	struct kernel_side kernel;

	(void)state;
	kernel_side_open(&kernel);
	kernel.no_done = true;
	assert_error(&kernel, -ETIMEDOUT, "device-get: no answer");
}

static void silence_is_an_error(void **state)
{
	struct kernel_side kernel;

	(void)state;
	kernel_side_open(&kernel);
	kernel.silent = true;
	assert_error(&kernel, -ETIMEDOUT, "no answer from the module");
}

static void other_senders_are_ignored(void **state)
{
	struct kernel_side kernel;

	(void)state;
	kernel_side_open(&kernel);
	kernel.foreign = true;
	assert_good(&kernel);
	kernel.foreign_flood = true;
	assert_error(&kernel, -ETIMEDOUT, "no answer");
}

static void device_that_comes_twice_is_an_error(void **state)
{
	struct kernel_side kernel;

	(void)state;
	kernel_side_open(&kernel);
	kernel.twice = true;
	assert_error(&kernel, -EBADMSG, "10000:01:00.0: reported twice");
}

/* Never a half answer: whatever is missing at the end, it is an error. */
static void cut_datagrams_are_errors_at_every_length(void **state)
{
	struct kernel_side kernel;
	struct problem problem;
	struct facts facts;
	size_t whole = 0;
	int ret;

	(void)state;
	kernel_side_open(&kernel);
	for (size_t cut = 1; cut < 700; cut++) {
		kernel.cut = cut;
		ret = read_from(&kernel, false, &facts, &problem);
		/* Cut between two messages: then the end is missing. */
		if (ret == -ETIMEDOUT)
			whole++;
		else
			assert_int_equal(ret, -EBADMSG);
		if (!strncmp(problem.text, "device-get: the kernel's answer "
			     "is malformed (no message)", 58))
			break;
	}
	assert_int_equal(whole, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reading_fills_the_facts),
		cmocka_unit_test(faults_are_read_in_order_and_once),
		cmocka_unit_test(module_without_counters_tells_nothing),
		cmocka_unit_test(fresh_is_asked_of_both_dumps),
		cmocka_unit_test(fresh_without_the_right_says_what_to_do),
		cmocka_unit_test(missing_family_is_told_apart),
		cmocka_unit_test(other_versions_are_refused),
		cmocka_unit_test(changed_topology_is_read_again),
		cmocka_unit_test(topology_that_keeps_changing_is_an_error),
		cmocka_unit_test(socket_that_overflowed_is_read_again),
		cmocka_unit_test(error_at_the_end_of_a_dump_is_an_error),
		cmocka_unit_test(dump_without_end_is_an_error),
		cmocka_unit_test(silence_is_an_error),
		cmocka_unit_test(other_senders_are_ignored),
		cmocka_unit_test(device_that_comes_twice_is_an_error),
		cmocka_unit_test(cut_datagrams_are_errors_at_every_length),
	};

	return cmocka_run_group_tests_name("netlink", tests, NULL, NULL);
}
