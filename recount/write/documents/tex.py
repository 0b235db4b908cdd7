"""The LaTeX source, for journals that set the paper themselves."""

from recount.write.documents.pandoc import Source, written


def tex(source: Source) -> bytes:
    """Write the paper for xelatex; figures are `figures/NAME.pdf`, beside the file or one folder above."""
    return written(source, to="latex", template="paper.tex", filters=("tex.lua",))
