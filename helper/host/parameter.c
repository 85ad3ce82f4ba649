// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "host/collector.h"
#include "host/command_line.h"
#include "host/file.h"
#include "host/unseen.h"

/**
 * struct parameter - one that can make handing over a device unsafe
 * @module: whose parameter it is; where it is not loaded, the answer is not known
 * @other: has the same parameter where it is loaded; NULL for none
 */
static const struct parameter {
	const char *module, *other, *name;
	enum host_field field;
} parameters[] = {
	{ "vfio_iommu_type1", "iommufd", "allow_unsafe_interrupts",
	  HOST_UNSAFE_INTERRUPTS },
	{ "vfio", NULL, "enable_unsafe_noiommu_mode", HOST_NOIOMMU_MODE },
	{ "vfio_pci", NULL, "disable_denylist", HOST_DENYLIST_DISABLED },
};

/* Where the module is not loaded, what it would be told then. */
static bool read_flag(const struct host_roots *roots, const char *line,
		      const char *module, const char *name, bool *value)
{
	char text[FILE_LINE];
	int ret;

	if (file_exists(roots->sysfs, "module/%s", module))
		return command_line_flag(line, module, name, value);
	ret = file_line(text, roots->sysfs, "module/%s/parameters/%s", module,
			name);
	*value = !ret && *text == 'Y';
	/* A kernel that was built without it does not have the parameter. */
	return !ret || ret == -ENOENT;
}

static bool read_parameter(const struct host_roots *roots, struct host *host,
			   const struct parameter *parameter)
{
	const char *line = host->command_line;
	bool value = false, other = false, known;

	known = read_flag(roots, line, parameter->module, parameter->name,
			  &value);
	if (parameter->other)
		read_flag(roots, line, parameter->other, parameter->name,
			  &other);
	if (known || other)
		field_set_number(host_fields, parameter->field, host,
				 value || other ? ANSWER_YES : ANSWER_NO);
	return known || other;
}

int parameter_collect(const struct host_roots *roots, struct facts *facts)
{
	char *unknown = NULL;
	int ret = 0;

	for (size_t i = 0; !ret && i < sizeof(parameters) / sizeof(*parameters);
	     i++)
		if (!read_parameter(roots, &facts->host, &parameters[i]))
			ret = text_append(&unknown, "%s %s.%s",
					  unknown ? "," : "",
					  parameters[i].module,
					  parameters[i].name);
	if (!ret && unknown)
		ret = unseen_add(facts,
			"parameters of modules that are not loaded or cannot be read:%s",
			unknown);
	free(unknown);
	return ret;
}
