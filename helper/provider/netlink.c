// SPDX-License-Identifier: GPL-2.0
/*
 * One reading: resolve the family, compare versions, then info, groups and
 * devices. The generation of the topology is in every object; where it moved
 * between two of them, or the kernel marked a dump as interrupted, nothing of
 * the reading is used and it begins again.
 */
#include <errno.h>
#include <linux/genetlink.h>
#include <linux/iowarden.h>
#include <stdlib.h>
#include <time.h>

#include <netlink/genl/genl.h>

#include "model/moment.h"
#include "provider/netlink.h"
#include "provider/netlink_absence.h"
#include "provider/netlink_decode.h"
#include "provider/netlink_fault.h"

/* The module never waits for a device, so a longer silence is a fault. */
#define TIMEOUT_MS 5000

#define PAUSE_MS 20

/** struct reader - a reading that is under way */
struct reader {
	struct channel *channel;
	struct family family;
	bool fresh;
	bool changed;
	struct facts *facts;
	struct problem *problem;
};

static uint64_t now_ms(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (uint64_t)time.tv_sec * 1000 + (uint64_t)time.tv_nsec / 1000000;
}

/* Waits for one datagram until @deadline; what others send does not extend it. */
static int receive(struct reader *reader, struct reply *reply,
		   uint64_t *deadline)
{
	struct datagram datagram = { 0 };
	uint64_t now = now_ms();
	unsigned int foreign = reply->foreign;
	int ret = -ETIMEDOUT;

	if (now < *deadline)
		ret = reader->channel->receive(reader->channel, &datagram,
					       (int)(*deadline - now));
	if (ret == -ETIMEDOUT)
		return problem_set(reader->problem, ret,
			"%s: no answer from the module within %d seconds; see the kernel log",
			reply->what, TIMEOUT_MS / 1000);
	if (ret == -ENOBUFS)
		return problem_set(reader->problem, -EAGAIN,
			"%s: parts of the answer were lost because the socket overflowed; ask again",
			reply->what);
	if (ret)
		return problem_set(reader->problem, ret,
			"%s: the answer could not be received: %s",
			reply->what, strerror(-ret));
	ret = reply_feed(reply, &datagram.from, datagram.data, datagram.length,
			 reader->problem);
	free(datagram.data);
	if (reply->foreign == foreign)
		*deadline = now_ms() + TIMEOUT_MS;
	return ret;
}

/* Sends @message, which it frees, and reads the whole answer. */
static int exchange(struct reader *reader, struct nl_msg *message,
		    struct reply *reply)
{
	uint64_t deadline = now_ms() + TIMEOUT_MS;
	int ret;

	ret = reader->channel->send(reader->channel, message);
	reply->sequence = nlmsg_hdr(message)->nlmsg_seq;
	nlmsg_free(message);
	if (ret)
		return problem_set(reader->problem, ret,
			"%s: the request could not be sent (error %d)",
			reply->what, -ret);
	while (!ret && !reply->done)
		ret = receive(reader, reply, &deadline);
	reader->changed |= reply->interrupted;
	return ret;
}

static struct nl_msg *begin(uint16_t family, uint8_t command, uint8_t version,
			    int flags)
{
	struct nl_msg *message = nlmsg_alloc();

	if (!message)
		return NULL;
	if (genlmsg_put(message, NL_AUTO_PORT, NL_AUTO_SEQ, family, 0,
			NLM_F_REQUEST | flags, command, version))
		return message;
	nlmsg_free(message);
	return NULL;
}

static int out_of_memory(struct reader *reader, struct nl_msg *message)
{
	nlmsg_free(message);
	return problem_set(reader->problem, -ENOMEM, "out of memory");
}

static int resolve(struct reader *reader)
{
	struct reply reply = {
		.what = "family " IOWARDEN_FAMILY_NAME,
		.family = GENL_ID_CTRL, .command = CTRL_CMD_NEWFAMILY,
		.object = decode_family, .context = &reader->family,
	};
	struct nl_msg *message;

	message = begin(GENL_ID_CTRL, CTRL_CMD_GETFAMILY, 1, NLM_F_ACK);
	if (!message || nla_put_string(message, CTRL_ATTR_FAMILY_NAME,
				       IOWARDEN_FAMILY_NAME))
		return out_of_memory(reader, message);
	return exchange(reader, message, &reply);
}

