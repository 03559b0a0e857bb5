"""Groups by a measure of one's own: everybody sits with somebody of their choice, and no group has two drummers."""
from personalize import GroupingProblem

CHOICES = [(1, 2), (0, 7), (3, 0), (2, 8), (5, 6), (4, 9), (4, 10), (1, 11), (3, 5), (5, 10), (6, 9), (7, 0)]
DRUMMERS = {0, 3, 5, 10}


def cost(groups):
    """A point for each learner without a choice beside it, two for each drummer too many."""
    lonely = sum(groups[a] != group and groups[b] != group for group, (a, b) in zip(groups, CHOICES))
    drummers = [groups[learner] for learner in DRUMMERS]
    return lonely + 2 * (len(drummers) - len(set(drummers)))


problem = GroupingProblem.new(len(CHOICES), 3, 3, 4)
problem.add_apart(0, 11)
groups = list(problem.search(cost).groups())
for number in range(4):
    print(f"group {number}:", *(learner for learner, group in enumerate(groups) if group == number))
print("cost", cost(groups))
