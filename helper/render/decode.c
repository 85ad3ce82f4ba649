// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdlib.h>

#include "render/decode.h"
#include "render/escape.h"

/* What the drivers call themselves in the log. */
static const char *const speakers[] = {
	[FAULT_VTD] = "Intel VT-d",
	[FAULT_AMDVI] = "AMD-Vi",
	[FAULT_SMMU_V2] = "Arm SMMUv2",
	[FAULT_SMMU_V3] = "Arm SMMUv3",
	[FAULT_VIRTIO] = "virtio-iommu",
};

static const char *plural(uint64_t count)
{
	return count == 1 ? "" : "s";
}

static const char *name_kind(const struct fault *fault)
{
	const char *name = names_get(&fault_kind_names, fault->kind);

	return name ? name : "request";
}

/* Who sent it, in a word. */
static char *name_short(const struct decoded *decoded)
{
	const struct fault *fault = &decoded->row->fault;
	char address[BDF_TEXT];

	if (fault->has_requester)
		return text_format("%s", bdf_format(decoded->origin.address,
						    address));
	if (fault->client[0])
		return escape_terminal(fault->client);
	return fault->has_stream ? text_format("0x%x", fault->stream) :
				   text_format("?");
}

static int write_row(const struct output *output, const struct decoded *decoded)
{
	const struct device *device = decoded->origin.device;
	const struct fault *fault = &decoded->row->fault;
	char *who = name_short(decoded);
	char *driver = device ? output_driver(device) : text_format("-");
	int ret = who && driver ? 0 : -ENOMEM;

	if (!ret)
		fprintf(output->stream, "%8llu  %-11s  %-13s  %-12s  %s\n",
			(unsigned long long)decoded->row->count,
			name_kind(fault), who, driver, fault->has_code ?
			fault_reason_words(fault->driver, fault->code) : "?");
	free(who);
	free(driver);
	return ret;
}

/* At a glance, where there is more than a glance. */
static int write_table(const struct output *output,
		       const struct decoding *decoding)
{
	int ret = 0;

	if (decoding->count < 2)
		return 0;
	fprintf(output->stream, "\n%8s  %-11s  %-13s  %-12s  %s\n", "FAULTS",
		"WANTED", "REQUESTER", "DRIVER", "REASON");
	for (size_t i = 0; !ret && i < decoding->count; i++)
		ret = write_row(output, &decoding->item[i]);
	return ret;
}

/* Who sent it: address and name, or what the log has instead. */
static char *name_requester(const struct output *output,
			    const struct decoded *decoded)
{
	const struct fault *fault = &decoded->row->fault;
	char address[BDF_TEXT], *name, *text;

	bdf_format(decoded->origin.address, address);
	if (decoded->origin.device) {
		name = pci_names_device(output->names, decoded->origin.device);
		text = name ? text_format("%s %s", address, name) : NULL;
		free(name);
		return text;
	}
	if (fault->has_requester)
		return text_format("%s%s", address, decoded->origin.searched ?
				   ", which is no device here" : "");
	if (fault->client[0])
		return text_format("%s", fault->client);
	if (fault->has_stream)
		return text_format("%s 0x%x", fault->driver == FAULT_VIRTIO ?
				   "endpoint" : "stream", fault->stream);
	return text_format("the log does not say who");
}

static int write_head(const struct output *output,
		      const struct decoded *decoded)
{
	const struct tally_row *row = decoded->row;
	char *text = name_requester(output, decoded);
	char *shown = text ? escape_terminal(text) : NULL;

	free(text);
	if (!shown)
		return -ENOMEM;
	fprintf(output->stream, "\n%llu %s%s  ",
		(unsigned long long)row->count, name_kind(&row->fault),
		plural(row->count));
	output_coloured(output, COLOUR_CAUTION, shown);
	fputc('\n', output->stream);
	free(shown);
	return 0;
}

static int write_device(const struct output *output,
			const struct decoded *decoded)
{
	const struct device *device = decoded->origin.device;
	char *driver, *text;

	if (!device)
		return 0;
	driver = output_driver(device);
	text = driver ? text_format("%s", driver) : NULL;
	free(driver);
	if (text && device_has(device, DEVICE_GROUP))
		text_append(&text, ", IOMMU group %u", device->group);
	return output_made(output, "driver", text);
}

static int append_flags(char **text, const struct fault *fault)
{
	int ret = text_append(text, "; flags 0x%04x", fault->flags);

	for (unsigned int i = 0; !ret && i < fault_flag_names.count; i++)
		if (fault->kind && fault->flags >> i & 1)
			ret = text_append(text, " %s",
					  fault_flag_names.name[i]);
	return ret;
}

