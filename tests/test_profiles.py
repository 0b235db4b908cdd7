"""How the workflow runs elsewhere."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("profile", ["slurm", "kubernetes"])
def test_a_profile_says_of_every_rule_with_what_it_shares_a_job(profile: str) -> None:
    text = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "rules").glob("*.smk"))
    rules = set(re.findall(r"^rule (\w+):", text, re.MULTILINE))
    declared = yaml.safe_load((ROOT / "profiles" / profile / "profile.yaml").read_text(encoding="utf-8"))
    assert set(declared["groups"]) == rules
