"""The one place that turns a value into text."""
