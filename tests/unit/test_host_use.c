// SPDX-License-Identifier: GPL-2.0
/* Default routes, consoles and keyboards, down to PCI functions. */
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
	       "eth1\t00000000\t00000000\t0001\t0\t0\t0\t00000080\t0\t0\t0\n"
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

static void consoles(const struct stage *stage, const char *lines)
{
	stage_write(stage, lines, PROC "consoles");
}

static void screen(const struct stage *stage, int number, const char *name,
		   const char *bind)
{
	stage_write(stage, name, "class/vtconsole/vtcon%d/name", number);
	stage_write(stage, bind, "class/vtconsole/vtcon%d/bind", number);
}

#define TTY0 "tty0                 -WU (EC  p  )    4:7\n"
#define FRAMEBUFFER "(M) frame buffer device\n"

static void serial_console_is_on_the_function_of_its_port(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage);
	consoles(&stage,
		 "ttyS4                -W- (EC  p a)    4:68\n"
		 "ttyS0                -W- (E   p a)    4:64\n"
		 "ttyS5                -W- (    p a)    4:69\n"
		 "hvc0                 -W- (E   p  )  229:0\n"
		 "netcon0              -W- (E      )\n"
		 "pstore-1             -W- (E   p  )\n");
	stage_link(&stage, "class/tty/ttyS4/device", NIC);
	stage_link(&stage, "class/tty/ttyS5/device", NVME);
	stage_write(&stage, "", "devices/platform/serial8250/x");
	stage_link(&stage, "class/tty/ttyS0/device",
		   "devices/platform/serial8250");
	stage_write(&stage, "", "class/tty/hvc0/dev");
	stage_collect(&stage);
	stage_expect_uses(&stage, USE_CONSOLE, 1);
	stage_expect_use(&stage, USE_CONSOLE, "03:00.0", "ttyS4", NULL);
	stage_expect_unseen(&stage, "console", 1);
	stage_expect_unseen(&stage, "console hvc0", 1);
	stage_close(&stage);
}

static void screen_is_on_the_function_of_its_framebuffer(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage);
	consoles(&stage, TTY0);
	screen(&stage, 0, "(S) dummy device\n", "0\n");
	screen(&stage, 1, FRAMEBUFFER, "1\n");
	stage_link(&stage, "class/graphics/fb0/device", GPU);
	stage_write(&stage, "", "class/graphics/fbcon/rotate");
	stage_write(&stage, "1\n", NIC "/boot_vga");
	stage_collect(&stage);
	stage_expect_uses(&stage, USE_CONSOLE, 1);
	stage_expect_use(&stage, USE_CONSOLE, "01:00.0", "tty0", "fb0");
	stage_close(&stage);
}

/* The picture of the firmware on one GPU, a driver's on the other. */
static void framebuffer_of_the_firmware_is_on_the_boot_gpu(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage);
	consoles(&stage, TTY0);
	screen(&stage, 0, FRAMEBUFFER, "1\n");
	stage_write(&stage, "", "devices/platform/efi-framebuffer.0/x");
	stage_link(&stage, "class/graphics/fb0/device",
		   "devices/platform/efi-framebuffer.0");
	stage_link(&stage, "class/graphics/fb1/device", NVME);
	stage_write(&stage, "1\n", GPU "/boot_vga");
	stage_write(&stage, "0\n", NVME "/boot_vga");
	stage_collect(&stage);
	stage_expect_uses(&stage, USE_CONSOLE, 2);
	stage_expect_use(&stage, USE_CONSOLE, "01:00.0", "tty0", "fb0");
	stage_expect_use(&stage, USE_CONSOLE, "02:00.0", "tty0", "fb1");
	stage_close(&stage);
}

