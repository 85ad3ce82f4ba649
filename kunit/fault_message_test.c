// SPDX-License-Identifier: GPL-2.0
/*
 * Units and requesters as messages: for every room there can be, the whole of it
 * or nothing; every field where a reader looks for it; and no address to who may
 * not see one.
 */
#include <net/genetlink.h>
#include "fault_message.h"
#include "message_look.h"
#include "suite.h"

#define UNIT	5

/* What it takes to be read. */
static struct iow_unit readable_unit(struct iow_unit unit)
{
	raw_spin_lock_init(&unit.lock);
	seqcount_raw_spinlock_init(&unit.sequence, &unit.lock);
	return unit;
}

static struct iow_account readable_account(struct iow_account account)
{
	iow_account_init(&account, account.segment, account.requester);
	return account;
}

static struct iow_unit full_unit(void)
{
	return readable_unit((struct iow_unit){
		.source = "vtd", .index = UNIT, .segment = 0x10000, .address = 0xfed90000,
		.has_address = true,
		.state = { .state = IOWARDEN_SOURCE_STATE_UNPROVEN, .why = "words", .missed = 7 },
		.counts = { .records = 1000, .unattributed = 20, .overflows = 3, .missed = 4 },
	});
}

static const struct expected full_unit_attributes[] = {
	{ IOWARDEN_A_SOURCE_INDEX, 4, UNIT },
	{ IOWARDEN_A_SOURCE_NAME, 4, 0x647476 },
	{ IOWARDEN_A_SOURCE_STATE, 1, IOWARDEN_SOURCE_STATE_UNPROVEN },
	{ IOWARDEN_A_SOURCE_WHY, 6, 0x64726f77 },
	{ IOWARDEN_A_SOURCE_SEGMENT, 4, 0x10000 },
	{ IOWARDEN_A_SOURCE_ADDRESS, 8, 0xfed90000 },
	{ IOWARDEN_A_SOURCE_RECORDS, 8, 1000 },
	{ IOWARDEN_A_SOURCE_UNATTRIBUTED, 8, 20 },
	{ IOWARDEN_A_SOURCE_OVERFLOWS, 8, 3 },
	/* What was counted and what the kernel knows. */
	{ IOWARDEN_A_SOURCE_MISSED, 8, 11 },
	{ IOWARDEN_A_SOURCE_FAULTS_AT_LEAST, 0 },
	{ IOWARDEN_A_SOURCE_SEQUENCE, 8, 78 },
	{ }
};

/* With the largest of everything; both flags of presence are never set together. */
static struct iow_account full_account(void)
{
	struct iow_account account = {
		.segment = 0x10000, .requester = 0x1234, .before = 9, .is_bucket = true,
		.was_present = true,
		.tally = {
			.reads = 11, .writes = 22, .others = 33, .other_reasons = 44,
			.first_seen = 1000, .unit = UNIT, .reasons = IOW_TALLY_REASONS,
			.last = {
				.time = 2000, .address = 0xfffff000, .has_address = true,
				.pasid = 0xfffff, .has_pasid = true,
				.access = IOWARDEN_ACCESS_INTERRUPT,
			},
		},
	};
	int i;

	for (i = 0; i < IOW_TALLY_REASONS; i++) {
		account.tally.reason[i] = 0x20 + i;
		account.tally.reason_count[i] = 100 + i;
	}
	return readable_account(account);
}

#define REASON	{ IOWARDEN_A_FAULT_REASON, 20, .varies = true }

