// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <linux/genetlink.h>
#include <stdlib.h>
#include <string.h>

#include <netlink/genl/genl.h>

#include "kernel_side.h"
#include "suite.h"

struct nl_msg *kernel_begin(uint32_t sequence, uint16_t family, uint8_t command,
			    int flags)
{
	struct nl_msg *message = nlmsg_alloc();

	assert_non_null(message);
	assert_non_null(genlmsg_put(message, 1234, sequence, family, 0, flags,
				    command, IOWARDEN_FAMILY_VERSION));
	return message;
}

static void put_acs(struct nl_msg *message)
{
	static const uint8_t egress[8] = { 1, 2, 3, 4, 5, 6, 7, 8 };
	struct nlattr *nest = nla_nest_start(message, IOWARDEN_A_DEVICE_ACS);

	nla_put_u16(message, IOWARDEN_A_ACS_OFFSET, 0x148);
	nla_put_u16(message, IOWARDEN_A_ACS_CAPABILITY, 0x3f);
	nla_put_u16(message, IOWARDEN_A_ACS_CONTROL, 0x1d);
	nla_put(message, IOWARDEN_A_ACS_EGRESS_VECTOR, sizeof(egress), egress);
	nla_put_u32(message, IOWARDEN_A_ACS_CAPABILITY_DWORD, 0x0000003f);
	nla_put_u32(message, IOWARDEN_A_ACS_CONTROL_DWORD, 0x0000001c);
	nla_nest_end(message, nest);
}

static void put_numbers(struct nl_msg *message)
{
	nla_put_u32(message, IOWARDEN_A_DEVICE_GROUP, 14);
	nla_put_u32(message, IOWARDEN_A_DEVICE_DMA_SEGMENT, 0);
	nla_put_u16(message, IOWARDEN_A_DEVICE_DMA_BDF, 0x0070);
	nla_put_u16(message, IOWARDEN_A_DEVICE_SUBSYSTEM_VENDOR, 0x1043);
	nla_put_u16(message, IOWARDEN_A_DEVICE_SUBSYSTEM_DEVICE, 0x889c);
	nla_put_u32(message, IOWARDEN_A_DEVICE_ACS_AGE, 321);
	nla_put_u32(message, IOWARDEN_A_DEVICE_QUIRKS,
		    IOWARDEN_QUIRK_ACS_ENABLED | IOWARDEN_QUIRK_NO_BRIDGE_ALIAS);
	nla_put_u8(message, IOWARDEN_A_DEVICE_ATS, IOWARDEN_CAPABILITY_ON);
	nla_put_u8(message, IOWARDEN_A_DEVICE_PRI, IOWARDEN_CAPABILITY_OFF);
	nla_put_u8(message, IOWARDEN_A_DEVICE_PASID,
		   IOWARDEN_CAPABILITY_ABSENT);
	nla_put_u16(message, IOWARDEN_A_DEVICE_TOTAL_VFS, 63);
	nla_put_u16(message, IOWARDEN_A_DEVICE_NUM_VFS, 4);
}

struct nl_msg *kernel_device(uint32_t sequence, uint16_t bdf,
			     uint32_t generation, int flags)
{
	struct nl_msg *message = kernel_begin(sequence, FAMILY_ID,
					      IOWARDEN_CMD_DEVICE_GET, flags);
	uint8_t mask[32] = { [0] = 0x02, [31] = 0x80 };

	nla_put_u32(message, IOWARDEN_A_DEVICE_SEGMENT, 0x10000);
	nla_put_u16(message, IOWARDEN_A_DEVICE_BDF, bdf);
	nla_put_u32(message, IOWARDEN_A_DEVICE_GENERATION, generation);
	nla_put_u16(message, IOWARDEN_A_DEVICE_VENDOR, 0x10de);
	nla_put_u16(message, IOWARDEN_A_DEVICE_DEVICE, 0x2684);
	nla_put_u32(message, IOWARDEN_A_DEVICE_CLASS, 0x030000);
	nla_put_u8(message, IOWARDEN_A_DEVICE_HEADER_TYPE, 0);
	nla_put_u8(message, IOWARDEN_A_DEVICE_PORT_TYPE,
		   IOWARDEN_PORT_TYPE_LEGACY_ENDPOINT);
	nla_put_flag(message, IOWARDEN_A_DEVICE_MULTIFUNCTION);
	nla_put_flag(message, IOWARDEN_A_DEVICE_DRIVER_MANAGED_DMA);
	nla_put_flag(message, IOWARDEN_A_DEVICE_UNTRUSTED);
	nla_put_flag(message, IOWARDEN_A_DEVICE_EXTERNAL_FACING);
	nla_put_string(message, IOWARDEN_A_DEVICE_DRIVER, "nouveau");
	put_numbers(message);
	nla_put(message, IOWARDEN_A_DEVICE_ALIAS_MASK, sizeof(mask), mask);
	put_acs(message);
	return message;
}

