"""A signature holds for what was signed and nothing else, and says itself why it lapsed."""

import shutil
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from recount.audit.check.io import read_built, read_present
from recount.audit.check.signatures import tree
from recount.audit.check.told import faults, text
from recount.audit.sign.io import read_signatures, read_tree
from recount.audit.sign.lapse import judged, told
from recount.audit.sign.sign import stages_told
from recount.audit.sign.signature import STAGES, slug
from recount.cli import app
from recount.errors import StudyError
from tests.audit.built import build, checked, edited, estimate, lay, list_all, run, settings, stand_in

ADA = "review/estimate/ada-lovelace.yaml"
ESTIMATES = "results/2020/estimates.csv"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The study of tests/audit/built.py, built."""
    folder = tmp_path_factory.mktemp("built")
    with pytest.MonkeyPatch.context() as patch:
        lay(folder)
        stand_in(folder, patch)
        build()
    return folder


@pytest.fixture(autouse=True)
def study(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = Path(shutil.copytree(built, tmp_path / "study"))
    stand_in(folder, monkeypatch)
    return folder


def sign(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["sign", *arguments])
    return result.exit_code, result.output


@pytest.fixture
def signed() -> None:
    """Ada has signed the estimates, and the manifest has been written since."""
    assert sign("estimate", "--by", "Ada Lovelace", "--note", "Recounted three.") == (0, f"{ADA}\n")
    list_all()


def why() -> list[str]:
    """Why the one signature does not hold; the build and the check say the same."""
    built, present = read_built(), read_present()
    (found,) = judged(read_signatures(), tree(built, present), present.files)
    return list(found.why)


def test_a_signature_names_the_digest_of_all_that_the_stage_read_and_wrote() -> None:
    sign("estimate", "--by", "Ada Lovelace", "--note", "Recounted three.", "--date", "March 2026")
    got = yaml.safe_load(Path(ADA).read_text(encoding="utf-8"))
    assert (got["stage"], got["by"], got["note"], got["date"]) == (
        "estimate",
        "Ada Lovelace",
        "Recounted three.",
        "March 2026",
    )
    assert set(got["inputs"]) == {"results/2020/clean.csv", "envs/requirements.txt"}
    assert set(got["outputs"]) == {ESTIMATES}
    assert set(got["code"]) == {"scripts/estimate_wave.py", "recount/intervals.py", "rules/estimate.smk"}
    assert set(got["declared"]["settings"]) == {"estimates"}


@pytest.mark.usefixtures("signed")
def test_a_signature_has_no_date_unless_one_is_given() -> None:
    assert "date" not in yaml.safe_load(Path(ADA).read_text(encoding="utf-8"))


@pytest.mark.usefixtures("signed")
def test_what_is_signed_is_told_and_is_no_finding() -> None:
    (found,) = checked()
    assert (found.kind, found.file, found.problem) == ("signed", ADA, "estimate, by Ada Lovelace")
    assert faults([found], strict=True) == []


@pytest.mark.usefixtures("signed")
def test_a_lapsed_signature_counts_only_where_one_asks_for_strictness() -> None:
    edited("config.yaml", "paper:", "estimates: {minimum_base: 7}\npaper:")
    estimate()
    list_all()
    found = [each for each in checked() if each.kind == "lapsed"]
    assert [each.problem for each in found] == [
        "estimate, by Ada Lovelace; since then config.yaml, estimates has changed"
    ]
    assert found[0].mend == "look at the stage again, then recount sign estimate --by 'Ada Lovelace'"
    assert (faults(found), faults(found, strict=True)) == ([], found)


@pytest.mark.usefixtures("signed")
@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("recount/intervals.py", "    return n\n\n\ndef exact", "    # Wilson (1927).\n    return n\n\n\ndef exact"),
        ("rules/estimate.smk", "# a file", "# another"),
        ("recount/dates.py", "return text", "return text[:4]"),
        ("config.yaml", "paper:", "# The default.\nestimates:\n  minimum_base: 5\npaper:"),
        ("report/figures.yaml", "kind: bars", "kind: dots"),
    ],
)
def test_a_comment_and_what_other_stages_read_change_nothing(file: str, old: str, new: str) -> None:
    edited(file, old, new)
    assert why() == []


@pytest.mark.usefixtures("signed")
@pytest.mark.parametrize(
    ("file", "old", "new", "exp"),
    [
        ("recount/intervals.py", "return n\n\n\ndef", "return n + 1\n\n\ndef", "recount/intervals.py has changed"),
        ("rules/estimate.smk", "input: 'x'", "input: 'z'", "rules/estimate.smk has changed"),
        ("config.yaml", "paper:", "estimates: {minimum_base: 7}\npaper:", "config.yaml, estimates has changed"),
        (ESTIMATES, "key,value", "key,valve", f"{ESTIMATES} has changed"),
        ("results/2020/clean.csv", "1,40", "1,41", "results/2020/clean.csv has changed"),
    ],
)
def test_a_signature_lapses_when_code_settings_inputs_or_outputs_change(
    file: str, old: str, new: str, exp: str
) -> None:
    edited(file, old, new)
    assert why() == [exp]


@pytest.mark.usefixtures("signed")
def test_a_signature_lapses_when_something_is_gone_or_new() -> None:
    Path("recount/intervals.py").rename("recount/limits.py")
    assert why() == ["recount/intervals.py is gone"]
    Path("recount/limits.py").rename("recount/intervals.py")
    told_to = {"wildcards": {"wave": "2021"}, "settings": settings("estimates")}
    run("estimate_wave", ["results/2020/clean.csv"], "results/2021/estimates.csv", "key\n", **told_to)
    assert why() == ["results/2021/estimates.csv is new"]


@pytest.mark.usefixtures("signed")
def test_what_comes_back_as_it_was_makes_the_signature_hold_again() -> None:
    edited("recount/intervals.py", "return n\n\n\ndef", "return n + 1\n\n\ndef")
    edited("recount/intervals.py", "return n + 1\n\n\ndef", "return n\n\n\ndef")
    assert why() == []


@pytest.mark.usefixtures("signed")
def test_in_the_midst_of_a_build_a_signature_is_judged_as_a_check_does() -> None:
    present = read_present()
    records = sorted(Path("results/records").rglob("*.json"))
    early = read_tree(records, declared=present.declared, house=Path())
    assert [each.state for each in judged(read_signatures(), early, present.files)] == ["holds"]
    edited("recount/intervals.py", "return n\n\n\ndef", "return n + 1\n\n\ndef")
    assert [each.why for each in judged(read_signatures(), early, present.files)] == [
        ("recount/intervals.py has changed",)
    ]


@pytest.mark.usefixtures("signed")
def test_several_reviewers_sign_one_stage_and_each_can_take_it_back() -> None:
    assert sign("estimate", "--by", "Bo Li")[0] == 0
    assert sign("estimate", "--by", "Ada Lovelace", "--withdraw", "--note", "the wrong wave")[0] == 0
    list_all()
    assert [each.problem for each in checked()] == [
        "estimate, by Ada Lovelace; withdrawn: the wrong wave",
        "estimate, by Bo Li",
    ]


def test_only_who_has_signed_can_take_it_back() -> None:
    code, printed = sign("estimate", "--by", "Bo Li", "--withdraw")
    assert (code, printed) == (1, "review/estimate/bo-li.yaml: there is no such file\n")


def test_what_is_out_of_date_or_edited_by_hand_cannot_be_signed() -> None:
    Path(ESTIMATES).write_text("key,value\n1,2\n", encoding="utf-8")
    code, printed = sign("estimate", "--by", "Ada")
    assert (code, Path("review").exists()) == (1, False)
    assert "what is out of date cannot be signed" in printed
    assert f"{ESTIMATES}: this is not what estimate_wave wrote" in printed
    assert sign("clean", "--by", "Ada")[0] == 0


def test_a_stage_that_was_not_built_and_one_that_does_not_exist_cannot_be_signed() -> None:
    assert "code: nothing of this stage has been built" in sign("code", "--by", "Ada")[1]
    assert "'estimates': there is no such stage" in sign("estimates", "--by", "Ada")[1]
    assert "needs a name" in sign("estimate", "--by", " - ")[1]


@pytest.mark.parametrize("arguments", [(), ("clean",), ("--by", "Ada")])
def test_who_does_not_say_what_or_who_is_told_all_stages(arguments: tuple[str, ...]) -> None:
    code, printed = sign(*arguments)
    assert code == 2
    assert [line.split()[0] for line in printed.splitlines()[1:-1]] == list(STAGES)
    assert not Path("review").exists()


def test_the_same_letters_do_not_sign_for_another() -> None:
    sign("estimate", "--by", "Ada Lovelace")
    code, printed = sign("estimate", "--by", "ADA-LOVELACE")
    assert (code, "Ada Lovelace has signed already" in printed) == (1, True)


@pytest.mark.parametrize("name", ["../../etc/passwd", "a/b", "=1+1", "\u202eada", "李雷"])
def test_a_name_is_a_file_of_its_own_and_no_path(name: str) -> None:
    file = slug(name)
    assert file
    assert not set(file) & set("/\\.=\u202e")


def test_a_signature_that_was_written_by_hand_or_moved_is_told() -> None:
    sign("estimate", "--by", "Ada")
    Path("review/clean").mkdir()
    Path("review/estimate/ada.yaml").rename("review/clean/ada.yaml")
    with pytest.raises(StudyError, match="stands in another's place"):
        read_signatures()
    Path("review/clean/ada.yaml").write_text("stage: cleaning\n", encoding="utf-8")
    with pytest.raises(StudyError, match="by: this key is missing"):
        read_signatures()


def test_signing_twice_writes_the_same_bytes() -> None:
    sign("estimate", "--by", "Ada")
    before = Path("review/estimate/ada.yaml").read_bytes()
    sign("estimate", "--by", "Ada")
    assert Path("review/estimate/ada.yaml").read_bytes() == before


def test_a_name_moves_no_cursor_on_a_terminal() -> None:
    sign("estimate", "--by", "Ada\x1b[2J\u202e")
    list_all()
    assert not set(text(checked(), results=9)) & {"\x1b", "\u202e"}


def test_many_reasons_are_counted() -> None:
    assert told(["a", "b"]) == "a; b"
    assert told(["a", "b", "c", "d", "e"]) == "a; b; c; and 2 more"


def test_the_stages_are_those_of_the_house() -> None:
    rules = {path.stem for path in (Path(__file__).parents[3] / "rules").glob("*.smk")} - {"common"}
    assert rules <= set(STAGES)


def test_without_a_name_the_next_command_is_for_the_stage_that_was_given() -> None:
    assert "sign estimate --by 'Your Name'" in stages_told("estimate")
    assert "sign clean --by 'Your Name'" in stages_told("nosuch")
