"""The six tasks: what counts as related in each, as pairs of texts on one side of a split."""
