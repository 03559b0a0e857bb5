<?php
/** Assessments, items, evidence in columns, and the mastery that follows from it. */
declare(strict_types=1);

use Personalize\{AssessmentKind, DeniedException, Evidence, InvalidException, ItemOption, Kind, MasteryDecision, Role};

require __DIR__ . '/school.php';

run([
    'assessments and items' => function (string $folder) {
        $school = new School($folder);
        $teacher = $school->actor('teacher-1', Role::Teacher);
        $first = $school->competencies[0];
        $quiz = $teacher->assessmentSave(class_id: 'class-5A', title: 'Quiz', kind: AssessmentKind::Formative, held_on: '2026-09-01', score_max: 10);
        [$found] = $teacher->assessmentList(class_id: 'class-5A');
        same([$quiz, AssessmentKind::Formative, null, 10.0], [$found->id, $found->kind, $found->score_min, $found->score_max]);
        $item = $teacher->itemSave(code: 'Q1', stem: '1/2 + 1/3?');
        $belief = $teacher->misconceptionSave(competency: $first, code: 'adds-both', statement: 'Adds both');
        $teacher->itemOptionsSet($item, [['item' => $item, 'option' => 1, 'label' => 'A', 'is_correct' => 1],
            new ItemOption(item: $item, option: 2, label: 'B', is_correct: 0, misconception: $belief)]);
        same([null, $belief], array_map(fn ($option) => $option->misconception, $teacher->itemOptionList($item)));
        $teacher->bearingsSet(Kind::Item, $item, [['of' => $item, 'competency' => $first, 'weight' => 0.5]]);
        same(0.5, $teacher->bearingList('item', $item)[0]->weight);
        same('Q1', $teacher->itemList(competency: $first, text: '1/2', limit: 1)[0]->code);
        same([], $teacher->itemList(after: $item));
        same('adds-both', $teacher->misconceptionList(competency: $first, text: 'ADDS')[0]->code);
        same([$quiz], array_map(fn ($one) => $one->id, $teacher->assessmentList(text: 'QUIZ', kind: 'formative', limit: 1)));
    },
    'predictions' => function (string $folder) {
        $school = new School($folder);
        $teacher = $school->actor('teacher-1', Role::Teacher);
        $stored = $teacher->evidenceAddPredicted(learner: array_fill(0, 3, 'learner-1'), competency: array_fill(0, 3, 'F.1'), score: [1.0, 1.0, 0.0], key: 'predicted');
        same([0.18, 0.54, 0.84], array_map(fn (float $one): float => round($one, 6), $stored->prediction));
        $again = $teacher->evidenceAddPredicted(learner: array_fill(0, 3, 'learner-1'), competency: array_fill(0, 3, 'F.1'), score: [1.0, 1.0, 0.0], key: 'predicted');
        same([$stored->prediction, $stored->sequence], [$again->prediction, $again->sequence]);
        same(null, $teacher->evidenceRead(learner: 'learner-1')->prediction);
    },
    'beliefs' => function (string $folder) {
        $school = new School($folder);
        $teacher = $school->actor('teacher-1', Role::Teacher);
        $say = fn (array $scores, int $kind) => $teacher->evidenceAdd(learner: array_fill(0, count($scores), $school->learners[0]),
            competency: array_fill(0, count($scores), $school->competencies[0]), score: $scores, kind: array_fill(0, count($scores), $kind));
        $say([0.0, 0.0, 0.0], 1);
        $say([0.9], 5);
        same([['System', 3], ['Learner', 1]], array_map(fn ($row) => [$row->believer->name, $row->count], $teacher->beliefList('learner-1', 'F.1')));
    },
    'class view' => function (string $folder) {
        $school = new School($folder);
        $teacher = $school->actor('teacher-1', Role::Teacher);
        $test = $teacher->assessmentSave(class_id: 'class-5A', title: 'View', kind: AssessmentKind::Formative);
        $items = [$teacher->itemSave(code: 'V1'), $teacher->itemSave(code: 'V2')];
        foreach ($items as $item) {
            $teacher->itemOptionsSet($item, [['item' => $item, 'option' => 1, 'label' => 'A', 'is_correct' => 1], ['item' => $item, 'option' => 2, 'label' => 'B', 'is_correct' => 0]]);
            $teacher->evidenceAdd(learner: array_slice($school->learners, 0, 4), competency: array_fill(0, 4, $school->competencies[0]), score: [1.0, 1.0, 0.0, 0.0],
                item: array_fill(0, 4, $item), option: [1, 1, 2, 2], assessment: array_fill(0, 4, $test));
        }
        $class = $school->classA;
        [$spread] = $teacher->classDistributionList($class);
        same($spread->learners, $spread->low + $spread->middle + $spread->high + $spread->not_enough);
        same([[$items[0], 4, 0.5], [$items[1], 4, 0.5]], array_map(fn ($row) => [$row->item, $row->learners, $row->difficulty], $teacher->itemAnalysisList($class, $test)));
        same([[1, 2], [2, 2], [1, 2], [2, 2]], array_map(fn ($row) => [$row->option, $row->chosen], $teacher->optionAnalysisList($class, $test)));
        refused(DeniedException::class, fn () => $teacher->itemFairnessList($class, $test, 'sex', 'female'));
    },
    'columns in and out' => function (string $folder) {
        $school = new School($folder);
        same([96, 8], [$school->addAnswers()->rows, $school->addAnswers()->learners]);
        $teacher = $school->actor('teacher-1', Role::Teacher);
        $evidence = $teacher->evidenceRead(class_id: 'class-5A');
        same([Evidence::class, 72], [$evidence::class, count($evidence)]);
        foreach ($evidence as $row) {
            same(11, count($row));
        }
        same(6, count($teacher->evidenceRead(learner: 'learner-1', from: new DateTimeImmutable('2026-09-01T08:06:00Z'))));
        $importer = $school->service();
        same(72, $importer->evidenceAdd(new Evidence($evidence->toArray()))->rows, 'what came out goes in');
        $packed = ['learner' => pack('q*', ...$school->learners), 'competency' => pack('q*', ...array_fill(0, 8, $school->competencies[0])),
            'score' => pack('d*', 0, 0, 0, 0, 1, 1, 1, 1)];
        same(8, $importer->evidenceAdd($packed)->rows);
        same(8, $importer->evidenceAdd(learner: $school->learners, competency: $school->competencies[1], score: array_fill(0, 8, 1), weight: 0.5)->rows);
    },
    'outside ids' => function (string $folder) {
        $school = new School($folder);
        $teacher = $school->actor('teacher-1', Role::Teacher);
        $teacher->evidenceAdd(learner: ['learner-1', ['sis', 'learner-2'], $school->learners[2]], competency: ['F.1', 'F.1', 'F.1'], score: [1, 0, 1],
            kind: ['observation', 'response', 1]);
        same(3, count($teacher->evidenceRead(competency: ['case', 'F.1'])));
    },
    'corrections' => function (string $folder) {
        $school = new School($folder);
        $school->addAnswers();
        $teacher = $school->actor('teacher-1', Role::Teacher);
        $sequence = $teacher->evidenceRead(learner: 'learner-1', competency: 'F.1')->sequence[0];
        $teacher->evidenceCorrect('learner-1', 'F.1', $sequence, 0.5, 'Marked wrongly');
        check(in_array(0.5, $teacher->evidenceRead(learner: 'learner-1', competency: 'F.1')->score, true), 'corrected');
        $teacher->evidenceCorrect('learner-1', 'F.1', $sequence, null, 'Not of this learner');
        same(3, count($teacher->evidenceRead(learner: 'learner-1', competency: 'F.1')));
    },
    'mastery and rules' => function (string $folder) {
        $school = new School($folder);
        $school->addAnswers(skill: 1.2);
        $teacher = $school->actor('teacher-1', Role::Teacher);
        $rows = $teacher->mastery(class_id: 'class-5A');
        same([18, MasteryDecision::Mastered, 'bkt', 4], [count($rows), $rows[0]->decision, $rows[0]->model, $rows[0]->evidence_count]);
        check($teacher->explainMastery('learner-1', 'F.1') === $teacher->learnerMasteryExplain('learner-1', 'F.1', 'en'), 'explained');
        $importer = $school->service();
        $rule = $importer->masteryRuleSet(null, null, ['model' => 'mean', 'mastered_at' => 0.7]);
        $importer->masteryRuleSet($school->classA, 'F.1', '{"model": "latest"}');
        check(in_array($rule, array_map(fn ($one) => $one->id, $importer->masteryRuleList()), true), 'listed');
        refused(InvalidException::class, fn () => $importer->masteryRuleSet(null, null, ['model' => 'magic']));
        same(['latest', 'mean', 'mean'], array_map(fn ($row) => $row->model, $teacher->mastery(learner: 'learner-1')));
        same(18, count($teacher->learnerMasteryList()));
    },
]);
