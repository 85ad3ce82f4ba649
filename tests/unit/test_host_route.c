// SPDX-License-Identifier: GPL-2.0
/* Default routes, down to PCI functions. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "stage.h"
#include "suite.h"

#define ROUTE_HEADER "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n"
#define ZERO "00000000000000000000000000000000"
#define ADDRESS "fe800000000000000000000000000001"

static void routes(const struct stage *stage, const char *v4, const char *v6)
{
	char text[1024];

	snprintf(text, sizeof(text), ROUTE_HEADER "%s", v4);
	stage_write(stage, text, PROC "net/route");
	if (v6)
		stage_write(stage, v6, PROC "net/ipv6_route");
}

static void interface_on(const struct stage *stage, const char *name,
			 const char *device)
{
	char path[288], folder[256];

	snprintf(folder, sizeof(folder), "%s/net/%s", device, name);
	stage_write(stage, "", "%s/mtu", folder);
	snprintf(path, sizeof(path), "class/net/%s", name);
	stage_link(stage, path, folder);
	snprintf(path, sizeof(path), "%s/device", folder);
	stage_link(stage, path, device);
}

static void interface_over(const struct stage *stage, const char *name,
			   const char *below)
{
	stage_write(stage, "", "class/net/%s/lower_%s", name, below);
}

static void default_route_is_on_the_function_of_its_interface(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage);
	interface_on(&stage, "eth0", NIC);
	interface_on(&stage, "eth1", NVME "/virtio3");
	interface_on(&stage, "usb0", USB "/usb1/1-2/1-2:1.0");
	routes(&stage,
	       "eth0\t00000000\t0100000A\t0003\t0\t0\t0\t00000000\t0\t0\t0\n"
	       "eth1\t00000000\t0100000A\t0002\t0\t0\t0\t00000000\t0\t0\t0\n"
	       "eth1\t0000000A\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n"
	       "*\t00000000\t00000000\t0201\t0\t0\t0\t00000000\t0\t0\t0\n"
	       "usb0\t00000000\t0100000A\t0003\t0\t0\t9\t00000000\t0\t0\t0\n",
	       NULL);
	stage_collect(&stage);
	stage_expect_uses(&stage, USE_ROUTE, 2);
	stage_expect_use(&stage, USE_ROUTE, "03:00.0", "eth0", NULL);
	stage_expect_use(&stage, USE_ROUTE, "00:14.0", "usb0", NULL);
	stage_expect_unseen(&stage, "default route", 0);
	stage_close(&stage);
}

/*  vlan9 ── br0 ─┬─ bond0 ─┬─ eth0 (03:00.0)
 *                │         └─ eth1 (02:00.0)
 *                └─ vnet0, of a guest
 */
static void bridge_bond_and_vlan_are_followed_down(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage);
	interface_on(&stage, "eth0", NIC);
	interface_on(&stage, "eth1", NVME "/virtio3");
	interface_over(&stage, "vlan9", "br0");
	interface_over(&stage, "br0", "bond0");
	interface_over(&stage, "br0", "vnet0");
	interface_over(&stage, "bond0", "eth0");
	interface_over(&stage, "bond0", "eth1");
	/* Nobody can build this; it must not be followed for ever. */
	interface_over(&stage, "bond0", "vlan9");
	routes(&stage,
	       "vlan9\t00000000\t0100000A\t0003\t0\t0\t0\t00000000\t0\t0\t0\n",
	       NULL);
	stage_collect(&stage);
	stage_expect_uses(&stage, USE_ROUTE, 2);
	stage_expect_use(&stage, USE_ROUTE, "03:00.0", "vlan9",
			 "br0 bond0 eth0");
	stage_expect_use(&stage, USE_ROUTE, "02:00.0", "vlan9",
			 "br0 bond0 eth1");
	stage_expect_unseen(&stage, "default route", 0);
	stage_close(&stage);
}

/* The port of a switch chip has a device of its own, below which is no PCI. */
static void port_of_a_switch_chip_is_on_the_interface_behind_it(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage);
	interface_on(&stage, "eth0", NIC);
	interface_on(&stage, "lan1", "devices/platform/switch");
	interface_over(&stage, "lan1", "eth0");
	routes(&stage,
	       "lan1\t00000000\t0100000A\t0003\t0\t0\t0\t00000000\t0\t0\t0\n",
	       NULL);
	stage_collect(&stage);
	stage_expect_use(&stage, USE_ROUTE, "03:00.0", "lan1", "eth0");
	stage_close(&stage);
}

