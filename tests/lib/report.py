# SPDX-License-Identifier: GPL-2.0
"""Test results of Python suites as TAP; see tests/lib/tap."""


class Tap:
    """A suite that says first how many cases it has."""

    def __init__(self, planned):
        self.number = self.failures = 0
        self.planned = planned
        print(f"1..{planned}", flush=True)

    def report(self, name, complaint, todo=""):
        """A case has failed if there is a complaint, and one marked TODO if there is none."""
        self.number += 1
        self.failures += bool(complaint) != bool(todo)
        print(f"{'not ok' if complaint else 'ok'} {self.number} - {name}{' # TODO ' if todo else ''}{todo}")
        for line in complaint.splitlines():
            print(f"# {line}".encode(errors="backslashreplace").decode())

    def skip(self, name, why):
        self.number += 1
        print(f"ok {self.number} - {name} # SKIP {why}")

    def good(self):
        return not self.failures and self.number == self.planned