struct nl_msg *kernel_end(uint32_t sequence, int type, int error,
			  const char *text)
{
	struct nl_msg *message = nlmsg_alloc();
	struct nlmsghdr *header;
	int flags = type == NLMSG_DONE ? NLM_F_MULTI : NLM_F_CAPPED;
	struct nlmsgerr ack = { .error = error };

	header = nlmsg_put(message, 1234, sequence, type, 0,
			   flags | (text ? NLM_F_ACK_TLVS : 0));
	assert_non_null(header);
	if (type == NLMSG_DONE)
		nlmsg_append(message, &error, sizeof(error), NLMSG_ALIGNTO);
	else
		nlmsg_append(message, &ack, sizeof(ack), NLMSG_ALIGNTO);
	if (text)
		nla_put_string(message, NLMSGERR_ATTR_MSG, text);
	return message;
}

/* A datagram of these messages, which are freed. */
static void send_datagram(struct kernel_side *kernel, struct nl_msg **messages,
			  size_t count, size_t cut, uint32_t port)
{
	struct datagram *datagram = &kernel->queue[kernel->last++];
	size_t length = 0;

	assert_true(kernel->last <= QUEUE_MAX);
	datagram->data = calloc(1, 65536);
	for (size_t i = 0; i < count; i++) {
		struct nlmsghdr *header = nlmsg_hdr(messages[i]);

		memcpy((char *)datagram->data + length, header,
		       header->nlmsg_len);
		length += NLMSG_ALIGN(header->nlmsg_len);
		nlmsg_free(messages[i]);
	}
	datagram->length = length - cut;
	datagram->from = (struct sockaddr_nl){
		.nl_family = AF_NETLINK, .nl_pid = port,
	};
}

static void answer_family(struct kernel_side *kernel, uint32_t sequence)
{
	struct nl_msg *messages[2];

	if (kernel->no_family) {
		messages[0] = kernel_end(sequence, NLMSG_ERROR, -ENOENT, NULL);
		send_datagram(kernel, messages, 1, 0, 0);
		return;
	}
	messages[0] = kernel_begin(sequence, GENL_ID_CTRL, CTRL_CMD_NEWFAMILY,
				   0);
	nla_put_string(messages[0], CTRL_ATTR_FAMILY_NAME,
		       IOWARDEN_FAMILY_NAME);
	nla_put_u16(messages[0], CTRL_ATTR_FAMILY_ID, FAMILY_ID);
	nla_put_u32(messages[0], CTRL_ATTR_VERSION, kernel->family_version);
	nla_put_u32(messages[0], CTRL_ATTR_HDRSIZE, 0);
	messages[1] = kernel_end(sequence, NLMSG_ERROR, 0, NULL);
	send_datagram(kernel, messages, 2, 0, 0);
}

static void answer_info(struct kernel_side *kernel, uint32_t sequence)
{
	struct nl_msg *message = kernel_begin(sequence, FAMILY_ID,
					      IOWARDEN_CMD_INFO_GET, 0);
	struct nl_msg *end = kernel_end(sequence, NLMSG_ERROR, 0, NULL);

	kernel->infos++;
	nla_put_string(message, IOWARDEN_A_INFO_MODULE_VERSION, "0.1.0");
	nla_put_u32(message, IOWARDEN_A_INFO_ABI_VERSION, kernel->abi_version);
	nla_put_u64(message, IOWARDEN_A_INFO_LOAD_TIME, UINT64_C(1) << 60);
	nla_put_u32(message, IOWARDEN_A_INFO_GENERATION, GENERATION);
	nla_put_u32(message, IOWARDEN_A_INFO_SIGHT, IOWARDEN_SIGHT_ATS);
	nla_put_u32(message, IOWARDEN_A_INFO_DEVICE_COUNT, 2);
	nla_put_u32(message, IOWARDEN_A_INFO_GROUP_COUNT, 1);
	send_datagram(kernel, &message, 1, 0, 0);
	send_datagram(kernel, &end, 1, 0, 0);
}

