"""What learners say: by text and by video, for help, shared with a class, answered, acted on; days to answer in; counter-proposals."""
from datetime import date

import personalize
import support
from personalize import EventKind, Kind, Role, VoiceAvenue, VoiceKind, VoiceState
from school import School

HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
VIDEO = {"name": "Tables.webm", "reference": "voice/7f3a.webm", "type": "video/webm", "size": 1048576, "hash": HASH,
         "alternative": "I show how the tables could stand"}


class Voice(support.Case):
    def setUp(self):
        super().setUp()
        self.school = School(self.folder)
        self.addCleanup(self.school.close)
        self.learner = self.school.actor("learner-1", Role.LEARNER)
        self.classmate = self.school.actor("learner-2", Role.LEARNER)
        self.teacher = self.school.actor("teacher-1", Role.TEACHER)
        for actor in (self.learner, self.classmate, self.teacher):
            self.addCleanup(actor.close)

    def say(self, **members):
        return self.learner.voice_say(**({"learner": "learner-1", "kind": VoiceKind.NEED, "content": "More time to read"} | members))

    def test_by_video_answered_and_acted_on(self):
        entry = self.learner.voice_say(None, [VIDEO], learner="learner-1", kind="idea", avenue="video", key="video-1")
        self.assertEqual(self.learner.voice_say(None, [VIDEO], learner="learner-1", kind="idea", avenue="video", key="video-1"), entry)
        found = self.teacher.voice_get(entry)
        self.assertEqual((found.kind, found.avenue, found.state, found.content), (VoiceKind.IDEA, VoiceAvenue.VIDEO, VoiceState.OPEN, None))
        self.assertIsInstance(found.due_on, date)
        medium = self.teacher.voice_media_list(entry)[0]
        self.assertEqual((medium.reference, medium.size, medium.alternative), (VIDEO["reference"], 1048576, VIDEO["alternative"]))
        self.teacher.voice_see(entry)
        self.assertTrue(self.teacher.voice_get(entry).awaits_answer)
        self.assertIn(entry, [due.record for due in self.teacher.due_list(date(2200, 1, 1)) if due.code == "due.voice_answer"])
        self.teacher.voice_reply(entry, "Let us try it")
        self.assertFalse(self.teacher.voice_get(entry).awaits_answer)
        self.teacher.voice_act(entry, "The tables stand so since today", key="act")
        self.assertEqual([a.state for a in self.learner.voice_answer_list(entry)], [VoiceState.SEEN, VoiceState.ANSWERED, VoiceState.ACTED_ON])
        events, _cursor = self.learner.changes_since()
        self.assertIn(EventKind.ANSWERED, [e.kind for e in events if e.record == entry])
        self.learner.voice_reopen(entry, "It is loud again")
        self.teacher.voice_decline(entry, "The room is too small")
        self.learner.voice_withdraw(entry)
        self.assertEqual([v.state for v in self.learner.voice_history(entry)][-1], VoiceState.WITHDRAWN)

    def test_dangerous_media_are_refused(self):
        for wrong in ({"name": "../x.webm"}, {"name": "x.exe"}, {"reference": "javascript:alert(1)"}, {"type": "image/svg+xml"}):
            self.refused(personalize.HostileError, self.learner.voice_say, None, [VIDEO | wrong], learner="learner-1", kind="idea", avenue="video")

    def test_help_is_one_call(self):
        entry = self.learner.help_ask("They laugh at me", key="help")
        self.assertEqual(self.learner.help_ask("They laugh at me", key="help"), entry)
        self.assertEqual(self.teacher.voice_list(owed_only=True)[0].id, entry)
        with self.school.actor("guardian-1", Role.GUARDIAN) as guardian:
            self.refused(personalize.NotFoundError, guardian.voice_get, entry)
        self.refused(personalize.DeniedError, self.teacher.help_ask)

    def test_shared_and_co_signed(self):
        entry = self.say(shared_with="class-5A", topic="Reading")
        shared = self.classmate.voice_list(shared_only=True)
        self.assertEqual([(s.id, s.learner) for s in shared], [(entry, None)])
        self.classmate.voice_cosign(entry)
        self.assertEqual(self.learner.voice_get(entry).cosigned, 1)
        self.assertEqual(len(self.teacher.voice_cosigner_list(entry)), 1)
        self.teacher.voice_file(entry, "time to read")
        self.assertEqual([e.id for e in self.teacher.voice_list(topic="TIME TO READ", class_id="class-5A")], [entry])
        count = next(c for c in self.teacher.voice_count_list(class_id="class-5A") if c.kind is None)
        self.assertEqual((count.entries, count.waiting, count.learners), (1, 1, 1))

    def test_written_down_by_an_adult(self):
        entry = self.teacher.voice_say(learner="learner-1", kind="preference", content="I like to work standing")
        self.assertFalse(self.learner.voice_get(entry).learner_agreed)
        self.learner.voice_agree(entry)
        found = self.learner.voice_get(entry)
        self.assertTrue(found.learner_agreed)
        version = self.learner.voice_revise(found, content="I like to work standing up", to_role=Role.TEACHER, to_person="teacher-1")
        self.assertEqual(self.learner.voice_get(entry).version, version)
        self.refused(personalize.ConflictError, self.learner.voice_revise, found, content="Too late")

    def test_days_to_answer_in(self):
        with self.school.service() as service:
            service.voice_policy_set(kind="need", days=0)
            self.assertEqual([(p.org, p.kind, p.days) for p in service.voice_policy_list()], [(None, VoiceKind.NEED, 0)])
        found = self.learner.voice_get(self.say())
        self.assertEqual(found.due_on, found.said_at.date())

    def test_counter_proposal(self):
        self.refused(personalize.NotFoundError, self.learner.counter_propose, subject="estimate", competency=self.school.competencies[0],
                     estimate=0.9, reason="I was ill")
        self.school.add_answers()
        entry = self.learner.counter_propose(subject="estimate", competency=self.school.competencies[0], estimate=0.9, reason="I was ill")
        counter = self.teacher.counter_get(entry)
        self.assertEqual((counter.estimate, counter.reason), (0.9, "I was ill"))
        self.assertEqual(self.teacher.voice_get(entry).kind, VoiceKind.COUNTER)
        self.teacher.voice_act(entry, "Once more on Friday", Kind.COMPETENCY, counter.competency)
        self.assertEqual(self.learner.voice_answer_list(entry)[0].done, counter.competency)

    def test_themes(self):
        for learner in self.school.learners[:6]:
            with self.school.actor(learner, Role.LEARNER) as actor:
                actor.voice_say(learner=learner, kind="idea", content="A longer break", topic="Break")
        theme = self.learner.theme_list(self.school.class_a)[0]
        self.assertEqual((theme.topic, theme.learners, theme.state), ("break", 5, VoiceState.OPEN))
        self.teacher.theme_answer(self.school.class_a, "Break", VoiceState.ACTED_ON, "Five minutes more")
        self.assertEqual([r.content for r in self.learner.theme_reply_list(self.school.class_a, "break")], ["Five minutes more"])
        self.refused(personalize.DeniedError, self.learner.theme_answer, self.school.class_a, "break", "answered", "x")


if __name__ == "__main__":
    support.main()
