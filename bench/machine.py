"""On what was measured: machine, system, and the versions of what was compared."""

import os
import platform
import re
import shutil
import subprocess
from importlib.metadata import version
from pathlib import Path

from bench.toplines import PEERS

PACKAGES = ("snakemake", "pandas", "numpy", "pyarrow")


def machine() -> str:
    """Describe them in one sentence."""
    processor = re.search(r"model name\s*: (.+)", _read("/proc/cpuinfo"))
    memory = re.search(r"MemTotal:\s*(\d+)", _read("/proc/meminfo"))
    name = processor[1] if processor else platform.processor()
    size = f", {int(memory[1]) / 1024**2:.0f} GB" if memory else ""
    versions = [f"Python {platform.python_version()}", *(f"{each} {version(each)}" for each in PACKAGES), *_peers()]
    busy = f"load {os.getloadavg()[2]:.1f} over the last 15 minutes"
    return f"{os.cpu_count()} cores ({name}{size}), {busy}; {', '.join(versions)}."


def _peers() -> list[str]:
    found = []
    if PEERS.exists():
        told = subprocess.run(
            [PEERS, "-c", "import svy; print(svy.__version__)"], capture_output=True, text=True, check=True
        )
        found.append(f"svy {told.stdout.strip()}")
    if shutil.which("Rscript"):
        asked = "cat(as.character(getRversion()), as.character(packageVersion('survey')))"
        told = subprocess.run(["Rscript", "-e", asked], capture_output=True, text=True, check=True)  # noqa: S607
        found.append("R {} with survey {}".format(*told.stdout.split()))
    return found


def _read(path: str) -> str:
    return Path(path).read_text(encoding="utf-8") if Path(path).exists() else ""
