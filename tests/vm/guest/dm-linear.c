// SPDX-License-Identifier: GPL-2.0
/*
 * dm-linear NAME DEVICE...: one device-mapper device of several others, end to end, as LVM makes a
 * volume.  It becomes /dev/dm-N; the name and the number are printed.  (dmsetup would bring six
 * libraries and wait for udev.)
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>
#include <linux/dm-ioctl.h>
#include <linux/fs.h>

enum { MAX_TARGETS = 8, SECTOR = 512 };

/* What the kernel expects behind one header: targets, each followed by its parameters. */
struct target {
	struct dm_target_spec spec;
	char parameters[64];
};

struct request {
	struct dm_ioctl header;
	struct target targets[MAX_TARGETS];
};

static int fail(const char *what)
{
	fprintf(stderr, "dm-linear: %s: %s\n", what, strerror(errno));
	return 1;
}

static void prepare(struct request *request, const char *name)
{
	memset(request, 0, sizeof(*request));
	request->header.version[0] = DM_VERSION_MAJOR;
	request->header.data_size = sizeof(*request);
	request->header.data_start = sizeof(request->header);
	snprintf(request->header.name, sizeof(request->header.name), "%s", name);
}

/* The target that maps DEVICE behind START; returns its length in sectors, 0 on failure. */
static unsigned long long add_target(struct target *target, const char *device,
				     unsigned long long start)
{
	unsigned long long bytes = 0;
	struct stat status;
	int fd = open(device, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || fstat(fd, &status) || ioctl(fd, BLKGETSIZE64, &bytes))
		bytes = 0;
	if (fd >= 0)
		close(fd);
	target->spec.sector_start = start;
	target->spec.length = bytes / SECTOR;
	target->spec.next = sizeof(*target);
	strcpy(target->spec.target_type, "linear");
	if (bytes)
		snprintf(target->parameters, sizeof(target->parameters), "%u:%u 0",
			 major(status.st_rdev), minor(status.st_rdev));
	return bytes / SECTOR;
}

int main(int argc, char **argv)
{
	unsigned long long length, start = 0;
	struct request request;
	int control, i;

	if (argc < 3 || argc > 2 + MAX_TARGETS) {
		fprintf(stderr, "usage: dm-linear NAME DEVICE...\n");
		return 2;
	}
	control = open("/dev/mapper/control", O_RDWR | O_CLOEXEC);
	if (control < 0)
		return fail("/dev/mapper/control (modprobe dm-mod)");
	prepare(&request, argv[1]);
	/* LVM's volumes are known by this prefix. */
	snprintf(request.header.uuid, sizeof(request.header.uuid), "LVM-%s", argv[1]);
	if (ioctl(control, DM_DEV_CREATE, &request))
		return fail("DM_DEV_CREATE");
	prepare(&request, argv[1]);
	for (i = 2; i < argc; i++) {
		length = add_target(&request.targets[i - 2], argv[i], start);
		if (!length)
			return fail(argv[i]);
		start += length;
		request.header.target_count++;
	}
	if (ioctl(control, DM_TABLE_LOAD, &request))
		return fail("DM_TABLE_LOAD");
	prepare(&request, argv[1]);
	if (ioctl(control, DM_DEV_SUSPEND, &request))	/* without a flag: resume */
		return fail("DM_DEV_SUSPEND");
	printf("%s dm-%u\n", argv[1], minor(request.header.dev));
	return 0;
}
