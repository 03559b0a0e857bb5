"""Questionnaires and self-checks: a document with questions, answers that are the learner's alone, and what becomes of them."""
import json

import personalize
import support
from personalize import AnswerState, Kind, Role, Visibility, VoiceKind
from school import School

DOCUMENT = {"document": "questionnaire", "format": 1, "title": "How I work", "questions": [
    {"code": "need", "kind": "text", "prompt": "What do you need?", "becomes": {"record": "voice", "kind": "need"}},
    {"code": "place", "kind": "pictures", "prompt": "Where?", "becomes": {"record": "profile_entry", "section": "technology"}, "pictures": [
        {"code": "floor", "reference": "p/1.png", "alternative": "On the floor"}, {"code": "desk", "reference": "p/2.png", "alternative": "At a desk"}]},
    {"code": "mood", "kind": "scale", "prompt": "How are you?", "from": 1, "to": 5}]}


class Questionnaires(support.Case):
    def setUp(self):
        super().setUp()
        self.school = School(self.folder)
        self.addCleanup(self.school.close)
        self.learner = self.school.actor("learner-1", Role.LEARNER)
        self.teacher = self.school.actor("teacher-1", Role.TEACHER)
        self.addCleanup(self.learner.close)
        self.addCleanup(self.teacher.close)

    def test_from_questions_to_entries(self):
        questionnaire = self.teacher.questionnaire_save(self.school.school, 0, json.dumps(DOCUMENT), key="q-1")
        found = self.learner.questionnaire_get(questionnaire)
        self.assertEqual((found["title"], len(found["questions"])), ("How I work", 3))
        row = self.learner.questionnaire_list()[1]
        self.assertEqual((row.id, row.questions), (questionnaire, 3))
        response = self.learner.questionnaire_answer(questionnaire, row.version, [
            {"question": "need", "text": "Quiet"}, {"question": "place", "picture": "floor"}, {"question": "mood", "number": 4}])
        answers = self.learner.answer_list(response=response)
        self.assertEqual([(a.becomes, a.content, a.state) for a in answers],
                         [(Kind.VOICE, "Quiet", AnswerState.WAITING), (Kind.PROFILE_ENTRY, "On the floor", AnswerState.WAITING), (None, "How are you?", None)])
        self.refused(personalize.DeniedError, self.teacher.answer_list)
        entry = self.learner.answer_confirm(answers[0].id, "I need it quiet", Visibility.TEACHERS)
        self.assertEqual((self.teacher.voice_get(entry).kind, self.teacher.voice_get(entry).content), (VoiceKind.NEED, "I need it quiet"))
        self.learner.answer_drop(answers[1].id)
        self.assertEqual([a.id for a in self.learner.answer_list(state="dropped")], [answers[1].id])
        self.teacher.questionnaire_end(questionnaire)
        self.refused(personalize.StateError, self.learner.questionnaire_answer, questionnaire, row.version, [{"question": "need", "text": "x"}])
        self.refused(personalize.InvalidError, self.teacher.questionnaire_save, self.school.school, 0, "{}")

    def test_the_own_self_check(self):
        self.assertEqual(self.learner.questionnaire_get(0, "es")["title"], "¿Cómo te va?")
        self.learner.questionnaire_answer(0, 0, [{"question": "interest", "text": "Trains"}])
        entry = self.learner.answer_confirm(self.learner.answer_list()[0].id)
        self.assertEqual([e.id for e in self.teacher.profile_entry_list(learner="learner-1")], [entry])


if __name__ == "__main__":
    support.main()
