<?php
/** Frameworks, competencies and what precedes what. */
declare(strict_types=1);

use Personalize\{AssociationKind, InvalidException, Kind, Role};

require __DIR__ . '/school.php';

run([
    'reading' => function (string $folder) {
        $school = new School($folder);
        $learner = $school->actor('learner-1', Role::Learner);
        [$framework] = $learner->frameworkList();
        same('Fractions', $framework->title);
        same(['F.1', 'F.2', 'F.3'], array_map(fn ($one) => $one->code, $learner->competencyList(framework: $framework)));
        [$second] = $learner->competencyList(code: 'F.2');
        check($learner->competencyGet('F.2') == $second, 'by its outside id');
        same(['F.3'], array_map(fn ($one) => $one->code, $learner->competencyList(text: 'f.', order: 'code', limit: 2, after: $second)));
        refused(InvalidException::class, fn () => $learner->competencyList(limit: -1));
        same(['F.2', 'F.1'], array_map(fn ($one) => $one->code, $learner->competencyPrerequisites('F.3')));
        same(AssociationKind::Precedes, $learner->associationList(competency: $second)[0]->kind);
        same(2, count($learner->associationList(kind: 'precedes')));
    },
    'writing' => function (string $folder) {
        $school = new School($folder);
        $importer = $school->service();
        [$first, , $third] = $school->competencies;
        $error = refused(InvalidException::class, fn () => $importer->associationSave(framework: $school->framework, kind: 'precedes', origin: $third,
            destination: $first));
        check(str_contains($error->getMessage(), (string) $first), 'the circle is named');
        $importer->competencySave($importer->competencyGet($first), statement: 'Name every unit fraction');
        same('Name every unit fraction', $importer->competencyGet($first)->statement);
        $child = $importer->competencySave(framework: $school->framework, code: 'F.1.a', statement: 'Halves');
        $importer->associationSave(framework: $school->framework, kind: 'isChildOf', origin: $child, destination: $first);
        same(2, count($importer->competencyList(under: $first)));
        $importer->competencyEnd(Kind::Competency, $child);
        same(3, count($importer->competencyList()));
        $importer->frameworkSave($importer->frameworkList()[0], version: '2');
        same('2', $importer->frameworkList()[0]->version);
    },
]);
