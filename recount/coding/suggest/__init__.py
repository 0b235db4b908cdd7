"""Codes suggested to those who code, and how good such suggestions are. They are never counted as codes."""
