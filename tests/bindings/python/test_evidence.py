"""Assessments, items, evidence in columns, and the mastery that follows from it."""
from datetime import timedelta

import personalize
import support
from personalize import AssessmentKind, Evidence, EvidenceKind, Kind, MasteryDecision, Role
from school import FIRST_DAY, START, School

try:
    import numpy
except ImportError:
    numpy = None


class EvidenceTest(support.Case):
    def setUp(self):
        super().setUp()
        self.school = School(self.folder)
        self.addCleanup(self.school.close)
        self.teacher = self.school.actor("teacher-1", Role.TEACHER)
        self.addCleanup(self.teacher.close)

    def test_assessments_and_items(self):
        first = self.school.competencies[0]
        quiz = self.teacher.assessment_save(class_id="class-5A", title="Quiz", kind=AssessmentKind.FORMATIVE, held_on=FIRST_DAY, score_max=10)
        (found,) = self.teacher.assessment_list(class_id="class-5A")
        self.assertEqual((found.id, found.kind, found.score_min, found.score_max), (quiz, AssessmentKind.FORMATIVE, None, 10.0))
        item = self.teacher.item_save(code="Q1", stem="1/2 + 1/3?")
        belief = self.teacher.misconception_save(competency=first, code="adds-both", statement="Adds numerators and denominators")
        self.teacher.item_options_set(item, [{"item": item, "option": 1, "label": "A", "is_correct": 1},
                                             personalize.ItemOption(item=item, option=2, label="B", is_correct=0, misconception=belief)])
        options = self.teacher.item_option_list(item)
        self.assertEqual([(o.label, o.misconception) for o in options], [("A", None), ("B", belief)])
        self.teacher.bearings_set(Kind.ITEM, item, [{"of": item, "competency": first, "weight": 0.5}])
        self.assertEqual(self.teacher.bearing_list("item", item)[0].weight, 0.5)
        self.assertEqual([i.code for i in self.teacher.item_list(competency=first, text="1/2", limit=1)], ["Q1"])
        self.assertEqual(self.teacher.misconception_list(competency=first, text="NUMERATORS")[0].code, "adds-both")
        self.assertEqual(self.teacher.item_list(after=item), [])
        self.assertEqual(self.teacher.misconception_list(order="newest", after=belief), [])
        self.assertEqual([a.id for a in self.teacher.assessment_list(text="QUIZ", kind="formative", limit=1)], [quiz])

    def test_columns_in_and_out(self):
        summary = self.school.add_answers()
        self.assertEqual((summary.rows, summary.learners), (96, 8))
        self.assertEqual(self.school.add_answers(), summary)  # the same key: nothing is added
        evidence = self.teacher.evidence_read(class_id="class-5A")
        self.assertIsInstance(evidence, Evidence)
        self.assertEqual(len(evidence), 72)
        self.assertEqual(set(evidence.to_dict()), set(Evidence.__slots__) - {"prediction"})
        row = next(iter(evidence))
        self.assertEqual(int(row["kind"]), EvidenceKind.RESPONSE)
        later = self.teacher.evidence_read(learner="learner-1", from_=START + timedelta(minutes=6))
        self.assertEqual(len(later), 6)
        if numpy:
            self.assertEqual((evidence.learner.dtype, evidence.score.dtype, evidence.kind.dtype), (numpy.int64, numpy.float64, numpy.int32))
            self.assertEqual(evidence.at.dtype, numpy.dtype("datetime64[us]"))
            self.assertEqual(evidence.at.min(), numpy.datetime64("2026-09-01T08:00:00"))

    def test_single_values_stand_in_every_row(self):
        evidence = Evidence(competency="F.1", learner=["learner-1", "learner-2"], score=0.5, kind=EvidenceKind.OBSERVATION)
        self.assertEqual(len(evidence), 2)
        self.assertEqual(list(evidence), [{"learner": "learner-1", "competency": "F.1", "score": 0.5, "kind": EvidenceKind.OBSERVATION},
                                          {"learner": "learner-2", "competency": "F.1", "score": 0.5, "kind": EvidenceKind.OBSERVATION}])
        self.assertIn("2 rows", repr(evidence))
        self.assertEqual(self.teacher.evidence_add(evidence).rows, 2)
        self.assertEqual((len(Evidence(score=1.5)), len(Evidence(learner=(1, 2, 3), score=1)), len(Evidence())), (1, 3, 0))
        self.assertEqual(self.teacher.evidence_add(learner=tuple(self.school.learners[:3]), competency="F.1", score=1).rows, 3)

    def test_arrays(self):
        if not numpy:
            self.skipTest("NumPy is not installed")
        first = self.school.competencies[0]
        learners = numpy.array(self.school.learners[:6])
        with self.school.service() as importer:
            summary = importer.evidence_add(learner=learners, competency=first, score=numpy.linspace(0, 1, 6, dtype="float32"),
                                            at=numpy.datetime64("2026-09-01T08:00") + numpy.arange(6), kind="observation", weight=0.5)
            self.assertEqual(summary.rows, 6)
            self.refused(personalize.InvalidError, importer.evidence_add, learner=learners, competency=first, score=numpy.full(6, numpy.nan))
            self.refused(personalize.WrongTypeError, importer.evidence_add, learner=learners.astype(float), competency=first, score=numpy.ones(6))
        evidence = self.teacher.evidence_read(competency="F.1")
        self.assertEqual(list(evidence.score), list(numpy.linspace(0, 1, 6, dtype="float32").astype(float)))
        self.assertEqual(set(evidence.weight), {0.5})
        again = Evidence(evidence.to_dict())
        with self.school.service() as importer:
            self.assertEqual(importer.evidence_add(again).rows, 6)

    def test_predictions(self):
        stored = self.teacher.evidence_add_predicted(learner="learner-1", competency="F.1", score=[1.0, 1.0, 0.0], key="predicted")
        self.assertEqual([round(p, 6) for p in stored.prediction], [0.18, 0.54, 0.84])
        self.assertEqual(list(stored.sequence), [stored.sequence[0] + i for i in range(3)])
        again = self.teacher.evidence_add_predicted(learner="learner-1", competency="F.1", score=[1.0, 1.0, 0.0], key="predicted")
        self.assertEqual(list(again.prediction), list(stored.prediction))
        self.assertIsNone(self.teacher.evidence_read(learner="learner-1").prediction)
        self.assertEqual(self.teacher.evidence_add(stored).rows, 3)

    def test_beliefs(self):
        self.teacher.evidence_add(learner="learner-1", competency="F.1", score=[0.0, 0.0, 0.0])
        self.teacher.evidence_add(learner="learner-1", competency="F.1", score=[0.9], kind="self")
        beliefs = self.teacher.belief_list("learner-1", "F.1")
        self.assertEqual([(row.believer.name, row.count) for row in beliefs], [("SYSTEM", 3), ("LEARNER", 1)])
        self.assertEqual((beliefs[0].decision, beliefs[1].decision, beliefs[1].estimate), (MasteryDecision.NOT_YET, None, 0.9))

    def test_class_view(self):
        items = []
        for code in ("V1", "V2"):
            item = self.teacher.item_save(code=code)
            self.teacher.item_options_set(item, [{"item": item, "option": n + 1, "label": "ABC"[n], "is_correct": int(n == 0)} for n in range(3)])
            items.append(item)
        test = self.teacher.assessment_save(class_id="class-5A", title="View", kind="formative")
        for item in items:
            self.teacher.evidence_add(learner=self.school.learners[:6], competency=self.school.competencies[0], score=[1.0, 1.0, 1.0, 0.0, 0.0, 0.0],
                                      item=item, option=[1, 1, 1, 2, 2, 3], assessment=test)
        spread = self.teacher.class_distribution_list(self.school.class_a)
        self.assertEqual(spread[0].learners, spread[0].low + spread[0].middle + spread[0].high + spread[0].not_enough)
        analysis = self.teacher.item_analysis_list(self.school.class_a, test)
        self.assertEqual([(row.item, row.difficulty, round(row.discrimination, 6)) for row in analysis], [(item, 0.5, 1.0) for item in items])
        options = self.teacher.option_analysis_list(self.school.class_a, test)
        self.assertEqual([(row.option, row.chosen) for row in options if row.item == items[0]], [(1, 3), (2, 2), (3, 1)])
        self.refused(personalize.DeniedError, self.teacher.item_fairness_list, self.school.class_a, test, "sex", "female")
        with self.school.service(personalize.Scope.READ) as reader:
            self.assertTrue(all(row.is_suppressed for row in reader.item_fairness_list(self.school.class_a, test, "sex", "female", least=5)))

    def test_outside_ids(self):
        self.teacher.evidence_add(learner=["learner-1", ("sis", "learner-2"), self.school.learners[2]], competency="F.1", score=[1, 0, 1])
        self.assertEqual(len(self.teacher.evidence_read(competency=("case", "F.1"))), 3)

    def test_corrections(self):
        self.school.add_answers()
        row = next(iter(self.teacher.evidence_read(learner="learner-1", competency="F.1")))
        self.teacher.evidence_correct("learner-1", "F.1", int(row["sequence"]), 0.5, "Marked wrongly")
        self.assertIn(0.5, list(self.teacher.evidence_read(learner="learner-1", competency="F.1").score))
        self.teacher.evidence_correct("learner-1", "F.1", int(row["sequence"]), None, "Not this learner's")
        self.assertEqual(len(self.teacher.evidence_read(learner="learner-1", competency="F.1")), 3)

    def test_mastery(self):
        self.school.add_answers(skill=1.2)
        rows = self.teacher.mastery(class_id="class-5A")
        self.assertEqual(len(rows), 18)
        self.assertEqual({r.decision for r in rows}, {MasteryDecision.MASTERED})
        self.assertEqual((rows[0].model, rows[0].evidence_count), ("bkt", 4))
        self.assertEqual(self.teacher.mastery(class_id="class-5A", decision="not_yet"), [])
        explained = self.teacher.explain_mastery("learner-1", "F.1", "en")
        self.assertIsInstance(explained, dict)
        self.assertEqual(self.teacher.learner_mastery_explain("learner-1", "F.1"), explained)

    def test_rules(self):
        self.school.add_answers()
        with self.school.service() as importer:
            rule = importer.mastery_rule_set(None, None, {"model": "mean", "mastered_at": 0.7})
            (found,) = [r for r in importer.mastery_rule_list() if r.id == rule]
            self.assertEqual((found.model, found.is_current), ("mean", True))
            importer.mastery_rule_set(self.school.class_a, "F.1", '{"model": "latest"}')
            self.refused(personalize.InvalidError, importer.mastery_rule_set, None, None, {"model": "magic"})
            self.assertGreaterEqual(len(importer.mastery_rule_list(with_history=True)), 2)
        models = {r.competency: r.model for r in self.teacher.mastery(learner="learner-1")}
        self.assertEqual(list(models.values()), ["latest", "mean", "mean"])


if __name__ == "__main__":
    support.main()
