"""Random numbers that are the same in every version of Python: random.Random promises that of random() alone."""
import random


class Chance:
    def __init__(self, seed):
        self._source = random.Random(seed)

    def unit(self):
        return self._source.random()

    def below(self, bound):
        return int(self.unit() * bound)

    def happens(self, probability):
        return self.unit() < probability

    def one_of(self, values):
        return values[self.below(len(values))]

    def some_of(self, values, count):
        values = list(values)
        self.shuffle(values)
        return values[:count]

    def shuffle(self, values):
        for i in range(len(values) - 1, 0, -1):
            j = self.below(i + 1)
            values[i], values[j] = values[j], values[i]

    def bell(self):
        """Roughly normal with mean 0 and variance 1: the sum of twelve uniform numbers minus six."""
        return sum(self.unit() for _ in range(12)) - 6
