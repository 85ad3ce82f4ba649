// SPDX-License-Identifier: GPL-2.0
/* faults --follow: what is told of events, and that nothing is lost in total. */
#include <errno.h>
#include <json-c/json.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <netlink/genl/genl.h>

#include "cmd/follow.h"
#include "kernel_side.h"
#include "model/growth.h"
#include "suite.h"

/** struct part - what comes next on the way of events; the last is all zeros */
struct part {
	int error;
	uint8_t command;
	uint16_t requester;
	uint64_t sequence, total;
	uint32_t port;	/* who sends it */
};

/** struct script - a channel that has parts, and then a signal */
struct script {
	struct channel channel;
	const struct part *part;
	int signal;
};

#define NTF IOWARDEN_CMD_FAULT_NTF
#define SOURCE IOWARDEN_CMD_SOURCE_NTF
#define RESYNC IOWARDEN_CMD_FAULT_RESYNC_NTF

/* Of the unit of kernel_source(), that with the index of a requester. */
static struct nl_msg *make_source(const struct part *part)
{
	struct nl_msg *message = kernel_begin(0, FAMILY_ID, part->command, 0);

	nla_put_u32(message, IOWARDEN_A_SOURCE_INDEX, part->requester);
	nla_put_string(message, IOWARDEN_A_SOURCE_NAME, "vtd");
	nla_put_u8(message, IOWARDEN_A_SOURCE_STATE,
		   IOWARDEN_SOURCE_STATE_ACTIVE);
	nla_put_string(message, IOWARDEN_A_SOURCE_WHY, "a limit");
	nla_put_u32(message, IOWARDEN_A_SOURCE_SEGMENT, 0x10000);
	nla_put_u64(message, IOWARDEN_A_SOURCE_ADDRESS, 0xfed90000);
	nla_put_u64(message, IOWARDEN_A_SOURCE_RECORDS, 0);
	nla_put_u64(message, IOWARDEN_A_SOURCE_UNATTRIBUTED, part->total);
	nla_put_u64(message, IOWARDEN_A_SOURCE_OVERFLOWS, 3);
	nla_put_u64(message, IOWARDEN_A_SOURCE_MISSED, 1);
	if (part->sequence)
		nla_put_u64(message, IOWARDEN_A_SOURCE_SEQUENCE, part->sequence);
	return message;
}

static struct nl_msg *make_message(const struct part *part)
{
	struct nl_msg *message;

	if (part->command == SOURCE)
		return make_source(part);
	message = kernel_begin(0, FAMILY_ID, part->command, 0);
	nla_put_u64(message, IOWARDEN_A_FAULT_SEQUENCE, part->sequence);
	if (part->command != IOWARDEN_CMD_FAULT_NTF)
		return message;
	nla_put_u32(message, IOWARDEN_A_FAULT_SEGMENT, 0x10000);
	nla_put_u16(message, IOWARDEN_A_FAULT_REQUESTER, part->requester);
	/* As those of kernel_fault(). */
	nla_put_flag(message, IOWARDEN_A_FAULT_WHOLE_BUS);
	nla_put_u64(message, IOWARDEN_A_FAULT_TOTAL, part->total);
	nla_put_u64(message, IOWARDEN_A_FAULT_READS, part->total);
	nla_put_u64(message, IOWARDEN_A_FAULT_WRITES, 0);
	nla_put_u64(message, IOWARDEN_A_FAULT_OTHERS, 0);
	kernel_reason(message, 0x06, part->total);
	nla_put_u64(message, IOWARDEN_A_FAULT_LAST_SEEN, UINT64_C(1) << 60);
	nla_put_u32(message, IOWARDEN_A_FAULT_LAST_SOURCE, 1);
	nla_put_u64(message, IOWARDEN_A_FAULT_LAST_ADDRESS, 0x1000);
	return message;
}

static int script_receive(struct channel *channel, struct datagram *datagram,
			  int timeout)
{
	struct script *script = (struct script *)channel;
	const struct part *part = script->part;
	struct nl_msg *message;

	assert_true(timeout > 0);
	if (!part->error && !part->command) {
		if (script->signal)
			raise(script->signal);
		return -ETIMEDOUT;
	}
	script->part++;
	if (part->error)
		return part->error;
	message = make_message(part);
	datagram->length = nlmsg_hdr(message)->nlmsg_len;
	datagram->data = malloc(datagram->length);
	memcpy(datagram->data, nlmsg_hdr(message), datagram->length);
	datagram->from = (struct sockaddr_nl){
		.nl_family = AF_NETLINK, .nl_pid = part->port };
	nlmsg_free(message);
	return 0;
}

struct run {
	int status;
	char *out, *err;
};

