"""Raises machines in a guest and brings back what iowarden sees of them."""
import itertools
import json
import pathlib
import shutil
import subprocess
import sys
import time

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TOP / "tests/pcisim"))
from machine import blob, description, dump  # noqa: E402
from machine.complaint import Complaint  # noqa: E402
from machine.model import FIRST_SEGMENT  # noqa: E402

# Runs in the guest; a load takes a few seconds where processors are emulated. Fresh, because to form groups
# is no change that the module would hear of.
LOOP = """set -e
for load in $(seq 0 $(($1 - 1))); do
	pcisim-load /share/$load.bin || { dmesg | tail -n 20; exit 1; }
	iowarden snapshot --fresh --output=/share/$load.json
	pcisim-unload
done
"""
SECONDS_A_LOAD = 60
SECONDS_A_BOOT = 120


def describe(machines):
    """One description of machines side by side, each a segment; a description is one already."""
    if isinstance(machines, str):
        return machines
    return "\n".join(line for index, machine in enumerate(machines)
                     for line in machine.describe(FIRST_SEGMENT + index)) + "\n"


def read(text):
    """The machines of a description, or of what lspci -xxxx printed."""
    return (dump if dump.is_dump(text) else description).read("campaign", text)


def pack(text):
    """The blob of them."""
    return blob.pack(read(text))


def wants_ivrs(load):
    """Whether the firmware must have AMD's table."""
    return read(describe(load)).ivrs


def functions(machines):
    """The addresses that a kernel must find, virtual functions included, by segment."""
    found = {}
    for function in read(describe(machines)).functions:
        found.setdefault(function.address.segment, set()).add(str(function.address))
    return found


def is_machine(machine):
    """Whether a machine that was cut is one that the kernel would find all of."""
    try:
        pack(describe([machine]))
    except Complaint:
        return False
    return True


class Guest:
    """One folder that is shared with guests, each a boot."""

    FIRST_SEGMENT = FIRST_SEGMENT

    def __init__(self, folder):
        self.folder = folder
        self.boots = 0

    def snapshots(self, loads):
        """A snapshot of each load, as it comes; a load is a list of machines, or a description of some."""
        for ivrs, some in itertools.groupby(loads, wants_ivrs):
            yield from self._snapshots(list(some), ivrs)

    def _snapshots(self, loads, ivrs):
        """Those of one boot."""
        share = self.folder / f"boot-{self.boots}"
        self.boots += 1
        share.mkdir()
        for number, load in enumerate(loads):
            (share / f"{number}.bin").write_bytes(pack(describe(load)))
        (share / "loop").write_text(LOOP)
        boot = self._boot(share, len(loads), ivrs)
        try:
            for number in range(len(loads)):
                snapshot = json.loads(_await(share / f"{number}.json", boot).read_text())
                # Before the last one is given away, as nobody need ask for more than there is.
                if number == len(loads) - 1 and boot.wait():
                    # A guest whose kernel complained has told nothing.
                    raise RuntimeError(f"the guest ended with status {boot.returncode}")
                yield snapshot
        finally:
            boot.wait()
            shutil.rmtree(share)

    @staticmethod
    def _boot(share, count, ivrs):
        seconds = SECONDS_A_BOOT + SECONDS_A_LOAD * count
        # Power management of links walks trees that do not make sense into a NULL pointer.
        return subprocess.Popen([TOP / "tests/vm/run", "--machine", "none", "--append", "pcie_aspm=off",
                                 "--machine-ivrs", str(int(ivrs)),
                                 "--share", share, "--timeout", str(seconds), "--", "sh", "/share/loop", str(count)],
                                stdout=sys.stderr, stdin=subprocess.DEVNULL)


def _await(file, boot):
    """A file that is put in place when it is whole."""
    while not file.exists():
        if boot.poll() is not None and not file.exists():
            raise RuntimeError(f"the guest ended with status {boot.returncode} before {file.name} was there")
        time.sleep(0.1)
    return file
