"""Bad use: every mistake is an exception of the library's own, and none ends the process."""
import copy
import gc
import os
import pickle
import random
import re
import sys
import threading
from datetime import datetime, timezone

import personalize
import support
from personalize import Role, Scope
from school import School

BAD_IDS = [1.0, float("nan"), 2**70, -2**70, True, b"1", [], {}, object(), (1, 2, 3), ("sis", 5), ("sis",), complex(1)]


class Abuse(support.Case):
    def setUp(self):
        super().setUp()
        self.school = School(self.folder)
        self.addCleanup(self.school.close)
        self.teacher = self.school.actor(self.school.teacher, Role.TEACHER)
        self.addCleanup(self.teacher.close)

    def test_closed_handles(self):
        self.teacher.close()
        self.teacher.close()
        self.assertTrue(self.teacher.closed)
        self.assertIn("closed", repr(self.teacher))
        self.refused(personalize.ClosedError, self.teacher.classes)
        self.refused(personalize.ClosedError, self.teacher.goal_propose, learner=1, statement="x")
        self.refused(personalize.ClosedError, self.teacher.class_page, 1)
        self.school.close()
        self.refused(personalize.ClosedError, self.school.store.describe)
        self.refused(personalize.ClosedError, self.school.store.actor, 1, Role.TEACHER, "test")
        self.refused(personalize.ClosedError, self.school.store.actor, "teacher-1", Role.TEACHER, "test")
        with self.assertRaises(personalize.ClosedError):
            with self.school.store as store:
                store.describe()

    def test_an_actor_outlives_its_store(self):
        self.school.close()
        self.assertEqual(len(self.teacher.classes()), 1)
        other = self.teacher.as_of(datetime(2026, 9, 1, 8, tzinfo=timezone.utc))
        self.teacher.close()
        self.assertIsInstance(other.classes(), list)
        other.close()

    def test_objects_without_constructor(self):
        class Forgetful(personalize.Store):
            def __init__(self):
                pass

        for made in (Forgetful(), personalize.Store.__new__(personalize.Store)):
            self.refused(personalize.ClosedError, made.describe)
            made.close()
        made = personalize.Actor.__new__(personalize.Actor)
        self.refused(personalize.ClosedError, made.person_list)
        self.refused(personalize.Error, personalize.Actor)
        made._handle = self.school.store._handle
        self.refused(personalize.WrongTypeError, made.person_list)
        made._handle = object()
        self.refused(personalize.WrongTypeError, made.person_list)
        self.refused(personalize.WrongTypeError, made.close)
        made._handle = None
        with self.assertRaises(TypeError):
            type(self.teacher._handle)()

    def test_copies(self):
        for make in (copy.copy, copy.deepcopy, pickle.dumps):
            self.refused(personalize.WrongTypeError, make, self.teacher)
            self.refused(personalize.WrongTypeError, make, self.school.store)

    def test_ids(self):
        for bad in BAD_IDS:
            for call in (self.teacher.person_get, self.teacher.goal_get, self.teacher.classes, self.teacher.profile_get):
                with self.assertRaises((personalize.InvalidError, personalize.WrongTypeError), msg=repr(bad)):
                    call(bad)
            with self.assertRaises(personalize.Error, msg=repr(bad)):
                self.teacher.goal_propose(learner=bad, statement="x")
            with self.assertRaises(personalize.Error, msg=repr(bad)):
                self.teacher.mastery(competency=bad)
        for bad in (0, -1, 2**63 - 1, -2**63, None):
            with self.assertRaises(personalize.Error, msg=repr(bad)):
                self.teacher.person_get(bad)
        self.refused(personalize.WrongTypeError, self.teacher.goal_get, "goal-1")
        self.refused(personalize.NotFoundError, self.teacher.person_get, "nobody")
        self.refused(personalize.InvalidError, self.teacher.goal_agree, personalize.Goal())

    def test_texts(self):
        learner = self.school.learners[0]
        for bad in ("a\0b", "\ud800"):
            self.refused(personalize.TextError, self.teacher.goal_propose, learner=learner, statement=bad)
            self.refused(personalize.TextError, self.teacher.goal_propose, learner=learner, statement="x", key=bad)
            self.refused(personalize.TextError, self.teacher.person_get, bad)
            self.refused(personalize.TextError, self.teacher.person_get, ("sis", bad))
            self.refused(personalize.TextError, self.school.store.service, bad, Scope.READ, "x")
            self.refused(personalize.TextError, personalize.Store, bad)
            self.refused(personalize.TextError, personalize.csv_mapping_suggest, bad)
        for bad in (b"bytes", 5, 1.5, [], object()):
            self.refused(personalize.WrongTypeError, self.teacher.goal_propose, learner=learner, statement=bad)
            self.refused(personalize.WrongTypeError, self.school.store.actor, self.school.teacher, Role.TEACHER, bad)
            self.refused(personalize.WrongTypeError, personalize.Store.create, self.folder / "new.db", name=bad)
        self.refused(personalize.TooLongError, self.teacher.goal_propose, learner=learner, statement="x" * 65537)
        for bad in (5, object(), [b"x"]):
            self.refused(personalize.WrongTypeError, personalize.Store, bad)

    def test_messages_name_the_argument(self):
        store = self.school.store
        for call in (personalize.Store, personalize.Store.open, personalize.Store.create, personalize.csv_mapping_suggest,
                     lambda path: personalize.Store.restore(self.school.path, path)):
            error = self.refused(personalize.WrongTypeError, call, None)
            self.assertEqual((str(error), error.field), ("path must be a path, as a str or a path object, not NoneType", "path"))
        for call, name in ((lambda bad: store.actor(bad, Role.TEACHER, "test"), "person"), (self.teacher.person_get, "person"),
                           (lambda bad: self.teacher.person_list(class_id=bad), "class_id"),
                           (lambda bad: self.teacher.evidence_add(learner=[bad], kind="observed", outcome=[1.0]), "learner"),
                           (lambda bad: self.teacher.goal_propose(learner=1, statement=bad), "statement"),
                           (lambda bad: store.actor(self.school.teacher, Role.TEACHER, bad), "purpose")):
            error = self.refused(personalize.TextError, call, "a\0")
            self.assertEqual((str(error), error.field), (f'{name} holds a NUL at byte 2: take it out, such as with replace("\\0", "")', name))
        error = self.refused(personalize.TooLongError, store.actor, "x" * 300, Role.TEACHER, "test")
        self.assertEqual((error.field, error.args[0]), ("person", "person is longer than its limit of 255 bytes."))
        error = self.refused(personalize.TextError, store.actor, ("s\0", "a"), Role.TEACHER, "test")
        self.assertRegex(str(error), "^the source of person holds a NUL at byte 2")
        for bad in ((5, "a"), ("a", None), ("a",)):
            self.assertRegex(str(self.refused(personalize.WrongTypeError, store.actor, bad, Role.TEACHER, "test")), "^person must be an id")

    def test_messages_speak_python(self):
        store = self.school.store
        error = self.refused(personalize.InvalidError, store.actor, self.school.teacher, 9, "test")
        self.assertEqual(error.hint, "For a program of the host use Store.service().")
        error = self.refused(personalize.NotFoundError, self.teacher.goal_get, 999)
        self.assertEqual(error.hint, "Actor.goal_list() lists them.")
        error = self.refused(personalize.InvalidError, store.service, "x", 0, "test")
        self.assertEqual(error.hint, "Combine Scope values with |.")
        error = self.refused(personalize.InvalidError, store.service, None, Scope.READ, "test")
        self.assertEqual((str(error), error.field), ("name must not be empty.", "name"))
        error = self.refused(personalize.InvalidError, self.teacher.grouping_recommend, class_id=1, nosuch=2)
        self.assertRegex(str(error), "^GroupingRequest has no member 'nosuch'; its members are class_id, ")
        error = self.refused(personalize.WrongTypeError, personalize._native.pz_goal_get, store._handle, 5)
        self.assertRegex(str(error), "^actor must be Actor, not ")

    def test_records(self):
        for bad in (5, "goal", [], object(), personalize.PersonQuery()):
            self.refused(personalize.WrongTypeError, self.teacher.goal_propose, bad)
        self.refused(personalize.InvalidError, self.teacher.goal_propose)
        self.refused(personalize.InvalidError, self.teacher.goal_propose, statment="x")
        self.refused(personalize.InvalidError, self.teacher.goal_propose, {1: 2})
        self.refused(personalize.InvalidError, self.teacher.goal_propose, learner=1, statement="x", area="sport")
        self.refused(personalize.WrongTypeError, self.teacher.goal_propose, learner=1, statement="x", area=1.0)
        self.refused(personalize.InvalidError, self.teacher.goal_propose, learner=1, statement="x", area=2**40)
        self.refused(personalize.WrongTypeError, self.teacher.goal_propose, learner=1, statement="x", target="high")
        self.refused(personalize.WrongTypeError, self.teacher.goal_propose, learner=1, statement="x", due_on=5)
        self.refused(personalize.InvalidError, self.teacher.goal_propose, learner=1, statement="x", due_on="soon")
        for bad in (5, "moves", {"learner": 1}, personalize.GroupMove(), [5], [None]):
            self.refused(personalize.WrongTypeError, self.teacher.recommendation_change, 1, 1, bad)
        self.refused(personalize.InvalidError, self.teacher.recommendation_change, 1, 1, [{"lerner": 1}])

    def test_enumerations(self):
        for bad in ("principal", 99, -1, 2**40, None):
            with self.assertRaises(personalize.Error, msg=repr(bad)):
                self.school.store.actor(self.school.teacher, bad, "test")
        self.refused(personalize.WrongTypeError, self.school.store.actor, self.school.teacher, 3.0, "test")
        self.refused(personalize.WrongTypeError, self.school.store.service, "x", 1.0, "test")
        self.refused(personalize.InvalidError, self.school.store.service, "x", 0, "test")
        self.refused(personalize.InvalidError, self.school.store.service, "x", 4096, "test")

    def test_evidence(self):
        good = {"learner": [self.school.learners[0]], "competency": [self.school.competencies[0]], "score": [1.0]}
        for bad in (5, "evidence", [], object()):
            self.refused(personalize.WrongTypeError, self.teacher.evidence_add, bad)
        for name, bad in (("learner", [1.0]), ("learner", [float("nan")]), ("learner", [2**70]), ("learner", b"x"), ("score", ["1"]), ("score", [2]),
                          ("score", [1.0, 1.0]), ("score", [None]), ("at", [5.5]), ("at", [datetime(2026, 9, 1)]), ("kind", ["guess"]), ("kind", [77]),
                          ("weight", [0]), ("option", [1.5]), ("learner", ["nobody"]), ("competency", [("case",)]), ("colour", [1]),
                          ("score", object())):
            with self.assertRaises(personalize.Error, msg=f"{name} {bad!r}"):
                self.teacher.evidence_add({**good, name: bad})
        self.refused(personalize.InvalidError, self.teacher.evidence_add)
        self.assertEqual(self.teacher.evidence_add(good).rows, 1)

    def test_callbacks_that_raise(self):
        class Mine(Exception):
            pass

        def raises(*_):
            raise Mine("of the caller")

        with self.school.service(Scope.BACKUP) as keeper:
            copy_path = self.folder / "copy.db"
            self.refused(Mine, keeper.store_backup, copy_path, progress=raises)
            self.assertFalse(copy_path.exists())
            self.refused(personalize.CancelledError, keeper.store_backup, copy_path, progress=lambda done: False)
            self.refused(personalize.WrongTypeError, keeper.store_backup, copy_path, progress=5)
            seen = []
            keeper.store_backup(copy_path, progress=lambda done: seen.append(done))
            self.assertTrue(seen and all(0 <= done <= 1 for done in seen), seen)
        for bad, error in ((raises, Mine), (lambda use: b"short", personalize.InvalidError), (lambda use: 5, personalize.WrongTypeError),
                           (lambda: b"x" * 32, TypeError)):
            self.refused(error, personalize.Store.create, self.folder / "keyed.db", host_key=bad)
            self.assertFalse((self.folder / "keyed.db").exists())
        clocks = ((raises, Mine), (lambda: "now", personalize.InvalidError), (lambda: datetime.now(), personalize.InvalidError))
        for number, (bad, error) in enumerate(clocks):
            self.refused(error, personalize.Store.create, self.folder / f"timed-{number}.db", clock=bad)

    def test_a_clock_that_breaks_later(self):
        class Mine(Exception):
            pass

        clock = support.Clock()
        working = [True]

        def ticking():
            if not working[0]:
                raise Mine
            return clock()

        with personalize.Store.create(self.folder / "timed.db", clock=ticking) as store:
            with store.service("x", Scope.IMPORT, "test") as importer:
                importer.org_save(name="Valley")
                working[0] = False
                self.refused(Mine, importer.org_save, name="Hill")
                working[0] = True
                importer.org_save(name="Dale")

    def test_use_within_its_own_callback(self):
        seen = []

        def meddles(done):
            seen.append(type(self.refused(personalize.BusyHandleError, keeper.class_list)))
            seen.append(type(self.refused(personalize.BusyHandleError, keeper.close)))

        with self.school.service(Scope.BACKUP | Scope.READ) as keeper:
            keeper.store_backup(self.folder / "copy.db", progress=meddles)
        self.assertIn(personalize.BusyHandleError, seen)

    def test_use_by_another_thread(self):
        inside, checked = threading.Event(), threading.Event()

        def waits(done):
            inside.set()
            checked.wait(30)

        def backs_up():
            keeper.store_backup(self.folder / "copy.db", progress=waits)

        with self.school.service(Scope.BACKUP | Scope.READ) as keeper:
            thread = threading.Thread(target=backs_up)
            thread.start()
            self.assertTrue(inside.wait(30))
            self.refused(personalize.BusyHandleError, keeper.class_list)
            self.refused(personalize.BusyHandleError, keeper.close)
            checked.set()
            thread.join()
            self.assertEqual(len(keeper.class_list()), 2)

    def test_a_store_for_each_thread(self):
        failed = []

        def works(number):
            try:
                with personalize.Store(self.school.path) as store, store.actor("teacher-1", "teacher", "test") as teacher:
                    for _ in range(20):
                        self.assertEqual(len(teacher.learners(self.school.class_a)), 6)
                        self.assertRaises(personalize.NotFoundError, teacher.goal_get, 10**9 + number)
            except BaseException as error:  # reported in the main thread
                failed.append(error)

        threads = [threading.Thread(target=works, args=(i,)) for i in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(failed, [])

    def test_fork(self):
        read, write = os.pipe()
        child = os.fork()
        if not child:
            verdict = b"no exception"
            try:
                self.teacher.classes()
            except personalize.ForkedError:
                verdict = b"forked"
            except BaseException as error:
                verdict = repr(error).encode()
            try:
                self.school.store.describe()
                verdict += b", but the store answers"
            except personalize.ForkedError:
                pass
            self.teacher.close()
            os.write(write, verdict)
            os._exit(0)
        os.close(write)
        with os.fdopen(read, "rb") as pipe:
            self.assertEqual(pipe.read(), b"forked")
        self.assertEqual(os.waitpid(child, 0)[1], 0)
        self.assertEqual(len(self.teacher.classes()), 1)

    def test_a_cycle_of_references_is_collected(self):
        class Ring:
            def __call__(self):
                return support.START

        ring = Ring()
        ring.store = personalize.Store.create(self.folder / "ring.db", clock=ring)
        blocks = personalize.memory_blocks()
        del ring
        gc.collect()
        self.assertLess(personalize.memory_blocks(), blocks)

    def test_columns_outlive_their_owner(self):
        self.school.add_answers()
        evidence = self.teacher.evidence_read()
        score = evidence.score
        del evidence
        gc.collect()
        self.assertTrue(set(map(float, score)) <= {0.0, 1.0})

    def test_lengths(self):
        native = personalize._native
        for name in ("pz_dina_share", "pz_dina_trace", "pz_lr_trace", "pz_irt_trace", "pz_grouping_result_groups", "pz_simulation_known",
                     "pz_simulation_believed"):
            call = getattr(native, name)
            for bad in (2**63 - 1, -(2**63), -1, 2**70):
                self.assertEqual(self.refused(personalize.InvalidError, call, None, bad).field, "length")
            self.assertEqual(self.refused(personalize.WrongTypeError, call, None, 1.5).field, "length")
            self.refused(personalize.OutOfMemoryError, call, None, 2**56)
            self.refused(personalize.ClosedError, call, None, 3)

    def test_every_function_of_the_extension(self):
        bad = (None, True, -1, 3, 2**63 - 1, -(2**63), 2**70, 1.5, float("nan"), "", "x\0", "abc", b"abc", [], [1], (), (1, 2), {}, {"a": 1},
               [[1, 2], [3]], object(), lambda *_: None, personalize._native.Handle)
        seed = random.randrange(10**6)
        draws = random.Random(seed)
        before = os.getcwd()
        os.chdir(self.folder)
        try:
            for name in sorted(vars(personalize._native)):
                function = getattr(personalize._native, name)
                if name.startswith("_") or not callable(function) or name.startswith("set_") or isinstance(function, type):
                    continue
                try:
                    function()
                    needed = 0
                except TypeError as error:
                    needed = int(re.search(r"expected (\d+)|exactly (?=one)", str(error))[1] or 1)
                for i in range(3 * len(bad)):  # all the same; behind a None; by chance
                    given = [bad[i % len(bad)] if i < len(bad) or i < 2 * len(bad) and j else None if i < 2 * len(bad) else draws.choice(bad)
                             for j in range(needed)]
                    try:
                        function(*given)
                    except personalize.Error:
                        pass
                    except BaseException as error:
                        self.fail(f"{name}({', '.join(map(repr, given))}), seed {seed}: {error!r}")
        finally:
            os.chdir(before)

    def test_references_are_not_lost(self):
        """Calls that fail half way leave the counts of their arguments as they were."""
        statement, action = "as it was" * 3, object()
        before = sys.getrefcount(statement), sys.getrefcount(action)
        for _ in range(50):
            for members in ({"statement": statement, "area": action}, {"statement": statement, "learner": action}):
                with self.assertRaises(personalize.Error):
                    self.teacher.goal_propose(**members)
            with self.assertRaises(personalize.Error):
                self.teacher.evidence_add(learner=[action], score=[action])
        del members
        gc.collect()
        self.assertEqual((sys.getrefcount(statement), sys.getrefcount(action)), before)


if __name__ == "__main__":
    support.main()
