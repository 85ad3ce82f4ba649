// SPDX-License-Identifier: GPL-2.0
/* Why the module does not answer, by what sysfs says of it and of the kernel. */
#include <errno.h>
#include <string.h>

#include "provider/netlink_absence.h"
#include "suite.h"
#include "sysfs_tree.h"

#define LOCKDOWN "kernel/security/lockdown"
#define ENFORCED "module/module/parameters/sig_enforce"
#define ONLY_SIGNED "takes only signed modules (if it is signed: modprobe iowarden)"

static const struct {
	const char *file, *text;
	const char *second_file, *second_text;
	const char *said;
} cases[] = {
	{ NULL, NULL, NULL, NULL, "is not loaded (modprobe iowarden)" },
	{ LOCKDOWN, "[none] integrity confidentiality\n", ENFORCED, "N\n",
	  "is not loaded (modprobe iowarden)" },
	{ LOCKDOWN, "none [integrity] confidentiality\n", ENFORCED, "N\n",
	  "is not loaded, and this kernel (lockdown: integrity) " ONLY_SIGNED },
	{ LOCKDOWN, "none integrity [confidentiality]\n", NULL, NULL,
	  "is not loaded, and this kernel (lockdown: confidentiality) " ONLY_SIGNED },
	{ LOCKDOWN, "[none] integrity confidentiality\n", ENFORCED, "Y\n",
	  "is not loaded, and this kernel (module.sig_enforce) " ONLY_SIGNED },
	{ ENFORCED, "Y\n", NULL, NULL,
	  "is not loaded, and this kernel (module.sig_enforce) " ONLY_SIGNED },
	/* Files that say nothing are no reason. */
	{ LOCKDOWN, "", ENFORCED, "", "is not loaded (modprobe iowarden)" },
	{ LOCKDOWN, "none integrity [", NULL, NULL,
	  "is not loaded (modprobe iowarden)" },
	/* What is loaded was taken, whatever the kernel takes. */
	{ LOCKDOWN, "none [integrity] confidentiality\n",
	  "module/iowarden/version", "0.1.0\n",
	  "is loaded, but its family is not here" },
};

static void absence_is_explained(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < COUNT(cases); i++) {
		struct problem problem = { .text = "" };
		struct sysfs_tree tree;

		sysfs_tree_open(&tree);
		if (cases[i].file)
			sysfs_tree_write(&tree, cases[i].text, "%s",
					 cases[i].file);
		if (cases[i].second_file)
			sysfs_tree_write(&tree, cases[i].second_text, "%s",
					 cases[i].second_file);
		assert_int_equal(netlink_absence(tree.root, &problem), -ENOPKG);
		if (!strstr(problem.text, cases[i].said))
			fail_msg("case %u: \"%s\" does not say \"%s\"", i,
				 problem.text, cases[i].said);
		sysfs_tree_close(&tree);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(absence_is_explained),
	};

	return cmocka_run_group_tests_name("absence", tests, NULL, NULL);
}
