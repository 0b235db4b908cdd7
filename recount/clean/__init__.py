"""From raw cells to typed answers, with a log of every difference."""