static struct nl_msg *make_group(uint32_t sequence)
{
	struct nl_msg *message = kernel_begin(sequence, FAMILY_ID,
					      IOWARDEN_CMD_GROUP_GET,
					      NLM_F_MULTI);

	nla_put_u32(message, IOWARDEN_A_GROUP_ID, 14);
	nla_put_u32(message, IOWARDEN_A_GROUP_GENERATION, GENERATION);
	nla_put_u32(message, IOWARDEN_A_GROUP_PCI_DEVICES, 2);
	nla_put_u32(message, IOWARDEN_A_GROUP_OTHER_DEVICES, 1);
	nla_put_u8(message, IOWARDEN_A_GROUP_ISOLATED_MSI, IOWARDEN_ANSWER_YES);
	nla_put_u8(message, IOWARDEN_A_GROUP_ENFORCED_COHERENCY,
		   IOWARDEN_ANSWER_NO);
	nla_put_u8(message, IOWARDEN_A_GROUP_USER_OWNED_UNKNOWN,
		   IOWARDEN_REASON_BUSY);
	return message;
}

static void answer_groups(struct kernel_side *kernel, uint32_t sequence)
{
	struct nl_msg *messages[] = {
		make_group(sequence), kernel_end(sequence, NLMSG_DONE, 0, NULL),
	};

	send_datagram(kernel, messages, 2, 0, 0);
}

static struct nl_msg *make_device(struct kernel_side *kernel, uint32_t sequence,
				  uint16_t bdf)
{
	int flags = NLM_F_MULTI | (kernel->interrupted > 0 ?
				   NLM_F_DUMP_INTR : 0);
	struct nl_msg *message;

	message = kernel_device(sequence, bdf, GENERATION + (kernel->moved > 0),
				flags);
	if (!kernel->no_place)
		nla_put_flag(message, IOWARDEN_A_DEVICE_ROOT_BUS);
	return message;
}

static void answer_devices(struct kernel_side *kernel, uint32_t sequence)
{
	struct nl_msg *device = make_device(kernel, sequence, 0x0100);
	struct nl_msg *messages[2];
	size_t count = 0;

	send_datagram(kernel, &device, 1, 0, 0);
	if (kernel->hidden <= 0)
		messages[count++] = make_device(kernel, sequence,
					kernel->twice ? 0x0100 : 0x0101);
	if (!kernel->no_done)
		messages[count++] = kernel_end(sequence, NLMSG_DONE,
					       kernel->done_error,
					       kernel->done_error ?
					       kernel->error_text : NULL);
	send_datagram(kernel, messages, count, kernel->cut, 0);
	kernel->interrupted--;
	kernel->moved--;
	kernel->hidden--;
}

struct nl_msg *kernel_source(uint32_t sequence, uint32_t index)
{
	struct nl_msg *message = kernel_begin(sequence, FAMILY_ID,
					      IOWARDEN_CMD_SOURCE_GET,
					      NLM_F_MULTI);

	nla_put_u32(message, IOWARDEN_A_SOURCE_INDEX, index);
	nla_put_string(message, IOWARDEN_A_SOURCE_NAME, "vtd");
	nla_put_u8(message, IOWARDEN_A_SOURCE_STATE,
		   IOWARDEN_SOURCE_STATE_FAILED);
	nla_put_string(message, IOWARDEN_A_SOURCE_WHY, "it does not answer");
	nla_put_u32(message, IOWARDEN_A_SOURCE_SEGMENT, 0x10000);
	nla_put_u64(message, IOWARDEN_A_SOURCE_ADDRESS, 0xfed90000);
	nla_put_u64(message, IOWARDEN_A_SOURCE_RECORDS, UINT64_MAX);
	nla_put_u64(message, IOWARDEN_A_SOURCE_UNATTRIBUTED, 3);
	nla_put_u64(message, IOWARDEN_A_SOURCE_OVERFLOWS, 2);
	nla_put_u64(message, IOWARDEN_A_SOURCE_MISSED, 1);
	nla_put_flag(message, IOWARDEN_A_SOURCE_FAULTS_AT_LEAST);
	return message;
}

