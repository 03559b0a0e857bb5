"""The pages of a class and of one learner."""
import personalize
import support
from personalize import PageOptions, Role
from school import School


class Report(support.Case):
    def setUp(self):
        super().setUp()
        self.school = School(self.folder)
        self.addCleanup(self.school.close)
        self.school.add_answers()
        self.teacher = self.school.actor("teacher-1", Role.TEACHER)
        self.addCleanup(self.teacher.close)

    def test_a_page(self):
        page = self.teacher.class_page("class-5A")
        self.assertIsInstance(page, str)
        self.assertIn("<html", page)
        self.assertIn("<svg", page)
        self.assertIn("Ana", page)
        self.assertNotIn("http-equiv", self.teacher.class_page("class-5A", language="es", fragment=True))

    def test_a_fragment(self):
        fragment = self.teacher.class_page("class-5A", options=PageOptions(fragment=True, id_prefix="a"))
        self.assertNotIn("<html", fragment)
        self.assertIn("pz-", fragment)
        self.assertIn(".pz-", personalize.page_style())

    def test_the_data(self):
        data = self.teacher.class_page_data("class-5A", language="en")
        self.assertIsInstance(data, dict)
        self.refused(personalize.InvalidError, self.teacher.class_page, "class-5A", language="xx")
        self.refused(personalize.InvalidError, self.teacher.class_page, "class-5A", id_prefix="a b", fragment=True)
        with self.school.actor("learner-1", Role.LEARNER) as learner:
            self.refused(personalize.DeniedError, learner.class_page, "class-5A")

    def test_the_page_of_a_learner(self):
        with self.school.actor("learner-1", Role.LEARNER) as learner:
            page = learner.learner_page("learner-1")
            self.assertIn("<html", page)
            self.assertIn("Ana", page)
            data = learner.learner_page_data("learner-1", language="es")
            self.assertEqual(data["document"], "learner-page")
            self.assertTrue(data["competencies"])
            self.refused(personalize.NotFoundError, learner.learner_page, "learner-2")

    def test_the_page_of_a_family(self):
        with self.school.actor("learner-1", Role.LEARNER) as learner:
            self.assertIn("How you can help", learner.guardian_page("learner-1"))
            self.assertEqual(learner.guardian_page_data("learner-1")["document"], "guardian-page")

    def test_the_page_of_a_school(self):
        with self.school.actor("leader-1", Role.LEADER) as leader:
            org = leader.org_list()[0].id
            self.assertIn("Growth by class", leader.school_page(org))
            data = leader.school_page_data(org, smallest_cell=2)
            self.assertEqual(data["smallest_cell"], 2)
            self.assertTrue(data["classes"])
        self.refused(personalize.DeniedError, self.teacher.school_page, org)

    def test_a_digest(self):
        with self.school.store.actor("learner-1", Role.LEARNER, purpose="weekly digest") as learner:
            self.assertIn("One next step", learner.digest("learner-1"))
            data = learner.digest_data("learner-1", language="es")
            self.assertEqual(data["document"], "digest")
            self.assertEqual(data["for"], "learner")
            self.refused(personalize.InvalidError, learner.digest, "learner-1", since="2999-01-01")

    def test_notebooks_show_pages_and_charts(self):
        page = self.teacher.page("teacher", "class-5A", language="en")
        self.assertEqual(repr(page), f"<personalize.Page for the teacher of {page.whose}>")
        shown = page._repr_html_()
        self.assertTrue(shown.startswith("<style>"))
        self.assertNotIn("<html", shown)
        self.assertIn("<html", page.html)
        self.assertEqual(page.data["document"], "class-page")
        chart = page.charts["mastery"]
        self.assertTrue(chart._repr_svg_().startswith("<svg"))
        self.assertEqual(chart.vega_lite["title"], chart.title)
        self.assertIn("mastery", repr(chart))
        self.assertIs(page.charts, page.charts)
        with self.school.actor("learner-1", Role.LEARNER) as learner:
            self.assertIn("How you can help", learner.page("guardian", "learner-1").html)

    def test_charts(self):
        class_id = self.teacher.class_list(order="oldest", limit=1)[0].id
        charts = self.teacher.page_charts("teacher", class_id)
        names = [chart["name"] for chart in charts["charts"]]
        self.assertIn("mastery", names)
        self.assertTrue(self.teacher.page_svg("teacher", class_id, "mastery").startswith("<svg"))
        spec = self.teacher.page_vega_lite("teacher", class_id, "distribution", direction="rtl")
        self.assertEqual(spec["$schema"], "https://vega.github.io/schema/vega-lite/v5.json")
        self.assertTrue(spec["data"]["values"])
        self.assertEqual(self.teacher.page_svg("teacher", class_id), self.teacher.page_svg("teacher", class_id, "mastery"))
        self.refused(personalize.NotFoundError, self.teacher.page_svg, "teacher", class_id, "nothing")
        self.refused(personalize.InvalidError, self.teacher.class_page, class_id, learner_link="javascript:alert(1)")


if __name__ == "__main__":
    support.main()
