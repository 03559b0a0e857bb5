"""What comes next, activities, resources and plans, on the command line."""
import unittest

from world import SchoolCase

TEACHER = "--as teacher-1 --role teacher"
LEARNER = "--as learner-1 --role learner"
GUARDIAN = "--as guardian-1 --role guardian"


class Next(SchoolCase):
    def test_steps_of_a_class_and_of_one(self):
        steps = self.teacher("next steps --class class-1 --limit 1")
        self.assertEqual({row["rank"] for row in steps}, {1})
        self.assertEqual(len(steps), len({row["learner"] for row in steps}))
        mine = self.run_json("next steps " + LEARNER)
        self.assertTrue(mine and all(row["reason"] and row["title"] for row in mine))
        self.assertIn(mine[0]["reason"].split(".")[0], self.run_ok("next steps " + LEARNER).out)
        self.assertEqual({row["kind"] for row in self.teacher("next steps --kind learn")}, {"learn"})
        self.assertNotEqual(self.run_json("next steps --language es " + LEARNER)[0]["reason"], mine[0]["reason"])
        self.assertEqual(len(self.run_json("next steps --limit 1 " + GUARDIAN)), 1)

    def test_what_is_refused(self):
        self.run_fault("PZ_E_NOT_FOUND", "next steps --learner learner-1 --as teacher-2 --role teacher", exit_status=3)
        self.run_fault("PZ_E_INVALID", "next steps --kind magic " + TEACHER)
        self.run_fault("PZ_E_INVALID", "next steps --class class-1 --org school-1 " + TEACHER)


if __name__ == "__main__":
    unittest.main()
