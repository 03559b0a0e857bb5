<?php
/** What is known of a learner beyond answers, with its history and who may see it. */
declare(strict_types=1);

use Personalize\{ConflictException, InvalidException, NotFoundException, ProfileSection, Role, Visibility};
use function Personalize\supportFeatureList;

require __DIR__ . '/school.php';

run([
    'an entry and its history' => function (string $folder) {
        $school = new School($folder);
        $learner = $school->actor('learner-1', Role::Learner);
        $entry = $learner->profileEntryAdd(learner: 'learner-1', section: 'interest', content: 'I like drawing comics');
        [$found] = $learner->profileEntryList(learner: 'learner-1');
        same([$entry, ProfileSection::Interest, Role::Learner, null], [$found->id, $found->section, $found->author_role, $found->value]);
        check($found->observed_at == $school->clock->now, 'now');
        check($learner->profileEntryRevise($found, content: 'I like drawing comics with my brother') > $found->version, 'a new version');
        refused(ConflictException::class, fn () => $learner->profileEntryRevise($found, content: 'Late'));
        $learner->profileEntryWithdraw($entry, 'Not any more');
        same([], $learner->profileEntryList(learner: 'learner-1'));
        check(count($learner->profileEntryList(learner: 'learner-1', with_history: true)) >= 2, 'all versions');
    },
    'numbers and visibility' => function (string $folder) {
        $school = new School($folder);
        $teacher = $school->actor('teacher-1', Role::Teacher);
        $teacher->profileEntryAdd(learner: 'learner-1', section: ProfileSection::TestScore, value: 231, standard_error: 3.5, scale: 'state', confidence: 0.9,
            observed_at: new DateTime('2026-09-01T07:00:00Z'));
        [$found] = $teacher->profileEntryList(class_id: 'class-5A', section: 'test_score');
        same([231.0, 3.5, 0.9, '07:00'], [$found->value, $found->standard_error, $found->confidence, $found->observed_at->format('H:i')]);
        refused(InvalidException::class, fn () => $teacher->profileEntryAdd(learner: 'learner-1', section: 'test_score', value: 1, confidence: 1.5));
        $school->actor('learner-1', Role::Learner)->profileEntryAdd(learner: 'learner-1', section: 'need', content: 'x', visibility: Visibility::Self);
        same(1, count($teacher->profileEntryList(learner: 'learner-1')));
    },
    'search, pages, history, supports' => function (string $folder) {
        $school = new School($folder);
        $learner = $school->actor('learner-1', Role::Learner);
        foreach (['Trains', 'SHIPS and trains', 'Comics'] as $words) {
            $entry = $learner->profileEntryAdd(learner: 'learner-1', section: 'interest', content: $words);
        }
        same(['SHIPS and trains'], array_map(fn ($e) => $e->content, $learner->profileEntryList(text: 'ships TRAINS')));
        $first = $learner->profileEntryList(limit: 2);
        same(1, count($learner->profileEntryList(limit: 2, after: $first[1]->id)));
        same(['Comics'], array_map(fn ($e) => $e->content, $learner->profileEntryHistory($entry)));
        $features = supportFeatureList('es');
        same(38, count($features));
        $counselor = $school->actor('counselor-1', Role::Counselor);
        $counselor->profileEntryAdd(learner: 'learner-1', section: 'support', code: $features[0]->name, activation: 'initial');
        refused(InvalidException::class, fn () => $counselor->profileEntryAdd(learner: 'learner-1', section: 'support', code: 'nothing'));
    },
    'tags, named adults, disputes, notes' => function (string $folder) {
        $school = new School($folder);
        $learner = $school->actor('learner-1', Role::Learner);
        $teacher = $school->actor('teacher-1', Role::Teacher);
        $entry = $learner->profileEntryAdd(learner: 'learner-1', section: 'interest', content: 'Comics', visibility: Visibility::Named);
        $learner->profileTagsSet($entry, [['tag' => 'Drawing', 'uri' => 'https://example.org/drawing']]);
        same('Drawing', $learner->profileTagList()[0]->tag);
        same('Drawing', $learner->profileDifference('learner-1', 0)['tags']['added'][0]['tag']['tag']);
        same([], $teacher->profileEntryList(learner: 'learner-1'));
        $learner->profileNamedAdd($entry, 'teacher-1');
        same(1, count($teacher->profileEntryList(tag: 'drawing')));
        same($school->teacher, $learner->profileNamedList($entry)[0]->person);
        $learner->profileNamedEnd($entry, 'teacher-1');
        same([], $teacher->profileEntryList(learner: 'learner-1'));
        $need = $teacher->profileEntryAdd(learner: 'learner-1', section: 'need', content: 'Never listens');
        $dispute = $learner->profileDisputeOpen($need, 'I do');
        check(in_array('due.dispute_answer', array_column($teacher->dueList(new DateTimeImmutable('2200-01-01')), 'code'), true), 'the dispute falls due');
        $teacher->profileDisputeAnswer($dispute, 'declined', 'It stands');
        same('It stands', $learner->profileDisputeList()[0]->answer);
        $learner->profileDisputeWithdraw($learner->profileDisputeOpen($need, 'Still'));
        $note = $teacher->privateNoteAdd('learner-1', 'Sits by the window');
        $teacher->privateNoteRevise($note, 'Sits by the door');
        same('Sits by the door', $teacher->privateNoteList()[0]->content);
        same(1, count($teacher->privateNoteList(text: 'DOOR', order: 'newest', limit: 1)));
        same([], $teacher->privateNoteList(text: 'window'));
        same(1, count($teacher->profileDisputeList(text: 'stands', class_id: 'class-5A', order: 'newest')));
        $teacher->privateNoteEnd($note);
        same([], $teacher->privateNoteList());
    },
    'who has read' => function (string $folder) {
        $school = new School($folder);
        $learner = $school->actor('learner-1', Role::Learner);
        $learner->profileEntryAdd(learner: 'learner-1', section: 'interest', content: 'Comics');
        $teacher = $school->actor('teacher-1', Role::Teacher);
        $teacher->profileEntryList(learner: 'learner-1', section: 'interest');
        $teacher->close();
        $reads = array_values(array_filter($learner->readList('learner-1'), fn ($r) => $r->section === ProfileSection::Interest));
        same([$school->teacher, Role::Teacher, 1], [$reads[0]->person, $reads[0]->role, $reads[0]->times]);
    },
    'upkeep' => function (string $folder) {
        $school = new School($folder);
        $learner = $school->actor('learner-1', Role::Learner);
        $learner->profileEntryAdd(learner: 'learner-1', section: 'interest', content: 'Comics');
        $rows = array_column($learner->profileUpkeepList(learner: 'learner-1'), null, 'name');
        same([false, true, Role::Guardian], [$rows['interest']->is_missing, $rows['background']->is_missing, $rows['background']->ask_role]);
        $wanting = array_column($learner->profileUpkeepList(learner: 'learner-1', wanting_only: true, interest: 90), 'name');
        check(!in_array('interest', $wanting, true) && in_array('misconception', $wanting, true), 'what is wanting');
        refused(InvalidException::class, fn () => $learner->profileUpkeepList(interest: 0));
        [$entry] = $learner->profileEntryList(learner: 'learner-1');
        same('Comics', $learner->profileEntryGet($entry->id)->content);
        refused(NotFoundException::class, fn () => $learner->profileEntryGet(999999));
    },
    'criteria for grouping' => function (string $folder) {
        $school = new School($folder);
        $learner = $school->actor('learner-1', Role::Learner);
        $entry = $learner->profileEntryAdd(learner: 'learner-1', section: 'need', code: 'Quiet');
        [$feature] = $school->actor('teacher-1', Role::Teacher)->profileFeatureList('class-5A', 'needs');
        same([$school->learners[0], 'quiet', $entry], [$feature->learner, $feature->name, $feature->entry]);
    },
    'the document' => function (string $folder) {
        $school = new School($folder);
        $school->addAnswers();
        $learner = $school->actor('learner-1', Role::Learner);
        check(is_array($learner->profile('learner-1')) && is_array($learner->profileGet($school->learners[0], 'es')), 'documents');
        refused(InvalidException::class, fn () => $learner->profile('learner-1', 'xx'));
        refused(NotFoundException::class, fn () => $learner->profile('learner-2'));
    },
    'the difference of two moments' => function (string $folder) {
        $school = new School($folder);
        $learner = $school->actor('learner-1', Role::Learner);
        $then = (int) $learner->profile('learner-1')['as_of_change'];
        $learner->profileEntryAdd(learner: 'learner-1', section: 'interest', content: 'I like drawing comics');
        [$found] = $learner->profileEntryList(learner: 'learner-1');
        $difference = $learner->profileDifference('learner-1', $then, language: 'es');
        same(1, $difference['count']);
        check(str_ends_with($difference['entries']['added'][0]['words'], 'nuevo en intereses: I like drawing comics'), 'words');
        same(0, $learner->profileDifference('learner-1', $found->version)['count']);
        refused(InvalidException::class, fn () => $learner->profileDifference('learner-1', $found->version, $then));
        refused(NotFoundException::class, fn () => $learner->profileDifference('learner-2', 0));
    },
]);
