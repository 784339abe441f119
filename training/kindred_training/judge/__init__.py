"""Judges embedders: sets of real texts, each with its protocol, and the command that makes a table of them."""
