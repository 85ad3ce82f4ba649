#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Compares what iowarden says of guests with sysfs, setpci and lspci there.

usage: compare.py DIR TOPOLOGIES   with DIR/NAME.txt as collect.sh printed it in
a guest with TOPOLOGIES/NAME.conf

Prints TAP: a case for each topology and each field that the topology has, a case
for each `#: check` of the topology, and, with all topologies, a case for each
field that it was compared on enough functions in all: a test that compared nothing shows nothing.
"""
import json
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent.parent / "lib"))
from schema import Schema  # noqa: E402

SCHEMA = Schema()
PORT_TYPES = {
    "Endpoint": "endpoint",
    "Legacy Endpoint": "legacy-endpoint",
    "Root Port": "root-port",
    "Upstream Port": "upstream-port",
    "Downstream Port": "downstream-port",
    "PCI-Express to PCI/PCI-X Bridge": "pcie-to-pci-bridge",
    "PCI/PCI-X to PCI-Express Bridge": "pci-to-pcie-bridge",
    "Root Complex Integrated Endpoint": "rc-endpoint",
    "Root Complex Event Collector": "rc-event-collector",
}
ACS_BITS = ["SrcValid", "TransBlk", "ReqRedir", "CmpltRedir", "UpstreamFwd", "EgressCtrl",
            "DirectTrans"]
# Drivers of the guest that say driver_managed_dma = true in Linux 6.1.
MANAGES_DMA = {"pcieport", "vfio-pci", "pci-stub", "pci-pf-stub"}
BRIDGE_TYPES = (1, 2)


def sections(text):
    parts = re.split(r"^== (.*)\n", text, flags=re.M)
    return dict(zip(parts[1::2], parts[2::2]))


def read_sysfs(text):
    functions = {}
    for line in text.splitlines():
        key, _, value = line.partition(" ")
        if key == "bdf":
            functions[value] = current = {}
        else:
            current[key] = value
    return functions


def read_lspci(text):
    functions = {}
    for block in re.split(r"\n\n+", text.strip()):
        functions[block.split(" ", 1)[0]] = block
    return functions


def number(text):
    return int(text, 16) if text else None


def acs_word(block, name):
    """The bits that lspci decodes of ACSCap or ACSCtl."""
    match = re.search(name + r":\s*(.*)", block)
    if not match:
        return None
    flags = dict((flag[:-1], flag[-1] == "+") for flag in match.group(1).split())
    return sum(1 << i for i, bit in enumerate(ACS_BITS) if flags[bit])


def capability(block, title, enabled):
    """absent, off or on, as lspci tells."""
    if title not in block:
        return "absent"
    match = re.search(enabled + r":.*?Enable([+-])", block)
    return "on" if match and match.group(1) == "+" else "off"


def port_type(block):
    match = re.search(r"Capabilities: \[[0-9a-f]+\] Express \(v\d\) ([^(,\n]+)", block)
    if not match:
        return "conventional"
    return PORT_TYPES[match.group(1).strip()]


def parent(_, sysfs, everything):
    """BDF of the bridge above, as the folders of /sys/devices nest."""
    above = sysfs["parent"] if not sysfs["physfn"] else everything[sysfs["physfn"]]["parent"]
    return above if re.fullmatch(r"[0-9a-f]+:..:..\..", above) else None


def multifunction(bdf, sysfs, everything):
    first = everything.get(bdf[:-1] + "0", sysfs)
    return not sysfs["physfn"] and bool(bdf[-1] != "0" or number(first["header_type"]) & 0x80)


def subsystem(sysfs, field):
    """A bridge has none in its header but may have a capability; sysfs shows zeros otherwise."""
    if number(sysfs["header_type"]) & 0x7f in BRIDGE_TYPES and not (
            number(sysfs["subsystem_vendor"]) or number(sysfs["subsystem_device"])):
        return None
    return number(sysfs[field])


def said_number(key):
    return lambda said: number(said.get(key))


def said_acs(key):
    return lambda said: number(said["acs"][key]) if "acs" in said else None


def said(key, default=None):
    return lambda device: device.get(key, default)


class Machine:
    """One function as the others see it."""

    def __init__(self, bdf, sysfs, lspci, everything):
        self.bdf, self.sysfs, self.lspci, self.all = bdf, sysfs, lspci, everything


# field: (what iowarden says, what it is held against, functions compared at least)
FIELDS = {
    "vendor": (said_number("vendor"), lambda m: number(m.sysfs["vendor"]), 60),
    "device": (said_number("device"), lambda m: number(m.sysfs["device"]), 60),
    "class": (said_number("class"), lambda m: number(m.sysfs["class"]), 60),
    "subsystem_vendor": (said_number("subsystem_vendor"),
                         lambda m: subsystem(m.sysfs, "subsystem_vendor"), 40),
    "subsystem_device": (said_number("subsystem_device"),
                         lambda m: subsystem(m.sysfs, "subsystem_device"), 40),
    "driver": (said("driver"), lambda m: m.sysfs["driver"] or None, 20),
    "driver_managed_dma": (said("driver_managed_dma", False),
                           lambda m: m.sysfs["driver"] in MANAGES_DMA or None, 15),
    "group": (said("group"), lambda m: int(m.sysfs["iommu_group"]) if m.sysfs["iommu_group"]
              else None, 60),
    "parent": (said("parent"), lambda m: parent(m.bdf, m.sysfs, m.all), 25),
    "root_bus": (said("root_bus", False), lambda m: parent(m.bdf, m.sysfs, m.all) is None, 30),
    "physfn": (said("physfn"), lambda m: m.sysfs["physfn"] or None, 3),
    "total_vfs": (said("total_vfs"), lambda m: int(m.sysfs["sriov_totalvfs"])
                  if "sriov_totalvfs" in m.sysfs else None, 2),
    "num_vfs": (said("num_vfs"), lambda m: int(m.sysfs["sriov_numvfs"])
                if "sriov_numvfs" in m.sysfs else None, 2),
    "header_type": (said("header_type"), lambda m: number(m.sysfs["header_type"]) & 0x7f, 60),
    "multifunction": (said("multifunction", False),
                      lambda m: multifunction(m.bdf, m.sysfs, m.all), 20),
    "port_type": (said("port_type"), lambda m: port_type(m.lspci), 60),
    "acs.cap": (said_acs("cap"), lambda m: number(m.sysfs["acs_cap"]), 8),
    "acs.ctrl": (said_acs("ctrl"), lambda m: number(m.sysfs["acs_ctrl"]), 8),
    "acs.cap (lspci)": (said_acs("cap"), lambda m: acs_word(m.lspci, "ACSCap"), 8),
    "acs.ctrl (lspci)": (said_acs("ctrl"), lambda m: acs_word(m.lspci, "ACSCtl"), 8),
    "acs.offset (lspci)": (said_acs("offset"), lambda m: number(
        (re.search(r"\[([0-9a-f]+) v\d\] Access Control Services", m.lspci) or [None, ""])[1]), 8),
    "group (lspci)": (said("group"), lambda m: int(
        (re.search(r"IOMMU group: (\d+)", m.lspci) or [None, -1])[1]), 60),
    "driver (lspci)": (said("driver"), lambda m: (
        re.search(r"Kernel driver in use: (\S+)", m.lspci) or [None, None])[1], 20),
    "reset_methods": (said("reset_methods"), lambda m: m.sysfs["reset_method"], 60),
    "ats": (said("ats"), lambda m: capability(m.lspci, "Address Translation Service", "ATSCtl"),
            1),
    "pri": (said("pri"), lambda m: capability(m.lspci, "Page Request Interface", "PRICtl"), 0),
    "pasid": (said("pasid"), lambda m: capability(
        m.lspci, "Process Address Space ID", "PASIDCtl"), 0),
}
# Fields whose absence on one side is itself compared; for others None on both is no comparison.
VIRTUAL_FUNCTION_LACKS = {"pri", "pasid"}
# Of a virtual function the kernel takes the IDs from the physical one; and it counts one as
# multi-function or not, depending on whether its slot was scanned again since (pci_scan_slot()).
NOT_OF_VIRTUAL_FUNCTIONS = {"header_type", "subsystem_vendor", "subsystem_device",
                            "multifunction"}


class Tap:
    def __init__(self):
        self.count = self.failures = 0

    def case(self, good, name, why=()):
        self.count += 1
        self.failures += not good
        print(f"{'ok' if good else 'not ok'} {self.count} - {name}")
        for line in [] if good else why:
            print("#", line)

    def end(self):
        print(f"1..{self.count}")
        return self.failures == 0


def compare_field(field, devices, machines):
    """How many functions were compared, and the differences."""
    says, sees, _ = FIELDS[field]
    compared, wrong = 0, []
    for bdf, machine in machines.items():
        if field in NOT_OF_VIRTUAL_FUNCTIONS and machine.sysfs["physfn"]:
            continue
        if field in VIRTUAL_FUNCTION_LACKS and machine.sysfs["physfn"]:
            ours, theirs = says(devices[bdf]), None
        else:
            ours, theirs = says(devices[bdf]), sees(machine)
        if field == "group (lspci)" and theirs == -1:
            theirs = None
        if field == "driver_managed_dma":
            ours = ours or None
        if ours is None and theirs is None:
            continue
        # That all lack a capability is checked, but proves little and does not count.
        compared += theirs != "absent"
        if ours != theirs:
            wrong.append(f"{bdf}: iowarden says {ours!r}, the others {theirs!r}")
    return compared, wrong


def compare_prediction(tap, name, answer):
    """The groups that the kernel should have formed, and how many functions were compared."""
    kernel = sorted(sorted(group["devices"]) for group in answer["groups"])
    predicted = sorted(sorted(group) for group in answer["predicted_groups"])
    if not kernel:
        return 0
    tap.case(kernel == predicted and not answer["prediction_unknown"],
             f"{name}: the groups are as predicted",
             [f"only the kernel's: {group}" for group in kernel if group not in predicted] +
             [f"only predicted: {group}" for group in predicted if group not in kernel] +
             [f"not known: {answer['prediction_unknown']}"])
    return sum(map(len, kernel))


def compare_topology(tap, name, text, totals):
    part = sections(text)
    if "end" not in part:
        tap.case(False, f"{name}: the guest said everything", text.splitlines()[-5:])
        return
    answer = json.loads(part["list"])
    nobody = json.loads(part["list as nobody"])
    devices = {device["bdf"]: device for device in answer["devices"]}
    sysfs, lspci = read_sysfs(part["sysfs"]), read_lspci(part["lspci"])
    tap.case(answer["provider"] == "netlink", f"{name}: the module answers")
    complaints = SCHEMA.complaints("list", answer, True)
    tap.case(not complaints, f"{name}: the list is what the schema says, and no more", [complaints])
    tap.case(sorted(devices) == sorted(sysfs) and devices, f"{name}: the same functions")
    tap.case(answer["devices"] == nobody["devices"] and answer["groups"] == nobody["groups"],
             f"{name}: an ordinary user sees the same",
             [f"{ours}, as nobody {theirs}" for ours, theirs in
              zip(answer["devices"] + answer["groups"], nobody["devices"] + nobody["groups"])
              if ours != theirs])
    groups = sorted(" ".join(bdf[5:] for bdf in sorted(group["devices"]))
                    for group in answer["groups"])
    tap.case(groups == sorted(part["groups"].split("\n")[:-1]), f"{name}: the same groups",
             [f"iowarden: {groups}", f"sysfs: {part['groups'].splitlines()}"])
    totals["prediction"] += compare_prediction(tap, name, answer)
    machines = {bdf: Machine(bdf, sysfs[bdf], lspci[bdf], sysfs) for bdf in sysfs}
    for field in FIELDS:
        compared, wrong = compare_field(field, devices, machines)
        totals[field] += compared
        if compared or wrong:
            tap.case(not wrong, f"{name}: {field} of {compared} functions", wrong)


# A topology says nothing of faults: who counts them is a matter of the IOMMU that it is started with.
FAULT_FINDINGS = {"faults-recent", "faults-unwatched"}


def compare_judgement(tap, name, line, parts):
    """One `#: check SET VERDICT BASIS STATUS [FINDING...]` of a topology."""
    functions, verdict, basis, status, *findings = line.split()
    # Kernels of our own have the patch (tests/kernel/patches), which is no fault of a topology.
    if parts.get("override patch") == "1\n":
        findings.append("override-present")
    text, _, said_status = parts.get(f"check {functions}", "").rpartition("status ")
    try:
        said = json.loads(text)
    except json.JSONDecodeError:
        said = {"findings": []}
    got = [said.get("verdict"), said.get("basis"), said_status.strip(),
           *sorted({finding["id"] for finding in said["findings"]} - FAULT_FINDINGS)]
    got += SCHEMA.complaints("check", said, True).splitlines()
    tap.case(got == [verdict, basis if basis != "-" else None, status, *sorted(findings)],
             f"{name}: {functions} is {verdict}, {basis}, exit {status} {' '.join(findings)}",
             [f"got {got}"])


def main(folder, topologies):
    tap = Tap()
    leasts = {**{field: least for field, (_, _, least) in FIELDS.items()}, "prediction": 60}
    totals = dict.fromkeys(leasts, 0)
    files = sorted(pathlib.Path(folder).glob("*.txt"))
    for file in files:
        text = file.read_text()
        compare_topology(tap, file.stem, text, totals)
        topology = (pathlib.Path(topologies) / f"{file.stem}.conf").read_text()
        for line in re.findall("^#: check (.*)", topology, flags=re.M):
            compare_judgement(tap, file.stem, line, sections(text))
    for field, least in leasts.items():
        if len(files) == len(list(pathlib.Path(topologies).glob("*.conf"))):
            tap.case(totals[field] >= least, f"{field} was compared on enough functions",
                     [f"{totals[field]} compared, {least} expected at least"])
    return 0 if tap.end() and files else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
