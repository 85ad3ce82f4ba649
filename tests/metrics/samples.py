# SPDX-License-Identifier: GPL-2.0
"""Metrics in the text form of Prometheus, read strictly."""
import re

LINE = re.compile(r'([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)')
LABEL = re.compile(r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\["\\n])*)"(,|$)')


def read_labels(text):
    """Pairs in the order of their names, as collectors sort them."""
    labels, at = [], 0
    while at < len(text):
        match = LABEL.match(text, at)
        if not match:
            raise ValueError(f"no label: {text[at:]}")
        labels.append(match.group(1, 2))
        at = match.end()
    return tuple(sorted(labels))


def read(text):
    """A value for each series. A line that is none, or a series that comes twice, is an error."""
    samples = {}
    for line in text.splitlines():
        if line.startswith("# "):
            continue
        match = LINE.fullmatch(line)
        if not match:
            raise ValueError(f"no sample: {line}")
        series = match.group(1), read_labels(match.group(2) or "")
        if series in samples:
            raise ValueError(f"twice: {line}")
        samples[series] = float(match.group(3))
    return samples


def names(samples):
    return {name for name, _ in samples}
