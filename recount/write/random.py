"""Whether respondents were drawn at random, which every p-value rests on."""

from recount.errors import Finding, TemplateError
from recount.write.lookup import Lookup

# Why a p-value says nothing under a design: it is the chance of such a difference among respondents drawn at random.
NO_CHANCE = {
    "nonprobability": "nobody drew these respondents, so that no chance of drawing could have made the difference",
    "census": "everyone was asked, so that no chance of drawing could have made the difference",
}


def check_drawn(lookup: Lookup, wave: str, asked: str) -> None:
    """Refuse a test where nobody was drawn; `asked` says which, as messages name it."""
    design = lookup.settings.waves[wave].design
    if design in NO_CHANCE:
        raise TemplateError(
            Finding(
                problem=f"wave {wave} is of design {design}: {NO_CHANCE[design]}, and there is no p-value",
                key=asked,
                mend="print both shares, or their difference in points, without a test",
            )
        )
