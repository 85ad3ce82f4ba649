// SPDX-License-Identifier: GPL-2.0
#include "rule/rule.h"

static const char *const severity_table[] = {
	"info", "warning", "unknown", "unsafe",
};

const struct names severity_names = { severity_table, 4 };

static const char *const verdict_table[] = {
	"safe", "warning", "unknown", "unsafe",
};

const struct names verdict_names = { verdict_table, 4 };
