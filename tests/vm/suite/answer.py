#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Prints an answer of `check --json` or `audit --json` as lines for grep.

usage: answer.py NAME   with what it printed in NAME.out and NAME.err, and NAME.status

    exit 1
    verdict warning
    basis assumed
    set 0000:01:00.0 0000:01:00.1
    steps 2
    step unbind 0000:01:00.0 bochs-drm
    obstacle mount 0000:01:00.1 / through nvme0n1p1
    finding info port-without-acs 0000:00:02.0: its evidence
    unseen what could not be seen

In an audit the line of a set is `covered safe set 0000:01:00.0`, or `listed ...` where the audit does
not answer for it; what is said of the set is indented.
"""
import json
import pathlib
import sys


def set_lines(answer):
    yield "set " + " ".join(answer.get("set", []))
    ready = answer.get("ready", {})
    steps = ready.get("steps", [])
    yield f"steps {len(steps)}"
    for step in steps:
        yield f"step {step['action']} {step['device']} {step.get('driver', '-')}"
    for obstacle in ready.get("obstacles", []):
        through = f" through {obstacle['through']}" if "through" in obstacle else ""
        yield f"obstacle {obstacle['kind']} {obstacle['device']} {obstacle.get('what', '-')}{through}"
    for finding in answer.get("findings", []):
        yield (f"finding {finding['severity']} {finding['id']} {finding.get('device', '-')}: "
               f"{finding.get('evidence', '')}")


def answer_lines(answer):
    for key in ("provider", "verdict", "basis", "covered"):
        if key in answer:
            yield f"{key} {answer[key]}"
    if "set" in answer:
        yield from set_lines(answer)
    for one in answer.get("sets", []):
        first, *rest = set_lines(one)
        yield f"{'covered' if one.get('covered') else 'listed'} {one.get('verdict', '-')} {first}"
        yield from (f"  {line}" for line in rest)
    for text in answer.get("unseen", []):
        yield f"unseen {text}"


def main(name):
    parts = {end: pathlib.Path(f"{name}.{end}") for end in ("status", "out", "err")}
    texts = {end: path.read_text() if path.exists() else "" for end, path in parts.items()}
    print("exit", texts["status"].strip() or "never")
    for line in texts["err"].splitlines():
        print("stderr", line)
    try:
        for line in answer_lines(json.loads(texts["out"])):
            print(line)
    except (json.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
        print(f"no answer ({error!r}): {texts['out'][:500]!r}")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
