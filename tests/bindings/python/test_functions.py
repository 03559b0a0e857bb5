"""Nothing of the interface is left out: each function of the headers is offered by both bindings, and used by their tests."""
import os
import re
import sys
import unittest
from pathlib import Path

import personalize
import support
from personalize import _native

sys.path.insert(0, str(support.SOURCE / "bindings" / "generator"))
import headers  # noqa: E402
import rules  # noqa: E402
import said  # noqa: E402
import words  # noqa: E402

# Methods that the tests use by another name only.
ALIASES = {"actor_open": "actor", "actor_open_service": "service", "store_create": "create", "store_open": "Store", "store_restore": "restore",
           "change_commit": "change", "class_list": "classes", "learner_mastery_list": "mastery", "goal_list": "goals", "profile_get": "profile"}


def uses(folder: Path, pattern: str) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob(pattern)) if path.name != Path(__file__).name)


class Functions(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.interface = headers.read(support.SOURCE / "include" / "personalize")
        cls.calls = rules.calls(cls.interface)
        here = support.SOURCE / "tests" / "bindings"
        cls.python_tests, cls.php_tests = uses(here / "python", "*.py"), uses(here / "php", "*.php")

    def test_every_function_is_wrapped_or_has_a_reason(self):
        declared = set()
        for path in (support.SOURCE / "include" / "personalize").glob("*.h"):
            declared |= set(re.findall(r"^PZ_API[^;]*?\b(pz_\w+)\s*\(", path.read_text(encoding="utf-8"), re.M))
        called = {call.function.name for call in self.calls}
        left_out = declared - called - set(rules.INTERNAL)
        self.assertTrue(all(name.endswith("_free") for name in left_out), left_out)
        self.assertGreater(len(declared), 170)
        self.assertFalse(called - declared)
        self.assertEqual(rules.unknown, {})
        self.assertTrue(all(rules.INTERNAL.values()))
        for name in called:
            self.assertTrue(hasattr(_native, name), f"{name} is not in personalize._native")

    def place(self, call):
        """The object that offers a function in Python."""
        if call.owner or call.makes not in ("", "pz_store"):
            return getattr(personalize, words.class_name(call.owner or call.makes))
        return personalize

    def test_python_offers_and_tests_every_function(self):
        missing, unused = [], []
        for call in self.calls:
            name = words.python_name(call.name)
            if call.makes != "pz_store" and name != "store_restore" and not callable(getattr(self.place(call), name, None)):
                missing.append(call.function.name)
            wanted = {name, ALIASES.get(name, name)}
            if not any(re.search(rf"\b{re.escape(one)}\b", self.python_tests) for one in wanted):
                unused.append(call.function.name)
        self.assertEqual((missing, unused), ([], []))

    def test_php_tests_every_function(self):
        unused = []
        for call in self.calls:
            wanted = {words.lower_camel(call.name), words.lower_camel(ALIASES.get(call.name, call.name)), ALIASES.get(call.name, call.name)}
            if call.name == "store_open":
                wanted.add("open")
            if not any(re.search(rf"\b{re.escape(one)}\b", self.php_tests) for one in wanted):
                unused.append(call.function.name)
        self.assertEqual(unused, [])

    def test_what_the_library_says_has_a_name_in_each_language(self):
        """Every name of C in a message or hint of the library is one that the bindings replace."""
        found = set()
        for path in (support.SOURCE / "lib").glob("**/*.c"):
            for call in re.findall(r"pz__fail\((.*?)\);", path.read_text(encoding="utf-8"), re.S):
                for text in re.findall(r'"((?:[^"\\]|\\.)*)"', call):
                    found |= set(re.findall(r"\b(?:pz_|PZ_)\w+", text))
        self.assertGreater(len(found), 30)
        # A wrong struct_size, the length of a text and an allocator are matters of C alone.
        expected = {name for name in found if not name.endswith("_INIT")} - {"PZ_NUL_TERMINATED", "pz_allocator"}
        for language, method in (("python", "Actor.goal_support"), ("php", "Actor::goalSupport")):
            names = said.names(self.interface, language)
            self.assertEqual(names["pz_goal_support"], method)
            self.assertEqual(sorted(expected - set(names)), [])
            rows = re.findall(r'^    \{"(\w+)", "(\S+)"\},$', said.table(self.interface, language), re.M)
            self.assertEqual(dict(rows), names)
            self.assertEqual([name for name, _ in rows], sorted(names))
        for name, offered in said.names(self.interface, "python").items():
            if name.startswith("pz_"):
                whole = personalize
                for part in offered.split("."):
                    whole = getattr(whole, part, None)
                self.assertIsNotNone(whole, f"{name}: there is no {offered}")

    def test_names_of_the_exceptions_follow_the_codes(self):
        for status, name, _kind, _meaning, class_name in _native.status_rows():
            if status:
                self.assertEqual(words.error_name(name, "Error"), class_name)

    def test_the_stubs_name_what_there_is(self):
        package = Path(personalize.__file__).parent
        for stub in ("_exceptions.pyi", "_methods.pyi", "_records.pyi"):
            compile((package / stub).read_text(encoding="utf-8"), stub, "exec")
        self.assertTrue((package / "py.typed").exists())
        text = (package / "_methods.pyi").read_text(encoding="utf-8")
        for call in self.calls:
            self.assertRegex(text, rf"def {words.python_name(call.name)}\(")

    def test_every_method_says_what_it_does(self):
        silent = [call.function.name for call in self.calls if call.makes != "pz_store" and call.name != "store_restore"
                  and not (getattr(self.place(call), words.python_name(call.name)).__doc__ or "").strip()]
        self.assertEqual(silent, [])


if __name__ == "__main__":
    os.chdir(support.SOURCE)
    support.main()