static void follow_to(struct run *run, const struct part *parts,
		      struct kernel_side *kernel, FILE *out, bool json,
		      const struct bdf *only)
{
	struct script script = {
		.channel.receive = script_receive, .part = parts,
		.signal = SIGTERM,
	};
	struct listener listener = {
		.events = &script.channel, .requests = &kernel->channel,
		.family = FAMILY_ID,
	};
	struct options options = { .given = json ? OPTION_BIT(OPTION_JSON) : 0 };
	struct surroundings around = { .out = out };
	struct invocation invocation = { .around = &around, .options = &options };
	size_t size;

	around.err = open_memstream(&run->err, &size);
	run->status = follow_run(&invocation, &listener, only, only ? 1 : 0);
	fclose(around.err);
}

static void follow(struct run *run, const struct part *parts, bool json,
		   const struct bdf *only)
{
	struct kernel_side kernel;
	size_t size;
	FILE *out = open_memstream(&run->out, &size);

	kernel_side_open(&kernel);
	follow_to(run, parts, &kernel, out, json, only);
	fclose(out);
	kernel_side_close(&kernel);
}

static void drop(struct run *run)
{
	free(run->out);
	free(run->err);
}

/* The module counted 60 of 01:00.0 and of 02:00.0 before. */
static void events_are_lines_with_what_grew(void **state)
{
	static const struct part parts[] = {
		{ 0, NTF, 0x0100, 7, 65, 0 },
		{ 0, NTF, 0x0300, 8, 2, 0 },
		{ 0, NTF, 0x0300, 9, 2, 0 },
		{ 0, NTF, 0x0300, 10, 9, 4711 },
		{ 0, IOWARDEN_CMD_TOPOLOGY_NTF, 0, 0, 0, 0 },
		{ 0 },
	};
	struct run result;

	(void)state;
	follow(&result, parts, false, NULL);
	assert_int_equal(result.status, STATUS_DONE);
	assert_string_equal(result.err, "");
	assert_string_equal(result.out,
		"2006-07-14T23:58:24Z  10000:01:00.0 and its bus  +5 (65) at 0x1000: the address is not mapped for reading\n"
		"2006-07-14T23:58:24Z  10000:03:00.0 and its bus  +2 (2) at 0x1000: the address is not mapped for reading\n");
	drop(&result);
}

static void missed_messages_are_counted_and_everything_is_read_again(void **state)
{
	static const struct part parts[] = {
		{ 0, NTF, 0x0300, 7, 2, 0 },
		{ 0, NTF, 0x0300, 11, 3, 0 },
		{ 0, RESYNC, 0, 12, 0, 0 },
		{ -ENOBUFS, 0, 0, 0, 0, 0 },
		/* Sent before the counts were read again. */
		{ 0, NTF, 0x0100, 14, 59, 0 },
		{ 0 },
	};
	static const char *const lines[] = {
		"+2 (2)", "missed 3 messages", "+1 (3)", "all counts were read again",
		"all counts were read again", "missed messages: more came than",
		"all counts were read again", "missed 1 message\n",
		"all counts were read again",
	};
	const char *at;
	struct run result;
	size_t count = 0;

	(void)state;
	follow(&result, parts, false, NULL);
	at = result.out;
	for (size_t i = 0; i < COUNT(lines); i++) {
		at = strstr(at, lines[i]);
		if (!at)
			fail_msg("no \"%s\" in its place in:\n%s", lines[i],
				 result.out);
		at += strlen(lines[i]);
	}
	for (at = result.out; *at; at++)
		count += *at == '\n';
	assert_int_equal(count, COUNT(lines));
	drop(&result);
}

static void json_is_an_object_a_line(void **state)
{
	static const struct part parts[] = {
		{ 0, NTF, 0x0100, 7, 65, 0 }, { 0, NTF, 0x0100, 9, 66, 0 },
		{ -ENOBUFS, 0, 0, 0, 0, 0 }, { 0 },
	};
	static const char *const events[] = {
		"faults", "missed", "faults", "reread", "missed", "reread",
	};
	struct run result;
	char *line;
	size_t i = 0;

	(void)state;
	follow(&result, parts, true, NULL);
	for (line = strtok(result.out, "\n"); line; line = strtok(NULL, "\n")) {
		struct json_object *object = json_tokener_parse(line);

		assert_true(i < COUNT(events));
		assert_string_equal(json_object_get_string(
			json_object_object_get(object, "event")), events[i++]);
		json_object_put(object);
	}
	assert_int_equal(i, COUNT(events));
	drop(&result);
}

