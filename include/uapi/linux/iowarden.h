/* SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause) */
/*
 * The generic-netlink family "iowarden", version 1: IOMMU groups, PCI topology,
 * ACS registers and DMA faults as facts. The source of everything below this comment is
 * Documentation/netlink/specs/iowarden.yaml (`make header` writes it anew, a
 * test compares); the comment is for people.
 *
 * One message describes one object. An attribute that is absent means "not
 * there, or not known"; where something that may pass kept it from being known,
 * ..._UNKNOWN says why (enum iowarden_reason); what this kernel never tells is
 * in INFO_SIGHT. Flags are always known. Nothing here is a verdict.
 *
 * Who may read: everybody in the initial network namespace; the family does
 * not exist in others. What is marked * needs CAP_NET_ADMIN in the initial user
 * namespace; attributes marked so are left out for others.
 * Registers and states are at most one second old (on machines where reading
 * them all takes long: twenty times as old as the reading takes); topology is
 * never older than the request.
 *
 * Errors arrive as the errno of the acknowledgment, or of the NLMSG_DONE of a
 * dump, with a text (extended ack) on each refusal of the family's own.
 * Validation is strict: attributes a command does not take are refused. The
 * generation of the topology is the sequence of a dump: where it moves
 * meanwhile, the next message (it may be NLMSG_DONE, and it may be the only one)
 * is marked NLM_F_DUMP_INTR, and the reader should start again. Within one
 * generation the parts of a dump may be from different moments: ACS_AGE tells.
 *
 * IOWARDEN_CMD_INFO_GET (do)
 *   request: nothing
 *   reply:
 *     IOWARDEN_A_INFO_MODULE_VERSION   NLA_NUL_STRING
 *     IOWARDEN_A_INFO_ABI_VERSION      NLA_U32, IOWARDEN_FAMILY_VERSION
 *     IOWARDEN_A_INFO_LOAD_TIME        NLA_U64, ns since 1970 UTC
 *     IOWARDEN_A_INFO_GENERATION       NLA_U32, never 0
 *     IOWARDEN_A_INFO_SIGHT            NLA_U32, bits of enum iowarden_sight
 *     IOWARDEN_A_INFO_DEVICE_COUNT     NLA_U32
 *     IOWARDEN_A_INFO_GROUP_COUNT      NLA_U32
 *
 * IOWARDEN_CMD_DEVICE_GET (do, dump)
 *   do:   IOWARDEN_A_DEVICE_SEGMENT (NLA_U32), IOWARDEN_A_DEVICE_BDF (NLA_U16),
 *         optional IOWARDEN_A_DEVICE_FRESH (NLA_FLAG);
 *         ENODEV without such a function
 *   dump: optional IOWARDEN_A_DEVICE_GROUP (NLA_U32: members of this group
 *         only), optional IOWARDEN_A_DEVICE_FRESH; in the order of segment, BDF
 *   reply, one message a function, never split:
 *     IOWARDEN_A_DEVICE_SEGMENT            NLA_U32
 *     IOWARDEN_A_DEVICE_BDF                NLA_U16, bus << 8 | devfn
 *     IOWARDEN_A_DEVICE_GENERATION         NLA_U32
 *     IOWARDEN_A_DEVICE_ROOT_BUS           NLA_FLAG
 *     IOWARDEN_A_DEVICE_UPSTREAM           NLA_U16, same segment
 *     IOWARDEN_A_DEVICE_DMA_SEGMENT        NLA_U32, only with ..._DMA_BDF
 *     IOWARDEN_A_DEVICE_DMA_BDF            NLA_U16
 *     IOWARDEN_A_DEVICE_VENDOR             NLA_U16
 *     IOWARDEN_A_DEVICE_DEVICE             NLA_U16
 *     IOWARDEN_A_DEVICE_SUBSYSTEM_VENDOR   NLA_U16
 *     IOWARDEN_A_DEVICE_SUBSYSTEM_DEVICE   NLA_U16
 *     IOWARDEN_A_DEVICE_CLASS              NLA_U32, 24 bits
 *     IOWARDEN_A_DEVICE_HEADER_TYPE        NLA_U8, 7 bits
 *     IOWARDEN_A_DEVICE_MULTIFUNCTION      NLA_FLAG
 *     IOWARDEN_A_DEVICE_PORT_TYPE          NLA_U8, enum iowarden_port_type
 *     IOWARDEN_A_DEVICE_GROUP              NLA_U32
 *     IOWARDEN_A_DEVICE_GROUP_UNKNOWN      NLA_U8, enum iowarden_reason
 *     IOWARDEN_A_DEVICE_DRIVER             NLA_NUL_STRING
 *     IOWARDEN_A_DEVICE_DRIVER_MANAGED_DMA NLA_FLAG
 *     IOWARDEN_A_DEVICE_DRIVER_UNKNOWN     NLA_U8, enum iowarden_reason
 *     IOWARDEN_A_DEVICE_ACS                NLA_NESTED
 *       IOWARDEN_A_ACS_OFFSET              NLA_U16
 *       IOWARDEN_A_ACS_CAPABILITY          NLA_U16
 *       IOWARDEN_A_ACS_CONTROL             NLA_U16, not with double words
 *       IOWARDEN_A_ACS_EGRESS_VECTOR       NLA_BINARY, 4 to 32 bytes
 *       IOWARDEN_A_ACS_CAPABILITY_DWORD    NLA_U32, Sunrise Point root ports
 *       IOWARDEN_A_ACS_CONTROL_DWORD       NLA_U32, Sunrise Point root ports
 *     IOWARDEN_A_DEVICE_ACS_UNKNOWN        NLA_U8, enum iowarden_reason
 *     IOWARDEN_A_DEVICE_ACS_AGE            NLA_U32, ms
 *     IOWARDEN_A_DEVICE_ALIAS_MASK         NLA_BINARY, 32 bytes
 *     IOWARDEN_A_DEVICE_QUIRKS             NLA_U32, bits of enum iowarden_quirk
 *     IOWARDEN_A_DEVICE_ATS                NLA_U8, enum iowarden_capability
 *     IOWARDEN_A_DEVICE_PRI                NLA_U8, enum iowarden_capability
 *     IOWARDEN_A_DEVICE_PASID              NLA_U8, enum iowarden_capability
 *     IOWARDEN_A_DEVICE_UNTRUSTED          NLA_FLAG
 *     IOWARDEN_A_DEVICE_EXTERNAL_FACING    NLA_FLAG
 *     IOWARDEN_A_DEVICE_PHYSFN             NLA_U16, virtual functions, same segment
 *     IOWARDEN_A_DEVICE_TOTAL_VFS          NLA_U16, physical functions
 *     IOWARDEN_A_DEVICE_NUM_VFS            NLA_U16, physical functions
 *
 * IOWARDEN_CMD_GROUP_GET (do, dump)
 *   do:   IOWARDEN_A_GROUP_ID (NLA_U32), optional
 *         IOWARDEN_A_GROUP_FRESH (NLA_FLAG); ENOENT without such a group
 *   dump: optional IOWARDEN_A_GROUP_FRESH; in the order of the numbers
 *   reply, one message a group that holds a PCI function, never split:
 *     IOWARDEN_A_GROUP_ID                  NLA_U32
 *     IOWARDEN_A_GROUP_GENERATION          NLA_U32
 *     IOWARDEN_A_GROUP_PCI_DEVICES         NLA_U32
 *     IOWARDEN_A_GROUP_OTHER_DEVICES       NLA_U32
 *     IOWARDEN_A_GROUP_ISOLATED_MSI        NLA_U8, enum iowarden_answer
 *     IOWARDEN_A_GROUP_ENFORCED_COHERENCY  NLA_U8, enum iowarden_answer
 *     IOWARDEN_A_GROUP_USER_OWNED          NLA_U8, enum iowarden_answer
 *     IOWARDEN_A_GROUP_USER_OWNED_UNKNOWN  NLA_U8, enum iowarden_reason
 *
 * IOWARDEN_CMD_SOURCE_GET (dump)
 *   reply, one message a unit, or a source that has none:
 *     IOWARDEN_A_SOURCE_INDEX              NLA_U32
 *     IOWARDEN_A_SOURCE_NAME               NLA_NUL_STRING
 *     IOWARDEN_A_SOURCE_STATE              NLA_U8, enum iowarden_source_state
 *     IOWARDEN_A_SOURCE_WHY                NLA_NUL_STRING
 *     IOWARDEN_A_SOURCE_SEGMENT            NLA_U32, units only
 *     IOWARDEN_A_SOURCE_ADDRESS            NLA_U64, units only
 *     IOWARDEN_A_SOURCE_RECORDS            NLA_U64
 *     IOWARDEN_A_SOURCE_UNATTRIBUTED       NLA_U64
 *     IOWARDEN_A_SOURCE_OVERFLOWS          NLA_U64
 *     IOWARDEN_A_SOURCE_MISSED             NLA_U64
 *     IOWARDEN_A_SOURCE_FAULTS_AT_LEAST    NLA_FLAG
 *     IOWARDEN_A_SOURCE_SEQUENCE           NLA_U64, notifications only
 *
 * IOWARDEN_CMD_FAULT_GET (do, dump)
 *   do:   IOWARDEN_A_FAULT_SEGMENT (NLA_U32), IOWARDEN_A_FAULT_REQUESTER
 *         (NLA_U16); ENOENT without an account for it, EPERM* for a requester
 *         that never was a function
 *   dump: in no order; a dump across hotplug is not marked, and may miss what came
 *   reply, one message a requester, never split; those that never were a
 *   function are left out of dumps*:
 *     IOWARDEN_A_FAULT_SEGMENT             NLA_U32
 *     IOWARDEN_A_FAULT_REQUESTER           NLA_U16, bus << 8 | devfn
 *     IOWARDEN_A_FAULT_WHOLE_BUS           NLA_FLAG
 *     IOWARDEN_A_FAULT_PRESENT             NLA_FLAG
 *     IOWARDEN_A_FAULT_GONE                NLA_FLAG
 *     IOWARDEN_A_FAULT_TOTAL               NLA_U64
 *     IOWARDEN_A_FAULT_BEFORE              NLA_U64
 *     IOWARDEN_A_FAULT_READS               NLA_U64
 *     IOWARDEN_A_FAULT_WRITES              NLA_U64
 *     IOWARDEN_A_FAULT_OTHERS              NLA_U64
 *     IOWARDEN_A_FAULT_REASON              NLA_NESTED, 0 to 8 of them
 *       IOWARDEN_A_FAULT_REASON_CODE       NLA_U8
 *       IOWARDEN_A_FAULT_REASON_COUNT      NLA_U64
 *     IOWARDEN_A_FAULT_OTHER_REASONS       NLA_U64
 *     IOWARDEN_A_FAULT_FIRST_SEEN          NLA_U64, ns since 1970 UTC; if any
 *     IOWARDEN_A_FAULT_LAST_SEEN           NLA_U64, likewise
 *     IOWARDEN_A_FAULT_LAST_SOURCE         NLA_U32, if any
 *     IOWARDEN_A_FAULT_LAST_ACCESS         NLA_U8, enum iowarden_access; if any
 *     IOWARDEN_A_FAULT_LAST_ADDRESS        NLA_U64, *
 *     IOWARDEN_A_FAULT_LAST_PASID          NLA_U32, *
 *     IOWARDEN_A_FAULT_SEQUENCE            NLA_U64, notifications only
 *
 * Multicast group "topology" (everybody may listen):
 *   IOWARDEN_CMD_DEVICE_ADD_NTF, _DEL_NTF, _CHANGE_NTF: a function, as above
 *   IOWARDEN_CMD_TOPOLOGY_NTF: the reply of INFO_GET; the generation moved.
 *   Netlink does not tell a reader how many messages it lost: a reader that
 *   sees a gap (ENOBUFS) reads everything again.
 *
 * Multicast group "faults"*; it is not there on kernels that cannot guard it:
 *   IOWARDEN_CMD_FAULT_NTF: the counts of a requester, as above
 *   IOWARDEN_CMD_SOURCE_NTF: the counts of a unit, as above, where faults were
 *   lost or booked on nobody
 *   IOWARDEN_CMD_FAULT_RESYNC_NTF: IOWARDEN_A_FAULT_SEQUENCE alone
 *   SEQUENCE counts them all, so that a reader knows how many it missed; the counts
 *   say how many faults there were.
 */
