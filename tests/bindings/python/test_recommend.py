"""Recommended groups: made, explained, answered, changed by hand, made again."""
import json

import personalize
import support
from personalize import GroupingRule, RecommendationState, Role, Strategy
from school import School


class Recommend(support.Case):
    def setUp(self):
        super().setUp()
        self.school = School(self.folder)
        self.addCleanup(self.school.close)
        self.school.add_answers()
        self.teacher = self.school.actor("teacher-1", Role.TEACHER)
        self.addCleanup(self.teacher.close)

    def recommend(self, **members):
        return self.teacher.grouping_recommend(class_id="class-5A", size_min=2, size_max=3, **members)

    def test_groups_with_reasons(self):
        made = self.recommend(strategy="need", title="Fractions", seed=5)
        recommendation = self.teacher.recommendation_get(made)
        self.assertEqual((recommendation.state, recommendation.strategy, recommendation.seed, recommendation.learners),
                         (RecommendationState.PROPOSED, Strategy.NEED, 5, 6))
        groups = self.teacher.group_list(made, "en")
        members = self.teacher.group_member_list(made)
        self.assertEqual(sum(g.size for g in groups), 6)
        self.assertEqual({m.learner for m in members}, set(self.school.learners[:6]))
        self.assertTrue(all(g.rationale for g in groups) and all(m.rationale for m in members))
        self.assertTrue(self.teacher.recommendation_replay(made))
        document = self.teacher.recommendation_document(made, "es")
        self.assertIsInstance(document, dict)
        self.assertEqual([r.id for r in self.teacher.recommendation_list(class_id="class-5A", state="proposed")], [made])

    def test_rules(self):
        first, second, third = self.school.learners[:3]
        made = self.recommend(strategy=Strategy.RANDOM, rules=[GroupingRule(kind="apart", learner=first, other=second),
                                                               {"kind": "together", "learner": "learner-1", "other": third}])
        where = {m.learner: m.group_no for m in self.teacher.group_member_list(made)}
        self.assertNotEqual(where[first], where[second])
        self.assertEqual(where[first], where[third])
        error = self.refused(personalize.InfeasibleError, self.recommend, rules=[{"kind": "apart", "learner": first, "other": third},
                                                                                 {"kind": "together", "learner": first, "other": third}])
        self.assertTrue(str(error))
        seen = []
        self.recommend(strategy="readiness", progress=seen.append, key="again")

    def test_ways_and_rules_of_sets(self):
        first, second, third, fourth = self.school.learners[:4]
        rules = [{"kind": "not_alone", "learner": first, "least": 2}, {"kind": "not_alone", "learner": second, "least": 2},
                 {"kind": "allowed", "learner": third, "group_no": 2}, {"kind": "common_time", "least": 1}]
        rules += [{"kind": "role", "learner": one, "set_no": 1, "least": 1, "most": 1} for one in (third, fourth)]
        made = self.teacher.grouping_recommend(class_id="class-5A", size_min=3, size_max=3, strategy="rotation", rules=rules)
        where = {m.learner: m.group_no for m in self.teacher.group_member_list(made)}
        self.assertEqual((where[first], where[third], where[fourth]), (where[second], 2, 1))
        document = self.teacher.recommendation_document(made)
        self.assertTrue(all(check["holds"] for check in document["checks"]))
        self.assertEqual(document["strategy_words"], "New partners in each group")
        pairs = self.recommend(strategy="tutoring")
        self.assertEqual({g.size for g in self.teacher.group_list(pairs)}, {2})
        parts = self.teacher.grouping_preview(class_id="class-5A", strategy="jigsaw", size_min=3, size_max=3)
        self.assertIn("reason.jigsaw.learner", {r["code"] for g in parts["groups"] for m in g["members"] for r in m["reasons"]})
        self.refused(personalize.InvalidError, self.recommend, rules=[{"kind": "role", "learner": first, "least": 2, "most": 1}])
        self.refused(personalize.NotEnoughError, self.recommend, strategy="interest")

    def test_opted_out(self):
        made = self.recommend(strategy="random", rules=[{"kind": "opted_out", "learner": "learner-1"}])
        self.assertNotIn(self.school.learners[0], {m.learner for m in self.teacher.group_member_list(made)})
        left = self.teacher.recommendation_document(made, "en")["left_out"]
        self.assertEqual([(row["code"], row["learner"]) for row in left], [("reason.learner.opted_out", str(self.school.learners[0]))])

    def test_earlier_teammates(self):
        made = self.recommend(strategy="random")
        self.teacher.recommendation_accept(made, self.teacher.recommendation_get(made).version)
        before = {m.learner: m.group_no for m in self.teacher.group_member_list(made)}
        again = self.teacher.grouping_recommend(class_id="class-5A", size_min=2, size_max=2, strategy="random", earlier=3, earlier_most=0,
                                                earlier_weight=0.5)
        members = self.teacher.group_member_list(again)
        for one in members:
            for other in members:
                if one.learner != other.learner and one.group_no == other.group_no:
                    self.assertNotEqual(before[one.learner], before[other.learner])
        self.assertIn("were in the same group before", members[0].rationale)
        self.refused(personalize.InvalidError, self.recommend, earlier=101)
        self.refused(personalize.InvalidError, self.recommend, earlier_most=1)

    def test_criteria_of_profiles(self):
        for number, learner in enumerate(self.school.learners[:6]):
            self.teacher.profile_entry_add(learner=learner, section="interest", code=("robots", "trains")[number % 2])
        made = self.recommend(strategy="random", groups=2, criteria="interests 2")
        where = {m.learner: m.group_no for m in self.teacher.group_member_list(made)}
        first, second = self.school.learners[:2]
        self.assertEqual({who for who in where if where[who] == where[first]}, set(self.school.learners[0:6:2]))
        self.assertNotEqual(where[first], where[second])
        self.assertIn("Interests: robots, like 2 of 2", [m for m in self.teacher.group_member_list(made) if m.learner == first][0].rationale)
        document = self.teacher.recommendation_document(made, "es")
        self.assertEqual(document["request"]["criteria"], "interests 2")
        reasons = [r for g in document["groups"] for m in g["members"] for r in m["reasons"] if "from" in r]
        self.assertEqual({f["name"] for r in reasons for f in r["from"]}, {"robots", "trains"})
        self.refused(personalize.InvalidError, self.recommend, criteria="likes")
        self.refused(personalize.NotEnoughError, self.recommend, strategy="random", criteria="times")

    def test_by_hand(self):
        made = self.recommend(strategy="mixed")
        before = self.teacher.recommendation_get(made)
        moved = next(m for m in self.teacher.group_member_list(made) if m.group_no == 1)
        version = self.teacher.recommendation_change(made, before.version, [{"learner": moved.learner, "group_no": 2}])
        changed = self.teacher.recommendation_get(made)
        self.assertEqual((changed.state, changed.version), (RecommendationState.CHANGED, version))
        self.assertGreaterEqual(changed.objective, changed.recommended_objective)
        self.assertTrue(next(m for m in self.teacher.group_member_list(made) if m.learner == moved.learner).by_hand)
        self.refused(personalize.ConflictError, self.teacher.recommendation_accept, made, before.version)
        self.teacher.recommendation_accept(made, version, "Good mix")
        self.assertEqual(self.teacher.recommendation_get(made).note, "Good mix")
        self.assertEqual([r.state for r in self.teacher.recommendation_history(made)],
                         [RecommendationState.PROPOSED, RecommendationState.CHANGED, RecommendationState.ACCEPTED])
        other = self.recommend(strategy="random")
        self.teacher.recommendation_reject(other, self.teacher.recommendation_get(other).version, "Not now")
        self.assertEqual(self.teacher.recommendation_get(other).state, RecommendationState.REJECTED)

    def test_preview(self):
        document = self.teacher.grouping_preview(class_id=self.school.class_a, strategy="readiness", size_min=2, size_max=3)
        self.assertTrue(json.dumps(document))
        self.assertEqual(self.teacher.recommendation_list(), [])
        self.refused(personalize.InvalidError, self.recommend, strategy="clever")


if __name__ == "__main__":
    support.main()
