# SPDX-License-Identifier: GPL-2.0
"""Simulated PCI machines: from a description or a hex dump to the blob that pcisim.ko reads.

    complaint     what is wrong with a file, and where
    model         a machine: functions, root buses, what is expected of it
    registers     numbers of the PCI specifications
    config_space  a configuration space under construction
    words         the words of a line of a description
    description   a description, read into lines and a tree
    plan          bus numbers and the rules that a tree must keep to
    build         a tree's functions with their configuration spaces
    dump          hex dumps of lspci
    scrub         what of a real function's configuration space may not be replayed
    blob          the bytes for the module

Documentation/testing.md describes the language.
"""