void kernel_reason(struct nl_msg *message, uint8_t code, uint64_t count)
{
	struct nlattr *nest = nla_nest_start(message, IOWARDEN_A_FAULT_REASON);

	nla_put_u8(message, IOWARDEN_A_FAULT_REASON_CODE, code);
	nla_put(message, IOWARDEN_A_FAULT_REASON_PAD, 0, NULL);
	nla_put_u64(message, IOWARDEN_A_FAULT_REASON_COUNT, count);
	nla_nest_end(message, nest);
}

struct nl_msg *kernel_fault(uint32_t sequence, uint8_t command,
			    uint16_t requester)
{
	struct nl_msg *message = kernel_begin(sequence, FAMILY_ID, command,
					      NLM_F_MULTI);

	nla_put_u32(message, IOWARDEN_A_FAULT_SEGMENT, 0x10000);
	nla_put_u16(message, IOWARDEN_A_FAULT_REQUESTER, requester);
	nla_put_flag(message, IOWARDEN_A_FAULT_WHOLE_BUS);
	nla_put_flag(message, IOWARDEN_A_FAULT_PRESENT);
	nla_put_flag(message, IOWARDEN_A_FAULT_GONE);
	nla_put_u64(message, IOWARDEN_A_FAULT_TOTAL, 60);
	nla_put_u64(message, IOWARDEN_A_FAULT_BEFORE, 10);
	nla_put_u64(message, IOWARDEN_A_FAULT_READS, 30);
	nla_put_u64(message, IOWARDEN_A_FAULT_WRITES, 20);
	nla_put_u64(message, IOWARDEN_A_FAULT_OTHERS, 10);
	kernel_reason(message, 0x05, 40);
	kernel_reason(message, 0x06, 15);
	nla_put_u64(message, IOWARDEN_A_FAULT_OTHER_REASONS, 5);
	nla_put_u64(message, IOWARDEN_A_FAULT_FIRST_SEEN, 1000);
	nla_put_u64(message, IOWARDEN_A_FAULT_LAST_SEEN, UINT64_C(1) << 60);
	nla_put_u32(message, IOWARDEN_A_FAULT_LAST_SOURCE, 1);
	nla_put_u8(message, IOWARDEN_A_FAULT_LAST_ACCESS,
		   IOWARDEN_ACCESS_WRITE);
	nla_put_u64(message, IOWARDEN_A_FAULT_LAST_ADDRESS, UINT64_C(1) << 32);
	nla_put_u32(message, IOWARDEN_A_FAULT_LAST_PASID, 77);
	return message;
}

static struct nl_msg *make_source(const struct kernel_side *kernel,
				  uint32_t sequence, uint32_t index)
{
	struct nl_msg *message = kernel_source(sequence, index);
	struct nlattr *attr = nlmsg_find_attr(nlmsg_hdr(message), GENL_HDRLEN,
					      IOWARDEN_A_SOURCE_OVERFLOWS);
	uint64_t overflows = nla_get_u64(attr) + kernel->lost;

	memcpy(nla_data(attr), &overflows, sizeof(overflows));
	return message;
}

static void answer_sources(struct kernel_side *kernel, uint32_t sequence)
{
	struct nl_msg *messages[] = {
		make_source(kernel, sequence, 1), make_source(kernel, sequence, 0),
		kernel_end(sequence, NLMSG_DONE, 0, NULL),
	};

	send_datagram(kernel, messages, 3, 0, 0);
	kernel->lost += kernel->loses;
}

/* In no order, and one twice, as devices come and go meanwhile. */
static void answer_faults(struct kernel_side *kernel, uint32_t sequence)
{
	struct nl_msg *messages[] = {
		kernel_fault(sequence, IOWARDEN_CMD_FAULT_GET, 0x0200),
		kernel_fault(sequence, IOWARDEN_CMD_FAULT_GET, 0x0100),
		kernel_fault(sequence, IOWARDEN_CMD_FAULT_GET, 0x0200),
		kernel_end(sequence, NLMSG_DONE, 0, NULL),
	};

	send_datagram(kernel, messages, 4, 0, 0);
}

static void answer_error(struct kernel_side *kernel, uint32_t sequence,
			 int error)
{
	struct nl_msg *end = kernel_end(sequence, NLMSG_ERROR, error, NULL);

	send_datagram(kernel, &end, 1, 0, 0);
}

