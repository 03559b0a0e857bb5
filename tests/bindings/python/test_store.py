"""A store and its duties: options, joined changes, events, what falls due, backup, verify, export, erase, and asking as of a moment."""
import sqlite3
from datetime import date, datetime, timedelta, timezone

import personalize
import support
from personalize import EventKind, Kind, Role, Scope
from school import START, School


class StoreTest(support.Case):
    def setUp(self):
        super().setUp()
        self.school = School(self.folder)
        self.addCleanup(self.school.close)

    def test_description_and_options(self):
        info = self.school.store.describe()
        self.assertEqual((info.name, info.time_zone, info.has_host_key, info.created_at), ("Riverside", "UTC", False, START))
        with personalize.Store.create(self.folder / "keyed.db", time_zone="+05:30", host_key=lambda use: bytes([use]) * 32, durability="normal",
                                      wait_milliseconds=500, cache_kibibytes=1024) as keyed:
            self.assertTrue(keyed.describe().has_host_key)
        self.refused(personalize.InvalidError, personalize.Store.create, self.folder / "x.db", cache_kibibytes=1)
        self.refused(personalize.InvalidError, personalize.Store.create, self.folder / "x.db", time_zone="Nowhere")
        self.refused(personalize.ExistsError, personalize.Store.create, self.school.path)
        (self.folder / "text.db").write_text("no store" * 1000)
        self.refused(personalize.NotStoreError, personalize.Store, self.folder / "text.db")
        with personalize.Store.open(self.school.path, read_only=True) as reading:
            with reading.actor("leader-1", Role.LEADER, "test") as leader:
                self.assertEqual(len(leader.classes()), 2)
            with reading.service("nightly import", Scope.IMPORT, "test") as importer:
                self.refused(personalize.ReadOnlyError, importer.org_save, name="X")

    def test_joined_changes(self):
        with self.school.service() as importer:
            with importer.change("two orgs", key="two") as change:
                importer.org_save(name="North")
                importer.org_save(name="South")
            self.assertIsInstance(change.number, int)
            with importer.change("two orgs", key="two") as again:
                self.assertTrue(again.repeated)
            with self.assertRaises(KeyError):
                with importer.change("undone"):
                    importer.org_save(name="West")
                    raise KeyError
            self.assertEqual([o.name for o in importer.org_list()], ["Valley", "Riverside", "North", "South"])
            self.assertFalse(importer.change_begin("by hand"))
            self.refused(personalize.StateError, importer.change_begin, "another")
            importer.org_save(name="East")
            importer.change_undo()
            self.refused(personalize.StateError, importer.change_commit)
            self.assertEqual(len(importer.org_list()), 4)

    def test_events_and_what_is_due(self):
        learner = self.school.actor("learner-1", Role.LEARNER)
        teacher = self.school.actor("teacher-1", Role.TEACHER)
        events = list(teacher.events())
        start = events[-1].cursor
        self.assertEqual(list(teacher.events(start)), [])
        self.assertEqual([e.cursor for e in teacher.events(events[3].cursor)], [e.cursor for e in events[4:]])
        self.refused(personalize.InvalidError, teacher.changes_since, events[-1].change)
        goal = learner.goal_propose(learner="learner-1", statement="Read more", due_on=date(2026, 9, 20))
        learner.goal_ask(goal, "teacher-1", Role.TEACHER)
        events = list(teacher.events(start, limit=1))
        self.assertIn(EventKind.AWAITS_ANSWER, {e.kind for e in events})
        self.assertTrue(all(e.record_kind == Kind.GOAL for e in events if e.record == goal))
        rows, cursor = teacher.changes_since(start)
        self.assertEqual(cursor, rows[-1].cursor)
        self.assertEqual(teacher.changes_since(cursor), ([], cursor))
        (due,) = learner.due_list(date(2026, 9, 30))
        self.assertEqual((due.record, due.due_on, due.code), (goal, date(2026, 9, 20), "due.goal"))
        self.assertEqual(learner.due_list("2026-09-10"), [])
        learner.close()
        teacher.close()

    def test_as_of(self):
        teacher = self.school.actor("teacher-1", Role.TEACHER)
        before = self.school.clock.now
        change = self.school.store.describe().last_change
        self.school.clock.move(days=1)
        self.school.add_answers()
        self.assertEqual(len(teacher.mastery()), 18)
        self.school.clock.move(days=1)
        with teacher.as_of(before) as past, teacher.as_of_change(change) as same:
            self.assertEqual(past.mastery(), [])
            self.assertEqual(same.mastery(), [])
            self.assertEqual(len(past.learners("class-5A")), 6)
            self.refused(personalize.ReadOnlyError, past.goal_propose, learner="learner-1", statement="x")
        with teacher.as_of(START - timedelta(days=1)) as empty:
            self.assertEqual(empty.classes(), [])
        self.refused(personalize.InvalidError, teacher.as_of, datetime(2050, 1, 1, tzinfo=timezone.utc))
        teacher.close()

    def test_backup_verify_restore(self):
        self.school.add_answers()
        with self.school.service(Scope.BACKUP | Scope.VERIFY) as keeper:
            self.assertIsInstance(keeper.store_verify(), dict)
            seen = []
            keeper.store_verify(progress=seen.append)
            keeper.store_backup(self.folder / "copy.db")
            self.refused(personalize.ExistsError, keeper.store_backup, self.folder / "copy.db")
        personalize.Store.restore(self.folder / "copy.db", self.folder / "restored.db")
        with personalize.Store(self.folder / "restored.db") as store, store.actor("teacher-1", Role.TEACHER, "test") as teacher:
            self.assertEqual(len(teacher.mastery()), 18)
        self.refused(personalize.ExistsError, personalize.Store.restore, self.folder / "copy.db", self.folder / "restored.db")

    def test_tampering_comes_with_its_report(self):
        self.school.close()
        with sqlite3.connect(self.school.path) as raw:
            raw.execute("UPDATE change SET purpose = 'something else'")
        raw.close()
        with personalize.Store(self.school.path) as store, store.service("checker", Scope.VERIFY, "test") as checker:
            error = self.refused(personalize.TamperedError, checker.store_verify)
            self.assertIsInstance(error.document, dict)

    def test_export_and_erase(self):
        with self.school.actor("guardian-1", Role.GUARDIAN) as guardian:
            document = guardian.person_export("learner-1")
            self.assertIn("Ana", repr(document))
        with self.school.service(Scope.ERASE | Scope.READ) as eraser:
            receipt = eraser.person_erase("learner-1", key="request 7")
            self.assertIsInstance(receipt, dict)
            self.refused(personalize.NotFoundError, eraser.person_get, "learner-1")


if __name__ == "__main__":
    support.main()
