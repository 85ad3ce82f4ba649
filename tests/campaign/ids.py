"""Vendor and device ids that the kernel's quirks know, from the table of the prediction."""
import pathlib

TABLE = pathlib.Path(__file__).resolve().parent.parent.parent / "helper/predict/quirks.tsv"
# Whose ids a function of the kernel knows beside those of its rows; from the rows `acs` of the same function.
ANY = "*"


def read():
    """Lists of (function of the kernel, vendor, device) for each kind of quirk; numbers as text."""
    rows = [line.rstrip("\n").split("\t") for line in TABLE.read_text().splitlines()
            if line and not line.startswith("#")]
    vendor_of = {row[3]: row[1] for row in rows if row[0] == "acs"}
    found = {"acs": [], "fixup": [], "fixed": [], "broken": []}
    for row in rows:
        kind = row[0]
        if kind == "id":
            for device in _ends(row[1], row[2]):
                found["acs"].append((row[3], vendor_of[row[3]], device))
        elif kind in found and row[2] != ANY:
            subsystem = row[4].split("=")[0] if kind == "fixed" else ""
            found[kind].append((row[3], row[1], row[2], subsystem) if subsystem else (row[3], row[1], row[2]))
    return found


def _ends(first, last):
    """Both ends of a range and one step outside of each."""
    low, high = int(first, 16), int(last, 16)
    return [f"{device:04x}" for device in sorted({low - 1, low, high, high + 1}) if 0 <= device <= 0xffff]
