# SPDX-License-Identifier: GPL-2.0
"""The command line; see tests/pcisim/blob."""
import argparse
import pathlib
import sys

from . import blob, description, dump
from .complaint import Complaint
from .model import PCH_ACS


def read(path):
    """The machine in a file, a description or a hex dump."""
    try:
        text = pathlib.Path(path).read_text(errors="replace")
    except OSError as error:
        raise Complaint(path, error.strerror) from error
    return (dump if dump.is_dump(text) else description).read(str(path), text)


def groups(machine):
    """Expected groups, as the guest's iommu-groups prints those of a machine."""
    return "".join(sorted(" ".join(map(str, group)) + "\n" for group in machine.groups))


def arguments():
    parser = argparse.ArgumentParser(
        prog="tests/pcisim/blob", description="Makes the blob that pcisim.ko reads of a description or hex dump.")
    parser.add_argument("file", help="a description (*.pci), or what lspci -xxxx printed")
    parser.add_argument("blob", nargs="?", help="the file to write")
    parser.add_argument("--groups", action="store_true", help="print the groups that are expected")
    parser.add_argument("--wants", action="store_true",
                        help="print what the machine wants of the guest: acs=as-is or enabled, ivrs=0 or 1")
    parser.add_argument("--pch-acs", action="store_true",
                        help="as if the kernel had set the isolation bits of Intel's chipset ports")
    return parser.parse_args()


def main():
    options = arguments()
    try:
        machine = read(options.file)
    except Complaint as complaint:
        print(complaint, file=sys.stderr)
        return 3
    for note in machine.notes:
        print(note, file=sys.stderr)
    if options.pch_acs:
        for function in machine.functions:
            function.flags |= PCH_ACS
    if options.wants:
        print(f"acs={machine.acs}", f"ivrs={machine.ivrs:d}", sep="\n")
    if options.groups:
        sys.stdout.write(groups(machine))
    if options.blob:
        pathlib.Path(options.blob).write_bytes(blob.pack(machine))
    return 0
