"""A strategy of one's own beside the engine and beside chance, by the same measure."""
import personalize
from personalize import GroupingProblem

LEVELS = [0.12, 0.91, 0.45, 0.33, 0.78, 0.64, 0.25, 0.58, 0.83, 0.39, 0.71, 0.17]
problem = GroupingProblem.for_mixed([[level] for level in LEVELS], size_min=4, size_max=4)


def snake(seed):
    """The strongest to the first group, and so on, back and forth."""
    order = sorted(range(len(LEVELS)), key=lambda learner: -LEVELS[learner])
    groups = [0] * len(LEVELS)
    for place, learner in enumerate(order):
        row, column = divmod(place, 3)
        groups[learner] = column if row % 2 == 0 else 2 - column
    return groups


def chance(seed):
    return list(GroupingProblem.for_random(len(LEVELS), size_min=4, size_max=4).solve(seed=seed).groups())


print("strategy  objective  stability  rules broken")
for row in personalize.compare({"engine": None, "snake": snake, "chance": chance}, problem).list():
    print(f"{row.name:8}  {row.objective:9.3f}  {row.stability:9.3f}  {row.rules_broken:12}")
