"""A page of HTML as one file: its style, its script and its data in it, and a policy that admits nothing else."""

from collections.abc import Iterable
from string import Template
from typing import Any

from recount.page.chinese import font_face
from recount.page.embed import embedded
from recount.page.seal import seal


def closed_page(template: str, *, styles: Iterable[str], scripts: Iterable[str], data: Any, **parts: str) -> str:
    """Put styles, scripts and data, each in their order, into the template; `parts` is HTML for its other places.

    East Asian letters bring their font along: where the machine has none, a reader would see empty boxes.

    The policy admits exactly this style and this script; pictures and fonts only from inside the page; and no text as
    markup, whatever a script may do (Trusted Types).
    """
    content = embedded(data)
    style = (font_face("".join((content, *parts.values()))) + "\n".join(styles)).strip()
    body = "\n".join(scripts)
    script = f'"use strict";\n(() => {{\n{body}\n}})();'
    return Template(template).substitute(parts, policy=policy(style, script), style=style, script=script, data=content)


def policy(style: str, script: str) -> str:
    """Write the Content-Security-Policy that forbids all that such a page does not need."""
    return (
        f"default-src 'none'; style-src '{seal(style)}'; script-src '{seal(script)}'; img-src data:; font-src data:; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
