#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Does everything that describes the wire say the same? usage: agree.py TOP SOURCE

Compares the YAML specification with the schema of the kernel, with the tree in
the header's comment, and with the operations and policies of kmod/netlink.c.
Prints TAP.
"""
import pathlib
import re
import sys

import jsonschema
import yaml

POLICY_TYPES = {"u8": "NLA_U8", "u16": "NLA_U16", "u32": "NLA_U32", "u64": "NLA_U64",
                "flag": "NLA_FLAG", "string": "NLA_NUL_STRING", "binary": "NLA_BINARY",
                "nest": "NLA_NESTED"}

top, source = map(pathlib.Path, sys.argv[1:3])
spec = yaml.safe_load((top / "Documentation/netlink/specs/iowarden.yaml").read_text())
schema = yaml.safe_load((source / "Documentation/netlink/genetlink.yaml").read_text())
header = (top / "include/uapi/linux/iowarden.h").read_text()
module = "".join((top / "kmod" / name).read_text() for name in
                 ("netlink.c", "fault_netlink.c"))
sets = {s["name"]: {a["name"]: a for a in s["attributes"]} for s in spec["attribute-sets"]}
number = failures = 0


def case(good, name, why=""):
    global number, failures
    number += 1
    failures += not good
    print(f"{'ok' if good else 'not ok'} {number} - {name}")
    if not good:
        print("#", why)


def constant(*words):
    return "_".join(["IOWARDEN", *words]).upper().replace("-", "_")


def follows_schema():
    try:
        jsonschema.validate(spec, schema)
    except jsonschema.ValidationError as error:
        return error.message
    return ""


def in_tree():
    """{attribute constant: type} as the header's comment lists replies and requests."""
    comment = header[:header.index("*/", header.index("generic-netlink family"))]
    return dict(re.findall(r"(IOWARDEN_A_\w+)\s+\(?(NLA_\w+)", comment))


def in_replies():
    """{attribute constant: type} of all that the specification lets be sent or asked."""
    wanted = {}
    for operation in spec["operations"]["list"]:
        for kind in ("do", "dump"):
            for part in operation.get(kind, {}).values():
                for name in part["attributes"]:
                    put(wanted, operation["attribute-set"], name)
    return wanted


def put(wanted, owner, name):
    attribute = sets[owner][name]
    wanted[constant("a", owner, name)] = POLICY_TYPES[attribute["type"]]
    for nested, inner in sets.get(attribute.get("nested-attributes"), {}).items():
        if inner["type"] != "pad":
            put(wanted, attribute["nested-attributes"], nested)


def requests():
    """{command: {attribute: type}} of what may be asked, do and dump together."""
    asked = {}
    for operation in spec["operations"]["list"]:
        for kind in ("do", "dump"):
            for name in operation.get(kind, {}).get("request", {}).get("attributes", []):
                attribute = sets[operation["attribute-set"]][name]
                asked.setdefault(operation["name"], {})[
                    constant("a", operation["attribute-set"], name)] = \
                    POLICY_TYPES[attribute["type"]]
    return asked


def policies():
    """{policy: {attribute: type}} of the module."""
    return {name: dict(re.findall(r"\[(IOWARDEN_A_\w+)\]\s*=\s*\{ \.type = (NLA_\w+)", body))
            for name, body in re.findall(r"nla_policy (\w+)\[[^]]*\] = \{(.*?)\n\};", module,
                                         re.S)}


def operations():
    """{command: fields} of the module's table."""
    table = re.search(r"genl_ops operations\[\] = \{(.*?)\n\};", module, re.S).group(1)
    return {fields["cmd"]: fields for fields in
            (dict(re.findall(r"\.(\w+) = (\w+)", entry)) for entry in
             re.findall(r"\{(.*?)\}", table, re.S))}


why = follows_schema()
case(not why, "the specification follows the kernel's schema", why)
tree, wanted = in_tree(), in_replies()
case(tree == wanted, "the tree in the header lists each attribute with its type",
     sorted(set(tree.items()) ^ set(wanted.items())))
asked, known, table = requests(), policies(), operations()
answered = {o["name"]: o for o in spec["operations"]["list"] if "do" in o or "dump" in o}
case(set(table) == {constant("cmd", name) for name in answered},
     "the module has the operations of the specification", sorted(table))
for name, operation in answered.items():
    entry = table.get(constant("cmd", name), {})
    case(("doit" in entry) == ("do" in operation) and
         ("dumpit" in entry) == ("dump" in operation), f"{name}: do and dump", entry)
    case(known.get(entry.get("policy"), {}) == asked.get(name, {}),
         f"{name}: the policy takes what may be asked", (known, asked))
groups = set(re.findall(r'\.name = (IOWARDEN_MCGRP_\w+)', module))
case(groups == {constant("mcgrp", g["name"]) for g in spec["mcast-groups"]["list"]},
     "the module has the multicast groups of the specification", groups)
case("MODULE_ALIAS" not in module and
     "MODULE_ALIAS" not in (top / "kmod/main.c").read_text(),
     "no alias lets a request for the family load the module")
print(f"1..{number}")
sys.exit(failures != 0)
