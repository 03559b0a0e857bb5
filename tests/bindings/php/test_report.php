<?php
/** The pages of a class and of one learner. */
declare(strict_types=1);

use Personalize\{DeniedException, InvalidException, NotFoundException, PageAudience, PageOptions, Role};

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
    'the page of a family' => function (string $folder) {
        $school = new School($folder);
        $school->addAnswers();
        $learner = $school->actor('learner-1', Role::Learner);
        check(str_contains($learner->guardianPage('learner-1'), 'How you can help'), 'a page');
        check($learner->guardianPageData('learner-1')['document'] === 'guardian-page', 'the data');
    },
    'the page of a school' => function (string $folder) {
        $school = new School($folder);
        $school->addAnswers();
        $leader = $school->actor('leader-1', Role::Leader);
        $org = $leader->orgList()[0]->id;
        check(str_contains($leader->schoolPage($org), 'Growth by class'), 'a page');
        check($leader->schoolPageData($org, smallest_cell: 2)['smallest_cell'] === 2, 'the data');
    },
    'a digest' => function (string $folder) {
        $school = new School($folder);
        $school->addAnswers();
        $learner = $school->actor('learner-1', Role::Learner);
        check(str_contains($learner->digest('learner-1'), 'One next step'), 'a letter');
        check($learner->digestData('learner-1', language: 'es')['for'] === 'learner', 'its data');
    },
    'charts' => function (string $folder) {
        $school = new School($folder);
        $school->addAnswers();
        $teacher = $school->actor('teacher-1', Role::Teacher);
        $class = $teacher->classList(order: 'oldest', limit: 1)[0]->id;
        $charts = $teacher->pageCharts(PageAudience::Teacher, $class)['charts'];
        check(in_array('mastery', array_column($charts, 'name'), true), 'their names');
        check(str_starts_with($teacher->pageSvg(PageAudience::Teacher, $class, 'mastery'), '<svg'), 'a picture');
        check(count($teacher->pageVegaLite(PageAudience::Teacher, $class, 'distribution')['data']['values']) > 0, 'a specification');
        refused(NotFoundException::class, fn () => $teacher->pageSvg(PageAudience::Teacher, $class, 'nothing'));
    },
]);
