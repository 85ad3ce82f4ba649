"""What the program says: of many machines at once, by its model; of one, by its commands."""
import json
import os
import pathlib
import subprocess
import tempfile

from machine import BITS

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
ANSWERS = TOP / "build/reference/answers"
PROGRAM = os.environ.get("IOWARDEN_PROGRAM", str(TOP / "build/iowarden"))


class Answer:
    """About one machine."""

    def __init__(self):
        self.routes = {}
        self.verdicts = {}
        self.bases = {}
        self.unknown_ways_in = {}
        self.findings = {}
        self.slots = {}

    def take(self, line):
        kind, *words = line.split(" ")
        if kind == "route":
            closes = [tuple(it.split("/")) for it in words[4].split(",")] if words[4] else []
            slack = words[3].split(",") if words[3] else []
            self.routes[words[0], words[1]] = words[2], slack, closes
        elif kind == "check":
            self.verdicts[words[0]], self.bases[words[0]] = words[1:3]
            self.unknown_ways_in[words[0]] = words[3] != "0"
        elif kind == "slot":
            self.slots[words[0]] = words[1], words[2], words[3] != "0"
        elif kind == "finding":
            victims, intruders = (it.split(",") if it else [] for it in words[3:5])
            self.findings.setdefault(words[0], []).append((words[1], words[2], victims, intruders, words[5]))


def ask(text, checks):
    """An answer for each machine of a text."""
    words = [ANSWERS] + (["--check"] if checks else [])
    run = subprocess.run(words, input=text, text=True, stdout=subprocess.PIPE, check=True)
    answer = Answer()
    for line in run.stdout.splitlines():
        if line == ".":
            yield answer
            answer = Answer()
        else:
            answer.take(line)


def ask_one(machine, checks=False):
    return next(ask(machine.lines(), checks))


def change(machine, closes):
    """The machine with bits changed as an answer wants it: EC and DT off, others on."""
    changed = machine.copy()
    for hop, bit in closes:
        registers = changed.find(hop).acs
        if bit in ("EC", "DT"):
            registers[1] &= ~BITS[bit]
        else:
            registers[1] |= BITS[bit]
    return changed


# The same through a snapshot and the commands.

PORT_TYPES = {"root": "root-port", "upstream": "upstream-port", "downstream": "downstream-port",
              "to-pci": "pcie-to-pci-bridge", "to-pcie": "pci-to-pcie-bridge", "integrated": "rc-endpoint"}


def snapshot_device(function, number):
    device = {"bdf": str(function), "class": "0x060400" if function.bridge else "0x020000", "vendor": "0x1b36",
              "device": "0x0001", "multifunction": function.multifunction}
    if function.parent:
        device["parent"] = str(function.parent)
    else:
        device["root_bus"] = True
    if function.kind != "unknown":
        device["port_type"] = PORT_TYPES.get(function.kind, function.kind)
    if function.acs == "?":
        device["acs_unknown"] = "asleep"
    elif function.acs:
        device["acs"] = {"cap": f"0x{function.acs[0]:04x}", "ctrl": f"0x{function.acs[1]:04x}"}
        if function.vector is not None:
            device["acs"]["egress_vector"] = f"{function.vector:02x}"
    if function.ats:
        device["ats"] = function.ats
    if function.physical:
        device["physfn"] = str(function.physical)
    if function.group == "there":
        device["group"] = number
    elif function.group == "unknown":
        device["group_unknown"] = "busy"
    return device


def snapshot(machine):
    devices = [snapshot_device(it, number) for number, it in enumerate(machine.functions)]
    groups = [{"id": it["group"], "devices": [it["bdf"]], "isolated_msi": True} for it in devices if "group" in it]
    return {"schema_version": 1, "provider": "netlink", "kernel": "6.1.0", "unseen": [], "devices": devices,
            "groups": groups}


def command(file, *words):
    run = subprocess.run([PROGRAM, *words, "--json", "--from", str(file)], stdout=subprocess.PIPE,
                         stderr=subprocess.PIPE, text=True, check=False)
    if not run.stdout:
        raise RuntimeError(f"{' '.join(words)}: {run.stderr.strip()}")
    return json.loads(run.stdout), run.returncode


def explain(file, one, other):
    """Both routes as explain tells them, in the form of Answer."""
    answer, status = command(file, "explain", one, other)
    routes = {}
    for path in answer["paths"]:
        slack = [hop["bdf"] for hop in path["hops"] if "also_off" in hop]
        closes = [(it["hop"], it["bit"]) for it in path["closes"]]
        routes[path["from"], path["to"]] = path["reachable"], slack, closes
    return routes, status


class File:
    """A machine as a snapshot in a file."""

    def __init__(self, machine):
        self.file = tempfile.NamedTemporaryFile("w", suffix=".json")
        json.dump(snapshot(machine), self.file)
        self.file.flush()

    def __enter__(self):
        return self.file.name

    def __exit__(self, *_):
        self.file.close()