static void vga_is_the_boot_gpu_and_headless_is_none(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage);
	consoles(&stage, TTY0);
	screen(&stage, 0, "(S) VGA+\n", "1\n");
	stage_link(&stage, "class/graphics/fb0/device", NVME);
	stage_write(&stage, "1\n", GPU "/boot_vga");
	stage_collect(&stage);
	stage_expect_uses(&stage, USE_CONSOLE, 1);
	stage_expect_use(&stage, USE_CONSOLE, "01:00.0", "tty0", NULL);
	stage_close(&stage);

	stage_open(&stage);
	consoles(&stage, TTY0);
	screen(&stage, 0, "(S) dummy device\n", "1\n");
	screen(&stage, 1, FRAMEBUFFER, "0\n");
	stage_link(&stage, "class/graphics/fb0/device", NVME);
	stage_write(&stage, "1\n", GPU "/boot_vga");
	stage_collect(&stage);
	stage_expect_uses(&stage, USE_CONSOLE, 0);
	stage_expect_unseen(&stage, "console", 0);
	stage_close(&stage);
}

static void screen_that_leads_nowhere_is_said(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage);
	consoles(&stage, TTY0);
	screen(&stage, 0, FRAMEBUFFER, "1\n");
	stage_collect(&stage);
	stage_expect_unseen(&stage, "console tty0", 1);
	stage_close(&stage);

	stage_open(&stage);
	stage_collect(&stage);
	stage_expect_unseen(&stage, "/proc/consoles", 1);
	stage_close(&stage);
}

static void input(const struct stage *stage, const char *folder,
		  const char *name, const char *keys)
{
	char path[64];

	stage_write(stage, keys, "%s/capabilities/key", folder);
	if (name)
		stage_write(stage, name, "%s/name", folder);
	snprintf(path, sizeof(path), "class/input/%s", strrchr(folder, '/') + 1);
	stage_link(stage, path, folder);
}

static void keyboards_have_the_keys_and_are_behind_usb(void **state)
{
#define PORT USB "/usb1/1-4/1-4.2/1-4.2:1.0/0003:046D:C31C.0001/input"
#define ALL_KEYS "1000000000007 ff9f207ac14057ff febeffdfffefffff fffffffffffffffe\n"
	struct stage stage;

	(void)state;
	stage_open(&stage);
	input(&stage, PORT "/input5", "Logitech USB Keyboard\n", ALL_KEYS);
	input(&stage, PORT "/input6", "Mouse\n", "1f0000 0 0 0 0\n");
	input(&stage, "devices/LNXSYSTM:00/LNXPWRBN:00/input/input0",
	      "Power Button\n", "10000000000000 0\n");
	input(&stage, "devices/platform/i8042/serio0/input/input1",
	      "AT Keyboard\n", ALL_KEYS);
	input(&stage, NIC "/input/input7", NULL, "fffffffe\n");
	input(&stage, GPU "/input/input8", "One key short\n", "fffffffc\n");
	stage_write(&stage, "", "class/input/event0/dev");
	stage_collect(&stage);
	stage_expect_uses(&stage, USE_KEYBOARD, 2);
	stage_expect_use(&stage, USE_KEYBOARD, "00:14.0",
			 "Logitech USB Keyboard", NULL);
	stage_expect_use(&stage, USE_KEYBOARD, "03:00.0", "input7", NULL);
	stage_expect_unseen(&stage, "keyboards", 0);
	stage_close(&stage);
}

static void input_without_a_class_is_said_unless_there_is_none(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage);
	stage_collect(&stage);
	stage_expect_unseen(&stage, "keyboards", 1);
	stage_close(&stage);

	stage_open(&stage);
	stage_write(&stage, "", "class/net/lo/mtu");
	stage_collect(&stage);
	stage_expect_unseen(&stage, "keyboards", 0);
	stage_close(&stage);
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
		cmocka_unit_test(serial_console_is_on_the_function_of_its_port),
		cmocka_unit_test(screen_is_on_the_function_of_its_framebuffer),
		cmocka_unit_test(framebuffer_of_the_firmware_is_on_the_boot_gpu),
		cmocka_unit_test(vga_is_the_boot_gpu_and_headless_is_none),
		cmocka_unit_test(screen_that_leads_nowhere_is_said),
		cmocka_unit_test(keyboards_have_the_keys_and_are_behind_usb),
		cmocka_unit_test(input_without_a_class_is_said_unless_there_is_none),
	};

	return cmocka_run_group_tests_name("host_use", tests, NULL, NULL);
}
