// SPDX-License-Identifier: GPL-2.0
/* Metrics of DMA faults by function. */
#include "model/text.h"
#include "render/metric_list.h"
#include "rule/watch.h"

static const char *name_account(const struct account *account,
				char address[BDF_TEXT])
{
	return account->nobody ? METRICS_NOBODY :
				 bdf_format(account->address, address);
}

/* Where no IOMMU translates, no request can fault, and there is nothing to watch. */
static int add_watched(struct exposition *exposition,
		       const struct metric_row *row,
		       const struct measurement *measurement)
{
	const struct facts *facts = measurement->tree->facts;
	char address[BDF_TEXT];
	int ret = 0;

	for (size_t i = 0; !ret && i < facts->device_count; i++) {
		const struct device *device = &facts->devices[i];
		enum watching state = watch_find(facts, device).state;

		if (state != WATCHING_UNTRANSLATED)
			ret = exposition_add_number(exposition, &row->metric,
				state == WATCHING_YES,
				VALUES(bdf_format(device->address, address)));
	}
	return ret;
}

static int add_accesses(struct exposition *exposition,
			const struct metric *metric,
			const struct account *account)
{
	const struct {
		const char *name;
		uint64_t count;
	} accesses[] = {
		{ "read", account->reads }, { "write", account->writes },
		{ "other", account->others },
	};
	char address[BDF_TEXT];
	const char *pci = name_account(account, address);
	int ret = 0;

	for (size_t i = 0; !ret && i < sizeof(accesses) / sizeof(*accesses); i++)
		if (account->watched || accesses[i].count)
			ret = exposition_add_number(exposition, metric,
				accesses[i].count,
				VALUES(pci, accesses[i].name));
	return ret;
}

static int add_faults(struct exposition *exposition,
		      const struct metric_row *row,
		      const struct measurement *measurement)
{
	const struct accounts *accounts = measurement->accounts;
	int ret = 0;

	for (size_t i = 0; !ret && i < accounts->count; i++)
		ret = add_accesses(exposition, &row->metric, &accounts->item[i]);
	return ret;
}

/* Of hundreds of possible reasons only those that occurred. */
static int add_reasons_of(struct exposition *exposition,
			  const struct metric *metric,
			  const struct account *account)
{
	char address[BDF_TEXT], code[sizeof("0x00")];
	const char *pci = name_account(account, address);
	int ret = 0;

	for (unsigned int i = 0; !ret && i < ACCOUNT_REASONS; i++) {
		if (!account->reasons[i])
			continue;
		text_print(code, sizeof(code), "0x%02x", i & 0xff);
		ret = exposition_add_number(exposition, metric,
					    account->reasons[i],
					    VALUES(pci, code));
	}
	if (ret || !account->other_reasons)
		return ret;
	return exposition_add_number(exposition, metric, account->other_reasons,
				     VALUES(pci, "other"));
}

static int add_reasons(struct exposition *exposition,
		       const struct metric_row *row,
		       const struct measurement *measurement)
{
	const struct accounts *accounts = measurement->accounts;
	int ret = 0;

	for (size_t i = 0; !ret && i < accounts->count; i++)
		if (accounts->item[i].reasons)
			ret = add_reasons_of(exposition, &row->metric,
					     &accounts->item[i]);
	return ret;
}

static int add_last(struct exposition *exposition, const struct metric_row *row,
		    const struct measurement *measurement)
{
	const struct accounts *accounts = measurement->accounts;
	char address[BDF_TEXT];
	int ret = 0;

	for (size_t i = 0; !ret && i < accounts->count; i++) {
		const struct account *account = &accounts->item[i];

		if (account->last_seen)
			ret = exposition_add_moment(exposition, &row->metric,
				account->last_seen,
				VALUES(name_account(account, address)));
	}
	return ret;
}

static const struct metric_row rows[] = {
	{ METRIC("faults_watched", "gauge",
		 "Whether DMA faults of a PCI function are counted; where they are not, no number of them says anything.",
		 "pci"),
	  .add = add_watched },
	{ METRIC("dma_faults_total", "counter",
		 "DMA faults by requester: a PCI function, or unknown for all IDs that no function has.",
		 "pci", "access"),
	  .add = add_faults },
	{ METRIC("dma_fault_reasons_total", "counter",
		 "The same by the IOMMU's number of the reason; series begin with the first fault.",
		 "pci", "reason"),
	  .add = add_reasons },
	{ METRIC("last_fault_timestamp_seconds", "gauge",
		 "When the last DMA fault was; absent where there was none.",
		 "pci"),
	  .add = add_last },
};

const struct metric_list metrics_of_faults = METRIC_LIST(rows);