static int check_version(struct reader *reader, const char *what,
			 uint32_t version)
{
	if (version == IOWARDEN_FAMILY_VERSION)
		return 0;
	return problem_set(reader->problem, -EPROTO,
		"the loaded module speaks version %u of %s and this program version %u: load the iowarden.ko that belongs to this program",
		version, what, IOWARDEN_FAMILY_VERSION);
}

static int read_info(struct reader *reader)
{
	struct reply reply = {
		.what = "info-get", .family = reader->family.id,
		.command = IOWARDEN_CMD_INFO_GET,
		.object = decode_info, .context = &reader->facts->info,
	};
	struct nl_msg *message;
	int ret;

	message = begin(reader->family.id, IOWARDEN_CMD_INFO_GET,
			IOWARDEN_FAMILY_VERSION, NLM_F_ACK);
	if (!message)
		return out_of_memory(reader, NULL);
	ret = exchange(reader, message, &reply);
	if (ret)
		return ret;
	return check_version(reader, "the interface",
			     reader->facts->info.abi_version);
}

static int explain_refusal(struct reader *reader, int error)
{
	struct problem said = *reader->problem;

	if (!reader->fresh || error != -EPERM)
		return error;
	return problem_set(reader->problem, error,
		"--fresh needs CAP_NET_ADMIN: run as root or leave it out (%.300s)",
		said.text);
}

/* @fresh_attribute: 0 where there is none. */
static int dump(struct reader *reader, struct reply *reply, int fresh_attribute)
{
	struct nl_msg *message;

	reply->family = reader->family.id;
	reply->dump = true;
	message = begin(reader->family.id, reply->command,
			IOWARDEN_FAMILY_VERSION, NLM_F_DUMP);
	if (!message ||
	    (reader->fresh && fresh_attribute &&
	     nla_put_flag(message, fresh_attribute)))
		return out_of_memory(reader, message);
	return explain_refusal(reader, exchange(reader, message, reply));
}

static int read_objects(struct reader *reader)
{
	struct reply groups = {
		.what = "group-get", .command = IOWARDEN_CMD_GROUP_GET,
		.object = decode_group, .context = reader->facts,
	};
	struct reply devices = {
		.what = "device-get", .command = IOWARDEN_CMD_DEVICE_GET,
		.object = decode_device, .context = reader->facts,
	};
	int ret;

	ret = dump(reader, &groups, IOWARDEN_A_GROUP_FRESH);
	return ret ? ret : dump(reader, &devices, IOWARDEN_A_DEVICE_FRESH);
}

/*
 * The module tells by its answer about a requester ID that nobody has whether it
 * would tell of those that never were a function.
 */
static int ask_detail(struct reader *reader)
{
	struct faults nobody = { 0 };
	struct reply reply = {
		.what = "fault-get", .family = reader->family.id,
		.command = IOWARDEN_CMD_FAULT_GET,
		.object = decode_requester, .context = &nobody,
	};
	struct nl_msg *message;
	int ret;

	message = begin(reader->family.id, IOWARDEN_CMD_FAULT_GET,
			IOWARDEN_FAMILY_VERSION, NLM_F_ACK);
	if (!message ||
	    nla_put_u32(message, IOWARDEN_A_FAULT_SEGMENT, UINT32_MAX) ||
	    nla_put_u16(message, IOWARDEN_A_FAULT_REQUESTER, UINT16_MAX))
		return out_of_memory(reader, message);
	ret = exchange(reader, message, &reply);
	faults_free(&nobody);
	reader->facts->faults.detailed = !ret || ret == -ENOENT;
	return ret == -ENOENT || ret == -EPERM ? 0 : ret;
}

static int read_faults(struct reader *reader)
{
	struct faults *faults = &reader->facts->faults;
	struct reply sources = {
		.what = "source-get", .command = IOWARDEN_CMD_SOURCE_GET,
		.object = decode_source, .context = faults,
	};
	struct reply requesters = {
		.what = "fault-get", .command = IOWARDEN_CMD_FAULT_GET,
		.object = decode_requester, .context = faults,
	};
	int ret = dump(reader, &sources, 0);

	/* A module that came before there were counters. */
	if (ret == -EOPNOTSUPP)
		return 0;
	if (!ret)
		ret = dump(reader, &requesters, 0);
	if (!ret)
		ret = ask_detail(reader);
	faults->told = !ret;
	faults->time = moment_now();
	return ret;
}

static bool has_place(const struct device *device)
{
	return device->root_bus || device_has(device, DEVICE_PARENT);
}

