<?php
/** Questionnaires and self-checks: a document with questions, answers that are the learner's alone, and what becomes of them. */
declare(strict_types=1);

use Personalize\{AnswerState, DeniedException, Kind, Role, StateException, Visibility, VoiceKind};

require __DIR__ . '/school.php';

run([
    'from questions to entries' => function (string $folder) {
        $school = new School($folder);
        $learner = $school->actor('learner-1', Role::Learner);
        $teacher = $school->actor('teacher-1', Role::Teacher);
        $document = ['document' => 'questionnaire', 'format' => 1, 'title' => 'How I work', 'questions' => [
            ['code' => 'need', 'kind' => 'text', 'prompt' => 'What do you need?', 'becomes' => ['record' => 'voice', 'kind' => 'need']],
            ['code' => 'mood', 'kind' => 'scale', 'prompt' => 'How are you?', 'from' => 1, 'to' => 5, 'becomes' => ['record' => 'voice', 'kind' => 'feedback']]]];
        $questionnaire = $teacher->questionnaireSave($school->school, 0, json_encode($document), key: 'q-1');
        $row = $learner->questionnaireList()[1];
        same([$questionnaire, 2], [$row->id, $row->questions]);
        $response = $learner->questionnaireAnswer($questionnaire, $row->version, [['question' => 'need', 'text' => 'Quiet'], ['question' => 'mood', 'number' => 4]]);
        $answers = $learner->answerList(response: $response);
        same([Kind::Voice, 'Quiet', AnswerState::Waiting], [$answers[0]->becomes, $answers[0]->content, $answers[0]->state]);
        refused(DeniedException::class, fn () => $teacher->answerList());
        $entry = $learner->answerConfirm($answers[0]->id, visibility: Visibility::Teachers);
        same(VoiceKind::Need, $teacher->voiceGet($entry)->kind);
        $learner->answerDrop($answers[1]->id);
        same(1, count($learner->answerList(state: AnswerState::Dropped)));
        $teacher->questionnaireEnd($questionnaire);
        refused(StateException::class, fn () => $learner->questionnaireAnswer($questionnaire, $row->version, [['question' => 'need', 'text' => 'x']]));
        $own = $learner->questionnaireGet(0, 'es');
        same('¿Cómo te va?', is_array($own) ? $own['title'] : $own->title);
    },
]);