/* A module that counts; or one that knows no such commands. */
static void answer_fault_commands(struct kernel_side *kernel,
				  const struct nlmsghdr *header,
				  uint8_t command)
{
	if (kernel->no_faults)
		answer_error(kernel, header->nlmsg_seq, -EOPNOTSUPP);
	else if (command == IOWARDEN_CMD_SOURCE_GET)
		answer_sources(kernel, header->nlmsg_seq);
	else if (header->nlmsg_flags & NLM_F_DUMP)
		answer_faults(kernel, header->nlmsg_seq);
	else
		answer_error(kernel, header->nlmsg_seq,
			     kernel->ordinary_user ? -EPERM : -ENOENT);
}

static void refuse(struct kernel_side *kernel, uint32_t sequence)
{
	struct nl_msg *end = kernel_end(sequence, NLMSG_ERROR,
					kernel->fresh_error,
					kernel->error_text);

	send_datagram(kernel, &end, 1, 0, 0);
}

static bool is_fresh(const struct nlmsghdr *header, uint8_t command)
{
	const struct genlmsghdr *genl = nlmsg_data(header);

	if (command != IOWARDEN_CMD_DEVICE_GET &&
	    command != IOWARDEN_CMD_GROUP_GET)
		return false;
	return nla_find(genlmsg_attrdata(genl, 0), genlmsg_attrlen(genl, 0),
			command == IOWARDEN_CMD_DEVICE_GET ?
			IOWARDEN_A_DEVICE_FRESH : IOWARDEN_A_GROUP_FRESH);
}

static void answer(struct kernel_side *kernel, const struct nlmsghdr *header)
{
	const struct genlmsghdr *genl = nlmsg_data(header);
	uint32_t sequence = header->nlmsg_seq;
	bool fresh;

	if (header->nlmsg_type == GENL_ID_CTRL) {
		answer_family(kernel, sequence);
		return;
	}
	assert_int_equal(header->nlmsg_type, FAMILY_ID);
	fresh = is_fresh(header, genl->cmd);
	kernel->fresh_seen += fresh;
	if (fresh && kernel->fresh_error)
		refuse(kernel, sequence);
	else if (genl->cmd == IOWARDEN_CMD_INFO_GET)
		answer_info(kernel, sequence);
	else if (genl->cmd == IOWARDEN_CMD_GROUP_GET)
		answer_groups(kernel, sequence);
	else if (genl->cmd == IOWARDEN_CMD_SOURCE_GET ||
		 genl->cmd == IOWARDEN_CMD_FAULT_GET)
		answer_fault_commands(kernel, header, genl->cmd);
	else
		answer_devices(kernel, sequence);
}

/* Somebody else who guessed the sequence and says that the dump is over. */
static void send_foreign(struct kernel_side *kernel, uint32_t sequence)
{
	struct nl_msg *end = kernel_end(sequence, NLMSG_DONE, 0, NULL);

	send_datagram(kernel, &end, 1, 0, 4711);
}

static int side_send(struct channel *channel, struct nl_msg *message)
{
	struct kernel_side *kernel = (struct kernel_side *)channel;
	struct nlmsghdr *header = nlmsg_hdr(message);

	kernel_side_close(kernel);
	header->nlmsg_seq = ++kernel->sequence;
	if (kernel->foreign || kernel->foreign_flood)
		send_foreign(kernel, header->nlmsg_seq);
	if (!kernel->silent && !kernel->foreign_flood)
		answer(kernel, header);
	return 0;
}

static int side_receive(struct channel *channel, struct datagram *datagram,
			int timeout)
{
	struct kernel_side *kernel = (struct kernel_side *)channel;

	assert_true(timeout > 0 && timeout <= 5000);
	if (kernel->infos && kernel->overflows) {
		kernel->overflows--;
		return -ENOBUFS;
	}
	if (kernel->first == kernel->last)
		return -ETIMEDOUT;
	*datagram = kernel->queue[kernel->first++];
	return 0;
}

static void side_pause(struct channel *channel, unsigned int milliseconds)
{
	((struct kernel_side *)channel)->pauses += milliseconds;
}

void kernel_side_open(struct kernel_side *kernel)
{
	*kernel = (struct kernel_side){
		.channel = { side_send, side_receive, side_pause },
		.family_version = IOWARDEN_FAMILY_VERSION,
		.abi_version = IOWARDEN_FAMILY_VERSION,
	};
}

void kernel_side_close(struct kernel_side *kernel)
{
	while (kernel->first < kernel->last)
		free(kernel->queue[kernel->first++].data);
	kernel->first = kernel->last = 0;
}
