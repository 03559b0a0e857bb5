<?php
/** The pages of a class and of one learner. */
declare(strict_types=1);

use Personalize\{DeniedException, InvalidException, NotFoundException, PageOptions, Role};

require __DIR__ . '/school.php';

run([
    'pages, fragments and data' => function (string $folder) {
        $school = new School($folder);
        $school->addAnswers();
        $teacher = $school->actor('teacher-1', Role::Teacher);
        $page = $teacher->classPage('class-5A');
        check(str_contains($page, '<html') && str_contains($page, '<svg') && str_contains($page, 'Ana'), 'a page');
        $fragment = $teacher->classPage('class-5A', new PageOptions(fragment: true, id_prefix: 'a', language: 'es'));
        check(!str_contains($fragment, '<html') && str_contains($fragment, 'pz-'), 'a fragment');
        check(str_contains(Personalize\pageStyle(), '.pz-'), 'its style');
        check(is_array($teacher->classPageData('class-5A', language: 'en')), 'the data');
        refused(InvalidException::class, fn () => $teacher->classPage('class-5A', language: 'xx'));
        refused(DeniedException::class, fn () => $school->actor('learner-1', Role::Learner)->classPage('class-5A'));
    },
    'the page of a learner' => function (string $folder) {
        $school = new School($folder);
        $school->addAnswers();
        $learner = $school->actor('learner-1', Role::Learner);
        $page = $learner->learnerPage('learner-1');
        check(str_contains($page, '<html') && str_contains($page, 'Ana'), 'a page');
        $data = $learner->learnerPageData('learner-1', language: 'es');
        check(is_array($data) && count($data['competencies']) > 0, 'the data');
        refused(NotFoundException::class, fn () => $learner->learnerPage('learner-2'));
    },
]);
