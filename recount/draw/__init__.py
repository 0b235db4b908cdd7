"""The figures, drawn from estimates; they compute nothing."""
