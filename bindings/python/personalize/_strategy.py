"""Strategies of one's own beside those of the engine."""
from __future__ import annotations

import operator
from collections.abc import Mapping
from typing import Any, Callable, Iterable

from ._errors import WrongTypeError
from ._methods import Comparison, GroupingProblem


def compare(strategies: Mapping[str, Callable[[int], Any] | None], problem: GroupingProblem, seeds: Iterable[int] = (1, 2, 3, 4, 5),
            iterations: int = 0) -> Comparison:
    """Runs every strategy with every seed over the same problem, and puts them side by side: ``compare(...).list()``.

    strategies: by name; each is called with a seed and gives the group of every learner, from 0 without holes, -1 for none. None stands for the engine.
    iterations: of the engine; 0: chosen by the number of learners
    """
    if not isinstance(strategies, Mapping):
        raise WrongTypeError(f"strategies must be a dict of strategies by name, not {type(strategies).__name__}", "strategies")
    if not isinstance(problem, GroupingProblem):
        raise WrongTypeError(f"problem must be a GroupingProblem, not {type(problem).__name__}", "problem")
    try:
        numbers = [operator.index(seed) for seed in seeds]
    except TypeError:
        raise WrongTypeError("seeds must be a list of whole numbers", "seeds") from None
    comparison: Comparison = problem.comparison_new(numbers)
    try:
        for name, strategy in strategies.items():
            if strategy is None:
                comparison.add_engine(name, iterations)
            else:
                comparison.add(name, strategy)
    except BaseException:
        comparison.close()
        raise
    return comparison
