"""What needs no store: words, options, help, faults of use."""

import json
import os
import random
import re
import shutil
import signal
import subprocess
import unittest

import manual
from world import PROGRAM, FolderCase


class Words(FolderCase):
    def test_nothing_shows_what_there_is_and_fails(self):
        result = self.program.run()
        self.assertEqual((result.returncode, result.out), (2, ""))
        self.assertIn("import oneroster, case, csv", result.err)

    def test_unknown_commands_say_what_may_have_been_meant(self):
        for words, meant in [("goal list", "'goals'"), ("goals lsit", "'goals list'"), ("gruop show", "'group'"), ("veriffy now", "'verify'"),
                             ("mastery exlpain", "'mastery explain'"), ("help gaols", "'goals'")]:
            self.run_fault("PZ_E_INVALID", words, says="Did you mean " + meant, exit_status=2)
        fault = self.run_fault("PZ_E_INVALID", "xyzzy", "now", says="There is no command 'xyzzy'", exit_status=2)
        self.assertNotIn("Did you mean", fault["message"])

    def test_half_a_command_lists_the_rest(self):
        self.run_fault("PZ_E_INVALID", "goals", says="goals propose, goals draft", exit_status=2)
        self.run_fault("PZ_E_INVALID", "import", says="import oneroster, import case, import csv", exit_status=2)
        self.run_fault("PZ_E_INVALID", "mastery", "rule", says="'mastery rule' needs one more word: mastery rule set, mastery rule list")
        self.run_fault("PZ_E_INVALID", "mastery", "rule", "sett", says="Did you mean 'mastery rule set'?")

    def test_arguments_are_counted(self):
        self.run_fault("PZ_E_INVALID", "goals agree", says="'goals agree' needs GOAL")
        self.run_fault("PZ_E_INVALID", "restore only-one", says="BACKUP FILE")
        self.run_fault("PZ_E_INVALID", "goals list this", says="takes options only")
        self.run_fault("PZ_E_INVALID", "profile show a b", says="takes LEARNER and no more; 2 were given")

    def test_no_word_of_an_argument_is_repeated(self):
        result = self.program.run("goals", "propose", "I", "failed", "Latin")
        self.assertEqual(result.returncode, 2)
        self.assertNotIn("Latin", result.err)


class Options(FolderCase):
    def test_unknown_options_say_what_may_have_been_meant(self):
        self.run_fault("PZ_E_INVALID", "init --nmae x", says="Did you mean --name?")
        self.run_fault("PZ_E_INVALID", "page --fragmnt", says="Did you mean --fragment?")
        self.run_fault("PZ_E_INVALID", "init --xyzzy", says="There is no option --xyzzy")
        self.run_fault("PZ_E_INVALID", "init -q", says="There is no option -q")
        self.run_fault("PZ_E_INVALID", "init --nmae=secret words", says="--nmae")

    def test_an_unknown_option_does_not_repeat_its_value(self):
        result = self.program.run("init", "--nmae=Ada Lovelace")
        self.assertNotIn("Ada", result.err)

    def test_options_of_other_commands_are_refused(self):
        self.run_fault("PZ_E_INVALID", "info --strategy need", says="'info' does not take --strategy")
        self.run_fault("PZ_E_INVALID", "goals list --statement x", says="'goals list' does not take --statement")

    def test_values(self):
        self.run_fault("PZ_E_INVALID", "init --name", says="--name needs a value")
        self.run_fault("PZ_E_INVALID", "roster orgs --as --role teacher", says="--as needs a value: ID, act as this person")
        self.run_fault("PZ_E_INVALID", "version --json=yes", says="--json takes no value")
        self.run_fault("PZ_E_INVALID", "init --name a --name b", says="--name is given twice")

    def test_options_stand_anywhere_and_in_each_form(self):
        for arguments in (["--json", "version"], ["version", "--json"]):
            self.assertIn("version", json.loads(self.run_ok(*arguments).out))
        for form in (["--out", "x"], ["--out=x"], ["-o", "x"], ["-ox"]):
            self.assertEqual(self.run_ok(*form, "version").out, "")
            with open(self.path("x")) as file:
                self.assertRegex(file.read(), r"^personalize \d+\.\d+\.\d+\n$")
            os.remove(self.path("x"))

    def test_two_dashes_end_the_options(self):
        self.run_fault("PZ_E_INVALID", "help -- --all", says="There is no command '--all'")

    def test_who_acts_is_needed(self):
        self.run_fault("PZ_E_INVALID", "roster orgs", says="Say who acts: --as ID --role ROLE, or --service NAME")
        self.run_fault("PZ_E_INVALID", "goals propose --statement x", says="Say who acts: --as ID --role ROLE.")
        self.run_fault("PZ_E_INVALID", "goals propose --statement x --service s", says="A service cannot do this")
        self.run_fault("PZ_E_INVALID", "roster orgs --as a --role teacher --service s", says="not both")

    def test_the_store_is_needed(self):
        del self.program.environment["PERSONALIZE_STORE"]
        self.run_fault("PZ_E_INVALID", "info", says="--store FILE, or set PERSONALIZE_STORE")
        self.run_fault("PZ_E_INVALID", "roster orgs --service s", says="--store FILE")
        self.run_fault("PZ_E_INVALID", "init", says="--store FILE")


