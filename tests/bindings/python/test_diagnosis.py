"""Profiles of skills, and misconceptions behind wrong answers."""
import random

import personalize
import support
from personalize import DinaModel

NEEDS = [[1, 0], [0, 1], [1, 1], [1, 0], [0, 1], [1, 1]]


def answers(persons=400, seed=5):
    """Learners with both skills, one or none; who has what an item needs is right in 9 of 10 tries, others in 2 of 10."""
    draw = random.Random(seed)
    skills = [[draw.random() < 0.6, draw.random() < 0.5] for _ in range(persons)]
    return skills, [[int(draw.random() < (0.9 if all(h or not n for h, n in zip(has, item)) else 0.2)) for item in NEEDS] for has in skills]


class Diagnosis(support.Case):
    def test_profiles(self):
        skills, rows = answers()
        model = DinaModel.calibrate(rows, NEEDS)
        fit = model.fit_of()
        self.assertEqual((fit.skills, fit.is_converged), (2, True))
        self.assertEqual(len(model.item_list()), 6)
        share = model.share()
        self.assertAlmostEqual(share[0], 0.6, delta=0.15)
        profile = model.profile(rows)
        self.assertEqual(len(profile), 800)
        right = sum((profile[2 * i + k] > 0.5) == has[k] for i, has in enumerate(skills) for k in (0, 1))
        self.assertGreater(right, 640)
        self.refused(personalize.InvalidError, DinaModel.calibrate, rows, NEEDS[:5])
        self.refused(personalize.InvalidError, DinaModel.calibrate, rows, [[2, 0]] * 6)

    def test_misconceptions(self):
        strong = personalize.misconception_of([1, 1, 1, 1], [3, 3, 3, 3], 0.2, 0.8)
        weak = personalize.misconception_of([0, 1, 0, 0], [3, 3, 3, 3], 0.2, 0.8)
        self.assertEqual((strong.wrong, strong.pointing), (4, 4))
        self.assertGreater(strong.probability, 0.8)
        self.assertLess(weak.probability, 0.2)
        self.refused(personalize.InvalidError, personalize.misconception_of, [1], [3], 1.0, 0.8)

    def test_growth_toward_a_standard(self):
        ahead = personalize.growth_toward(0.2, 0.05, 0.4, 0.05, 0.0, 2, 0.7)
        self.assertAlmostEqual(ahead.projected, 0.8, places=12)
        self.assertAlmostEqual(ahead.pace_needed, 0.15, places=12)
        self.assertTrue(0.5 < ahead.probability < 1)
        self.refused(personalize.InvalidError, personalize.growth_toward, 0.2, 0.05, 0.4, 0.05, 0.0, 0, 0.7)


if __name__ == "__main__":
    support.main()