static void route_of_ipv6_alone_counts(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage);
	interface_on(&stage, "eth0", NIC);
	interface_on(&stage, "eth1", NVME "/virtio3");
	routes(&stage, "",
	       ADDRESS " 80 " ZERO " 00 " ZERO " 00000100 00000001 00000000 00000001     eth1\n"
	       ZERO " 00 " ZERO " 00 " ADDRESS " 00000400 00000001 00000000 00450003     eth0\n"
	       ZERO " 00 " ZERO " 00 " ZERO " ffffffff 00000001 00000000 00200200       lo\n"
	       ZERO " 00 " ZERO " 00 " ZERO " 00000400 00000001 00000000 00200201     eth1\n");
	stage_collect(&stage);
	stage_expect_uses(&stage, USE_ROUTE, 1);
	stage_expect_use(&stage, USE_ROUTE, "03:00.0", "eth0", NULL);
	stage_close(&stage);
}

static void route_that_leads_nowhere_is_said_once(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage);
	stage_write(&stage, "", "class/net/wg0/mtu");
	routes(&stage,
	       "wg0\t00000000\t00000000\t0001\t0\t0\t0\t00000000\t0\t0\t0\n",
	       ZERO " 00 " ZERO " 00 " ZERO " 00000400 00000001 00000000 00000001     wg0\n");
	stage_collect(&stage);
	stage_expect_uses(&stage, USE_ROUTE, 0);
	stage_expect_unseen(&stage, "wg0 leads to none", 1);
	stage_close(&stage);

	stage_open(&stage);
	stage_collect(&stage);
	stage_expect_unseen(&stage, "/proc/net/route", 1);
	stage_expect_unseen(&stage, "ipv6", 0);
	stage_close(&stage);
}

static void routes_of_another_namespace_are_said(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage);
	interface_on(&stage, "eth0", NIC);
	stage_write(&stage, "2\n", NIC "/net/eth0/ifindex");
	/* No interface, but there is such a file. */
	stage_write(&stage, "bond0\n", "class/net/bonding_masters");
	routes(&stage, "", NULL);
	stage_write(&stage, "Inter-| Receive\n    lo: 0 0\n  xeth0: 0\n eth01: 0\n",
		    PROC "net/dev");
	stage_collect(&stage);
	stage_expect_unseen(&stage, "another network namespace", 1);
	stage_close(&stage);

	stage_open(&stage);
	interface_on(&stage, "eth0", NIC);
	stage_write(&stage, "2\n", NIC "/net/eth0/ifindex");
	stage_write(&stage, "bond0\n", "class/net/bonding_masters");
	routes(&stage, "", NULL);
	stage_write(&stage, "Inter-| Receive\n  eth0:12 0\n", PROC "net/dev");
	stage_collect(&stage);
	stage_expect_unseen(&stage, "another network namespace", 0);
	stage_close(&stage);
}

/* What the kernel is made to answer; nothing where that is no error. */
static struct {
	const char *interface[3];
	bool unnamed;
	int error;
} answer;

static int answer_routes(struct default_routes *found)
{
	for (size_t i = 0; i < COUNT(answer.interface); i++)
		if (answer.interface[i])
			assert_int_equal(default_routes_add(found,
					 answer.interface[i]), 0);
	found->unnamed = answer.unnamed;
	return answer.error;
}

static void open_answered(struct stage *stage)
{
	stage_open(stage);
	memset(&answer, 0, sizeof(answer));
	stage->calls.routes = answer_routes;
	interface_on(stage, "eth0", NIC);
	interface_on(stage, "eth1", NVME "/virtio3");
	/* What /proc shows is not asked then. */
	routes(stage,
	       "usb9\t00000000\t0100000A\t0003\t0\t0\t0\t00000000\t0\t0\t0\n",
	       NULL);
}

static void all_next_hops_that_the_kernel_tells_count(void **state)
{
	struct stage stage;

	(void)state;
	open_answered(&stage);
	answer.interface[0] = "eth0";
	answer.interface[1] = "eth1";
	answer.interface[2] = "eth0";
	stage_collect(&stage);
	stage_expect_uses(&stage, USE_ROUTE, 2);
	stage_expect_use(&stage, USE_ROUTE, "03:00.0", "eth0", NULL);
	stage_expect_use(&stage, USE_ROUTE, "02:00.0", "eth1", NULL);
	stage_expect_unseen(&stage, "route", 0);
	stage_close(&stage);

	open_answered(&stage);
	answer.interface[0] = "eth0";
	answer.unnamed = true;
	stage_collect(&stage);
	stage_expect_unseen(&stage, "names a next hop", 1);
	stage_close(&stage);
}

static void kernel_that_does_not_tell_routes_is_said(void **state)
{
	struct stage stage;

	(void)state;
	open_answered(&stage);
	answer.error = -EIO;
	stage_collect(&stage);
	stage_expect_unseen(&stage, "usb9 leads to none", 1);
	stage_expect_unseen(&stage, "routes of other tables than the main one",
			    1);
	stage_close(&stage);
}

