#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Holds what the module counted against what the emulated IOMMU recorded.

usage: judge_faults.py DIR FAULTS RELOADS   with DIR as the suite `faults` made it

A record of QEMU's is (requester, access, reason). Of each there must be as many
in the accounts as in the trace, but for those that the module counts without
knowing whose they were. Prints TAP.
"""
import collections
import json
import pathlib
import re
import sys

RECORD = re.compile(r"vtd_frr_new index \d+ high (0x[0-9a-f]+) low 0x[0-9a-f]+$", re.M)
READ = 1 << 62
ACCESSES = ("reads", "writes", "others")
# More than this of a storm, or it was none.
STORM = 50
EVENTS_A_SECOND = 10

number = failures = 0


def case(good, name, why=""):
    global number, failures
    number += 1
    failures += not good
    print(f"{'ok' if good else 'not ok'} {number} - {name}{'' if good else f': {why}'}")


def words_of(line):
    words = dict(re.findall(r'(\w+)=("[^"]*"|\S+)', line))
    return {key: int(value) if value.isdigit() else value for key, value in words.items()}


def read_answer(path):
    """Sums over sources, and the requesters, of what the client `faults` printed."""
    sources, requesters = collections.Counter(), {}
    for line in path.read_text().splitlines():
        words = words_of(line)
        if line.startswith("source "):
            for key in ("records", "unattributed", "overflows", "missed", "at_least"):
                sources[key] += words.get(key, 0)
        elif line.startswith("requester "):
            requesters[words["bdf"]] = words
    return sources, requesters


def read_records(trace, first, last):
    """Records of QEMU's between two lengths of its trace."""
    with trace.open("rb") as file:
        file.seek(first)
        text = file.read(last - first).decode()
    records = collections.Counter()
    for high in RECORD.findall(text):
        high = int(high, 16)
        requester = f"0000:{high >> 8 & 255:02x}:{high >> 3 & 31:02x}.{high & 7}"
        records[requester, "reads" if high & READ else "writes", f"{high >> 32 & 255:02x}"] += 1
    return records


def difference(before, after, key):
    return after.get(key, 0) - before.get(key, 0)


class Phase:
    """What happened between begin and end."""

    def __init__(self, folder, name):
        ends = [folder / f"{name}.{end}" for end in ("begin", "end")]
        self.name = name
        (self.before, before), (self.after, after) = [
            read_answer(end.with_name(f"{end.name}.counted")) for end in ends]
        self.records = read_records(folder / "trace", *[
            int(end.with_name(f"{end.name}.trace").read_text()) for end in ends])
        logged = [int(end.with_name(f"{end.name}.logged").read_text()) for end in ends]
        self.logged = logged[1] - logged[0]
        self.injected = (folder / f"{name}.injected").read_text().strip()
        self.recorded = sum(self.records.values())
        self.counted = difference(self.before, self.after, "records")
        self.unattributed = difference(self.before, self.after, "unattributed")
        self.overflows = difference(self.before, self.after, "overflows")
        self.requesters = after
        self.accounts = collections.Counter()
        self.by_reason = collections.Counter()
        for requester, words in after.items():
            earlier = before.get(requester, {})
            for access in ACCESSES:
                self.accounts[requester, access] += difference(earlier, words, access)
            for key in words:
                if key.startswith("reason_"):
                    self.by_reason[requester, key[-2:]] += difference(earlier, words, key)

    def tell(self):
        print(f"# {self.name}: injected {self.injected or '?'}, recorded by QEMU {self.recorded}, "
              f"counted {self.counted}, unattributed {self.unattributed}, "
              f"overflows {self.overflows}, logged {self.logged}")

    def excess(self):
        """What is told more often than it was recorded."""
        accesses, reasons = collections.Counter(), collections.Counter()
        for (requester, access, reason), count in self.records.items():
            accesses[requester, access] += count
            reasons[requester, reason] += count
        return (self.accounts - accesses) + (self.by_reason - reasons)

    def judge(self):
        self.tell()
        case(self.recorded > 0 and self.counted + self.unattributed == self.recorded,
             f"{self.name}: each record is counted, once",
             f"{self.counted} + {self.unattributed} of {self.recorded}")
        excess = self.excess()
        sums = {sum(self.accounts.values()), sum(self.by_reason.values())}
        case(not excess and sums == {self.counted},
             f"{self.name}: on its requester, with its access and reason",
             f"too many: {dict(excess)}; sums {sums}")
        case(difference(self.before, self.after, "missed") == 0, f"{self.name}: no probe was missed")


