"""What a build says when it has ended: where the paper is, and what in it a person has to look at."""

from collections.abc import Iterator, Mapping, Sequence
from os.path import commonpath
from textwrap import wrap
from typing import Any

from recount.building import command
from recount.display.counts import counted

WIDTH = 110
# The claims to look at, by status, and the command that says all of them.
OF_CLAIMS = {"fails": ("untrue claim", ("claims",)), "fragile": ("fragile claim", ("claims", "--fragile"))}


def finished(
    documents: Sequence[str],
    pages: str,
    *,
    claims: Sequence[Mapping[str, Any]],
    allowed: Sequence[Mapping[str, Any]],
    coding: Sequence[str] = (),
) -> str:
    """Tell where documents and audit pages are, which claims fail or are fragile, and what waits for codes.

    `claims` and `allowed` are those lists of claims.json and numbers.json, `coding` are the answers that wait for a
    person; paths stand as they are given.
    """
    lines = [*_documents(documents, pages)]
    for status, (kind, words) in OF_CLAIMS.items():
        found = [f"“{each['phrase']}” ({_place(each)})" for each in claims if each["status"] == status]
        if found:
            lines += _listed(f"{counted(len(found), kind)} ({command(*words)})", found)
    lines += [f"To code: {each}" for each in coding]
    waiting = [_place(each) for each in allowed if each["kind"] == "waiting"]
    lines += _listed("The paper waits for codes", list(dict.fromkeys(waiting))) if waiting else []
    return "\n".join(lines)


def _documents(documents: Sequence[str], pages: str) -> Iterator[str]:
    if documents:
        first, *others = documents
        also = ", ".join(each.removeprefix(f"{commonpath(documents)}/") for each in others) if others else ""
        yield f"The paper: {first}" + (f" (beside it {also})" if also else "")
    yield f"The way from each number to the raw file: {pages}"


def _place(entry: Mapping[str, Any]) -> str:
    return f"line {entry['line']}" if entry["line"] else str(entry["declared_at"] or entry["file"])


def _listed(what: str, items: Sequence[str]) -> list[str]:
    return wrap(
        f"{what}: {', '.join(items)}", WIDTH, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False
    )
