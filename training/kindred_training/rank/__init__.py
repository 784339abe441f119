"""Fits the ranker to what authors linked, from features that the shipped TypeScript computes."""