static int write_reason(const struct output *output, const struct fault *fault)
{
	const struct fault_reason *reason = NULL;
	char *text;

	if (fault->has_code)
		reason = fault_reason_find(fault->driver, fault->code);
	text = text_format("%s", speakers[fault->driver]);
	if (text && fault->unit[0])
		text_append(&text, " %s", fault->unit);
	if (text && fault->has_code)
		text_append(&text, ", %s%s0x%02x: %s",
			reason && reason->event ? reason->event : "reason",
			" ", fault->code,
			fault_reason_words(fault->driver, fault->code));
	if (text && fault->has_flags)
		append_flags(&text, fault);
	return output_made(output, "reason", text);
}

static int write_place(const struct output *output, const struct tally_row *row)
{
	const struct fault *fault = &row->fault;
	bool index = fault->kind == FAULT_INTERRUPT &&
		     fault->driver == FAULT_VTD;
	char *text;

	if (!fault->has_address)
		return 0;
	text = text_format("0x%llx", (unsigned long long)fault->address);
	if (text && row->last_address != fault->address)
		text_append(&text, " first, 0x%llx last",
			    (unsigned long long)row->last_address);
	if (text && fault->has_pasid)
		text_append(&text, ", PASID 0x%x", fault->pasid);
	return output_made(output, index ? "index" : "address", text);
}

static int write_time(const struct output *output, const struct tally_row *row)
{
	if (!row->first[0])
		return 0;
	return output_made(output, "when", row->count == 1 ?
		text_format("%s", row->first) :
		text_format("%s to %s", row->first, row->last));
}

static int write_decoded(const struct output *output,
			const struct decoded *decoded)
{
	const struct text_list *remarks = &decoded->origin.remarks;
	int ret = write_head(output, decoded);

	if (!ret)
		ret = write_device(output, decoded);
	if (!ret)
		ret = write_reason(output, &decoded->row->fault);
	if (!ret)
		ret = write_place(output, decoded->row);
	if (!ret)
		ret = write_time(output, decoded->row);
	if (!ret)
		ret = output_made(output, "likely",
				  text_format("%s", decoded->cause->likely));
	for (size_t i = 0; !ret && i < remarks->count; i++)
		ret = output_made(output, i ? "" : "sender",
				  text_format("%s", remarks->item[i]));
	return ret;
}

static int write_damaged(const struct output *output,
			const struct fault_log *log)
{
	int ret = 0;

	if (!log->damaged)
		return 0;
	fprintf(output->stream, "\n%llu line%s about faults not understood:\n",
		(unsigned long long)log->damaged, plural(log->damaged));
	for (size_t i = 0; !ret && i < log->damaged_text.count; i++)
		ret = output_made(output, "", text_format("%s",
						log->damaged_text.item[i]));
	if (!ret && log->damaged > log->damaged_text.count)
		fputs("            ...\n", output->stream);
	return ret;
}

/* No fault is told, and a number of 0 would be a lie. */
static void write_signs(const struct output *output, const struct fault_log *log)
{
	output_coloured(output, COLOUR_CAUTION, "SIGNS");
	fprintf(output->stream, " of DMA faults in %llu line%s, and none that is told whole.\n",
		(unsigned long long)log->lines, plural(log->lines));
	if (log->reports)
		fprintf(output->stream,
			"%llu line%s that there were faults, and not which.\n",
			(unsigned long long)log->reports,
			log->reports == 1 ? " says" : "s say");
}

static void write_headline(const struct output *output,
			   const struct fault_log *log)
{
	if (fault_log_silent(log)) {
		fprintf(output->stream,
			"None of %llu lines tells of a DMA fault. That proves nothing: the kernel prints only\nsome of them, and a log keeps only the last.\n",
			(unsigned long long)log->lines);
		return;
	}
	if (!log->faults) {
		write_signs(output, log);
		return;
	}
	output_coloured(output, COLOUR_CAUTION, "AT LEAST");
	fprintf(output->stream, " %llu DMA fault%s, in %llu line%s. %s\n",
		(unsigned long long)log->faults, plural(log->faults),
		(unsigned long long)log->lines, plural(log->lines),
		fault_log_lossy(log) ? "There were more: see \"not seen\"." :
		"A log never has them all.");
}

int decode_render(const struct output *output, const struct decoding *decoding)
{
	int ret;

	write_headline(output, decoding->log);
	ret = write_table(output, decoding);
	for (size_t i = 0; !ret && i < decoding->count; i++)
		ret = write_decoded(output, &decoding->item[i]);
	if (!ret)
		ret = write_damaged(output, decoding->log);
	if (!ret)
		output_unseen(output, &decoding->facts->unseen,
			      &decoding->remarks);
	return ret;
}