def judge_serial(folder, each):
    logged = 0
    for name, access, bdf in (("host-read", "reads", "0000:01:00.0"),
                              ("host-write", "writes", "0000:01:00.0"),
                              ("vfio-read", "reads", "0000:02:00.0"),
                              ("vfio-write", "writes", "0000:02:00.0")):
        phase = Phase(folder, name)
        phase.judge()
        case(phase.recorded == each and +phase.accounts == {(bdf, access): each},
             f"{name}: all {each}, and whose they are", phase.accounts)
        case(phase.unattributed == phase.overflows == phase.after["at_least"] == 0 and
             phase.requesters[bdf]["last_address"] == 0x10000,
             f"{name}: none lost, and the last address", phase.requesters[bdf])
        logged += phase.logged
    case(0 < logged < 2 * each, f"one by one: the log has {logged} of {4 * each}")


def judge_pending(folder):
    phase = Phase(folder, "pending")
    phase.judge()
    lines = (folder / "pending.begin.counted").read_text().splitlines()
    unit = [words_of(line) for line in lines if " address=" in line][0]
    case(unit["state"] == 3 and "has not asked this unit for interrupts" in unit["why"],
         "pending: that its interrupt is masked is told", unit)
    case(+phase.accounts == {("0000:01:00.0", "reads"): 1},
         "pending: a record that waited when the module was loaded is counted", phase.accounts)


def judge_storms(folder):
    edus, nic, nics, crowd, told = [Phase(folder, name) for name in
                                    ("edus", "nic", "nics", "crowd", "told")]
    for phase in edus, nic, nics, crowd, told:
        phase.judge()
    case(edus.recorded == 80 or edus.after["at_least"] > 0,
         "edus: what the hardware lost is told", edus.after)
    for phase in nic, nics, crowd:
        case(phase.counted > STORM, f"{phase.name}: was a storm", phase.counted)
    case(nics.overflows + crowd.overflows > 0 and crowd.after["at_least"] > 0,
         "nics, crowd: the hardware lost some, and that is told", crowd.after)
    for name in "deaf.1", "deaf.2":
        text = (folder / name).read_text()
        case(text == "joined=1\n", f"crowd: {name} had joined", text)
    for name in "dumper.1", "dumper.2", "dumper.3", "dumper.4":
        text = (folder / name).read_text()
        case(re.fullmatch(r"dumps=[1-9]\d+\n", text), f"crowd: {name}, {text.strip()}", text)
    text = (folder / "dumper.5").read_text()
    case(" 0 wrong, 0 times no family" in text, f"crowd: topology, {text.strip()}")
    judge_events(folder, told)
    judge_follower(folder)
    judge_readers(folder)


def judge_events(folder, told):
    lines = (folder / "listener").read_text().splitlines()
    events = [words_of(line) for line in lines if line.startswith("event ")]
    sequence = [event["sequence"] for event in events]
    case(events and sequence == list(range(sequence[0], sequence[0] + len(events))) and
         "lost" not in lines and lines[-1] == "end", "events: none is missing", sequence)
    for bdf in "0000:09:00.0", "0000:01:00.0", "0000:0c:00.0":
        of_it = [event for event in events if event.get("bdf") == bdf]
        span = float(of_it[-1]["at"]) - float(of_it[0]["at"]) if of_it else 0
        print(f"# {len(of_it)} events of {bdf} in {span:.1f} s")
        case(0 < len(of_it) <= span * EVENTS_A_SECOND + 2,
             f"events: {bdf} is told of {EVENTS_A_SECOND} times a second at most",
             f"{len(of_it)} in {span}")
        totals = [event["total"] for event in of_it]
        case(totals and totals == sorted(totals) and
             totals[-1] == told.requesters[bdf]["total"],
             f"events: the totals of {bdf} grow, and the last is true", totals)


