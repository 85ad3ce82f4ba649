#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Compares what the kernel's ynl client and others read from the same module: the
program, and of DMA faults the client `faults` of tests/vm/client.

usage: compare_ynl.py DIR   with DIR/TOPOLOGY.txt as the suite `ynl` made them

Every attribute that ynl shows must be known here: one that neither side of the
table mentions fails the test. Prints TAP.
"""
import json
import pathlib
import re
import sys


def bdf(segment, value):
    return f"{segment:04x}:{value >> 8:02x}:{value >> 3 & 31:02x}.{value & 7}"


def hexadecimal(digits):
    return lambda value, _: f"0x{value:0{digits}x}"


def same(value, _):
    return value


def place(value, device):
    return bdf(device["segment"], value)


def names(value, _):
    return sorted(value)


def answer(value, _):
    return value == "yes"


def flag(_value, _device):
    return True


# attribute of the wire: (key of the program's JSON, how the value is written there)
DEVICE = {
    "bdf": ("bdf", place),
    "group": ("group", same),
    "root-bus": ("root_bus", flag),
    "upstream": ("parent", place),
    "vendor": ("vendor", hexadecimal(4)),
    "device": ("device", hexadecimal(4)),
    "subsystem-vendor": ("subsystem_vendor", hexadecimal(4)),
    "subsystem-device": ("subsystem_device", hexadecimal(4)),
    "class": ("class", hexadecimal(6)),
    "header-type": ("header_type", same),
    "multifunction": ("multifunction", flag),
    "port-type": ("port_type", same),
    "driver": ("driver", same),
    "driver-managed-dma": ("driver_managed_dma", flag),
    "quirks": ("quirks", names),
    "ats": ("ats", same),
    "pri": ("pri", same),
    "pasid": ("pasid", same),
    "untrusted": ("untrusted", flag),
    "external-facing": ("external_facing", flag),
    "physfn": ("physfn", place),
    "total-vfs": ("total_vfs", same),
    "num-vfs": ("num_vfs", same),
    "acs-unknown": ("acs_unknown", same),
    "group-unknown": ("group_unknown", same),
    "driver-unknown": ("driver_unknown", same),
}
ACS = {
    "offset": ("offset", hexadecimal(4)),
    "capability": ("cap", hexadecimal(4)),
    "control": ("ctrl", hexadecimal(4)),
}
GROUP = {
    "id": ("id", same),
    "other-devices": ("other_devices", same),
    "isolated-msi": ("isolated_msi", answer),
    "enforced-coherency": ("enforced_coherency", answer),
    "user-owned": ("user_owned", answer),
    "user-owned-unknown": ("user_owned_unknown", same),
}
SOURCE_STATES = ["active", "absent", "off", "failed", "unproven"]
ACCESSES = ["read", "write", "other", "interrupt"]


def number_in(names):
    return lambda value, _: names.index(value) + 1


def one(_value, _device):
    return 1


SOURCE = {
    "index": ("index", same),
    "name": ("name", same),
    "state": ("state", number_in(SOURCE_STATES)),
    "why": ("why", same),
    "segment": ("segment", same),
    "address": ("address", same),
    "records": ("records", same),
    "unattributed": ("unattributed", same),
    "overflows": ("overflows", same),
    "missed": ("missed", same),
    "faults-at-least": ("at_least", one),
}
FAULT = {
    "requester": ("bdf", place),
    "whole-bus": ("whole_bus", one),
    "present": ("present", one),
    "gone": ("gone", one),
    "total": ("total", same),
    "before": ("before", same),
    "reads": ("reads", same),
    "writes": ("writes", same),
    "others": ("others", same),
    "reason": ("reasons", lambda value, _: {r["code"]: r["count"] for r in value}),
    "other-reasons": ("other_reasons", same),
    "first-seen": ("first_seen", same),
    "last-seen": ("last_seen", same),
    "last-source": ("last_source", same),
    "last-access": ("last_access", number_in(ACCESSES)),
    "last-address": ("last_address", same),
    "last-pasid": ("last_pasid", same),
}
# Of one moment, or how the program names the object.
NOT_COMPARED = {"segment", "generation", "acs-age", "acs", "pci-devices"}

number = failures = 0


def case(good, name, why=()):
    global number, failures
    number += 1
    failures += not good
    print(f"{'ok' if good else 'not ok'} {number} - {name}")
    for line in [] if good else why:
        print("#", line)


def differences(table, wire, said):
    """What differs between one object of ynl's and one of the program's."""
    for attribute, value in wire.items():
        if attribute in NOT_COMPARED:
            continue
        if attribute not in table:
            yield f"{attribute} is in no table of this test"
            continue
        key, write = table[attribute]
        if said.get(key) != write(value, wire):
            yield f"{attribute}: ynl {write(value, wire)!r}, iowarden {said.get(key)!r}"
    known = {key for key, _ in table.values()}
    silent = {table[a][0] for a in wire if a in table}
    for key, value in said.items():
        if key in known and key not in silent and value not in (False, [], None):
            yield f"{key}: iowarden {value!r}, nothing from ynl"


def compare_device(wire, said):
    yield from differences(DEVICE, wire, said)
    if ("acs" in wire) != ("acs" in said):
        yield "acs: on one side only"
    elif "acs" in wire:
        yield from differences(ACS, wire["acs"], said["acs"])


def read_faults(text):
    """The lines of the client `faults`: sources by number, requesters by address."""
    sources, requesters = {}, {}
    for line in text.splitlines():
        words = {}
        for key, value in re.findall(r'(\w+)=("[^"]*"|\S+)', line):
            words[key] = int(value) if value.isdigit() else value.strip('"')
        reasons = {int(key[-2:], 16): words.pop(key) for key in list(words)
                   if key.startswith("reason_")}
        if line.startswith("source "):
            sources[words["index"]] = words
        else:
            requesters[words["bdf"]] = words | ({"reasons": reasons} if reasons else {})
    return sources, requesters


def compare_faults(name, parts):
    said_sources, said_faults = read_faults(parts["faults"])
    sources = json.loads(parts["ynl --dump source-get"])
    faults = json.loads(parts["ynl --dump fault-get"])
    one_fault = json.loads(parts['ynl --do fault-get --json {"segment": 0, "requester": 256}'])
    expected = 2 * parts["list"].count('"0x11e8"')

    wrong = [f"source {s['index']}: {line}" for s in sources
             for line in differences(SOURCE, s, said_sources.get(s["index"], {}))]
    case(len(sources) == len(said_sources) > 1 and not wrong, f"{name}: each source says the same",
         wrong)
    wrong = [f"{f['requester']:04x}: {line}" for f in faults for line in
             differences(FAULT, f, said_faults.get(bdf(f["segment"], f["requester"]), {}))]
    case(len(faults) == len(said_faults) > 1 and not wrong,
         f"{name}: each of {len(faults)} requesters says the same", wrong)
    case(sum(f["total"] for f in faults) == sum(s["records"] for s in sources) == expected,
         f"{name}: {expected} faults in all", [faults, sources])
    case(not list(differences(FAULT, one_fault, said_faults["0000:01:00.0"])),
         f"{name}: one requester by its place", [one_fault])
    case("no fault is booked" in
         parts['ynl --do fault-get --json {"segment": 0, "requester": 65528}'],
         f"{name}: ynl shows the words of a refusal about faults")


def compare(name, text):
    parts = dict(zip(*[iter(re.split(r"^== (.*)\n", text, flags=re.M)[1:])] * 2))
    if "end" not in parts:
        case(False, f"{name}: the guest said everything", text.splitlines()[-5:])
        return
    listed = json.loads(parts["list"])
    info = json.loads(parts["ynl --do info-get"])
    devices = json.loads(parts["ynl --dump device-get"])
    groups = json.loads(parts["ynl --dump group-get"])
    said = {device["bdf"]: device for device in listed["devices"]}
    said_groups = {group["id"]: group for group in listed["groups"]}

    case(info["abi-version"] == 1 and info["device-count"] == len(devices) and
         info["group-count"] == len(groups), f"{name}: info counts what the dumps hold", [info])
    case(devices and sorted(said) == sorted(bdf(d["segment"], d["bdf"]) for d in devices),
         f"{name}: the same {len(devices)} devices")
    wrong = [f"{bdf(d['segment'], d['bdf'])}: {line}" for d in devices
             for line in compare_device(d, said[bdf(d["segment"], d["bdf"])])]
    case(devices and not wrong, f"{name}: each device says the same", wrong)
    case(groups and sorted(said_groups) == sorted(g["id"] for g in groups),
         f"{name}: the same {len(groups)} groups")
    wrong = [f"group {g['id']}: {line}" for g in groups
             for line in differences(GROUP, g, said_groups[g["id"]])]
    case(groups and not wrong, f"{name}: each group says the same", wrong)
    wrong = [f"group {g['id']}: ynl {g['pci-devices']}" for g in groups
             if g["pci-devices"] != len(said_groups[g["id"]]["devices"])]
    case(groups and not wrong, f"{name}: groups count their members", wrong)
    one = json.loads(parts['ynl --do device-get --json {"segment": 0, "bdf": 256}'])
    case(not list(compare_device(one, said["0000:01:00.0"])), f"{name}: one device by its place",
         [one])
    case("no such PCI function" in parts['ynl --do device-get --json {"segment": 0, "bdf": 65528}'],
         f"{name}: ynl shows the words of a refusal")
    compare_faults(name, parts)


for file in sorted(pathlib.Path(sys.argv[1]).glob("*.txt")):
    compare(file.stem, file.read_text())
print(f"1..{number}")
sys.exit(failures != 0 or number < 2 * 13)