/* Do not edit directly, auto-generated from: */
/*	Documentation/netlink/specs/iowarden.yaml */
/* YNL-GEN uapi header */

#ifndef _UAPI_LINUX_IOWARDEN_H
#define _UAPI_LINUX_IOWARDEN_H

#define IOWARDEN_FAMILY_NAME	"iowarden"
#define IOWARDEN_FAMILY_VERSION	1

/**
 * enum iowarden_port_type - PCI Express device/port type; our own numbers, not
 *   the register's.
 * @IOWARDEN_PORT_TYPE_CONVENTIONAL: No PCI Express capability.
 * @IOWARDEN_PORT_TYPE_ENDPOINT: PCI Express endpoint.
 * @IOWARDEN_PORT_TYPE_LEGACY_ENDPOINT: Legacy PCI Express endpoint.
 * @IOWARDEN_PORT_TYPE_ROOT_PORT: Root port of a PCI Express root complex.
 * @IOWARDEN_PORT_TYPE_UPSTREAM_PORT: Upstream port of a switch.
 * @IOWARDEN_PORT_TYPE_DOWNSTREAM_PORT: Downstream port of a switch.
 * @IOWARDEN_PORT_TYPE_PCIE_TO_PCI_BRIDGE: Bridge from PCI Express to
 *   conventional PCI or PCI-X.
 * @IOWARDEN_PORT_TYPE_PCI_TO_PCIE_BRIDGE: Bridge from conventional PCI or
 *   PCI-X to PCI Express.
 * @IOWARDEN_PORT_TYPE_RC_ENDPOINT: Endpoint integrated in the root complex.
 * @IOWARDEN_PORT_TYPE_RC_EVENT_COLLECTOR: Event collector of the root complex.
 */
