"""Codes given to open-ended answers, and how far coders agree."""
