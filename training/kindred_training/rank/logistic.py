"""Logistic regression with weighted rows and bounded weights."""

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit

DIGITS = 4
# For each name of a weight the least and the most that it may be.
Bounds = tuple[float | None, float | None]


class Fitted:
    """Weights for raw inputs, rounded as they are written; `score` gives log-odds, `probability` 0 to 1."""

    def __init__(self, names: tuple[str, ...], weights: np.ndarray, intercept: float) -> None:
        self.names = names
        self.weights = np.array([rounded(weight) for weight in weights])
        self.intercept = rounded(intercept)

    def score(self, names: tuple[str, ...], inputs: np.ndarray) -> np.ndarray:
        """Of rows whose columns are `names`."""
        columns = [names.index(name) for name in self.names]
        return inputs[:, columns] @ self.weights + self.intercept

    def probability(self, names: tuple[str, ...], inputs: np.ndarray) -> np.ndarray:
        return expit(self.score(names, inputs))

    def readable(self) -> dict[str, object]:
        """For JSON; weights of 0 are left out."""
        weights = {name: weight for name, weight in zip(self.names, self.weights.tolist(), strict=True) if weight}
        return {"intercept": self.intercept, "weights": weights}


def fit_logistic(
    names: tuple[str, ...],
    raw: np.ndarray,
    labels: np.ndarray,
    share: np.ndarray,
    bounds: list[Bounds],
    strength: float,
) -> Fitted:
    """
    `raw` is [rows, names], `labels` bool, `share` what each row counts, 1 in all. `strength` is the share of the
    mean loss beside half the squares of the standardised weights.
    """
    mean = share @ raw
    spread = np.sqrt(share @ (raw - mean) ** 2)
    spread[spread == 0] = 1
    inputs = np.column_stack([(raw - mean) / spread, np.ones(len(raw))])
    signs = np.where(labels, 1.0, -1.0)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        margins = signs * (inputs @ weights)
        held = np.append(weights[:-1], 0)
        value = strength * (share @ np.logaddexp(0, -margins)) + held @ held / 2
        return value, strength * ((-share * signs * expit(-margins)) @ inputs) + held

    limits = [*bounds, (None, None)]
    found = minimize(loss, np.zeros(len(limits)), jac=True, method="L-BFGS-B", bounds=limits).x
    weights = found[:-1] / spread
    return Fitted(names, weights, float(found[-1] - weights @ mean))


def rounded(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")