enum iowarden_port_type {
	IOWARDEN_PORT_TYPE_CONVENTIONAL = 1,
	IOWARDEN_PORT_TYPE_ENDPOINT,
	IOWARDEN_PORT_TYPE_LEGACY_ENDPOINT,
	IOWARDEN_PORT_TYPE_ROOT_PORT,
	IOWARDEN_PORT_TYPE_UPSTREAM_PORT,
	IOWARDEN_PORT_TYPE_DOWNSTREAM_PORT,
	IOWARDEN_PORT_TYPE_PCIE_TO_PCI_BRIDGE,
	IOWARDEN_PORT_TYPE_PCI_TO_PCIE_BRIDGE,
	IOWARDEN_PORT_TYPE_RC_ENDPOINT,
	IOWARDEN_PORT_TYPE_RC_EVENT_COLLECTOR,
};

/**
 * enum iowarden_reason - Why something is not known.
 * @IOWARDEN_REASON_ASLEEP: The device, or a bridge above it, is in a low-power
 *   state and was not woken.
 * @IOWARDEN_REASON_GONE: The device no longer answers (its vendor ID reads as
 *   all ones).
 * @IOWARDEN_REASON_BUSY: The device is being added, bound, unbound or reset
 *   just now, and was not waited for.
 * @IOWARDEN_REASON_NO_ACCESS: There is no access to (this part of) the
 *   extended configuration space.
 * @IOWARDEN_REASON_MALFORMED: The device's list of extended capabilities is
 *   not well formed.
 */
