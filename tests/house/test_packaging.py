"""The wheel holds exactly the checkout's modules and data, and works when it is installed alone."""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("mdmr_conform", "harness", "steps", "reference_impl", "features", "corpus")
BESIDE = ("docs", "samples")
"""What lies beside the packages in a checkout, and within `mdmr_conform` in the wheel."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet"]
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "--no-index", "-w", str(folder), str(ROOT)], check=True)
    (found,) = folder.glob("*.whl")
    return found


def test_the_wheel_holds_exactly_the_modules_and_data_of_the_checkout(wheel: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", *PACKAGES, *BESIDE], cwd=ROOT, check=True, capture_output=True
    )
    names = [name for name in listed.stdout.decode().splitlines() if (ROOT / name).exists()]
    checkout = {f"mdmr_conform/{name}" if name.split("/")[0] in BESIDE else name for name in names}
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if name.split("/")[0] in PACKAGES}
    assert packed == checkout


def test_the_wheel_installed_alone_gives_a_verdict_from_any_directory(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home)], check=True)
    python = home / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(python), "install", "--quiet"]
    subprocess.run([*pip, "--no-deps", "--no-index", str(wheel)], check=True)
    # What it depends on comes from here, by path alone: the checkout's own link to itself is not followed.
    (site,) = (home / "lib").glob("python*/site-packages")
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    where = subprocess.run(
        [python, "-c", "import harness; print(harness.__file__)"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=True,
    )
    assert where.stdout.startswith(str(site))
    page = subprocess.run(
        [home / "bin" / "mdmr-conform", "docs"], capture_output=True, text=True, cwd=tmp_path, check=True
    )
    assert f"They lie in {site}/mdmr_conform/docs, samples of adapters in {site}/mdmr_conform/samples." in page.stdout
    command = [home / "bin" / "mdmr-conform", "run", "--select", "USDP-03", "--out", "out"]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    results = json.loads((tmp_path / "out" / "results.json").read_bytes())
    assert results["counts"]["pass"] == len(results["scenarios"]) > 0
    assert (tmp_path / "out" / "report.html").stat().st_size > 10_000
