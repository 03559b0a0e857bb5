"""Texts, times, days, enumerations, records and exceptions."""
import copy
import pickle
import sys
from datetime import date, datetime, timedelta, timezone

import personalize
import support
from personalize import _native


class Values(support.Case):
    def test_version(self):
        self.assertEqual(personalize.version(), personalize.__version__)
        major, minor, patch = map(int, personalize.version().split("."))
        self.assertEqual(personalize.version_number(), major * 1000000 + minor * 1000 + patch)

    def test_times(self):
        moment = personalize.time_parse("2026-11-24T09:30:00.25+01:00")
        self.assertEqual(moment, datetime(2026, 11, 24, 8, 30, 0, 250000, timezone.utc))
        self.assertEqual(personalize.time_format(moment), "2026-11-24T08:30:00.250000Z")
        away = moment.astimezone(timezone(timedelta(hours=-5)))
        self.assertEqual(personalize.time_format(away), "2026-11-24T08:30:00.250000Z")
        for text in ("0001-01-01T00:00:00.000000Z", "1969-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z"):
            self.assertEqual(personalize.time_format(personalize.time_parse(text)), text)
        error = self.refused(personalize.InvalidError, personalize.time_format, datetime(2026, 1, 1))
        self.assertIn("time zone", str(error))
        self.refused(personalize.WrongTypeError, personalize.time_format, 1.5)

    def test_days(self):
        day = personalize.date_parse("2024-02-29")
        self.assertEqual(day, date(2024, 2, 29))
        self.assertEqual(personalize.date_format(day), "2024-02-29")
        self.refused(personalize.WrongTypeError, personalize.date_format, datetime(2026, 1, 1))
        self.refused(personalize.InvalidError, personalize.date_parse, "2026-02-29")

    def test_limits_and_enumerations(self):
        self.assertEqual(personalize.limit(personalize.LimitKind.ID_TEXT), 255)
        self.assertEqual(personalize.limit("csv_columns"), 1024)
        error = self.refused(personalize.InvalidError, personalize.limit, "width")
        self.assertIn("csv_field", error.hint)
        self.assertEqual(personalize.Scope.IMPORT | personalize.Scope.READ, 3)
        self.assertEqual(personalize.Role.TEACHER.name, "TEACHER")

    def test_texts(self):
        self.refused(personalize.TextError, personalize.time_parse, "\ud800")
        self.refused(personalize.WrongTypeError, personalize.time_parse, b"2026-11-24T08:30:00Z")
        self.refused(personalize.TextError, personalize.time_parse, "2026-11-24\0")

    def test_exceptions(self):
        with self.assertRaises(ValueError) as caught:
            personalize.time_parse("soon")
        error = caught.exception
        self.assertIsInstance(error, personalize.Error)
        self.assertEqual((error.status, error.name, error.kind, error.field), (1, "PZ_E_INVALID", "call", "text"))
        self.assertIn("Write it as", error.hint)
        self.assertIn(error.hint, str(error))
        self.assertIsNone(error.document)
        again = pickle.loads(pickle.dumps(error))
        self.assertEqual((type(again), str(again), again.field), (type(error), str(error), error.field))

    def test_a_class_for_each_status(self):
        for status, name, kind, _meaning, class_name in _native.status_rows():
            if status:
                class_ = getattr(personalize, class_name)
                self.assertTrue(issubclass(class_, personalize.Error))
                self.assertEqual((class_.status, class_.name, class_.kind), (status, name, kind))
                self.assertIn(class_name, personalize.__all__)
        self.assertTrue(issubclass(personalize.NotFoundError, LookupError))
        self.assertTrue(issubclass(personalize.IoError, OSError))
        self.assertTrue(issubclass(personalize.WrongTypeError, TypeError))

    def test_nothing_of_swig_is_visible(self):
        with personalize.Store.create(self.folder / "a.db") as store:
            kinds = [repr(c) for c in object.__subclasses__()] + [type(store._handle).__name__, type(_native.pz_version).__name__]
        names = dir(personalize) + dir(_native) + list(sys.modules) + kinds
        self.assertIn("pz_version", names)
        self.assertEqual([name for name in names if "swig" in name.lower()], [])

    def test_record_types(self):
        """Every record of the headers has a class, and the library describes it with the same members."""
        described = set(_native.record_types())
        for class_ in personalize.Record.__subclasses__():
            self.assertIn(class_._c_name, described)
            members = [name + "_" if name == "from" else name for name, _type, _unit in _native.record_fields(class_._c_name)]
            self.assertEqual(sorted(members), sorted(class_.__slots__), class_._c_name)
            enums = [name for name, kind, _unit in _native.record_fields(class_._c_name) if kind == 9]
            self.assertEqual(sorted(enums), sorted(class_._enums), class_._c_name)

    def test_records(self):
        settings = personalize.MasterySettings(model="mean", mastered_at=0.7)
        self.assertEqual((settings.model, settings.mastered_at, settings.decay), ("mean", 0.7, 0.65))
        other = settings.replace(mastered_at=0.8)
        self.assertEqual((settings.mastered_at, other.mastered_at), (0.7, 0.8))
        self.assertEqual(other.replace(mastered_at=0.7), settings)
        self.assertNotEqual(other, settings)
        self.assertIn("mastered_at=0.7", repr(settings))
        self.assertEqual(settings.to_dict()["mastered_at"], 0.7)
        self.assertEqual(pickle.loads(pickle.dumps(settings)), settings)
        self.assertEqual(copy.copy(settings), settings)
        with self.assertRaises(AttributeError):
            settings.master_at = 1
        error = self.refused(personalize.InvalidError, personalize.MasterySettings, master_at=1)
        self.assertIn("mastered_at", error.hint)
        self.refused(personalize.InvalidError, settings.replace, master_at=1)

    def test_records_as_json(self):
        settings = personalize.mastery_settings_default("n_of_m")
        (document,) = personalize.records_json([settings])
        self.assertEqual((document["model"], document["n"]), ("n_of_m", 5))
        self.assertEqual(personalize.records_json([]), [])
        self.refused(personalize.WrongTypeError, personalize.records_json, [settings, None])
        self.refused(personalize.WrongTypeError, personalize.records_json, "settings")
        self.refused(personalize.WrongTypeError, personalize.records_json, [settings, personalize.Growth()])


if __name__ == "__main__":
    support.main()