enum iowarden_reason {
	IOWARDEN_REASON_ASLEEP = 1,
	IOWARDEN_REASON_GONE,
	IOWARDEN_REASON_BUSY,
	IOWARDEN_REASON_NO_ACCESS,
	IOWARDEN_REASON_MALFORMED,
};

/**
 * enum iowarden_capability - State of an optional capability of a function.
 * @IOWARDEN_CAPABILITY_ABSENT: The function does not offer it.
 * @IOWARDEN_CAPABILITY_OFF: The function offers it; it is not enabled.
 * @IOWARDEN_CAPABILITY_ON: The function offers it; it is enabled.
 */
enum iowarden_capability {
	IOWARDEN_CAPABILITY_ABSENT = 1,
	IOWARDEN_CAPABILITY_OFF,
	IOWARDEN_CAPABILITY_ON,
};

/**
 * enum iowarden_answer - An answer that can also be missing.
 * @IOWARDEN_ANSWER_NO: Known to be false.
 * @IOWARDEN_ANSWER_YES: Known to be true.
 */
enum iowarden_answer {
	IOWARDEN_ANSWER_NO = 1,
	IOWARDEN_ANSWER_YES,
};

/**
 * enum iowarden_quirk - Marks the kernel set on a device that change how it is
 *   grouped.
 * @IOWARDEN_QUIRK_ACS_ENABLED: The kernel switched on isolation in the
 *   chipset; it stands in for ACS.
 * @IOWARDEN_QUIRK_BRIDGE_XLATE_ROOT: Requests are translated at this bridge;
 *   aliases above it do not count.
 * @IOWARDEN_QUIRK_PCIE_BRIDGE_ALIAS: A conventional bridge that takes
 *   ownership as a PCI Express bridge does.
 * @IOWARDEN_QUIRK_NO_BRIDGE_ALIAS: A PCI Express to PCI bridge that keeps the
 *   requester IDs below it.
 */
