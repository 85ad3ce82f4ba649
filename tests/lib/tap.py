"""Test results of a suite in Python."""


class Tap:
    """Test results; see tests/lib/tap."""

    def __init__(self, planned):
        self.number = self.failures = 0
        self.planned = planned
        print(f"1..{planned}")

    def report(self, name, complaint, todo=""):
        """A case has failed if there is a complaint, and one marked TODO if there is none."""
        self.number += 1
        self.failures += bool(complaint) != bool(todo)
        print(f"{'not ok' if complaint else 'ok'} {self.number} - {name}{' # TODO ' if todo else ''}{todo}")
        for line in complaint.splitlines():
            print(f"# {line}".encode(errors="backslashreplace").decode())

    def good(self):
        return not self.failures and self.number == self.planned