def judge_follower(folder):
    """What was told of each requester, without a gap between its totals."""
    phase = Phase(folder, "followed")
    phase.judge()
    lines = [json.loads(line) for line in (folder / "follow").read_text().splitlines()]
    events = [line["event"] for line in lines]
    totals, gaps = {}, []
    for line in lines:
        if line["event"] == "faults":
            before = line["total"] - line["faults"]
            if totals.setdefault(line["bdf"], before) != before:
                gaps.append(line)
            totals[line["bdf"]] = line["total"]
    print(f"# followed: {len(totals)} requesters, {dict(collections.Counter(events))}")
    case({"missed", "reread"} <= set(events) and
         any(line.get("messages", 0) > 0 for line in lines if line["event"] == "missed"),
         "followed: that messages were missed is told, and how many", events)
    case(not gaps and len(totals) > 2, "followed: each fault is told once, whatever was missed", gaps)
    final = {bdf: phase.requesters[bdf]["total"] for bdf in totals}
    case(totals == final, "followed: and all of them were", (totals, final))
    status = (folder / "follow.status").read_text().strip()
    case(status == "0", "followed: ends when it is told to", status)


def judge_readers(folder):
    def said(name):
        return (folder / f"{name}.out").read_text()

    root, nobody = [read_answer(folder / f"{name}.out") for name in ("root", "nobody")]
    case(root[0] == nobody[0] and root[0]["records"] > 0, "readers: everybody sees the sources")
    known = {bdf: words["total"] for bdf, words in root[1].items() if bdf != "0000:0c:00.0"}
    case(known == {bdf: words["total"] for bdf, words in nobody[1].items()},
         "readers: everybody sees the totals of functions", nobody[1])
    case(root[1]["0000:0c:00.0"]["total"] == 2 and "present" not in root[1]["0000:0c:00.0"] and
         "gone" not in root[1]["0000:0c:00.0"],
         "readers: root sees a requester that is no function", root[1].get("0000:0c:00.0"))
    case("last_address" in said("root") and "last_address" not in said("nobody"),
         "readers: addresses are for root", said("nobody"))
    for name, pattern in (("root-unknown", "requester bdf=0000:0c:00.0 total=2 .*last_address="),
                          ("root-never", "refused .*error=2 .*no fault is booked"),
                          ("root-function", "requester bdf=0000:01:00.0 .*last_address="),
                          ("nobody-unknown", "refused .*error=1 .*CAP_NET_ADMIN"),
                          ("nobody-never", "refused .*error=1 .*CAP_NET_ADMIN"),
                          ("nobody-function", "requester bdf=0000:01:00.0 total="),
                          ("root-join", "joined=1"),
                          ("nobody-join", "refused what=join error=1 "),
                          ("userns-join", "refused what=join error=1 ")):
        case(re.match(pattern, said(name)), f"readers: {name}", said(name))
    case("last_address" not in said("nobody-function"), "readers: a single answer has no address either")


def judge_probes(folder):
    """States of the way of looking; 1 is active, 4 failed."""
    def look(name):
        path = folder / f"{name}.out"
        states = [words_of(line)["state"] for line in path.read_text().splitlines()
                  if line.startswith("source ") and " name=vtd " in line]
        return set(states), read_answer(path)[0]

    (off, _), (on, armed) = look("disarmed"), look("armed")
    case(off == {4} and on == {1} and armed["at_least"] > 0,
         "probes: that the kernel has switched them off is told, and remembered", (off, on, armed))
    status = (folder / "disarmed-answer.status").read_text().strip()
    case(status == "3", "probes: and then nobody says that there were no faults", status)
    (blind, untraced), (seeing, traced) = look("untraced"), look("traced")
    refused = (folder / "untrace.status").read_text().strip() != "0"
    case(seeing == {1} and (blind == {1} if refused else
                            blind == {4} and untraced["missed"] > armed["missed"]),
         "probes: a handler whose begin is not seen is told", (refused, blind, untraced, seeing))
    counts = [sources["records"] + sources["unattributed"] for sources in (armed, untraced, traced)]
    told = [words_of(line) for line in (folder / "blind").read_text().splitlines()
            if line.startswith("event ") and " source " in line]
    missed = {event["index"]: event["missed"] for event in told}
    case(sum(missed.values()) == traced["missed"] > 0,
         "probes: listeners are told what was missed, and where", (missed, traced))
    case(counts[1] - counts[0] == (8 if refused else 0) and counts[2] - counts[1] == 1,
         "probes: and none of its faults is counted twice", (refused, counts))


    unasked = look("unasked")[1]
    case(unasked["missed"] > traced["missed"] and unasked["records"] == traced["records"],
         "probes: that they were off while nobody asked is told", (traced, unasked))