enum iowarden_quirk {
	IOWARDEN_QUIRK_ACS_ENABLED = 1,
	IOWARDEN_QUIRK_BRIDGE_XLATE_ROOT = 2,
	IOWARDEN_QUIRK_PCIE_BRIDGE_ALIAS = 4,
	IOWARDEN_QUIRK_NO_BRIDGE_ALIAS = 8,
};

/**
 * enum iowarden_sight - What this kernel lets the module see.
 * @IOWARDEN_SIGHT_ISOLATED_MSI: Interrupt isolation of each group on its own,
 *   not only of the system.
 * @IOWARDEN_SIGHT_ENFORCED_COHERENCY: Whether the IOMMU can force no-snoop
 *   requests to be coherent.
 * @IOWARDEN_SIGHT_USER_OWNER: Whether user space owns a group.
 * @IOWARDEN_SIGHT_ATS: Address Translation Services.
 * @IOWARDEN_SIGHT_PRI: Page Request Interface.
 * @IOWARDEN_SIGHT_PASID: Process address space IDs.
 * @IOWARDEN_SIGHT_REAL_DMA_DEVICE: Another device that issues the requests of
 *   this one (Intel VMD).
 */
enum iowarden_sight {
	IOWARDEN_SIGHT_ISOLATED_MSI = 1,
	IOWARDEN_SIGHT_ENFORCED_COHERENCY = 2,
	IOWARDEN_SIGHT_USER_OWNER = 4,
	IOWARDEN_SIGHT_ATS = 8,
	IOWARDEN_SIGHT_PRI = 16,
	IOWARDEN_SIGHT_PASID = 32,
	IOWARDEN_SIGHT_REAL_DMA_DEVICE = 64,
};

/**
 * enum iowarden_source_state - Whether faults of a unit are counted.
 * @IOWARDEN_SOURCE_STATE_ACTIVE: They are.
 * @IOWARDEN_SOURCE_STATE_ABSENT: There is nothing to watch for this source.
 * @IOWARDEN_SOURCE_STATE_OFF: It could watch, and was told not to; or the unit
 *   itself is off.
 * @IOWARDEN_SOURCE_STATE_FAILED: It should watch and cannot.
 * @IOWARDEN_SOURCE_STATE_UNPROVEN: It watches in a way that nobody has seen
 *   work on such hardware.
 */
enum iowarden_source_state {
	IOWARDEN_SOURCE_STATE_ACTIVE = 1,
	IOWARDEN_SOURCE_STATE_ABSENT,
	IOWARDEN_SOURCE_STATE_OFF,
	IOWARDEN_SOURCE_STATE_FAILED,
	IOWARDEN_SOURCE_STATE_UNPROVEN,
};

/**
 * enum iowarden_access - What a request wanted.
 * @IOWARDEN_ACCESS_READ: Read memory.
 * @IOWARDEN_ACCESS_WRITE: Write memory.
 * @IOWARDEN_ACCESS_INTERRUPT: Raise an interrupt, or something the IOMMU books
 *   as such.
 * @IOWARDEN_ACCESS_OTHER: Something else (an AtomicOp, a page request), or not
 *   known.
 */
enum iowarden_access {
	IOWARDEN_ACCESS_READ = 1,
	IOWARDEN_ACCESS_WRITE,
	IOWARDEN_ACCESS_INTERRUPT,
	IOWARDEN_ACCESS_OTHER,
};

