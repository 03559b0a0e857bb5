"""What is known of a learner beyond answers, with its history and who may see it."""
from datetime import date, datetime, timezone

import personalize
import support
from personalize import ProfileSection, Role, Visibility
from school import School


class Profile(support.Case):
    def setUp(self):
        super().setUp()
        self.school = School(self.folder)
        self.addCleanup(self.school.close)
        self.learner = self.school.actor("learner-1", Role.LEARNER)
        self.addCleanup(self.learner.close)

    def add(self, content="I like drawing comics", **members):
        return self.learner.profile_entry_add(learner="learner-1", section="interest", content=content, source="conversation", **members)

    def test_an_entry_and_its_history(self):
        entry = self.add()
        (found,) = self.learner.profile_entry_list(learner="learner-1")
        self.assertEqual((found.id, found.section, found.content, found.author_role), (entry, ProfileSection.INTEREST, "I like drawing comics", Role.LEARNER))
        self.assertEqual(found.observed_at, self.school.clock.now)
        self.assertIsNone(found.value)
        version = self.learner.profile_entry_revise(found, content="I like drawing comics with my brother")
        self.assertGreater(version, found.version)
        self.refused(personalize.ConflictError, self.learner.profile_entry_revise, found, content="Late")
        self.learner.profile_entry_withdraw(entry, "Not any more")
        self.assertEqual(self.learner.profile_entry_list(learner="learner-1"), [])
        history = self.learner.profile_entry_list(learner="learner-1", with_history=True)
        self.assertEqual([h.content for h in history[:2]], ["I like drawing comics", "I like drawing comics with my brother"])
        self.assertFalse(any(h.is_current for h in history))

    def test_numbers_and_times(self):
        with self.school.actor(self.school.teacher, Role.TEACHER) as teacher:
            teacher.profile_entry_add(learner="learner-1", section=ProfileSection.TEST_SCORE, value=231, standard_error=3.5, scale="state",
                                      source="state test", observed_at=datetime(2026, 9, 1, 7, tzinfo=timezone.utc), confidence=0.9)
            (found,) = teacher.profile_entry_list(class_id="class-5A", section="test_score")
            self.assertEqual((found.value, found.standard_error, found.scale, found.confidence), (231.0, 3.5, "state", 0.9))
            self.assertEqual(found.observed_at, datetime(2026, 9, 1, 7, tzinfo=timezone.utc))
            self.refused(personalize.InvalidError, teacher.profile_entry_add, learner="learner-1", section="test_score", value=1, confidence=1.5)

    def test_visibility(self):
        self.add("For me alone", visibility=Visibility.SELF)
        self.add("For all")
        with self.school.actor("teacher-1", Role.TEACHER) as teacher:
            self.assertEqual([e.content for e in teacher.profile_entry_list(learner="learner-1")], ["For all"])
        self.assertEqual(len(self.learner.profile_entry_list()), 2)

    def test_search_pages_and_history(self):
        for words in ("Trains", "SHIPS and trains", "Comics"):
            entry = self.add(words)
        found = self.learner.profile_entry_list(text="ships TRAINS")
        self.assertEqual([e.content for e in found], ["SHIPS and trains"])
        first = self.learner.profile_entry_list(limit=2)
        rest = self.learner.profile_entry_list(limit=2, after=first[-1].id)
        self.assertEqual(len({e.id for e in first + rest}), 3)
        self.assertEqual([e.content for e in self.learner.profile_entry_history(entry)], ["Comics"])

    def test_supports_and_times(self):
        names = [feature.name for feature in personalize.support_feature_list("es")]
        self.assertEqual(len(names), 38)
        with self.school.actor("counselor-1", Role.COUNSELOR) as counselor:
            counselor.profile_entry_add(learner="learner-1", section="support", code=names[0], activation="initial")
            self.refused(personalize.StateError, counselor.profile_entry_add, learner="learner-1", section="support", code=names[0], activation="prohibit")
            self.refused(personalize.InvalidError, counselor.profile_entry_add, learner="learner-1", section="support", code="nothing")
        self.learner.profile_entry_add(learner="learner-1", section="learn_when", times="wed 08:00-09:00, mon 15:00-17:30")
        (when,) = self.learner.profile_entry_list(section="learn_when")
        self.assertEqual(when.times, "mon 15:00-17:30, wed 08:00-09:00")

    def test_tags_and_named_adults(self):
        entry = self.add("Comics", visibility=Visibility.NAMED)
        self.learner.profile_tags_set(entry, [{"tag": "Drawing", "uri": "https://example.org/drawing"}])
        (tag,) = self.learner.profile_tag_list()
        self.assertEqual((tag.entry, tag.tag, tag.uri), (entry, "Drawing", "https://example.org/drawing"))
        with self.school.actor("teacher-1", Role.TEACHER) as teacher:
            self.assertEqual(teacher.profile_entry_list(learner="learner-1"), [])
            self.learner.profile_named_add(entry, "teacher-1")
            self.assertEqual([e.id for e in teacher.profile_entry_list(learner="learner-1", tag="DRAWING")], [entry])
            self.assertEqual([n.person for n in self.learner.profile_named_list(entry)], [self.school.teacher])
            self.learner.profile_named_end(entry, "teacher-1")
            self.assertEqual(teacher.profile_entry_list(learner="learner-1"), [])

    def test_disputes_and_notes(self):
        with self.school.actor("teacher-1", Role.TEACHER) as teacher:
            entry = teacher.profile_entry_add(learner="learner-1", section="need", content="Never listens")
            dispute = self.learner.profile_dispute_open(entry, "I do")
            (waiting,) = teacher.profile_dispute_list(state="open")
            self.assertEqual((waiting.id, waiting.statement), (dispute, "I do"))
            (due,) = [d for d in teacher.due_list(date(2200, 1, 1)) if d.code == "due.dispute_answer"]
            self.assertEqual((due.record, due.record_kind), (entry, personalize.Kind.PROFILE_ENTRY))
            then = self.learner.profile_get("learner-1")["as_of_change"]
            teacher.profile_dispute_answer(dispute, "declined", "It stands")
            (answered,) = self.learner.profile_difference("learner-1", int(then))["disputes"]["revised"]
            self.assertIn("the entry stands", answered["words"])
            self.assertNotIn("due.dispute_answer", [d.code for d in teacher.due_list(date(2200, 1, 1))])
            self.assertEqual(self.learner.profile_dispute_list()[0].answer, "It stands")
            again = self.learner.profile_dispute_open(entry, "Still")
            self.learner.profile_dispute_withdraw(again)
            note = teacher.private_note_add("learner-1", "Sits by the window")
            teacher.private_note_revise(note, "Sits by the door")
            self.assertEqual([n.content for n in teacher.private_note_list()], ["Sits by the door"])
            self.assertEqual([n.content for n in teacher.private_note_list(text="DOOR", order="newest", limit=1)], ["Sits by the door"])
            self.assertEqual(teacher.private_note_list(text="window"), [])
            self.assertEqual(len(teacher.profile_dispute_list(text="stands", class_id="class-5A", order="newest")), 1)
            self.refused(personalize.DeniedError, self.learner.private_note_list)
            teacher.private_note_end(note)
            self.assertEqual(teacher.private_note_list(), [])

    def test_who_has_read(self):
        self.add()
        with self.school.actor("teacher-1", Role.TEACHER, purpose="planning") as teacher:
            teacher.profile_entry_list(learner="learner-1", section="interest")
        (read,) = [r for r in self.learner.read_list("learner-1") if r.purpose == "planning"]
        self.assertEqual((read.person, read.role, read.section, read.times), (self.school.teacher, Role.TEACHER, ProfileSection.INTEREST, 1))

    def test_one_entry(self):
        self.add()
        (row,) = self.learner.profile_entry_list(section="interest")
        self.assertEqual(self.learner.profile_entry_get(row.id).content, row.content)
        self.refused(personalize.NotFoundError, self.learner.profile_entry_get, 999999)

    def test_upkeep(self):
        self.add()
        rows = {row.name: row for row in self.learner.profile_upkeep_list(learner="learner-1")}
        self.assertFalse(rows["interest"].is_missing)
        self.assertTrue(rows["misconception"].is_missing)
        wanting = self.learner.profile_upkeep_list(learner="learner-1", wanting_only=True, interest=90)
        self.assertNotIn("interest", [row.name for row in wanting])
        self.refused(personalize.InvalidError, self.learner.profile_upkeep_list, interest=0)
        self.assertTrue(rows["background"].is_missing)
        self.assertEqual((rows["background"].ask_role, rows["academic"].section), (Role.GUARDIAN, None))

    def test_criteria_for_the_grouping_engine(self):
        for number, tag in ((1, "Trains"), (2, "Comics"), (3, "trains"), (4, "comics")):
            with self.school.actor(f"learner-{number}", Role.LEARNER) as learner:
                entry = learner.profile_entry_add(learner=f"learner-{number}", section="interest", content="x")
                learner.profile_tags_set(entry, [{"tag": tag}])
        with self.school.actor("teacher-1", Role.TEACHER) as teacher:
            features = [f for f in teacher.profile_feature_list("class-5A", "interests")]
        learners, names = sorted({f.learner for f in features}), sorted({f.name for f in features})
        self.assertEqual(names, ["comics", "trains"])
        values = [[float(any(f.learner == who and f.name == name for f in features)) for name in names] for who in learners]
        problem = personalize.GroupingProblem.new(len(learners), 2, 2)
        problem.add_features("interests", values, "sets")
        groups = problem.solve().groups()
        for one, first in enumerate(values):
            for other, second in enumerate(values):
                self.assertEqual(groups[one] == groups[other], first == second)

    def test_the_document(self):
        self.add()
        self.school.add_answers()
        for profile in (self.learner.profile("learner-1"), self.learner.profile_get(self.school.learners[0], "es")):
            self.assertIsInstance(profile, dict)
            self.assertIn("I like drawing comics", repr(profile))
        self.refused(personalize.InvalidError, self.learner.profile, "learner-1", "xx")
        self.refused(personalize.NotFoundError, self.learner.profile, "learner-2")

    def test_the_difference_of_two_moments(self):
        then = int(self.learner.profile("learner-1")["as_of_change"])
        entry = self.add()
        between = self.learner.profile_entry_list()[0].version
        self.learner.profile_entry_withdraw(entry, "Not any more")
        difference = self.learner.profile_difference("learner-1", then, between)
        (added,) = difference["entries"]["added"]
        self.assertEqual(added["entry"]["content"], "I like drawing comics")
        self.assertTrue(added["words"].endswith("new under interests: I like drawing comics"))
        self.assertEqual(self.learner.profile_difference("learner-1", then)["count"], 0)
        (removed,) = self.learner.profile_difference("learner-1", between, language="es")["entries"]["removed"]
        self.assertTrue(removed["words"].endswith("ya no está en intereses: I like drawing comics"))
        self.refused(personalize.InvalidError, self.learner.profile_difference, "learner-1", between, then)
        self.refused(personalize.NotFoundError, self.learner.profile_difference, "learner-2", then)


if __name__ == "__main__":
    support.main()
