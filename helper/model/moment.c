// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "model/moment.h"
#include "model/text.h"

char *moment_format(uint64_t moment, char text[MOMENT_TEXT])
{
	time_t seconds = (time_t)(moment / MOMENT_SECOND);
	struct tm parts;

	gmtime_r(&seconds, &parts);
	text_print(text, MOMENT_TEXT, "%04d-%02d-%02dT%02d:%02d:%02d.%09uZ",
		   parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday,
		   parts.tm_hour, parts.tm_min, parts.tm_sec,
		   (unsigned int)(moment % MOMENT_SECOND));
	return text;
}

/* Written again it must be the same: so there is no 30th of February. */
int moment_parse(const char *text, uint64_t *moment)
{
	char again[MOMENT_TEXT];
	struct tm parts = { 0 };
	unsigned int fraction;
	time_t seconds;
	uint64_t value;

	if (strlen(text) != MOMENT_TEXT - 1 ||
	    sscanf(text, "%4d-%2d-%2dT%2d:%2d:%2d.%9uZ", &parts.tm_year,
		   &parts.tm_mon, &parts.tm_mday, &parts.tm_hour,
		   &parts.tm_min, &parts.tm_sec, &fraction) != 7)
		return -EINVAL;
	parts.tm_year -= 1900;
	parts.tm_mon--;
	seconds = timegm(&parts);
	if (seconds < 0 ||
	    __builtin_mul_overflow((uint64_t)seconds, MOMENT_SECOND, &value) ||
	    __builtin_add_overflow(value, fraction, &value) ||
	    strcmp(moment_format(value, again), text))
		return -ERANGE;
	*moment = value;
	return 0;
}

uint64_t moment_now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_REALTIME, &time);
	return (uint64_t)time.tv_sec * MOMENT_SECOND + (uint64_t)time.tv_nsec;
}

char *moment_age(uint64_t now, uint64_t then, char text[MOMENT_AGE])
{
	static const struct {
		uint64_t seconds;
		const char *name;
	} units[] = {
		{ 86400, "day" }, { 3600, "hour" }, { 60, "minute" },
		{ 1, "second" },
	};
	/* A clock that was set back since makes it now. */
	uint64_t seconds = now > then ? (now - then) / MOMENT_SECOND : 0;
	size_t i = 0;

	while (i < 3 && seconds < units[i].seconds)
		i++;
	seconds /= units[i].seconds;
	text_print(text, MOMENT_AGE, "%llu %s%s", (unsigned long long)seconds,
		   units[i].name, seconds == 1 ? "" : "s");
	return text;
}
