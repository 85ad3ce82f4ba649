// SPDX-License-Identifier: GPL-2.0
#include "rule/assessment.h"

int assessment_find(struct assessment *assessment,
		const struct survey *survey, const struct set *asked,
		bool handed_over, size_t most)
{
	int ret;

	*assessment = (struct assessment){ 0 };
	ret = inquiry_open(&assessment->inquiry, survey, asked, most);
	assessment->inquiry.handed_over = handed_over;
	if (!ret)
		ret = judgement_reach(&assessment->judgement, &assessment->inquiry);
	return ret ? ret : ready_find(&assessment->ready, &assessment->inquiry);
}

void assessment_free(struct assessment *assessment)
{
	ready_free(&assessment->ready);
	judgement_free(&assessment->judgement);
	inquiry_close(&assessment->inquiry);
}