static void only_what_was_asked_for_is_told(void **state)
{
	static const struct part parts[] = {
		{ 0, NTF, 0x0300, 7, 2, 0 }, { 0, NTF, 0x0100, 8, 61, 0 },
		{ 0 },
	};
	struct bdf only = { 0x10000, 0x0100 };
	struct run result;

	(void)state;
	follow(&result, parts, false, &only);
	assert_non_null(strstr(result.out, "01:00.0 and its bus  +1 (61)"));
	assert_null(strstr(result.out, "03:00.0"));
	drop(&result);
}

/* Of either unit, 3 were of nobody, 2 times some were dropped, once missed. */
static const struct part losses[] = {
	{ 0, SOURCE, 1, 7, 8, 0 },
	/* Sent before that; then a unit that was not there at the start. */
	{ 0, SOURCE, 1, 8, 3, 0 },
	{ 0, SOURCE, 2, 9, 4, 0 },
	{ 0, NTF, 0x0300, 10, 2, 0 },
	{ 0, SOURCE, 0, 12, 3, 0 },
	{ 0 },
};

static void losses_of_a_unit_are_told_and_numbered_with_faults(void **state)
{
	static const char *const lines[] = {
		"vtd 0xfed90000 lost: +5 of unknown requesters, +1 times the hardware dropped some, +0 times some may have been missed\n",
		"lost: +4 of unknown requesters, +3 times the hardware dropped some, +1 times",
		"03:00.0", "missed 1 message\n",
		"lost: +0 of unknown requesters, +1 times", "were read again",
	};
	struct run result;
	const char *at;
	size_t count = 0;

	(void)state;
	follow(&result, losses, false, NULL);
	assert_int_equal(result.status, STATUS_DONE);
	at = result.out;
	for (size_t i = 0; i < COUNT(lines); i++) {
		at = strstr(at, lines[i]);
		if (!at)
			fail_msg("no \"%s\" in its place in:\n%s", lines[i],
				 result.out);
	}
	for (at = result.out; *at; at++)
		count += *at == '\n';
	assert_int_equal(count, COUNT(lines));
	drop(&result);
}

static void losses_have_the_keys_of_a_source(void **state)
{
	struct run result;

	(void)state;
	follow(&result, losses, true, NULL);
	*strchr(result.out, '\n') = '\0';
	assert_string_equal(result.out,
		"{\"index\":1,\"name\":\"vtd\",\"segment\":65536,\"unit\":\"0x00000000fed90000\",\"unattributed\":5,\"overflows\":1,\"missed\":0,\"event\":\"lost\"}");
	drop(&result);
}

static void losses_may_be_anyones_of_the_segment(void **state)
{
	static const struct bdf there = { 0x10000, 0x0700 }, elsewhere = { 0 };
	struct run result;

	(void)state;
	follow(&result, losses, false, &there);
	assert_non_null(strstr(result.out, "lost: +5"));
	drop(&result);
	follow(&result, losses, false, &elsewhere);
	assert_null(strstr(result.out, "lost"));
	drop(&result);
}

/* It cannot be told what was lost before it. */
static void loss_without_a_number_is_malformed(void **state)
{
	static const struct part parts[] = { { 0, SOURCE, 1, 0, 8, 0 }, { 0 } };
	struct run result;

	(void)state;
	follow(&result, parts, false, NULL);
	assert_int_equal(result.status, STATUS_FAILED);
	assert_non_null(strstr(result.err, "sequence"));
	drop(&result);
}

static void what_was_lost_unheard_is_told_after_reading_again(void **state)
{
	static const struct part parts[] = { { 0, RESYNC, 0, 7, 0, 0 }, { 0 } };
	struct kernel_side kernel;
	struct run result;
	size_t size;
	FILE *out = open_memstream(&result.out, &size);

	(void)state;
	kernel_side_open(&kernel);
	kernel.loses = true;
	follow_to(&result, parts, &kernel, out, true, NULL);
	fclose(out);
	assert_non_null(strstr(result.out, "{\"event\":\"reread\"}\n{\"index\":0,"));
	assert_non_null(strstr(result.out, "\n{\"index\":1,"));
	assert_non_null(strstr(result.out, "\"overflows\":1,"));
	kernel_side_close(&kernel);
	drop(&result);
}

static void losses_never_go_backwards(void **state)
{
	struct source then = { .index = 1, .name = (char []){ "vtd" },
			       .overflows = 5 };
	struct faults known = { 0 };
	struct loss loss;

	(void)state;
	assert_int_equal(loss_take(&loss, &known, &then), 0);
	assert_int_equal(loss.overflows, 5);
	then.overflows = 4;
	then.missed = 2;
	assert_int_equal(loss_take(&loss, &known, &then), 0);
	assert_int_equal(loss.overflows, 0);
	assert_int_equal(loss.missed, 2);
	assert_int_equal(loss.source->overflows, 5);
	assert_int_equal(loss_take(&loss, &known, &then), 0);
	assert_false(loss_is_any(&loss));
	assert_int_equal(known.source_count, 1);
	faults_free(&known);
}