enum {
	IOWARDEN_A_INFO_PAD = 1,
	IOWARDEN_A_INFO_MODULE_VERSION,
	IOWARDEN_A_INFO_ABI_VERSION,
	IOWARDEN_A_INFO_LOAD_TIME,
	IOWARDEN_A_INFO_GENERATION,
	IOWARDEN_A_INFO_SIGHT,
	IOWARDEN_A_INFO_DEVICE_COUNT,
	IOWARDEN_A_INFO_GROUP_COUNT,

	__IOWARDEN_A_INFO_MAX,
	IOWARDEN_A_INFO_MAX = (__IOWARDEN_A_INFO_MAX - 1)
};

enum {
	IOWARDEN_A_DEVICE_SEGMENT = 1,
	IOWARDEN_A_DEVICE_BDF,
	IOWARDEN_A_DEVICE_GROUP,
	IOWARDEN_A_DEVICE_FRESH,
	IOWARDEN_A_DEVICE_GENERATION,
	IOWARDEN_A_DEVICE_ROOT_BUS,
	IOWARDEN_A_DEVICE_UPSTREAM,
	IOWARDEN_A_DEVICE_DMA_SEGMENT,
	IOWARDEN_A_DEVICE_DMA_BDF,
	IOWARDEN_A_DEVICE_VENDOR,
	IOWARDEN_A_DEVICE_DEVICE,
	IOWARDEN_A_DEVICE_SUBSYSTEM_VENDOR,
	IOWARDEN_A_DEVICE_SUBSYSTEM_DEVICE,
	IOWARDEN_A_DEVICE_CLASS,
	IOWARDEN_A_DEVICE_HEADER_TYPE,
	IOWARDEN_A_DEVICE_MULTIFUNCTION,
	IOWARDEN_A_DEVICE_PORT_TYPE,
	IOWARDEN_A_DEVICE_GROUP_UNKNOWN,
	IOWARDEN_A_DEVICE_DRIVER,
	IOWARDEN_A_DEVICE_DRIVER_MANAGED_DMA,
	IOWARDEN_A_DEVICE_DRIVER_UNKNOWN,
	IOWARDEN_A_DEVICE_ACS,
	IOWARDEN_A_DEVICE_ACS_UNKNOWN,
	IOWARDEN_A_DEVICE_ACS_AGE,
	IOWARDEN_A_DEVICE_ALIAS_MASK,
	IOWARDEN_A_DEVICE_QUIRKS,
	IOWARDEN_A_DEVICE_ATS,
	IOWARDEN_A_DEVICE_PRI,
	IOWARDEN_A_DEVICE_PASID,
	IOWARDEN_A_DEVICE_UNTRUSTED,
	IOWARDEN_A_DEVICE_EXTERNAL_FACING,
	IOWARDEN_A_DEVICE_PHYSFN,
	IOWARDEN_A_DEVICE_TOTAL_VFS,
	IOWARDEN_A_DEVICE_NUM_VFS,

	__IOWARDEN_A_DEVICE_MAX,
	IOWARDEN_A_DEVICE_MAX = (__IOWARDEN_A_DEVICE_MAX - 1)
};

enum {
	IOWARDEN_A_ACS_OFFSET = 1,
	IOWARDEN_A_ACS_CAPABILITY,
	IOWARDEN_A_ACS_CONTROL,
	IOWARDEN_A_ACS_EGRESS_VECTOR,
	IOWARDEN_A_ACS_CAPABILITY_DWORD,
	IOWARDEN_A_ACS_CONTROL_DWORD,

	__IOWARDEN_A_ACS_MAX,
	IOWARDEN_A_ACS_MAX = (__IOWARDEN_A_ACS_MAX - 1)
};

enum {
	IOWARDEN_A_GROUP_ID = 1,
	IOWARDEN_A_GROUP_FRESH,
	IOWARDEN_A_GROUP_GENERATION,
	IOWARDEN_A_GROUP_PCI_DEVICES,
	IOWARDEN_A_GROUP_OTHER_DEVICES,
	IOWARDEN_A_GROUP_ISOLATED_MSI,
	IOWARDEN_A_GROUP_ENFORCED_COHERENCY,
	IOWARDEN_A_GROUP_USER_OWNED,
	IOWARDEN_A_GROUP_USER_OWNED_UNKNOWN,

