"""All bad input together, each in a process of its own kind: no traceback, no signal, little time and memory."""

import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.text import html, plain
from tests.mutations import mutated
from tests.test_checks import CASES, EXPECT, lay_out

ROOT = Path(__file__).parent.parent
SECONDS = 60
"""Processor time after which something hangs. The budget, 10 seconds for all cases, is measured in benchmarks/."""
MEGABYTES = 300
FAILED = ROOT / ".cache" / "seeds"
"""The inputs of failing seeds, to be looked at and kept as a case when mended."""

EVERY = """
import sys
import time
from pathlib import Path
from generator.__main__ import main
for folder in sys.argv[1:]:
    print("status", Path(folder).parent.name, main(["check", "--evaluations", folder]), flush=True)
peak = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
import resource, time
print("seconds", time.process_time())
print("megabytes", int(peak[0].split()[1]) / 1024 if peak
      else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def figure(output: str, name: str) -> float:
    """A figure that the process told about itself."""
    return float(re.findall(rf"^{name} (\S+)$", output, re.MULTILINE)[0])


def test_all_cases_take_little_time_and_memory_and_none_ends_in_a_traceback(tmp_path: Path):
    statuses = {}
    for case in sorted(CASES.glob("*.yml")):
        text = case.read_text(encoding="utf-8")
        lay_out(text, tmp_path / case.stem / "evaluations")
        statuses[case.stem] = int(any(not warning for _, warning, *_ in EXPECT.findall(text)))
    folders = [f"{tmp_path}/{name}/evaluations" for name in statuses]
    run = subprocess.run([sys.executable, "-c", EVERY, *folders], capture_output=True, text=True, cwd=ROOT, check=False)

    assert (0, "") == (run.returncode, run.stderr)
    told = re.findall(r"^status (\S+) (\d)$", run.stdout, re.MULTILINE)
    assert statuses == {name: int(status) for name, status in told}
    assert "Traceback" not in run.stdout
    assert figure(run.stdout, "seconds") < SECONDS
    assert figure(run.stdout, "megabytes") < MEGABYTES


def test_checking_one_file_imports_nothing_that_only_building_needs():
    heavy = ("altair", "jinja2", "lunr", "mkdocs", "nltk", "selectolax", "vl_convert")
    one = "evaluations/se/enkoping/2016.yml"
    code = f"import sys; from generator.__main__ import main; main(['check', {one!r}]); " \
           f"print('heavy', [name for name in {heavy} if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)

    assert ["heavy []"] == re.findall("^heavy.*$", run.stdout, re.MULTILINE)


def tried(first: int, count: int, folder: Path) -> list[str]:
    """What was wrong with the inputs of some seeds, read in a process of their own."""
    command = [sys.executable, "-m", "tests.mutations", str(first), str(count), str(folder)]
    run = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    faults = re.findall(r"^\d+: .+$", run.stdout, re.MULTILINE)
    if run.returncode:
        last = re.findall(r"^\d+$", run.stdout, re.MULTILINE)[-1:] or [str(first)]
        faults.append(f"{last[0]}: ended with {run.returncode}: {run.stderr[-500:]}")
    return faults


def kept(faults: list[str]) -> list[str]:
    """The faults, with their inputs kept where they can be looked at."""
    for fault in faults:
        seed = int(fault.split(":")[0])
        FAILED.mkdir(parents=True, exist_ok=True)
        (FAILED / f"{seed}.yml").write_bytes(mutated(seed)[1])
        with (FAILED / "seeds.txt").open("a", encoding="utf-8") as seeds:
            seeds.write(fault.replace("\n", " ") + "\n")
    return faults


def test_damaged_files_are_problems_and_nothing_else(tmp_path: Path):
    assert [] == kept(tried(0, 200, tmp_path / "evaluations"))


@pytest.mark.trials
@pytest.mark.parametrize("first", range(0, 10_000, 500))
def test_ten_thousand_damaged_files_are_problems_and_nothing_else(first: int, tmp_path: Path):
    assert [] == kept(tried(first, 500, tmp_path / "evaluations"))


NESTED = "".join(f"{'  ' * depth}- a\n" for depth in range(130))


@pytest.mark.parametrize("unit", [
    "[", "![[", "<a ", "[a](", "*", "*a ", "*a_ ", "**a *b ", "_*a", "a*", "- ", "1. ", "- a\n", "> ", "&#", "\\", "`",
    "]( ", "***a** b* ", NESTED, "[*a" + "*b" * 20, "[a](" + "(" * 45, "* a\n  * b\n    * c\n",
    "\N{COMBINING DIAERESIS}",
])
def test_no_text_of_any_signs_makes_the_rendering_hang(unit: str):
    text = (unit * 20_000)[:20_000]
    start = time.process_time()
    html(text)
    plain(text)

    assert time.process_time() - start < SECONDS