static const struct expected full_account_attributes[] = {
	{ IOWARDEN_A_FAULT_SEGMENT, 4, 0x10000 },
	{ IOWARDEN_A_FAULT_REQUESTER, 2, 0x1234 },
	{ IOWARDEN_A_FAULT_WHOLE_BUS, 0 },
	{ IOWARDEN_A_FAULT_GONE, 0 },
	{ IOWARDEN_A_FAULT_TOTAL, 8, 66 },
	{ IOWARDEN_A_FAULT_BEFORE, 8, 9 },
	{ IOWARDEN_A_FAULT_READS, 8, 11 },
	{ IOWARDEN_A_FAULT_WRITES, 8, 22 },
	{ IOWARDEN_A_FAULT_OTHERS, 8, 33 },
	REASON, REASON, REASON, REASON, REASON, REASON, REASON, REASON,
	{ IOWARDEN_A_FAULT_OTHER_REASONS, 8, 44 },
	{ IOWARDEN_A_FAULT_FIRST_SEEN, 8, 1000 },
	{ IOWARDEN_A_FAULT_LAST_SEEN, 8, 2000 },
	{ IOWARDEN_A_FAULT_LAST_SOURCE, 4, UNIT },
	{ IOWARDEN_A_FAULT_LAST_ACCESS, 1, IOWARDEN_ACCESS_INTERRUPT },
	{ IOWARDEN_A_FAULT_LAST_ADDRESS, 8, 0xfffff000 },
	{ IOWARDEN_A_FAULT_LAST_PASID, 4, 0xfffff },
	{ IOWARDEN_A_FAULT_SEQUENCE, 8, 77 },
	{ }
};

static int put_the_unit(const struct iow_message *message, const void *object)
{
	return iow_message_source(message, object, 0);
}

static int put_the_loss(const struct iow_message *message, const void *object)
{
	return iow_message_source(message, object, 78);
}

/* As a listener sees it, and as everybody does. */
static int put_the_notification(const struct iow_message *message, const void *object)
{
	const struct iow_fault_view view = { .detail = true, .sequence = 77 };

	return iow_message_fault(message, object, view);
}

static int put_the_answer(const struct iow_message *message, const void *object)
{
	return iow_message_fault(message, object, (struct iow_fault_view){ });
}

static int put_the_resync(const struct iow_message *message, const void *object)
{
	return iow_message_resync(message, *(const u64 *)object);
}

static void full_unit_at_every_room(struct kunit *test)
{
	const struct iow_unit unit = full_unit();

	look_put_at_every_room(test, put_the_loss, &unit, NULL);
}

static void bare_unit_at_every_room(struct kunit *test)
{
	const struct iow_unit unit = readable_unit((struct iow_unit){ .source = "trace" });

	look_put_at_every_room(test, put_the_unit, &unit, NULL);
}

static void full_requester_at_every_room(struct kunit *test)
{
	const struct iow_account account = full_account();

	look_put_at_every_room(test, put_the_notification, &account, NULL);
}

static void requester_as_everybody_sees_it_at_every_room(struct kunit *test)
{
	const struct iow_account account = full_account();

	look_put_at_every_room(test, put_the_answer, &account, NULL);
}

static void bare_requester_at_every_room(struct kunit *test)
{
	const struct iow_account account = readable_account((struct iow_account){ });

	look_put_at_every_room(test, put_the_answer, &account, NULL);
}

static void resync_at_every_room(struct kunit *test)
{
	const u64 sequence = 5;

	look_put_at_every_room(test, put_the_resync, &sequence, NULL);
}

static void full_unit_in_every_field(struct kunit *test)
{
	const struct iow_unit unit = full_unit();

	look_expect_message(test, full_unit_attributes, look_put_whole(test, put_the_loss, &unit));
}

static struct iow_unit_state look_elsewhere(const struct iow_unit *unit)
{
	return (struct iow_unit_state){ .state = IOWARDEN_SOURCE_STATE_FAILED };
}

/* A source that has no unit, and whose state is asked for. */
static void bare_unit_says_no_more_than_it_knows(struct kunit *test)
{
	static const struct expected rows[] = {
		{ IOWARDEN_A_SOURCE_INDEX, 4 },
		{ IOWARDEN_A_SOURCE_NAME, 6, 0x63617274 },
		{ IOWARDEN_A_SOURCE_STATE, 1, IOWARDEN_SOURCE_STATE_FAILED },
		{ IOWARDEN_A_SOURCE_RECORDS, 8 },
		{ IOWARDEN_A_SOURCE_UNATTRIBUTED, 8 },
		{ IOWARDEN_A_SOURCE_OVERFLOWS, 8 },
		{ IOWARDEN_A_SOURCE_MISSED, 8 },
		{ }
	};
	const struct iow_unit unit = readable_unit((struct iow_unit){
		.source = "trace", .look = look_elsewhere,
	});

	look_expect_message(test, rows, look_put_whole(test, put_the_unit, &unit));
}