static bool is_one_topology(const struct facts *facts)
{
	const struct info *info = &facts->info;

	for (size_t i = 0; i < facts->device_count; i++)
		if (facts->devices[i].generation != info->generation ||
		    !has_place(&facts->devices[i]))
			return false;
	for (size_t i = 0; i < facts->group_count; i++)
		if (facts->groups[i].generation != info->generation)
			return false;
	return facts->device_count == info->device_count &&
	       facts->group_count == info->group_count;
}

static int try_changed(struct reader *reader)
{
	const struct facts *facts = reader->facts;

	return problem_set(reader->problem, -EAGAIN,
		"topology kept changing: %zu of %u devices and %zu of %u groups came in the %d. attempt; ask again",
		facts->device_count, facts->info.device_count,
		facts->group_count, facts->info.group_count,
		NETLINK_ATTEMPTS);
}

static int read_once(struct reader *reader)
{
	int ret;

	facts_start(reader->facts, "netlink");
	reader->changed = false;
	ret = read_info(reader);
	if (!ret)
		ret = read_objects(reader);
	if (!ret)
		ret = read_faults(reader);
	if (!ret && (reader->changed || !is_one_topology(reader->facts)))
		ret = try_changed(reader);
	return ret;
}

/* What the module itself cannot see on this kernel, by its bits of sight. */
static int list_unseen(struct facts *facts)
{
	static const char *const unseen[] = {
		"interrupt isolation of single groups: this kernel answers for the whole system",
		"whether the IOMMU makes no-snoop requests coherent: this kernel does not tell",
		"whether user space owns a group: this kernel does not tell",
		"Address Translation Services: this kernel does not tell",
		"Page Request Interface: this kernel does not tell",
		"process address space IDs: this kernel does not tell",
		"devices whose requests another issues (Intel VMD): this kernel does not tell",
	};
	int ret = 0;

	for (size_t i = 0; !ret && i < sight_names.count; i++)
		if (!(facts->info.sight >> i & 1))
			ret = text_list_add(&facts->unseen, "%s", unseen[i]);
	return ret;
}

static int finish(struct reader *reader)
{
	int ret = facts_finish(reader->facts, reader->problem);

	if (!ret && list_unseen(reader->facts))
		ret = out_of_memory(reader, NULL);
	return ret;
}

static int find_family(struct reader *reader)
{
	int ret = resolve(reader);

	if (ret)
		return ret == -ENOENT ? problem_set(reader->problem, -ENOPKG,
			"module iowarden is not loaded (modprobe iowarden)") : ret;
	return check_version(reader, "the family", reader->family.version);
}

int netlink_family(struct channel *channel, uint16_t *family,
		   struct problem *problem)
{
	struct reader reader = { .channel = channel, .problem = problem };
	int ret = find_family(&reader);

	*family = reader.family.id;
	return ret;
}

/* What the socket lost is asked for again, as in a reading of everything. */
int netlink_read_faults(struct channel *channel, struct faults *faults,
			struct problem *problem)
{
	struct facts facts = { 0 };
	struct reader reader = {
		.channel = channel, .problem = problem, .facts = &facts,
	};
	int ret = find_family(&reader);

	for (unsigned int i = 0; !ret && i < NETLINK_ATTEMPTS; i++) {
		ret = read_faults(&reader);
		if (ret != -EAGAIN)
			break;
		faults_free(&facts.faults);
		ret = i + 1 < NETLINK_ATTEMPTS ? 0 : ret;
	}
	*faults = facts.faults;
	faults_sort(faults);
	if (ret)
		faults_free(faults);
	return ret;
}

int netlink_read(struct channel *channel, bool fresh, struct facts *facts,
		 struct problem *problem)
{
	struct reader reader = {
		.channel = channel, .fresh = fresh, .facts = facts,
		.problem = problem,
	};
	int ret;

	*facts = (struct facts){ 0 };
	ret = find_family(&reader);
	if (ret)
		return ret;
	for (unsigned int i = 0; i < NETLINK_ATTEMPTS; i++) {
		if (i)
			channel->pause(channel, PAUSE_MS << i);
		facts_free(facts);
		ret = read_once(&reader);
		if (ret != -EAGAIN)
			break;
	}
	if (!ret)
		ret = finish(&reader);
	if (ret)
		facts_free(facts);
	return ret;
}

int netlink_load(const struct provider_request *request, struct facts *facts,
		 struct problem *problem)
{
	struct channel *channel;
	int ret;

	ret = channel_open(&channel, problem);
	if (ret)
		return ret;
	ret = netlink_read(channel, request->fresh, facts, problem);
	channel_close(channel);
	return ret == -ENOPKG ? netlink_absence(request->sysfs, problem) : ret;
}
