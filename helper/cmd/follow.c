// SPDX-License-Identifier: GPL-2.0
/*
 * faults --follow: counts are the truth and messages a convenience. Whatever was
 * missed, all counts are read again and what grew is told, so that no fault is
 * left out and none is told twice.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/follow.h"
#include "model/growth.h"
#include "render/follow.h"

/* How long a signal or a reader that went away may wait to be noticed. */
#define TICK_MS 200

/* Every so many ticks of silence it is seen whether the module is still there. */
#define TICKS_OF_TRUST 10

/** struct follower - what is known on the way */
struct follower {
	const struct invocation *invocation;
	struct listener *listener;
	struct output output;
	bool json;
	const struct bdf *only;
	size_t only_count;
	struct faults known;
	struct sequence sequence;
	unsigned int silence;
	struct problem problem;
};

static volatile sig_atomic_t ended;

static void end(int signal)
{
	(void)signal;
	ended = 1;
}

static bool is_wanted(const struct follower *follower, struct bdf id)
{
	for (size_t i = 0; i < follower->only_count; i++)
		if (!bdf_compare(follower->only[i], id))
			return true;
	return !follower->only_count;
}

static int no_memory(struct follower *follower)
{
	return problem_set(&follower->problem, -ENOMEM, "out of memory");
}

static int tell(struct follower *follower, const struct requester *requester)
{
	struct growth growth;
	int ret = growth_take(&growth, &follower->known, requester);

	if (!ret && growth.faults && is_wanted(follower, requester->address))
		ret = follow_write_growth(&follower->output, follower->json,
					  &follower->known, &growth);
	return ret ? no_memory(follower) : 0;
}

/* Whose they were is not known: anyone's of the segment. */
static bool is_concerned(const struct follower *follower,
			 const struct source *source)
{
	for (size_t i = 0; i < follower->only_count; i++)
		if (follower->only[i].segment == source->segment)
			return true;
	return !follower->only_count || !field_known(source, SOURCE_SEGMENT);
}

static int tell_loss(struct follower *follower, const struct source *source)
{
	struct loss loss;
	int ret = loss_take(&loss, &follower->known, source);

	if (!ret && loss_is_any(&loss) && is_concerned(follower, source))
		ret = follow_write_loss(&follower->output, follower->json, &loss);
	return ret ? no_memory(follower) : 0;
}

static int tell_all(struct follower *follower, const struct faults *now)
{
	int ret = 0;

	for (size_t i = 0; !ret && i < now->source_count; i++)
		ret = tell_loss(follower, &now->sources[i]);
	for (size_t i = 0; !ret && i < now->requester_count; i++)
		ret = tell(follower, &now->requesters[i]);
	return ret;
}

static int read_again(struct follower *follower)
{
	struct faults now;
	int ret = listener_read(follower->listener, &now, &follower->problem);

	if (ret)
		return ret;
	if (follow_write_reread(&follower->output, follower->json))
		ret = no_memory(follower);
	else
		ret = tell_all(follower, &now);
	faults_free(&now);
	return ret;
}

static int report_missed(struct follower *follower, uint64_t count)
{
	if (follow_write_missed(&follower->output, follower->json, count))
		return no_memory(follower);
	return 0;
}

static int take_numbered(struct follower *follower, const struct news *news)
{
	uint64_t missed = sequence_step(&follower->sequence, news->sequence);
	int ret = missed ? report_missed(follower, missed) : 0;

	if (!ret && news->kind == NEWS_FAULTS)
		ret = tell(follower, &news->requester);
	if (!ret && news->kind == NEWS_SOURCE)
		ret = tell_loss(follower, &news->source);
	if (!ret && (missed || news->kind == NEWS_RESYNC))
		ret = read_again(follower);
	return ret;
}

static int take_silence(struct follower *follower)
{
	if (++follower->silence % TICKS_OF_TRUST)
		return 0;
	return listener_check(follower->listener, &follower->problem);
}

static int take(struct follower *follower, const struct news *news)
{
	int ret;

	switch (news->kind) {
	case NEWS_NONE:
		return take_silence(follower);
	case NEWS_OVERFLOW:
		ret = report_missed(follower, 0);
		return ret ? ret : read_again(follower);
	default:
		follower->silence = 0;
		return take_numbered(follower, news);
	}
}

static int step(struct follower *follower)
{
	struct news news;
	int ret = listener_next(follower->listener, &news, TICK_MS,
				&follower->problem);

	if (!ret)
		ret = take(follower, &news);
	news_free(&news);
	return ret;
}

/* A pipe that nobody reads any more; also before anything is written to it. */
static bool is_abandoned(FILE *stream)
{
	struct pollfd poll_fd = { .fd = fileno(stream) };

	return poll_fd.fd >= 0 && poll(&poll_fd, 1, 0) == 1 &&
	       poll_fd.revents & POLLERR;
}

/* That the reader of a pipe had enough is no error. */
static bool ends_quietly(FILE *stream)
{
	if (!is_abandoned(stream))
		return false;
	__fpurge(stream);
	clearerr(stream);
	return true;
}

static int run(struct follower *follower)
{
	FILE *stream = follower->output.stream;
	int ret = 0;

	while (!ret && !ended && !ferror(stream) && !is_abandoned(stream))
		ret = step(follower);
	if (ends_quietly(stream))
		return STATUS_DONE;
	if (ret)
		return command_fail(follower->invocation->around, "%s",
				    follower->problem.text);
	return STATUS_DONE;
}

int follow_run(const struct invocation *invocation, struct listener *listener,
	       const struct bdf *only, size_t count)
{
	struct sigaction action = { .sa_handler = end }, interrupt, terminate;
	struct follower follower = {
		.invocation = invocation, .listener = listener,
		.output.stream = invocation->around->out,
		.json = option_given(invocation->options, OPTION_JSON),
		.only = only, .only_count = count,
	};
	int status;

	ended = 0;
	sigaction(SIGINT, &action, &interrupt);
	sigaction(SIGTERM, &action, &terminate);
	if (listener_read(listener, &follower.known, &follower.problem))
		status = command_fail(invocation->around, "%s",
				      follower.problem.text);
	else if (!follower.known.told)
		status = command_fail(invocation->around,
			"the loaded module does not count faults");
	else
		status = run(&follower);
	faults_free(&follower.known);
	sigaction(SIGINT, &interrupt, NULL);
	sigaction(SIGTERM, &terminate, NULL);
	return status;
}
