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


class Activities(SchoolCase):
    def test_from_a_board_to_a_result(self):
        save = "activity save --class class-1 "
        self.run_ok(save + "--title Sums --choose 1 --choose-by 2099-01-01 " + TEACHER)
        board = self.teacher("activity list")[0]["id"]
        for title in ("Weigh", "Count"):
            self.run_ok(save + "--board %s --title %s --how 'alone' --teaches M.1 --minutes 40 %s" % (board, title, TEACHER))
        weigh, count = [row["id"] for row in self.teacher("activity list --board %s" % board)]
        self.assertEqual(self.teacher("activity ties latest")[0]["kind"], "teaches")
        self.run_fault("PZ_E_INVALID", "activity save --activity %s --needs-done %s %s" % (weigh, weigh, TEACHER))
        self.run_ok("activity save --activity %s --minutes 50 %s" % (weigh, TEACHER))
        self.run_fault("PZ_E_CONFLICT", "activity save --activity %s --minutes 60 --if-version 1 %s" % (weigh, TEACHER), exit_status=4)
        self.run_ok("activity assign %s --learner learner-1 --due 2099-02-01 %s" % (board, TEACHER))
        self.assertEqual(self.run_json("next steps --kind choice " + LEARNER)[0]["title"], "Sums")
        self.run_fault("PZ_E_INVALID", "activity choose latest --pick %s --pick %s %s" % (weigh, count, LEARNER))
        self.run_ok("activity choose latest --pick %s %s" % (weigh, LEARNER))
        self.run_ok("activity choose latest --how alone " + LEARNER)
        self.run_fault("PZ_E_INVALID", "activity choose latest --how loudly " + LEARNER)
        self.run_ok("activity start latest " + LEARNER)
        self.run_ok("activity submit latest --content Done --link https://example.org/1 " + LEARNER)
        self.run_ok("activity return latest --score 0.9 --note Good " + TEACHER)
        (mine,) = [row["id"] for row in self.run_json("activity assignments --activity %s %s" % (weigh, LEARNER))]
        history = self.run_json("activity history %s %s" % (mine, LEARNER))
        self.assertEqual([row["state"] for row in history], ["assigned", "assigned", "started", "submitted", "returned"])
        self.assertEqual(self.teacher("activity assignments --state returned")[0]["score"], 0.9)
        weeks = self.run_json("activity weeks --begins 2099-01-26 --until 2099-02-01 " + LEARNER)
        self.assertEqual((weeks[0]["due"], weeks[0]["minutes"], weeks[0]["finished"]), (1, 50, 1))
        self.run_ok("activity take M.3 " + LEARNER)
        self.run_fault("PZ_E_EXISTS", "activity take M.3 " + LEARNER, exit_status=4)
        self.run_ok("activity drop latest --reason Later " + LEARNER)
        self.run_ok("activity take M.3 " + LEARNER)
        self.run_ok("activity excuse latest --reason Ill " + TEACHER)
        self.run_fault("PZ_E_DENIED", "activity save --title x --class class-1 " + LEARNER, exit_status=3)


class Plans(SchoolCase):
    def test_from_a_template_to_the_next_year(self):
        self.run_ok("goals propose --statement Carrying " + LEARNER)
        self.run_ok("plan begin --learner learner-1 --begins 2027-01-11 " + TEACHER)
        (plan,) = self.run_json("plan list " + LEARNER)
        self.assertEqual((plan["title"], plan["state"], plan["ends_on"], plan["parts"]), ("My learning plan", "draft", "2027-09-19", 1))
        self.run_ok("plan sign latest --note Yes " + LEARNER)
        self.run_fault("PZ_E_DENIED", "plan sign latest --as leader-1 --role leader", exit_status=3)
        self.run_ok("plan change latest --vision Bridges --part competency:M.3 " + LEARNER)
        self.run_fault("PZ_E_CONFLICT", "plan change latest --title Other --if-version %s %s" % (plan["version"], TEACHER), says="vision", exit_status=4)
        for who in (LEARNER, TEACHER, GUARDIAN):
            self.run_ok("plan sign latest " + who)
        shown = self.run_json("plan show latest " + GUARDIAN)
        self.assertEqual((shown["plan"]["state"], shown["plan"]["vision"], shown["missing"]), ("agreed", "Bridges", []))
        self.assertEqual([c["competency"]["code"] for c in shown["competencies"]], ["M.3"])
        self.assertIn("Carrying", self.run_ok("plan show latest " + LEARNER).out)
        self.run_ok("checkin plan --learner learner-1 --due 2099-02-05 " + TEACHER)
        self.run_ok("plan review latest --checkin latest --outcome Good " + TEACHER)
        self.assertEqual(self.run_json("plan show latest " + LEARNER)["reviews"][0]["outcome"], "Good")
        self.run_ok("plan carry latest --begins 2027-09-20 --ends 2028-06-30 " + TEACHER)
        self.assertEqual([row["state"] for row in self.run_json("plan list " + LEARNER)], ["closed", "draft"])
        self.assertEqual(len(self.run_json("plan history %s %s" % (plan["id"], LEARNER))), 4)
        self.run_ok("plan close latest " + LEARNER)

    def test_templates(self):
        self.run_ok("plan copy own-1 --org school-1 --title Science " + TEACHER)
        rows = self.teacher("plan templates")
        self.assertEqual([row["title"] for row in rows], ["Plan with support", "My next six weeks", "My learning plan", "Science"])
        self.run_ok("plan begin --template latest --begins 2027-01-11 " + LEARNER)
        self.assertEqual(self.run_json("plan list " + LEARNER)[0]["ends_on"], "2027-02-21")
        self.run_fault("PZ_E_INVALID", "plan begin " + LEARNER, says="--begins")
        self.run_fault("PZ_E_INVALID", "plan change latest --part goal " + LEARNER, says="--part takes")


if __name__ == "__main__":
    unittest.main()