class Help(FolderCase):
    def commands(self):
        overview = self.run_ok("help", "--all").out
        return re.findall(r"(?m)^personalize ([a-z][a-z -]*[a-z])(?: [\[A-Z].*)?$", overview)

    def test_help_of_each_command(self):
        commands = self.commands()
        self.assertGreater(len(commands), 60)
        for command in commands:
            if command == "personalize":
                continue
            words = command.split()
            by_help, by_option = self.run_ok("help", *words), self.run_ok(*words, "--help")
            self.assertEqual(by_help.out, by_option.out)
            self.assertEqual(by_help.out, self.run_ok(*words, "-h").out)
            self.assertIn("\nExamples\n  personalize ", by_help.out, command)
            for line in by_help.out.splitlines():
                self.assertEqual(line, line.rstrip(), command)
                self.assertLessEqual(len(line), 110, line)

    def test_help_of_groups(self):
        for words in (["help", "goals"], ["goals", "--help"]):
            self.assertIn("goals propose", self.run_ok(*words).out)
        self.assertIn("mastery rule set", self.run_ok("help", "mastery", "rule").out)
        for command in self.commands():
            if " " in command:
                text = self.run_ok("help", command.split()[0]).out
                examples = text.partition("\nExamples\n")[2]
                self.assertRegex(examples, r"^  personalize %s " % command.split()[0], command)
                self.assertIn("personalize help %s COMMAND\n" % command.split()[0], text)
        self.run_fault("PZ_E_INVALID", "goals", says="See: personalize help goals")

    def test_exit_statuses_are_those_of_the_library(self):
        text = self.run_ok("help", "exit").out
        with open(os.path.join(os.environ["PERSONALIZE_ROOT"], "include/personalize/base.h")) as header:
            codes = re.findall(r"(?m)^ +(PZ_(?:E_\w+|OK)) = \d+", header.read())
        self.assertGreaterEqual(len(codes), 33)
        for code in codes:
            self.assertRegex(text, r"\b%s\b" % code)

    def test_the_overview_names_each_first_word(self):
        overview = self.run_ok("help").out
        for command in self.commands():
            self.assertRegex(overview, r"\b%s\b" % command.split()[-1])

    def manual(self, name):
        with open(os.path.join(os.environ["PERSONALIZE_ROOT"], name), encoding="utf-8") as file:
            return file.read()

    def test_the_page_for_man_says_what_help_says(self):
        self.assertEqual(self.manual("docs/personalize.1"), manual.man_page(PROGRAM), "write it anew with manual.py")

    def complete(self, *words):
        script = os.path.join(os.environ["PERSONALIZE_ROOT"], "bindings/cli/personalize.bash")
        line = 'source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _personalize; printf "%s\\n" "${COMPREPLY[@]}"'
        result = subprocess.run(["bash", "-c", line, script, "personalize", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                cwd=self.folder)
        self.assertEqual(result.stderr, b"")
        return result.stdout.decode().split()

    def test_the_completion_knows_what_help_knows(self):
        self.assertEqual(self.manual("bindings/cli/personalize.bash"), manual.completion(PROGRAM), "write it anew with manual.py")
        if not shutil.which("bash"):
            self.skipTest("no bash on this machine")
        self.assertEqual(self.complete("imp"), ["import"])
        self.assertEqual(self.complete("import", ""), ["oneroster", "case", "csv"])
        self.assertEqual(self.complete("mastery", "rule", "s"), ["set"])
        self.assertEqual(self.complete("goals", "--as", "x", "--json", "prop"), ["propose"])
        self.assertIn("--statement", self.complete("goals", "propose", "--stat"))
        self.assertEqual(self.complete("goals", "list", "--statem"), [])
        self.assertEqual(self.complete("page", "class-1", "--role", "t"), ["teacher"])
        with open(self.path("roster.zip"), "w"):
            pass
        self.assertEqual(self.complete("import", "oneroster", "ro"), ["roster.zip"])
        self.assertEqual(self.complete("info", "--store", "ro"), ["roster.zip"])

    def test_the_manual_says_what_help_says(self):
        text = self.manual("docs/command-line.md")
        reference = manual.reference(PROGRAM)
        self.assertEqual(text[text.index(manual.BEGIN):], reference, "write it anew with manual.py")
        for command in self.commands():
            if command != "personalize":
                self.assertIn("`personalize " + command, reference)

    def test_version(self):
        for words in (["version"], ["--version"], ["-V"]):
            self.assertRegex(self.run_ok(*words).out, r"^personalize \d+\.\d+\.\d+\n$")


class Output(FolderCase):
    def test_files_are_for_their_owner_and_whole(self):
        self.run_ok("help", "--all", "--out", "all.txt")
        self.assertEqual(os.stat(self.path("all.txt")).st_mode & 0o777, 0o600)
        self.assertEqual(os.listdir(self.folder), ["all.txt"])

    def test_a_failure_leaves_no_file_and_keeps_the_old_one(self):
        with open(self.path("old"), "w") as file:
            file.write("old")
        self.run_fault("PZ_E_INVALID", "roster orgs --out old")
        self.run_fault("PZ_E_INVALID", "roster orgs --out new")
        self.assertEqual(os.listdir(self.folder), ["old"])
        with open(self.path("old")) as file:
            self.assertEqual(file.read(), "old")

    def test_a_folder_that_is_not_there(self):
        self.run_fault("PZ_E_IO", "version --out nowhere/x", says="--out", exit_status=7)

    def test_a_full_disk_is_told(self):
        if not os.path.exists("/dev/full"):
            self.skipTest("no /dev/full on this machine")
        with open("/dev/full", "w") as full:
            result = subprocess.run([PROGRAM, "help", "--all"], stdout=full, stderr=subprocess.PIPE, env=self.program.environment)
        self.assertEqual(result.returncode, 7)
        self.assertIn(b"no space is left", result.stderr)

    def test_a_reader_that_goes_ends_it_quietly(self):
        reader, writer = os.pipe()
        os.close(reader)  # before the program starts, so that it cannot be done sooner
        process = subprocess.Popen([PROGRAM, "help", "--all"], stdout=writer, stderr=subprocess.PIPE, env=self.program.environment)
        os.close(writer)
        self.assertEqual(process.stderr.read(), b"")
        self.assertEqual(process.wait(), -signal.SIGPIPE)
        process.stderr.close()

    def test_faults_are_safe_for_terminals(self):
        result = self.program.run("help", "\x1b[31mred\u202e")
        self.assertNotIn("\x1b", result.err)
        self.assertNotIn("\u202e", result.err)
        self.assertIn("\\u001b[31mred\\u202e", result.err)

    def test_faults_are_good_text_whatever_was_typed(self):
        for typed in (b"\xff\xfe", b"\xc3", "é".encode() * 500, b"a\nb", b"\xf0\x9f\x98\x80" * 100):
            for words in ([typed], [b"due", b"--until", typed, b"--service", b"s"], [b"goals", typed]):
                fault = json.loads(self.program.run(*words, b"--json").err)
                self.assertGreater(len(fault["message"]), 10)
                self.assertNotIn("\n", fault["message"])


class Models(FolderCase):
    def test_models_with_their_defaults(self):
        models = self.run_json("mastery models")
        self.assertEqual([model["model"] for model in models], ["latest", "highest", "mean", "decaying_average", "n_of_m", "bkt"])
        self.assertEqual(len(self.run_ok("mastery", "models").out.splitlines()), 6)


class Anything(FolderCase):
    """Whatever is typed, the program ends with one of its statuses and says what was wrong."""

    def test_random_words(self):
        seed = int(os.environ.get("PZ_TEST_SEED", "1"))
        draw = random.Random(seed)
        help_text = self.run_ok("help", "--all").out
        options = sorted(set(re.findall(r"--[a-z][a-z-]+", help_text)))
        words = sorted(set(word for command in re.findall(r"(?m)^personalize ([a-z][a-z -]*[a-z])", help_text) for word in command.split()))
        odd = ["", "-", "--", "-x", "=", "--=", "--json=", "id:1", "id:", "latest", "@", "@-", "@missing", "@.", "%s%n%n", "\x1b[2J", "é" * 300, "9" * 400,
               "x" * 9000, "2026-02-30", "1-2-3", "a,b", "a:1", "../..", "nul\ufffd", "-0", "1e400", "--out=", "-o", "-s."]
        for _ in range(250):
            arguments = [draw.choice(draw.choice((words, words, options, odd))) for _ in range(draw.randint(0, 7))]
            result = self.program.run(*arguments) if len(arguments) != 1 or " " not in arguments[0] else self.program.run(arguments[0], "")
            context = "seed %d: %r\n%s" % (seed, arguments, result.err)
            self.assertIn(result.returncode, (0, 2, 3, 4, 5, 6, 7), context)
            self.assertEqual(result.returncode == 0, result.err == "", context)
            self.assertNotIn("\x1b", result.err + result.out, context)


if __name__ == "__main__":
    unittest.main()