static void network_without_a_way_out_is_said(void **state)
{
	struct stage stage;

	(void)state;
	open_answered(&stage);
	stage_collect(&stage);
	stage_expect_unseen(&stage, "it has no default route", 1);
	stage_close(&stage);

	/* Without a card there is nothing to be said. */
	stage_open(&stage);
	memset(&answer, 0, sizeof(answer));
	stage.calls.routes = answer_routes;
	stage_write(&stage, "1\n", "class/net/lo/ifindex");
	stage_collect(&stage);
	stage_expect_unseen(&stage, "route", 0);
	stage_close(&stage);
}

/* As VPNs do it, to keep the default route that was there. */
static void two_halves_of_all_addresses_are_a_default_route(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage);
	interface_on(&stage, "eth0", NIC);
	interface_on(&stage, "eth1", NVME "/virtio3");
	interface_on(&stage, "usb0", USB "/usb1/1-2/1-2:1.0");
	routes(&stage,
	       "eth0\t00000000\t0100000A\t0003\t0\t0\t0\t00000080\t0\t0\t0\n"
	       "eth1\t00000080\t0100000A\t0003\t0\t0\t0\t00000080\t0\t0\t0\n"
	       "usb0\t00000000\t0100000A\t0003\t0\t0\t0\t000000C0\t0\t0\t0\n",
	       ZERO " 02 " ZERO " 00 " ADDRESS " 00000400 00000001 00000000 00450003     usb0\n");
	stage_collect(&stage);
	stage_expect_uses(&stage, USE_ROUTE, 2);
	stage_expect_use(&stage, USE_ROUTE, "03:00.0", "eth0", NULL);
	stage_expect_use(&stage, USE_ROUTE, "02:00.0", "eth1", NULL);
	stage_close(&stage);
}

#define MAYBE "this may be another network namespace"

/* sysfs may be mounted in it, so that its interfaces are the process's. */
static void namespace_is_compared_with_that_of_process_1(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage);
	stage_namespace(&stage, "self", "net", "net:[4026532601]");
	stage_collect(&stage);
	stage_expect_unseen(&stage, MAYBE, 1);
	stage_close(&stage);

	stage_open(&stage);
	stage_namespace(&stage, "self", "pid", "pid:[4026532500]");
	stage_collect(&stage);
	stage_expect_unseen(&stage, MAYBE, 1);
	stage_close(&stage);
}

/* Only root may see of which namespace process 1 is. */
static void namespace_is_known_by_its_interfaces_and_routes(void **state)
{
#define DEVICES(name, count) "Inter-| Receive\n    lo: 0 0\n  " name ": " count " 0\n"
	static const struct {
		const char *devices, *routes;
		size_t said;
	} cases[] = {
		{ DEVICES("eth0", "7"), "eth0\t0", 0 },
		{ DEVICES("eth0", "8"), "eth0\t1", 1 },
		{ DEVICES("eth1", "7"), "eth0\t0", 1 },
		{ NULL, "eth0\t0", 1 },
	};
	struct stage stage;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		stage_open(&stage);
		stage_unlink(&stage, PROC "1/ns/net");
		stage_write(&stage, DEVICES("eth0", "9"), PROC "self/net/dev");
		stage_write(&stage, "eth0\t0", PROC "self/net/route");
		stage_write(&stage, cases[i].routes, PROC "1/net/route");
		if (cases[i].devices)
			stage_write(&stage, cases[i].devices, PROC "1/net/dev");
		stage_collect(&stage);
		stage_expect_unseen(&stage, MAYBE, cases[i].said);
		stage_close(&stage);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(default_route_is_on_the_function_of_its_interface),
		cmocka_unit_test(bridge_bond_and_vlan_are_followed_down),
		cmocka_unit_test(port_of_a_switch_chip_is_on_the_interface_behind_it),
		cmocka_unit_test(route_of_ipv6_alone_counts),
		cmocka_unit_test(route_that_leads_nowhere_is_said_once),
		cmocka_unit_test(routes_of_another_namespace_are_said),
		cmocka_unit_test(all_next_hops_that_the_kernel_tells_count),
		cmocka_unit_test(kernel_that_does_not_tell_routes_is_said),
		cmocka_unit_test(network_without_a_way_out_is_said),
		cmocka_unit_test(two_halves_of_all_addresses_are_a_default_route),
		cmocka_unit_test(namespace_is_compared_with_that_of_process_1),
		cmocka_unit_test(namespace_is_known_by_its_interfaces_and_routes),
	};

	return cmocka_run_group_tests_name("host_route", tests, NULL, NULL);
}
