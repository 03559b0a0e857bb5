"""Frameworks, competencies and what precedes what."""
import personalize
import support
from personalize import AssociationKind, Kind, Role
from school import School


class Competency(support.Case):
    def setUp(self):
        super().setUp()
        self.school = School(self.folder)
        self.addCleanup(self.school.close)

    def test_reading(self):
        with self.school.actor("learner-1", Role.LEARNER) as learner:
            (framework,) = learner.framework_list()
            self.assertEqual((framework.title, framework.language, framework.ended), ("Fractions", "en", False))
            found = learner.competency_list(framework=framework)
            self.assertEqual([c.code for c in found], ["F.1", "F.2", "F.3"])
            (second,) = learner.competency_list(code="F.2")
            self.assertEqual(learner.competency_get("F.2"), second)
            self.assertEqual([c.code for c in learner.competency_list(text="f.", order="code", limit=2, after=found[0])], ["F.2", "F.3"])
            self.refused(personalize.InvalidError, learner.competency_list, limit=-1)
            self.assertEqual([c.code for c in learner.competency_prerequisites("F.3")], ["F.2", "F.1"])
            kinds = {a.kind for a in learner.association_list(competency=second)}
            self.assertEqual(kinds, {AssociationKind.PRECEDES})
            self.assertEqual(len(learner.association_list(kind="precedes")), 2)
            self.assertEqual(learner.association_list(kind=AssociationKind.EXEMPLAR), [])

    def test_writing(self):
        first, _second, third = self.school.competencies
        with self.school.service() as importer:
            error = self.refused(personalize.InvalidError, importer.association_save, framework=self.school.framework, kind="precedes", origin=third,
                                 destination=first)
            self.assertIn(str(first), str(error))
            competency = importer.competency_get(first)
            importer.competency_save(competency, statement="Name every unit fraction")
            self.assertEqual(importer.competency_get(first).statement, "Name every unit fraction")
            child = importer.competency_save(framework=self.school.framework, code="F.1.a", statement="Halves")
            importer.association_save(framework=self.school.framework, kind="isChildOf", origin=child, destination=first)
            self.assertEqual([c.code for c in importer.competency_list(under=first)], ["F.1", "F.1.a"])
            self.assertNotIn("F.1", [c.code for c in importer.competency_list(leaves_only=True)])
            importer.competency_end(Kind.COMPETENCY, child)
            self.assertEqual(len(importer.competency_list()), 3)
            framework = importer.framework_list()[0]
            importer.framework_save(framework, version="2")
            self.assertEqual(importer.framework_list()[0].version, "2")


if __name__ == "__main__":
    support.main()
