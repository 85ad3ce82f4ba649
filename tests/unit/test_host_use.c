// SPDX-License-Identifier: GPL-2.0
/* Consoles and keyboards, down to PCI functions. */
#include <stdio.h>
#include <string.h>

#include "stage.h"
#include "suite.h"

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
	stage_expect_uses(&stage, USE_CONSOLE, 1);
	stage_expect_use(&stage, USE_CONSOLE, "01:00.0", "tty0", "fb0");
	stage_close(&stage);
}

static int terminal_is_on_fb1(const char *path, unsigned int terminal,
			      unsigned int *framebuffer)
{
	assert_non_null(strstr(path, "/fb0"));
	assert_int_equal(terminal, 1);
	*framebuffer = 1;
	return 0;
}

/* The second card with a driver of its own shows nothing, as a rule. */
static void one_of_two_gpus_shows_the_terminals(void **state)
{
	struct stage stage;

	(void)state;
	for (int asked = 0; asked < 2; asked++) {
		stage_open(&stage);
		consoles(&stage, TTY0);
		screen(&stage, 0, FRAMEBUFFER, "1\n");
		stage_link(&stage, "class/graphics/fb0/device", GPU);
		stage_link(&stage, "class/graphics/fb1/device", NVME);
		if (asked)
			stage.calls.screen = terminal_is_on_fb1;
		stage_collect(&stage);
		stage_expect_uses(&stage, USE_CONSOLE, 1);
		stage_expect_use(&stage, USE_CONSOLE,
				 asked ? "02:00.0" : "01:00.0", "tty0",
				 asked ? "fb1" : "fb0");
		stage_close(&stage);
	}
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
		cmocka_unit_test(serial_console_is_on_the_function_of_its_port),
		cmocka_unit_test(screen_is_on_the_function_of_its_framebuffer),
		cmocka_unit_test(one_of_two_gpus_shows_the_terminals),
		cmocka_unit_test(framebuffer_of_the_firmware_is_on_the_boot_gpu),
		cmocka_unit_test(vga_is_the_boot_gpu_and_headless_is_none),
		cmocka_unit_test(screen_that_leads_nowhere_is_said),
		cmocka_unit_test(keyboards_have_the_keys_and_are_behind_usb),
		cmocka_unit_test(input_without_a_class_is_said_unless_there_is_none),
	};

	return cmocka_run_group_tests_name("host_use", tests, NULL, NULL);
}
