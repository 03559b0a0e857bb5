<?php
/** Who is where: orgs, classes, people, enrollments and guardians, as each role sees them. */
declare(strict_types=1);

use Personalize\{ConflictException, DeniedException, KeyReusedException, Kind, NotFoundException, Role, Scope};

require __DIR__ . '/school.php';

run([
    'lists as each role sees them' => function (string $folder) {
        $school = new School($folder);
        foreach ([[$school->teacher, Role::Teacher, 6], [$school->guardian, Role::Guardian, 1], [$school->counselor, Role::Counselor, 8]] as [$person, $role, $count]) {
            same($count, count($school->actor($person, $role)->people(role: Role::Learner)), $role->name);
        }
    },
    'a class' => function (string $folder) {
        $school = new School($folder);
        $teacher = $school->actor('teacher-1', 'teacher');
        [$class] = $teacher->classes();
        same([$school->classA, '5A', 'scheduled'], [$class->id, $class->title, $class->kind]);
        check($teacher->classGet('class-5A') == $class && $teacher->classGet($class) == $class, 'the same in each way');
        same(['Ana', 'Ben', 'Chi', 'Dee', 'Eli', 'Fay'], array_map(fn ($person) => $person->given_name, $teacher->learners($class)));
        $enrolled = $teacher->enrollmentList(class_id: $class);
        same(7, count($enrolled));
        same('2026-09-01', $enrolled[0]->begins_on->format('Y-m-d'));
        refused(NotFoundException::class, fn () => $teacher->classGet($school->classB));
    },
    'people and roles' => function (string $folder) {
        $reader = (new School($folder))->service(Scope::Read);
        $ana = $reader->personGet(['sis', 'learner-1']);
        same(['Ana', 'ana', true, false, null], [$ana->given_name, $ana->username, $ana->enabled, $ana->ended, $ana->email]);
        same(Role::Learner, $reader->personRoleList($ana)[0]->role);
        same(1, count($reader->guardianshipList(learner: 'learner-1')));
        same('Valley', $reader->orgGet('org-1')->name);
        same(['Valley', 'Riverside'], array_map(fn ($org) => $org->name, $reader->orgList()));
        same('Autumn', $reader->academicSessionList()[0]->title);
        same('Mathematics 5', $reader->courseList()[0]->title);
        same((string) $ana->id, json_decode(json_encode($ana))->id);
    },
    'revising and ending' => function (string $folder) {
        $school = new School($folder);
        $importer = $school->service();
        $ana = $importer->personGet('learner-1');
        same($ana->id, $importer->personSave($ana->with(preferred_given_name: 'Anna')));
        same('Anna', $importer->personGet($ana)->preferred_given_name);
        $importer->personSave($ana, preferred_given_name: null);
        same(null, $importer->personGet($ana)->preferred_given_name);
        [$enrollment] = $importer->enrollmentList(person: $ana);
        $importer->rosterEnd('enrollment', $enrollment);
        same([], $importer->enrollmentList(person: $ana));
        $importer->guardianshipEnd('learner-1', 'guardian-1');
        same([], $importer->guardianshipList($ana));
        $importer->rosterEnd(Kind::SchoolClass, 'class-5B');
        same([1, 2], [count($importer->classes()), count($importer->classes(with_ended: true))]);
    },
    'keys' => function (string $folder) {
        $importer = (new School($folder))->service();
        $first = $importer->personSave(given_name: 'Ida', family_name: 'Example', key: 'request-1');
        same($first, $importer->personSave(given_name: 'Ida', family_name: 'Example', key: 'request-1'));
        refused(KeyReusedException::class, fn () => $importer->personSave(given_name: 'Jon', family_name: 'Example', key: 'request-1'));
    },
    'outside ids' => function (string $folder) {
        $school = new School($folder);
        $importer = $school->service();
        same($school->learners[0], $importer->idResolve(Kind::Person, 'sis', 'learner-1'));
        same([$school->learners[1], 0], $importer->idResolveMany(Kind::Person, 'sis', ['learner-2', 'nobody']));
        same('learner-1', $importer->outsideIdList(Kind::Person, $school->learners[0])[0]->text);
        $importer->personSave(given_name: 'Ana', family_name: 'Other', source: 'lms', outside_id: 'learner-1');
        refused(ConflictException::class, fn () => $importer->personGet('learner-1'));
        same($school->learners[0], $school->store->person('sis', 'learner-1'));
    },
    'rights' => function (string $folder) {
        $school = new School($folder);
        refused(DeniedException::class, fn () => $school->actor('teacher-1', 'teacher')->personSave(given_name: 'X', family_name: 'Y'));
        refused(DeniedException::class, fn () => $school->actor($school->teacher, Role::Leader));
        refused(NotFoundException::class, fn () => $school->actor('nobody', Role::Leader));
    },
]);
