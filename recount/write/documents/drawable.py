"""Letters that no font of the PDF has: in the place of each stands its code, so that no answer stops the paper."""

import logging
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

from recount.page.chinese import font_folder

# Latin letters, general punctuation and the common Chinese characters are never missing, and so not asked for.
COMMON = re.compile("[\0-\u017f\u2010-\u2026\u3000-\u303f\u4e00-\u9fa5]+")
MISSING = re.compile(r'the text `"(.+?)"` could not be displayed')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
# A label is no text: it stays, so that links still find it.
LABEL = r"<[^<>\s\\]+>"
FONTS = ("Libertinus Serif", "Noto Sans CJK TC")


def drawable(markup: str, name: str) -> str:
    """Write letters that no font has as ⟨U+1F600⟩, and say so in the log, as of the file `name`."""
    letters = missing(sorted(set(COMMON.sub("", markup))))
    if not letters:
        return markup
    codes = {letter: f"U+{ord(letter):04X}" for letter in letters}
    logging.getLogger(__name__).warning(
        "%s: no font of the PDF has %s; their codes stand in their place", name, ", ".join(codes.values())
    )
    wanted = re.compile(f"{LABEL}|[{''.join(letters)}]")
    return wanted.sub(lambda found: f"⟨{codes[found.group()]}⟩" if found.group() in codes else found.group(), markup)


def missing(letters: Sequence[str]) -> list[str]:
    """Ask typst which of the letters it can't draw, each in a paragraph of its own.

    Within a cluster (a face and its colour of skin) typst may leave a letter out without a word.
    """
    import typst

    if not letters:
        return []
    paragraphs = "\n\n".join(f'#"\\u{{{ord(letter):x}}}"' for letter in letters)
    fonts = ", ".join(f'"{font}"' for font in FONTS)
    with tempfile.TemporaryDirectory() as folder:
        probe = Path(folder) / "letters.typ"
        probe.write_text(
            f"#set document(title: [Letters])\n#set text(font: ({fonts}))\n{paragraphs}\n", encoding="utf-8"
        )
        try:
            typst.compile(
                str(probe), root=folder, font_paths=[str(font_folder())], ignore_system_fonts=True, pdf_standards="ua-1"
            )
        except typst.TypstError as error:
            told = MISSING.findall(error.diagnostic)
            return sorted({ESCAPED.sub(lambda found: chr(int(found[1], 16)), letter) for letter in told})
    return []
