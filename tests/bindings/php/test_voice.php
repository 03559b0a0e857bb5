<?php
/** What learners say: by text and by video, for help, shared with a class, answered, acted on; days to answer in; counter-proposals. */
declare(strict_types=1);

use Personalize\{ConflictException, HostileException, Kind, NotFoundException, Role, VoiceAvenue, VoiceKind, VoiceState};

require __DIR__ . '/school.php';

const VIDEO = ['name' => 'Tables.webm', 'reference' => 'voice/7f3a.webm', 'type' => 'video/webm', 'size' => 1048576,
    'hash' => '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08', 'alternative' => 'I show how the tables could stand'];

run([
    'by video, answered and acted on' => function (string $folder) {
        $school = new School($folder);
        $learner = $school->actor('learner-1', Role::Learner);
        $teacher = $school->actor('teacher-1', Role::Teacher);
        $entry = $learner->voiceSay(null, [VIDEO], learner: 'learner-1', kind: 'idea', avenue: 'video', key: 'video-1');
        $found = $teacher->voiceGet($entry);
        same([VoiceKind::Idea, VoiceAvenue::Video, VoiceState::Open, null], [$found->kind, $found->avenue, $found->state, $found->content]);
        same([VIDEO['reference'], 1048576], [$teacher->voiceMediaList($entry)[0]->reference, $teacher->voiceMediaList($entry)[0]->size]);
        $teacher->voiceSee($entry);
        check(in_array($entry, array_map(fn ($due) => $due->record, $teacher->dueList('2200-01-01')), true), 'it waits');
        $teacher->voiceReply($entry, 'Let us try it');
        $teacher->voiceAct($entry, 'The tables stand so since today', key: 'act');
        same([VoiceState::Seen, VoiceState::Answered, VoiceState::ActedOn], array_map(fn ($one) => $one->state, $learner->voiceAnswerList($entry)));
        $learner->voiceReopen($entry, 'It is loud again');
        $teacher->voiceDecline($entry, 'The room is too small');
        $learner->voiceWithdraw($entry);
        check(count($learner->voiceHistory($entry)) === 7, 'every version');
        refused(HostileException::class, fn () => $learner->voiceSay(null, [['name' => 'x.exe'] + VIDEO], learner: 'learner-1', kind: 'idea', avenue: 'video'));
    },
    'help, sharing, counts' => function (string $folder) {
        $school = new School($folder);
        $learner = $school->actor('learner-1', Role::Learner);
        $classmate = $school->actor('learner-2', Role::Learner);
        $teacher = $school->actor('teacher-1', Role::Teacher);
        $help = $learner->helpAsk('They laugh at me', key: 'help');
        same($help, $teacher->voiceList(owed_only: true)[0]->id);
        refused(NotFoundException::class, fn () => $school->actor('guardian-1', Role::Guardian)->voiceGet($help));
        $entry = $learner->voiceSay(learner: 'learner-1', kind: VoiceKind::Need, content: 'Time to read', shared_with: 'class-5A');
        same([null], array_map(fn ($one) => $one->learner, $classmate->voiceList(shared_only: true)));
        $classmate->voiceCosign($entry);
        same([1, 1], [$learner->voiceGet($entry)->cosigned, count($teacher->voiceCosignerList($entry))]);
        $teacher->voiceFile($entry, 'reading');
        same('reading', $learner->voiceGet($entry)->topic);
        same(2, $teacher->voiceCountList(class_id: 'class-5A')[0]->waiting);
    },
    'written down by an adult; days; counter-proposal' => function (string $folder) {
        $school = new School($folder);
        $learner = $school->actor('learner-1', Role::Learner);
        $teacher = $school->actor('teacher-1', Role::Teacher);
        $entry = $teacher->voiceSay(learner: 'learner-1', kind: 'preference', content: 'I like to stand');
        $learner->voiceAgree($entry);
        $found = $learner->voiceGet($entry);
        same(true, $found->learner_agreed);
        $learner->voiceRevise($found, content: 'I like to work standing');
        refused(ConflictException::class, fn () => $learner->voiceRevise($found, content: 'Too late'));
        $service = $school->service();
        $service->voicePolicySet(kind: 'need', days: 0);
        same([0], array_map(fn ($one) => $one->days, $service->voicePolicyList()));
        $school->addAnswers();
        $competency = $school->competencies[0];
        $counter = $learner->counterPropose(subject: 'estimate', competency: $competency, estimate: 0.9, reason: 'I was ill');
        same(0.9, $teacher->counterGet($counter)->estimate);
        $teacher->voiceAct($counter, 'Once more on Friday', Kind::Competency, $competency);
        same($competency, $learner->voiceAnswerList($counter)[0]->done);
    },
    'themes' => function (string $folder) {
        $school = new School($folder);
        foreach (array_slice($school->learners, 0, 6) as $one) {
            $school->actor($one, Role::Learner)->voiceSay(learner: $one, kind: 'idea', content: 'A longer break', topic: 'Break');
        }
        $learner = $school->actor('learner-1', Role::Learner);
        $theme = $learner->themeList($school->classA)[0];
        same(['break', 5, VoiceState::Open], [$theme->topic, $theme->learners, $theme->state]);
        $school->actor('teacher-1', Role::Teacher)->themeAnswer($school->classA, 'Break', VoiceState::ActedOn, 'Five minutes more');
        same(['Five minutes more'], array_map(fn ($one) => $one->content, $learner->themeReplyList($school->classA, 'break')));
    },
]);
