"""Every function and method with arguments that cannot be meant: an exception of the library's own, and no other."""
import enum
import inspect
import os
import random
import unittest
import warnings
from datetime import date, datetime

import personalize
import support
from personalize import Role, Scope
from school import School

try:
    import numpy
except ImportError:
    numpy = None

BAD = [None, True, -1, 3, 2**63 - 1, 2**70, 1.5, float("nan"), "", "x\0", "abc", b"abc", [], [1], [None], (1, 2), {}, {"a": 1}, {1: 2}, [[1, 2], [3]],
       object(), personalize.Goal(), lambda *_: None, date(2026, 9, 1), datetime(2026, 9, 1)]
if numpy:
    BAD += [numpy.array([1.5]), numpy.array(1), numpy.array(["a"]), numpy.array([[1, 2]]), numpy.array([None]), numpy.ma.array([1, 2], mask=[0, 1])]


def targets(school):
    """What there is to call, by name."""
    found = {}
    for name in personalize.__all__:
        what = getattr(personalize, name)
        if inspect.isfunction(what):
            found[name] = what
        elif inspect.isclass(what) and not issubclass(what, (BaseException, enum.Enum)) and what not in (personalize.Record, personalize.Change, personalize.Chart, personalize.Page):
            if what is personalize.Store:
                made = school.store
            elif what is personalize.Actor:
                made = school.service(Scope(sum(Scope)))
            else:
                made = what.__new__(what) if hasattr(what, "_handle") else what()
            found[name] = what
            for method in dir(what):
                if not method.startswith("_") and method != "close" and callable(getattr(made, method)):
                    found[f"{name}.{method}"] = getattr(made, method)
    return found


class Misuse(support.Case):
    def setUp(self):
        super().setUp()
        self.school = School(self.folder)
        self.addCleanup(self.school.close)

    def test_every_function_and_method(self):
        seed = random.randrange(10**6)
        draws = random.Random(seed)
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(self.folder)
        calls = targets(self.school)
        self.assertGreater(len(calls), 600)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            for name, call in calls.items():
                parameters = inspect.signature(call).parameters.values()
                places = [p.name for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
                late = [p.name for p in parameters if p.kind is p.KEYWORD_ONLY]
                open_ended = any(p.kind is p.VAR_KEYWORD for p in parameters)
                for i in range(4 * len(BAD)):  # all the same; behind a None; by chance
                    way, same = i // len(BAD), BAD[i % len(BAD)]
                    given = [same if way == 0 or way == 1 and j else None if way == 1 else draws.choice(BAD) for j in range(len(places))]
                    named = {n: draws.choice(BAD) for n in late} if way == 3 else {}
                    if open_ended and i % 4 == 0:
                        named["nothing"] = same
                    try:
                        result = call(*given, **named)
                        if inspect.isgenerator(result):
                            next(result, None)
                    except personalize.Error:
                        pass
                    except BaseException as error:
                        if "unexpected keyword argument" not in str(error):
                            self.fail(f"seed {seed}: {name}({given!r}, {named!r}): {error!r}")

    def test_strategies(self):
        problem = personalize.GroupingProblem.new(4, 2, 2)
        self.addCleanup(problem.close)
        self.assertEqual(self.refused(personalize.WrongTypeError, personalize.compare, 5, problem).field, "strategies")
        self.assertEqual(self.refused(personalize.WrongTypeError, personalize.compare, {}, 5).field, "problem")
        self.assertEqual(self.refused(personalize.WrongTypeError, personalize.compare, {}, problem, 5).field, "seeds")
        self.refused(personalize.WrongTypeError, personalize.compare, {}, problem, [1.5])
        self.refused(personalize.WrongTypeError, personalize.compare, {"mine": 5}, problem)

    def test_what_is_missing(self):
        self.refused(personalize.WrongTypeError, personalize.fairness_of, [0.5] * 3, [1.0, 0.0, 1.0], [0, None, 1])
        with self.school.actor(self.school.teacher, Role.TEACHER) as teacher:
            added = teacher.evidence_add(learner=self.school.learners[:2], competency=self.school.competencies[0], score=[1.0, 1.0], option=[None, 0])
        self.assertEqual(added.rows, 2)

    @unittest.skipUnless(numpy, "needs NumPy")
    def test_masked_arrays(self):
        """What is masked is missing, never what stands below the mask."""
        scores = numpy.ma.array([1.0, 0.0, 1.0], mask=[0, 1, 0])
        error = self.refused(personalize.InvalidError, personalize.accuracy_of, [0.5, 0.5, 0.5], scores)
        self.assertIn("row 1", str(error))
        chance = numpy.ma.array([0.5, 0.5, 0.5])
        self.assertEqual(personalize.accuracy_of(chance, scores.filled(0.0)).rows, 3)
        error = self.refused(personalize.InvalidError, personalize.fairness_of, [0.5] * 3, [1.0, 0.0, 1.0], numpy.ma.array([0, 1, 1], mask=[0, 0, 1]))
        self.assertIn("value 2 is masked", str(error))

        rows = numpy.array([[1, 2, 1], [2, 1, 2], [1, 1, 1], [1, 2, 2]] * 10)
        missing = numpy.zeros(rows.shape, dtype=bool)
        missing[3:9, 1] = True
        key = [1, 2, 1]
        expected = personalize.option_list(numpy.where(missing, -1, rows), key)
        self.assertNotEqual(personalize.option_list(rows, key), expected)
        self.assertEqual(personalize.option_list(numpy.ma.array(rows, mask=missing), key), expected)
        self.assertEqual(personalize.option_list(list(numpy.ma.array(rows, mask=missing)), key), expected)

        teacher = self.school.actor(self.school.teacher, Role.TEACHER)
        self.addCleanup(teacher.close)
        good = {"learner": self.school.learners[:2], "competency": self.school.competencies[0], "score": [1.0, 1.0]}
        for name, column in (("score", numpy.ma.array([1.0, 1.0], mask=[0, 1])), ("learner", numpy.ma.array(self.school.learners[:2], mask=[1, 0]))):
            self.refused(personalize.InvalidError, teacher.evidence_add, {**good, name: column})
        self.assertEqual(teacher.evidence_add({**good, "score": numpy.ma.array([1.0, 1.0])}).rows, 2)


if __name__ == "__main__":
    support.main()
