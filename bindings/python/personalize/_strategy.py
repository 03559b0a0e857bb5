"""Strategies of one's own beside those of the engine."""
from __future__ import annotations

from typing import Any, Callable, Iterable, Mapping

from ._methods import Comparison, GroupingProblem


def compare(strategies: Mapping[str, Callable[[int], Any] | None], problem: GroupingProblem, seeds: Iterable[int] = (1, 2, 3, 4, 5),
            iterations: int = 0) -> Comparison:
    """Runs every strategy with every seed over the same problem, and puts them side by side: ``compare(...).list()``.

    strategies: by name; each is called with a seed and gives the group of every learner, from 0 without holes, -1 for none. None stands for the engine.
    iterations: of the engine; 0: chosen by the number of learners
    """
    comparison: Comparison = problem.comparison_new([int(seed) for seed in seeds])
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
