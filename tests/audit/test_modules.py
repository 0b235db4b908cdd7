import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from recount.audit.modules import modules_of

ROOT = Path(__file__).parents[2]
SCRIPTS = sorted((ROOT / "scripts").glob("*.py"))


@cache
def imported(file: Path, root: Path) -> list[Path]:
    """The files of the library that a file imports, by Python's own parser."""
    names = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    places = []
    for parts in (name.split(".") for name in names if name.split(".")[0] == "recount"):
        places += [root.joinpath(*parts[:n], "__init__.py") for n in range(1, len(parts) + 1)]
        places.append(root.joinpath(*parts).with_suffix(".py"))
    return [place for place in places if place.exists()]


def parsed(script: Path, root: Path) -> list[Path]:
    """What `modules_of` must say."""
    found: set[Path] = set()
    waiting = [script]
    while waiting:
        file = waiting.pop()
        if file in found:
            continue
        found.add(file)
        waiting += imported(file, root)
    return sorted(found)


def house(folder: Path, files: dict[str, str]) -> Path:
    """Lay a small library, with an `__init__.py` in every package, and give its root."""
    for name, source in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")
    for package in {path.parent for path in (folder / "recount").rglob("*.py")} | {folder / "recount"}:
        (package / "__init__.py").touch()
    return folder


def names(root: Path, script: str = "script.py") -> list[str]:
    return [path.relative_to(root).as_posix() for path in modules_of(root / script, root)]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_each_script_has_the_modules_that_pythons_parser_finds(script: Path) -> None:
    assert modules_of(script, ROOT) == parsed(script, ROOT)


def test_every_module_of_the_library_imports_what_pythons_parser_finds() -> None:
    modules = sorted((ROOT / "recount").rglob("*.py"))
    assert len(modules) > 50
    for module in modules:
        assert set(parsed(module, ROOT)) <= set(modules_of(module, ROOT)), module


IMPORTS = [
    "from recount.a import thing",
    "from recount import a",
    "from recount import (\n    b,\n    a,\n)",
    "from recount import (  # first (see below), and\n    b,  # this, that\n    a,\n)",
    "from recount.a import (\n    one, two\n)",
    "import recount.a",
    "import recount.a as first, os",
    "import os, recount.a",
    "from recount import \\\n    a",
    "def late():\n    from recount.a import thing  # noqa: PLC0415 - heavy",
    "if TYPE_CHECKING:\n\timport recount.a",
    "from recount.a import *",
    "import recount.a; import os",
]


@pytest.mark.parametrize("statement", IMPORTS)
def test_an_import_is_found_however_it_is_written(tmp_path: Path, statement: str) -> None:
    root = house(tmp_path, {"recount/a.py": "", "recount/b.py": "", "recount/c.py": "", "script.py": statement + "\n"})
    got = modules_of(root / "script.py", root)
    assert got == parsed(root / "script.py", root)
    assert root / "recount" / "a.py" in got
    assert root / "recount" / "c.py" not in got


def test_what_modules_import_is_followed_through_packages_and_in_circles(tmp_path: Path) -> None:
    files = {
        "recount/a.py": "from recount.deep.b import x\n",
        "recount/deep/__init__.py": "from recount.deep import c\n",
        "recount/deep/b.py": "import recount.a\n",
        "recount/deep/c.py": "",
        "recount/deep/d.py": "",
        "script.py": "from recount.a import x\n",
    }
    assert names(house(tmp_path, files)) == [
        "recount/__init__.py",
        "recount/a.py",
        "recount/deep/__init__.py",
        "recount/deep/b.py",
        "recount/deep/c.py",
        "script.py",
    ]


@pytest.mark.parametrize(
    "line", ["# from recount.a import x", "import recounting.a", "from os import recount", "x = 'recount.a'"]
)
def test_what_is_no_import_of_the_library_is_not_followed(tmp_path: Path, line: str) -> None:
    root = house(tmp_path, {"recount/a.py": "", "script.py": line + "\n"})
    assert names(root) == ["script.py"]


def test_a_name_that_is_no_module_is_passed_over(tmp_path: Path) -> None:
    root = house(tmp_path, {"recount/a.py": "", "script.py": "from recount.a import Function\nimport recount.gone\n"})
    assert names(root) == ["recount/__init__.py", "recount/a.py", "script.py"]


def test_an_edited_module_is_read_again(tmp_path: Path) -> None:
    root = house(tmp_path, {"recount/a.py": "", "recount/b.py": "", "script.py": "import recount.a\n"})
    assert "recount/b.py" not in names(root)
    (root / "recount" / "a.py").write_text("import recount.b\n", encoding="utf-8")
    assert "recount/b.py" in names(root)


def test_listing_the_modules_imports_nothing_heavy() -> None:
    heavy = "{'pandas', 'numpy', 'pyarrow', 'pydantic', 'ast'}"
    code = f"import sys; import recount.audit.modules; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
