"""What holds for all tests."""

from hypothesis import settings

# Time is measured in bench/, never tested; the same examples come every time, so that a red run can be repeated.
settings.register_profile("recount", deadline=None, derandomize=True)
settings.load_profile("recount")