def judge_busy(folder):
    """Another probe, in whose way ours are."""
    phase = Phase(folder, "busy")
    phase.tell()
    told = phase.counted + phase.unattributed
    lost = phase.recorded - told
    missed = difference(phase.before, phase.after, "missed")
    print(f"# busy: {lost} records lost, runs missed {missed}")
    case(0 < told <= phase.recorded and not phase.excess(), "busy: none is counted twice", told)
    units = [words_of(line) for line in (folder / "busy.out").read_text().splitlines()
             if line.startswith("source ") and " address=" in line]
    case(missed > 0 and units and all(unit.get("at_least") for unit in units),
         "busy: what another probe made ours miss is told, of each unit", (lost, missed, units))
    events = [words_of(line) for line in (folder / "busy.events").read_text().splitlines()
              if line.startswith("event ") and " source " in line and " name=vtd " in line]
    last = {event["index"]: event for event in events}
    case(sum(event["missed"] for event in last.values()) == phase.after["missed"] and
         all(last.get(unit["index"], {}).get("at_least") for unit in units),
         "busy: listeners are told, too", (last, phase.after))


def judge_loads(folder, reloads):
    loads = int((folder / "loads").read_text())
    case(loads == reloads, f"loads: {reloads} times loaded and unloaded under fire", loads)
    counted, recorded, wrong, blind = 0, 0, [], []
    for i in range(1, loads + 1):
        name = folder / f"load-{i}"
        sources = read_answer(name.with_suffix(".counted"))[0]
        told = sources["records"] + sources["unattributed"]
        there = sum(read_records(folder / "trace",
                                 int(name.with_suffix(".trace").read_text()),
                                 int(name.with_suffix(".trace-end").read_text())).values())
        if not 0 < told <= there:
            wrong.append((i, told, there))
        counted, recorded = counted + told, recorded + there
        states = [words_of(line)["state"] for line in name.with_suffix(".counted").read_text().splitlines()
                  if line.startswith("source ") and " name=vtd " in line]
        if sources["missed"] or set(states) != {1}:
            blind.append((i, states, sources))
    print(f"# loads: recorded by QEMU {recorded}, counted while it was there {counted}")
    case(not wrong, "loads: each time some are counted, never more than there were", wrong)
    case(not blind, "loads: each time it is active, and missed nothing since", blind)
    # Those before and after its time are recorded, too: about two thirds are counted.
    case(counted * 5 >= recorded, "loads: at least a fifth of all, as it is there most of the time",
         (counted, recorded))
    earlier = int((folder / "load-1.trace").read_text())
    case(earlier > 0, "loads: there were faults before the first")


def judge_movement(folder, reloads):
    judge_loads(folder, reloads)
    phases = [Phase(folder, name) for name in ("after", "unplug", "again")]
    for phase in phases:
        phase.judge()
    after, _, again = phases
    case(after.counted == 5, "after: exact when it is quiet", after.counted)
    gone, back, last = [read_answer(folder / f"{name}.counted")[1].get("0000:01:00.0", {})
                        for name in ("gone", "back", "again")]
    total = gone.get("total", 0)
    case(total > 0 and "gone" in gone and "present" not in gone,
         "unplug: the counts outlive the device", gone)
    case("present" in back and "gone" not in back and back["total"] == back["before"] == total,
         "unplug: what is plugged in again has the counts of before", back)
    case(last.get("total") == total + 5 and last.get("before") == total and again.counted == 5,
         "unplug: and counts on from there", last)


def main():
    folder, faults, reloads = pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    judge_pending(folder / "serial")
    judge_serial(folder / "serial", faults // 4)
    judge_storms(folder / "storm")
    judge_probes(folder / "storm")
    judge_busy(folder / "storm")
    judge_movement(folder / "movement", reloads)
    print(f"1..{number}")
    return failures != 0


if __name__ == "__main__":
    sys.exit(main())