/* Losses of the hardware, of probes, and those that only the kernel knows of. */
static void counts_are_a_lower_bound_where_something_was_lost(struct kunit *test)
{
	static const struct {
		struct iow_unit_counts counts;
		u64 missed;
		bool at_least;
	} rows[] = {
		{ { .records = 5, .unattributed = 5 }, 0, false },
		{ { .overflows = 1 }, 0, true },
		{ { .missed = 1 }, 0, true },
		{ { }, 1, true },
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct iow_unit unit = readable_unit((struct iow_unit){
			.source = "vtd", .counts = rows[i].counts,
			.state.missed = rows[i].missed,
		});
		struct nlattr *flag = look_find_attribute(look_put_whole(test, put_the_unit, &unit),
							  0, IOWARDEN_A_SOURCE_FAULTS_AT_LEAST);

		KUNIT_EXPECT_EQ_MSG(test, rows[i].at_least, !!flag, "row %d", i);
	}
}

static void full_requester_in_every_field(struct kunit *test)
{
	const struct iow_account account = full_account();

	look_expect_message(test, full_account_attributes,
			    look_put_whole(test, put_the_notification, &account));
}

static void bare_requester_says_no_more_than_it_knows(struct kunit *test)
{
	static const struct expected rows[] = {
		{ IOWARDEN_A_FAULT_SEGMENT, 4 },
		{ IOWARDEN_A_FAULT_REQUESTER, 2 },
		{ IOWARDEN_A_FAULT_TOTAL, 8 },
		{ IOWARDEN_A_FAULT_BEFORE, 8 },
		{ IOWARDEN_A_FAULT_READS, 8 },
		{ IOWARDEN_A_FAULT_WRITES, 8 },
		{ IOWARDEN_A_FAULT_OTHERS, 8 },
		{ IOWARDEN_A_FAULT_OTHER_REASONS, 8 },
		{ }
	};
	const struct iow_account account = readable_account((struct iow_account){ });

	look_expect_message(test, rows, look_put_whole(test, put_the_answer, &account));
}

/* So that a field added to the wire is not forgotten here. */
static void tables_name_every_attribute(struct kunit *test)
{
	DECLARE_BITMAP(seen, IOWARDEN_A_FAULT_MAX + 1) = { };
	DECLARE_BITMAP(seen_of_unit, IOWARDEN_A_SOURCE_MAX + 1) = { };
	const struct expected *row;
	int type;

	for (row = full_account_attributes; row->type; row++)
		__set_bit(row->type, seen);
	__set_bit(IOWARDEN_A_FAULT_PAD, seen);
	/* It stands in the place of another. */
	__set_bit(IOWARDEN_A_FAULT_PRESENT, seen);
	for (type = 1; type <= IOWARDEN_A_FAULT_MAX; type++)
		KUNIT_EXPECT_TRUE_MSG(test, test_bit(type, seen), "attribute %d", type);
	for (row = full_unit_attributes; row->type; row++)
		__set_bit(row->type, seen_of_unit);
	__set_bit(IOWARDEN_A_SOURCE_PAD, seen_of_unit);
	for (type = 1; type <= IOWARDEN_A_SOURCE_MAX; type++)
		KUNIT_EXPECT_TRUE_MSG(test, test_bit(type, seen_of_unit), "attribute %d", type);
}

static void who_may_not_see_addresses_sees_none(struct kunit *test)
{
	const struct iow_account account = full_account();
	const struct sk_buff *skb = look_put_whole(test, put_the_answer, &account);

	KUNIT_EXPECT_PTR_EQ(test, look_find_attribute(skb, 0, IOWARDEN_A_FAULT_LAST_ADDRESS), NULL);
	KUNIT_EXPECT_PTR_EQ(test, look_find_attribute(skb, 0, IOWARDEN_A_FAULT_LAST_PASID), NULL);
	KUNIT_EXPECT_PTR_EQ(test, look_find_attribute(skb, 0, IOWARDEN_A_FAULT_SEQUENCE), NULL);
	KUNIT_EXPECT_NOT_ERR_OR_NULL(test,
				     look_find_attribute(skb, 0, IOWARDEN_A_FAULT_LAST_SEEN));
}

