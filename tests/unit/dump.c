// SPDX-License-Identifier: GPL-2.0
#include <stdlib.h>
#include <string.h>

#include "dump.h"
#include "provider/lspci.h"
#include "suite.h"

void dump_open(struct dump *dump)
{
	*dump = (struct dump){ 0 };
	dump->stream = open_memstream(&dump->text, &dump->length);
	assert_non_null(dump->stream);
}

void dump_bytes(struct dump *dump, const char *address, const uint8_t *bytes,
		size_t length)
{
	fprintf(dump->stream, "%s %02x%02x: %02x%02x:%02x%02x", address,
		bytes[0x0b], bytes[0x0a], bytes[1], bytes[0], bytes[3],
		bytes[2]);
	for (size_t i = 0; i < length; i++) {
		if (i % 16 == 0)
			fprintf(dump->stream, "\n%02zx:", i);
		fprintf(dump->stream, " %02x", bytes[i]);
	}
	fputs("\n\n", dump->stream);
}

void dump_function(struct dump *dump, const struct fake *fake)
{
	const char *address = strrchr(fake->path, '/');
	uint8_t config[CONFIG_SIZE];
	size_t length = fake_config(config, fake);

	dump_bytes(dump, address ? address + 1 : fake->path, config, length);
}

int dump_look(struct dump *dump)
{
	struct content content = { .name = "dump.txt" };
	struct provider_request request = { .content = &content };

	fflush(dump->stream);
	content.text = dump->text;
	content.length = dump->length;
	return lspci_load(&request, &dump->facts, &dump->problem);
}

const struct device *dump_device(const struct dump *dump, const char *text)
{
	const struct device *found;
	struct bdf bdf;

	assert_int_equal(bdf_parse(text, &bdf), 0);
	found = facts_find(&dump->facts, bdf);
	assert_non_null(found);
	return found;
}

size_t dump_unseen(const struct dump *dump, const char *words)
{
	size_t count = 0;

	for (size_t i = 0; i < dump->facts.unseen.count; i++)
		count += strstr(dump->facts.unseen.item[i], words) != NULL;
	return count;
}

void dump_close(struct dump *dump)
{
	fclose(dump->stream);
	free(dump->text);
	facts_free(&dump->facts);
}
