#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Holds what the module counted of an emulated AMD-Vi against what QEMU logged and the kernel printed.

usage: judge_amd.py DIR KERNEL   with DIR as the suite `amd` made it

QEMU's trace tells of each fault that it found, and of each interrupt: one for each event that it logged.
It does not tell whose they were; what it wrote into the log is what the kernel printed. Prints TAP.
"""
import collections
import json
import pathlib
import re
import sys

import judge_faults
from judge_faults import case

PRINTED = re.compile(r"(0000:\S+): AMD-Vi: Event logged \[IO_PAGE_FAULT domain=0x0000 "
                     r"address=0x0 flags=(0x[0-9a-f]{4})\]$")
FAULT = re.compile(r"amdvi_page_fault .* (0x[0-9a-f]+)$", re.M)
INTERRUPT = re.compile(r"^amdvi_generate_msi_interrupt ", re.M)
LOG_ENTRIES = 512

# As injected, and as logged: without a bus, with the access in bits that mean something else, and as an
# interrupt (bit 3).
INJECTED = {"0x10000": 4, "0x20000": 3, "0x30000": 2}
LOGGED = {("0000:00:10.0", "0x0009"): 4, ("0000:00:11.0", "0x000a"): 3, ("0000:00:00.0", "0x0009"): 2}
INTERRUPT_FLAG = 0x8


def by_requester(printed):
    counts = collections.Counter()
    for (requester, _), count in printed.items():
        counts[requester] += count
    return counts


class Part:
    """What happened between begin and end."""

    def __init__(self, folder, name, injected="?"):
        self.name = name
        ends = [folder / f"{name}.{end}" for end in ("begin", "end")]
        first, last = (int(end.with_name(f"{end.name}.trace").read_text()) for end in ends)
        with (folder / "trace").open("rb") as file:
            file.seek(first)
            text = file.read(last - first).decode()
        self.faults = collections.Counter(FAULT.findall(text))
        self.logged = len(INTERRUPT.findall(text))
        before, after = (end.with_name(f"{end.name}.logged").read_text().splitlines() for end in ends)
        found = [PRINTED.search(line) for line in after[len(before):]]
        self.strange = found.count(None)
        self.printed = collections.Counter(match.groups() for match in found if match)
        (self.before, before), (self.after, after) = (
            judge_faults.read_answer(end.with_name(f"{end.name}.counted")) for end in ends)
        self.requesters = after
        self.counted = +collections.Counter({
            bdf: judge_faults.difference(before.get(bdf, {}), words, "total")
            for bdf, words in after.items()})
        print(f"# {name}: injected {injected}, found by QEMU {sum(self.faults.values())}, "
              f"logged by it {self.logged}, counted {sum(self.counted.values())}, "
              f"printed {sum(self.printed.values())}")

    def judge_log(self, faults, printed):
        case(self.faults == faults and self.logged == sum(faults.values()),
             f"{self.name}: QEMU logs each of {sum(faults.values())} faults", (self.faults, self.logged))
        case(self.printed == printed and not self.strange,
             f"{self.name}: the kernel prints each, as QEMU logged it", self.printed)

    def judge_counts(self, counted, how="all are counted, whose the log says they are"):
        case(self.counted == counted, f"{self.name}: {how}", self.counted)
        lost = [judge_faults.difference(self.before, self.after, key)
                for key in ("unattributed", "overflows", "missed")]
        case(lost == [0, 0, 0], f"{self.name}: nothing is told of as lost or unattributed", lost)


def answer(folder, name):
    return json.loads((folder / f"{name}.out").read_text())


def states(faults):
    return [(source["name"], source["state"]) for source in faults["sources"]]


def source_of(faults, name):
    return [source for source in faults["sources"] if source["name"] == name]


def findings(check):
    return {finding["id"]: finding["evidence"] for finding in check["findings"]}


def said(folder, name):
    return " ".join((folder / f"{name}.out").read_text().split())


def judge_trace(folder):
    part = Part(folder, "edus", 9)
    part.judge_log(INJECTED, LOGGED)
    part.judge_counts({}, "the tracepoint tells of none, and none is counted")
    case(all(int(flags, 16) & INTERRUPT_FLAG for _, flags in part.printed),
         "trace: as the log calls each an interrupt", part.printed)
    faults, check = answer(folder, "trace-faults"), answer(folder, "trace-check")
    trace, = source_of(faults, "trace")
    case(states(faults) == [("vtd", "absent"), ("trace", "active")], "trace: it is active, alone",
         states(faults))
    case("not of interrupt remapping" in trace["reason"], "trace: says that it is not told of those",
         trace["reason"])
    case(faults["requesters"] == [], "faults: nobody is accused", faults["requesters"])
    case("none were counted; that is not to say that there were none" in said(folder, "trace-text"),
         "faults: and nobody acquitted", said(folder, "trace-text"))
    case(check["faults"] == {"watched": True, "total": 0, "faults_at_least": True} and
         "faults-recent" not in findings(check), "check: 0 is a lower bound", check["faults"])
    log = (folder / "log").read_text()
    case(("interrupts-not-isolated" in findings(check)) == ("Disabling interrupt remapping" in log),
         "check: interrupts are isolated unless the kernel disabled that", findings(check))
    judge_decode(answer(folder, "decode"))


def judge_decode(decode):
    rows = {(row["requester"], row["flags"]): row["count"] for row in decode["faults"]}
    case(rows == LOGGED and decode["log"]["not_understood"] == 0, "decode: each line of the log, once", rows)
    case({(row["driver"], row["kind"], row["reason"]) for row in decode["faults"]} ==
         {("amdvi", "interrupt", "0x0002")}, "decode: page faults, and interrupts", decode["faults"])


def judge_sources(faults):
    case(states(faults) == [("vtd", "absent"), ("trace", "off"), ("amdvi", "unproven"), ("amdvi", "unproven")],
         "amdvi: in the place of trace, unproven", states(faults))
    trace, = source_of(faults, "trace")
    case("amdvi counts instead" in trace["reason"], "amdvi: why trace is off", trace["reason"])
    units = [source for source in source_of(faults, "amdvi") if "unit" in source]
    case([unit["segment"] for unit in units] == [0], "amdvi: one unit, of the table IVRS", units)
    case(all("nobody has seen work on AMD hardware" in source["reason"]
             for source in source_of(faults, "amdvi")), "amdvi: why it is unproven", faults["sources"])


def judge_answers(folder, counted):
    faults, check = answer(folder, "amdvi-faults"), answer(folder, "amdvi-check")
    case({who["bdf"]: who["total"] for who in faults["requesters"]} == counted and
         all(who["faults_at_least"] for who in faults["requesters"]),
         "faults: the counts, as lower bounds", faults["requesters"])
    case({(who["others"] == who["total"], who["last_access"], tuple(who["reasons"]), "last_address" in who)
          for who in faults["requesters"]} == {(True, "interrupt", ("0x02",), False)},
         "faults: as the log has them, interrupts without an address", faults["requesters"])
    why = "amdvi is unproven: reads the event log"
    case(not faults["watched"] and faults["unwatched_reason"].startswith(why) and
         "nobody has proven that DMA faults are counted here" in said(folder, "amdvi-text"),
         "faults: unproven is not watched", faults.get("unwatched_reason"))
    total = counted["0000:00:10.0"]
    case(check["faults"]["total"] == total and check["faults"]["faults_at_least"] and
         findings(check).get("faults-recent", "").startswith(f"at least {total} faults of requester ID 0000:00:10.0"),
         "check: faults-recent", findings(check))
    case(why in findings(check).get("faults-unwatched", ""), "check: faults-unwatched", findings(check))


def judge_amdvi(folder, stuck):
    judge_sources(answer(folder, "before-faults"))
    first, edus = Part(folder, "first", 1), Part(folder, "edus", 9)
    first.judge_log({"0x10000": 1}, {("0000:00:10.0", "0x0009"): 1})
    first.judge_counts({"0000:00:10.0": 1})
    edus.judge_log(INJECTED, LOGGED)
    if stuck:
        edus.judge_counts({}, "none is counted: the driver does not begin to read again")
    else:
        edus.judge_counts(by_requester(LOGGED))
    judge_answers(folder, first.counted + edus.counted)
    restarts = (folder / "log").read_text().count("GA Log restarting")
    case((restarts > 0) == stuck, f"the kernel {'never leaves' if stuck else 'leaves'} the interrupt", restarts)


def judge_more(folder):
    vfio, storm = Part(folder, "vfio", 3), Part(folder, "storm")
    vfio.judge_log({"0x40000": 3}, {("0000:00:11.0", "0x000a"): 3})
    vfio.judge_counts({"0000:00:11.0": 3})
    found = sum(storm.faults.values())
    case(storm.logged == found > 3 * LOG_ENTRIES,
         "storm: QEMU logs each fault, in a log that it fills several times", f"{storm.logged} of {found}")
    storm.judge_counts({"0000:00:12.0": storm.logged})
    faults = answer(folder, "after-faults")
    unit = source_of(faults, "amdvi")[1]
    case(unit["records"] == 13 + storm.logged == sum(who["total"] for who in faults["requesters"]),
         "faults: the sum of all", unit)


def main(folder, kernel):
    folder, stuck = pathlib.Path(folder), kernel == "bookworm"
    judge_trace(folder / "trace")
    judge_amdvi(folder / "amdvi", stuck)
    if not stuck:
        judge_more(folder / "amdvi")
    print(f"1..{judge_faults.number}")
    return judge_faults.failures != 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
