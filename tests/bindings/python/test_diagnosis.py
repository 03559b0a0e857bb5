"""Profiles of skills, and misconceptions behind wrong answers."""
import random

import personalize
import support
from personalize import DinaModel, OptionNote, Strength

try:
    import numpy
except ImportError:
    numpy = None

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
        again = DinaModel.read(model.write())
        self.assertEqual(list(again.profile(rows)), list(profile))
        trace = model.trace()
        self.assertEqual((len(trace), trace[-1]), (fit.iterations, fit.log_likelihood))
        self.refused(personalize.NotFoundError, again.trace)
        self.refused(personalize.InvalidError, DinaModel.calibrate, rows, NEEDS[:5])
        self.refused(personalize.InvalidError, DinaModel.calibrate, rows, [[2, 0]] * 6)

    def test_misconceptions(self):
        strong = personalize.misconception_of([1, 1, 1, 1], [3, 3, 3, 3], 0.2, 0.8)
        weak = personalize.misconception_of([0, 1, 0, 0], [3, 3, 3, 3], 0.2, 0.8)
        self.assertEqual((strong.wrong, strong.pointing), (4, 4))
        self.assertGreater(strong.probability, 0.8)
        self.assertLess(weak.probability, 0.2)
        self.refused(personalize.InvalidError, personalize.misconception_of, [1], [3], 1.0, 0.8)

    def test_options(self):
        draw = random.Random(6)
        rows = [[int(not draw.random() < 0.5 + 0.4 * (able - 0.5)) * draw.choice((1, 2)) for _ in range(8)] for able in (draw.random() for _ in range(600))]
        options = personalize.option_list(rows, [0] * 7 + [1])  # the last key is wrong
        of = {(one.item, one.option): one for one in options}
        self.assertEqual(of[0, 0].note, OptionNote.PLAIN)
        self.assertTrue(of[0, 0].is_right and of[0, 0].share_strong > of[0, 0].share_weak and of[0, 0].point_biserial > 0)
        self.assertEqual(of[7, 0].note, OptionNote.DRAWS_STRONG)
        self.assertEqual(of[7, 1].note, OptionNote.RIGHT_DRAWS_NOBODY)
        told = personalize.option_list(rows, [0] * 8, [float(sum(one == 0 for one in row)) for row in rows])
        self.assertGreater(told[0].point_biserial, of[0, 0].point_biserial)  # with the item itself in the score
        if numpy:
            self.assertEqual(personalize.option_list(numpy.array(rows), numpy.array([0] * 7 + [1])), options)
        self.refused(personalize.InvalidError, personalize.option_list, rows, [0])

    def test_ideas_set_against_one_another(self):
        ranked = personalize.misconception_rank([1, 1, 2, 2, 3], [7, 9, 7, 9, 9], [1, 0, 1, 0, 0])
        self.assertEqual([(one.idea, one.pointing, one.strength) for one in ranked], [(7, 2, Strength.POSITIVE), (9, 0, Strength.AGAINST)])
        self.assertGreater(ranked[0].alone, 0.5)
        sharper = personalize.misconception_rank([1, 1, 2, 2, 3], [7, 9, 7, 9, 9], [1, 0, 1, 0, 0], [0.1, 0.5, 0.1, 0.5, 0.5])
        self.assertEqual(sharper[0].strength, Strength.STRONG)
        self.refused(personalize.InvalidError, personalize.misconception_rank, [1, 1], [7, 7], [1, 0])

    def test_growth_toward_a_standard(self):
        ahead = personalize.growth_toward(0.2, 0.05, 0.4, 0.05, 0.0, 2, 0.7)
        self.assertAlmostEqual(ahead.projected, 0.8, places=12)
        self.assertAlmostEqual(ahead.pace_needed, 0.15, places=12)
        self.assertTrue(0.5 < ahead.probability < 1)
        self.refused(personalize.InvalidError, personalize.growth_toward, 0.2, 0.05, 0.4, 0.05, 0.0, 0, 0.7)


if __name__ == "__main__":
    support.main()
