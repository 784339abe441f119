"""Readers of the public data sets: one file per set, plain dataclasses, nothing chosen yet."""
