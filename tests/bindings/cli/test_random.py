"""Random commands with random values over a real store: each ends with a status of its own, prints good JSON, and harms nothing."""

import json
import os
import random
import unittest

import manual
from world import PROGRAM, SchoolCase

ACTORS = ["--as learner-1 --role learner", "--as teacher-1 --role teacher", "--as leader-1 --role leader", "--as guardian-1 --role guardian",
          "--as counselor-1 --role counselor", "--service anything"]
# What fits now and then, and what fits nowhere.
VALUES = ["learner-1", "learner-2", "class-1", "class-2", "school-1", "line-1", "M.1", "M.3", "latest", "id:1", "id:50", "1", "0", "-1",
          "999999999999", "2026-09-01", "2026-10-31", "2027-01-01", "2025-01-01T00:00:00Z", "mixed", "need", "random", "active", "open",
          "interest", "test_score", "", "0.5", "1e300", "2-3", "3", "learner-1,learner-2", "learner-3,learner-4", "learner-1:1",
          "learner-2:2", "learner-9:1", "class:class-1", "org:school-1", '{"model":"mean"}', "{", "mastery", "estimate", "teacher",
          "guardian", "guardian-1", "formative", "\u202e", "<b>", "é" * 200, "person", "all", "self", "change:5"]
FITTING = {"GOAL": ["latest"], "CYCLE": ["latest"], "RECOMMENDATION": ["latest"], "ENTRY": ["latest"], "LEARNER": ["learner-1", "learner-3"],
           "PERSON": ["learner-2"], "CLASS": ["class-1"], "COMPETENCY": ["M.1", "M.3"]}
ROUNDS = int(os.environ.get("PZ_TEST_ROUNDS", "150"))


class Anything(SchoolCase):
    def commands(self):
        found = [command for command in map(manual.command, manual.blocks(PROGRAM)) if command]
        return [row for row in found if row[0].split()[0] not in ("init", "import", "backup", "restore", "help", "version")]

    def draw_command(self, draw, commands):
        words, arguments, _, options = draw.choice(commands)
        line = words.split()
        for argument in arguments.replace("[", "").replace("]", "").split():
            line.append(draw.choice(FITTING.get(argument, VALUES) if draw.random() < 0.8 else VALUES))
        for _, option, _ in options:
            if draw.random() < 0.35:
                name = option.split()[0]
                line.append(name + "=" + draw.choice(VALUES) if " " in option else name)
        line += draw.choice(ACTORS).split()
        if draw.random() < 0.15:
            line += ["--as-of", draw.choice(["change:10", "2026-11-24", "change:0", "2020-01-01"])]
        return line + (["--json"] if draw.random() < 0.3 else [])

    def test_random_commands(self):
        seed = int(os.environ.get("PZ_TEST_SEED", "1"))
        print("seed %d (set PZ_TEST_SEED to change it)" % seed)
        draw, commands, done = random.Random(seed), self.commands(), 0
        self.assertGreater(len(commands), 55)
        for _ in range(ROUNDS):
            line = self.draw_command(draw, commands)
            result = self.program.run(*line)
            context = "seed %d: %r\n%s" % (seed, line, result.err)
            self.assertIn(result.returncode, (0, 2, 3, 4, 5, 6, 7), context)
            self.assertEqual(result.returncode == 0, result.err == "", context)
            if result.returncode == 0 and "--json" in line and "--style" not in line:
                json.loads(result.out)
            done += result.returncode == 0
        self.assertGreater(done, ROUNDS // 10)
        self.run_ok("verify --service check")


if __name__ == "__main__":
    unittest.main()
