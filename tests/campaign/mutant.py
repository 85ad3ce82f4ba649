"""The program with one line of its prediction changed, which the campaign must notice."""
import pathlib
import shutil
import subprocess

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
FOLDER = TOP / "build/mutant"

# Name, file of helper/predict/, what stands there once, what takes its place.
MUTANTS = (
    ("functions of one device count as apart", "grouping.c",
     "	return device->multifunction && !device_has(device, DEVICE_PHYSFN);", "	return !device;"),
    ("a function with ACS of its own is taken in by its siblings", "grouping.c",
     "i == index || acs[i].isolates == ANSWER_YES ||", "i == index ||"),
    ("only the nearest bridge counts", "way.c",
     "	if (acs->isolates != ANSWER_NO && above &&", "	if (!acs && above &&"),
    ("bridges to conventional buses keep requester ids", "grouping.c",
     "	case PORT_CONVENTIONAL:\n	case PORT_PCI_TO_PCIE:\n		return true;",
     "	case PORT_CONVENTIONAL:\n	case PORT_PCI_TO_PCIE:\n		return false;"),
    ("aliases are not followed to further ones", "grouping.c",
     "		    (find_by_alias(grouping, i, JOIN_ALIAS) ||\n		     find_by_function(grouping, i)))",
     "		    finds(grouping, i, JOIN_ALIAS))"),
    ("functions that no IOMMU serves have groups, too", "scope.c",
     "	if (scope->known)", "	if (scope->known && !device)"),
    ("nobody vouches for a device", "effective.c",
     "	if (word.opinion != OPINION_NONE)", "	if (word.opinion > OPINION_UNKNOWN + 9)"),
    ("Sunrise Point has no registers of its own", "quirk.c",
     "	return ACS_REQUIRED & acs->cap_dword & ~acs->ctrl_dword ?", "	return ACS_REQUIRED & ~acs->ctrl_dword ?"),
)


def _prepare():
    """A copy of the sources, built as they are."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    for name in ("helper", "include"):
        shutil.copytree(TOP / name, FOLDER / name)
    shutil.copy(TOP / "VERSION", FOLDER)
    _make()


def _make():
    subprocess.run(["make", "-s", "-j2", "-C", FOLDER / "helper", "CFLAGS=-O1", "O=../build"], check=True)


def _change(number, file, before, after):
    """Build with one change, keep the program, and take the change back."""
    source = FOLDER / "helper/predict" / file
    text = source.read_text()
    if text.count(before) != 1:
        raise RuntimeError(f"{file} has no such place, or several: {before}")
    source.write_text(text.replace(before, after))
    try:
        _make()
    finally:
        source.write_text(text)
    return shutil.copy(FOLDER / "build/iowarden", FOLDER / f"iowarden-{number}")


def build_all():
    """Name and program of each."""
    _prepare()
    for number, (name, *change) in enumerate(MUTANTS):
        yield name, str(_change(number, *change))
