"""Check-ins: from an agenda to the next date, with named people, signatures, templates, schedules, and what is late."""
from datetime import date, timedelta

import personalize
import support
from personalize import CheckinRhythm, CheckinState, Kind, Presence, Role
from school import School


class Checkins(support.Case):
    def setUp(self):
        super().setUp()
        self.school = School(self.folder)
        self.addCleanup(self.school.close)
        self.learner = self.school.actor("learner-1", Role.LEARNER)
        self.teacher = self.school.actor("teacher-1", Role.TEACHER)
        self.guardian = self.school.actor("guardian-1", Role.GUARDIAN)
        for actor in (self.learner, self.teacher, self.guardian):
            self.addCleanup(actor.close)
        self.today = self.school.clock.now.date()

    def plan(self, **members):
        return self.teacher.checkin_plan(None, [{"person": self.school.guardian, "role": "guardian"}],
                                         **({"learner": "learner-1", "due_on": self.today} | members))

    def test_from_agenda_to_next_date(self):
        goal = self.learner.goal_propose(learner="learner-1", statement="Read every day", due_on=self.today - timedelta(days=1))
        checkin = self.plan(key="plan-1")
        self.assertEqual(self.plan(key="plan-1"), checkin)
        agenda = self.teacher.checkin_agenda_list(checkin)
        self.assertEqual((agenda[0].code, agenda[0].record, agenda[0].text), ("agenda.goal_overdue", goal, "Goal past its day: Read every day"))
        self.assertEqual([item.text for item in self.teacher.checkin_agenda_list(checkin, "es")][-1], "¿Quién puede ayudarte?")
        self.learner.checkin_sign(checkin)
        self.guardian.checkin_excuse(checkin, "At work")
        found = self.teacher.checkin_get(checkin)
        following = self.teacher.checkin_hold(checkin, found.version, "Twenty minutes a day",
                                              [{"record_kind": "goal", "record": goal, "note": "New day"}], next_on=self.today + timedelta(days=30))
        held = self.learner.checkin_get(checkin)
        self.assertEqual((held.state, held.outcome, held.next), (CheckinState.HELD, "Twenty minutes a day", following))
        self.assertEqual(self.learner.checkin_get(following).previous, checkin)
        self.assertEqual([(p.role, p.presence) for p in self.learner.checkin_person_list(checkin)],
                         [(Role.LEARNER, Presence.SIGNED), (Role.GUARDIAN, Presence.EXCUSED), (Role.TEACHER, Presence.SIGNED)])
        touched = self.learner.checkin_touch_list(checkin)[0]
        self.assertEqual((touched.record_kind, touched.record, touched.note), (Kind.GOAL, goal, "New day"))
        document = self.learner.checkin_document(checkin, "es")
        self.assertEqual((document["document"], document["checkin"]["outcome"]), ("checkin", "Twenty minutes a day"))
        self.assertEqual(document["agenda"][-1]["text"], "¿Quién puede ayudarte?")
        self.assertEqual(len(self.learner.checkin_history(checkin)), 4)
        self.assertEqual([c.id for c in self.learner.checkin_list(state="planned")], [following])
        pages = [self.learner.checkin_list(order="due", limit=1)[0].id]
        pages += [c.id for c in self.learner.checkin_list(order="due", after=pages[0])]
        self.assertEqual(pages, [c.id for c in self.learner.checkin_list(order="due")])

    def test_moved_and_cancelled(self):
        checkin = self.plan()
        self.teacher.checkin_invite(checkin, self.school.counselor, Role.COUNSELOR)
        version = self.teacher.checkin_get(checkin).version
        self.guardian.checkin_move(checkin, version, self.today + timedelta(days=2), "Illness")
        self.refused(personalize.ConflictError, self.guardian.checkin_move, checkin, version, self.today)
        self.refused(personalize.DeniedError, self.learner.checkin_cancel, checkin, "No")
        self.teacher.checkin_cancel(checkin, "Not needed")
        self.assertEqual(self.learner.checkin_get(checkin).reason, "Not needed")

    def test_templates_and_schedules(self):
        template = self.teacher.checkin_template_save(org=self.school.school, title="With the family", prompts="How is it at home?", with_guardian=True)
        self.assertEqual([t.title for t in self.learner.checkin_template_list()], ["Check-in", "With the family"])
        self.assertEqual(self.teacher.checkin_agenda_list(self.plan(template_id=template))[-1].text, "How is it at home?")
        self.teacher.checkin_schedule_set(scope=self.school.class_a, rhythm=CheckinRhythm.MONTHLY, template_id=template,
                                          starts_on=self.today - timedelta(days=3))
        self.assertEqual([s.rhythm for s in self.teacher.checkin_schedule_list()], [CheckinRhythm.MONTHLY])
        late = self.teacher.checkin_overdue_list(class_id=self.school.class_a)
        self.assertEqual((len(late), {row.days for row in late}), (6, {3}))
        self.assertTrue(any(due.code == "due.checkin_plan" for due in self.teacher.due_list(self.today)))
        self.refused(personalize.DeniedError, self.guardian.checkin_overdue_list)


if __name__ == "__main__":
    support.main()
