# SPDX-License-Identifier: GPL-2.0
"""What is wrong with a file, and where."""


class Complaint(Exception):
    """Ends the reading of a file; its text is the line for the user."""

    def __init__(self, where, what):
        super().__init__(f"{where}: {what}")