static void broken_pipe_ends_quietly(void **state)
{
	static const struct part parts[] = {
		{ 0, NTF, 0x0300, 7, 2, 0 }, { 0, NTF, 0x0300, 8, 3, 0 }, { 0 },
	};
	struct kernel_side kernel;
	struct run result = { 0 };
	int ends[2];
	FILE *out;

	(void)state;
	signal(SIGPIPE, SIG_IGN);
	assert_int_equal(pipe(ends), 0);
	close(ends[0]);
	out = fdopen(ends[1], "w");
	kernel_side_open(&kernel);
	follow_to(&result, parts, &kernel, out, false, NULL);
	assert_int_equal(result.status, STATUS_DONE);
	assert_string_equal(result.err, "");
	assert_int_equal(fclose(out), 0);
	kernel_side_close(&kernel);
	drop(&result);
}

static void module_that_goes_or_does_not_count_is_an_error(void **state)
{
	static const struct part nothing[] = { { 0 } };
	struct kernel_side kernel;
	struct problem problem;
	struct listener listener = { .requests = &kernel.channel,
				     .family = FAMILY_ID };
	struct run result;
	size_t size;
	FILE *out = open_memstream(&result.out, &size);

	(void)state;
	kernel_side_open(&kernel);
	assert_int_equal(listener_check(&listener, &problem), 0);
	listener.family++;
	assert_int_equal(listener_check(&listener, &problem), -ENOPKG);
	assert_non_null(strstr(problem.text, "was unloaded"));
	listener.family--;
	kernel.no_family = true;
	assert_int_equal(listener_check(&listener, &problem), -ENOPKG);
	kernel.no_family = false;
	kernel.no_faults = true;
	follow_to(&result, nothing, &kernel, out, false, NULL);
	assert_int_equal(result.status, STATUS_FAILED);
	assert_string_equal(result.err,
			    "iowarden: the loaded module does not count faults\n");
	fclose(out);
	kernel_side_close(&kernel);
	drop(&result);
}

static void sequence_counts_what_is_missing(void **state)
{
	struct sequence sequence = { 0 };

	(void)state;
	assert_int_equal(sequence_step(&sequence, 5), 0);
	assert_int_equal(sequence_step(&sequence, 6), 0);
	assert_int_equal(sequence_step(&sequence, 10), 3);
	assert_int_equal(sequence_step(&sequence, 1), 0);
	assert_int_equal(sequence_step(&sequence, UINT64_MAX), UINT64_MAX - 2);
}

static void growth_is_by_reason_and_never_backwards(void **state)
{
	struct requester one = {
		.address.id = 0x100, .total = 5, .reason_count = 1,
		.reason[0] = { 5, 6 },
	};
	struct faults known = { 0 };
	struct growth growth;

	(void)state;
	assert_int_equal(growth_take(&growth, &known, &one), 0);
	assert_int_equal(growth.faults, 5);
	one.total = 8;
	one.reason_count = 2;
	one.reason[1] = (struct reason_count){ 3, 5 };
	assert_int_equal(growth_take(&growth, &known, &one), 0);
	assert_int_equal(growth.faults, 3);
	assert_int_equal(growth.reason_count, 1);
	assert_int_equal(growth.reason[0].code, 5);
	one.total = 7;
	assert_int_equal(growth_take(&growth, &known, &one), 0);
	assert_int_equal(growth.faults, 0);
	assert_int_equal(known.requesters[0].total, 8);
	assert_int_equal(known.requester_count, 1);
	faults_free(&known);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(events_are_lines_with_what_grew),
		cmocka_unit_test(missed_messages_are_counted_and_everything_is_read_again),
		cmocka_unit_test(json_is_an_object_a_line),
		cmocka_unit_test(only_what_was_asked_for_is_told),
		cmocka_unit_test(losses_of_a_unit_are_told_and_numbered_with_faults),
		cmocka_unit_test(losses_have_the_keys_of_a_source),
		cmocka_unit_test(losses_may_be_anyones_of_the_segment),
		cmocka_unit_test(loss_without_a_number_is_malformed),
		cmocka_unit_test(what_was_lost_unheard_is_told_after_reading_again),
		cmocka_unit_test(losses_never_go_backwards),
		cmocka_unit_test(broken_pipe_ends_quietly),
		cmocka_unit_test(module_that_goes_or_does_not_count_is_an_error),
		cmocka_unit_test(sequence_counts_what_is_missing),
		cmocka_unit_test(growth_is_by_reason_and_never_backwards),
	};

	return cmocka_run_group_tests_name("follow", tests, NULL, NULL);
}