	__IOWARDEN_A_GROUP_MAX,
	IOWARDEN_A_GROUP_MAX = (__IOWARDEN_A_GROUP_MAX - 1)
};

enum {
	IOWARDEN_A_SOURCE_PAD = 1,
	IOWARDEN_A_SOURCE_INDEX,
	IOWARDEN_A_SOURCE_NAME,
	IOWARDEN_A_SOURCE_STATE,
	IOWARDEN_A_SOURCE_WHY,
	IOWARDEN_A_SOURCE_SEGMENT,
	IOWARDEN_A_SOURCE_ADDRESS,
	IOWARDEN_A_SOURCE_RECORDS,
	IOWARDEN_A_SOURCE_UNATTRIBUTED,
	IOWARDEN_A_SOURCE_OVERFLOWS,
	IOWARDEN_A_SOURCE_MISSED,
	IOWARDEN_A_SOURCE_FAULTS_AT_LEAST,
	IOWARDEN_A_SOURCE_SEQUENCE,

	__IOWARDEN_A_SOURCE_MAX,
	IOWARDEN_A_SOURCE_MAX = (__IOWARDEN_A_SOURCE_MAX - 1)
};

enum {
	IOWARDEN_A_FAULT_PAD = 1,
	IOWARDEN_A_FAULT_SEGMENT,
	IOWARDEN_A_FAULT_REQUESTER,
	IOWARDEN_A_FAULT_WHOLE_BUS,
	IOWARDEN_A_FAULT_PRESENT,
	IOWARDEN_A_FAULT_GONE,
	IOWARDEN_A_FAULT_TOTAL,
	IOWARDEN_A_FAULT_BEFORE,
	IOWARDEN_A_FAULT_READS,
	IOWARDEN_A_FAULT_WRITES,
	IOWARDEN_A_FAULT_OTHERS,
	IOWARDEN_A_FAULT_REASON,
	IOWARDEN_A_FAULT_OTHER_REASONS,
	IOWARDEN_A_FAULT_FIRST_SEEN,
	IOWARDEN_A_FAULT_LAST_SEEN,
	IOWARDEN_A_FAULT_LAST_SOURCE,
	IOWARDEN_A_FAULT_LAST_ACCESS,
	IOWARDEN_A_FAULT_LAST_ADDRESS,
	IOWARDEN_A_FAULT_LAST_PASID,
	IOWARDEN_A_FAULT_SEQUENCE,

	__IOWARDEN_A_FAULT_MAX,
	IOWARDEN_A_FAULT_MAX = (__IOWARDEN_A_FAULT_MAX - 1)
};

enum {
	IOWARDEN_A_FAULT_REASON_PAD = 1,
	IOWARDEN_A_FAULT_REASON_CODE,
	IOWARDEN_A_FAULT_REASON_COUNT,

	__IOWARDEN_A_FAULT_REASON_MAX,
	IOWARDEN_A_FAULT_REASON_MAX = (__IOWARDEN_A_FAULT_REASON_MAX - 1)
};

enum {
	IOWARDEN_CMD_INFO_GET = 1,
	IOWARDEN_CMD_DEVICE_GET,
	IOWARDEN_CMD_GROUP_GET,
	IOWARDEN_CMD_DEVICE_ADD_NTF,
	IOWARDEN_CMD_DEVICE_DEL_NTF,
	IOWARDEN_CMD_DEVICE_CHANGE_NTF,
	IOWARDEN_CMD_TOPOLOGY_NTF,
	IOWARDEN_CMD_SOURCE_GET,
	IOWARDEN_CMD_FAULT_GET,
	IOWARDEN_CMD_FAULT_NTF,
	IOWARDEN_CMD_SOURCE_NTF,
	IOWARDEN_CMD_FAULT_RESYNC_NTF,

	__IOWARDEN_CMD_MAX,
	IOWARDEN_CMD_MAX = (__IOWARDEN_CMD_MAX - 1)
};

#define IOWARDEN_MCGRP_TOPOLOGY	"topology"
#define IOWARDEN_MCGRP_FAULTS	"faults"

#endif /* _UAPI_LINUX_IOWARDEN_H */
