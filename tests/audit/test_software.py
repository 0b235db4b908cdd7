import platform
import re
from importlib.metadata import distributions

import pytest

from recount import __version__
from recount.audit.software import fingerprint, installed, locked, pinned


def test_the_versions_are_those_that_each_distribution_says() -> None:
    exp = {re.sub(r"[-_.]+", "-", each.metadata["Name"]).lower(): each.version for each in distributions()}
    got = installed()
    assert {name: got.get(name) for name in exp} == exp
    assert got["python"] == platform.python_version()
    assert got.get("recount", __version__) == __version__
    assert list(got) == sorted(got)


def test_only_what_the_lock_pins_counts_as_software() -> None:
    got = pinned("NumPy==2.4.6 \\\n    --hash=sha256:0\nno-such-thing==1.0\n# pytest==9\n")
    assert sorted(got) == ["numpy", "python"]


LOCK = """greenlet==3.5 ; platform_machine == 'z80' \\
    --hash=sha256:0
numpy==1.0 ; python_full_version < '3.0' \\
    --hash=sha256:0
numpy==2.0 ; python_full_version >= '3.0' \\
    --hash=sha256:0
Py_Arrow==26.0.1 \\
    --hash=sha256:0
    # via recount
"""


def test_a_lock_is_read_for_this_machine() -> None:
    assert locked(LOCK) == {"numpy": "2.0", "py-arrow": "26.0.1"}


@pytest.mark.parametrize("other", [{"numpy": "2.1"}, {"numpy": "2.0", "pandas": "3"}, {}])
def test_a_fingerprint_tells_versions_apart(other: dict[str, str]) -> None:
    assert fingerprint(other) != fingerprint({"numpy": "2.0"})
