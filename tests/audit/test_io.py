import json
from pathlib import Path

import pytest

from recount.audit.io import Results
from recount.errors import AuditError
from recount.study.settings import Settings

SETTINGS = {"title": "T", "waves": {"2020": {"export": "a.csv", "design": "census"}}, "paper": {"wave": "2020"}}


def test_a_ledger_of_another_version_of_recount_is_told_and_not_read(tmp_path: Path) -> None:
    (tmp_path / "paper").mkdir()
    (tmp_path / "paper" / "numbers.json").write_text(json.dumps({"version": 1}), encoding="utf-8")
    with pytest.raises(AuditError, match="another version of Recount wrote this ledger"):
        _ = Results(Settings.declared_in("config.yaml", SETTINGS), tmp_path).ledger