/* An interrupt has no address, most requests have no PASID. */
static void what_the_fault_did_not_have_is_not_there(struct kunit *test)
{
	struct iow_account account = full_account();
	const struct sk_buff *skb;

	account.tally.last.has_address = false;
	account.tally.last.has_pasid = false;
	skb = look_put_whole(test, put_the_notification, &account);
	KUNIT_EXPECT_PTR_EQ(test, look_find_attribute(skb, 0, IOWARDEN_A_FAULT_LAST_ADDRESS), NULL);
	KUNIT_EXPECT_PTR_EQ(test, look_find_attribute(skb, 0, IOWARDEN_A_FAULT_LAST_PASID), NULL);
}

static void presence_is_one_of_three(struct kunit *test)
{
	static const struct {
		bool was, is, present, gone;
	} rows[] = {
		{ false, false, false, false },
		{ true, false, false, true },
		{ true, true, true, false },
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct iow_account account = readable_account((struct iow_account){
			.was_present = rows[i].was, .is_present = rows[i].is,
		});
		struct sk_buff *skb = look_put_whole(test, put_the_answer, &account);

		KUNIT_EXPECT_EQ_MSG(test, rows[i].present,
				    !!look_find_attribute(skb, 0, IOWARDEN_A_FAULT_PRESENT),
				    "row %d", i);
		KUNIT_EXPECT_EQ_MSG(test, rows[i].gone,
				    !!look_find_attribute(skb, 0, IOWARDEN_A_FAULT_GONE),
				    "row %d", i);
	}
}

/* The first of them. */
static void reason_is_a_number_and_a_count(struct kunit *test)
{
	static const struct expected rows[] = {
		{ IOWARDEN_A_FAULT_REASON_CODE, 1, 0x20 },
		{ IOWARDEN_A_FAULT_REASON_COUNT, 8, 100 },
		{ }
	};
	const struct iow_account account = full_account();
	const struct sk_buff *skb = look_put_whole(test, put_the_answer, &account);
	const struct nlattr *nest = look_find_attribute(skb, 0, IOWARDEN_A_FAULT_REASON);

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, nest);
	KUNIT_EXPECT_NE(test, nest->nla_type & NLA_F_NESTED, 0);
	look_expect_attributes(test, rows, nla_data(nest), nla_len(nest));
}

static void resync_has_its_number_alone(struct kunit *test)
{
	static const struct expected rows[] = { { IOWARDEN_A_FAULT_SEQUENCE, 8, 5 }, { } };
	const u64 sequence = 5;

	look_expect_message(test, rows, look_put_whole(test, put_the_resync, &sequence));
}

static struct kunit_case cases[] = {
	KUNIT_CASE(full_unit_at_every_room),
	KUNIT_CASE(bare_unit_at_every_room),
	KUNIT_CASE(full_requester_at_every_room),
	KUNIT_CASE(requester_as_everybody_sees_it_at_every_room),
	KUNIT_CASE(bare_requester_at_every_room),
	KUNIT_CASE(resync_at_every_room),
	KUNIT_CASE(full_unit_in_every_field),
	KUNIT_CASE(bare_unit_says_no_more_than_it_knows),
	KUNIT_CASE(counts_are_a_lower_bound_where_something_was_lost),
	KUNIT_CASE(full_requester_in_every_field),
	KUNIT_CASE(bare_requester_says_no_more_than_it_knows),
	KUNIT_CASE(tables_name_every_attribute),
	KUNIT_CASE(who_may_not_see_addresses_sees_none),
	KUNIT_CASE(what_the_fault_did_not_have_is_not_there),
	KUNIT_CASE(presence_is_one_of_three),
	KUNIT_CASE(reason_is_a_number_and_a_count),
	KUNIT_CASE(resync_has_its_number_alone),
	{ }
};

static struct kunit_suite suite = {
	.name = "iowarden_fault_message",
	.test_cases = cases,
};

kunit_test_suite(suite);

MODULE_DESCRIPTION("KUnit: units and requesters as netlink messages");
MODULE_LICENSE("GPL");
