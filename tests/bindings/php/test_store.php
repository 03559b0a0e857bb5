<?php
/** A store and its duties: options, joined changes, events, what falls due, backup, verify, export, erase, and asking as of a moment. */
declare(strict_types=1);

use Personalize\{EventKind, ExistsException, InvalidException, NotFoundException, NotStoreException, ReadOnlyException, Role, Scope, StateException, Store};

require __DIR__ . '/school.php';

run([
    'description and options' => function (string $folder) {
        $school = new School($folder);
        $info = $school->store->describe();
        same(['Riverside', 'UTC', false, '2026-09-01 08:00'], [$info->name, $info->time_zone, $info->has_host_key, $info->created_at->format('Y-m-d H:i')]);
        $keyed = Store::create("$folder/keyed.db", time_zone: '+05:30', host_key: fn (int $use) => str_repeat(chr($use), 32), durability: 'normal');
        same(true, $keyed->describe()->has_host_key);
        refused(InvalidException::class, fn () => Store::create("$folder/x.db", cache_kibibytes: 1));
        refused(ExistsException::class, fn () => Store::create($school->path));
        file_put_contents("$folder/text.db", str_repeat('no store', 1000));
        refused(NotStoreException::class, fn () => Store::open("$folder/text.db"));
        $reading = Store::open($school->path, read_only: true);
        refused(ReadOnlyException::class, fn () => $reading->service('nightly import', Scope::Import, 'test')->orgSave(name: 'X'));
        same(2, count($reading->actor('leader-1', Role::Leader, 'test')->classes()));
    },
    'joined changes' => function (string $folder) {
        $importer = (new School($folder))->service();
        $two = function ($importer) {
            $importer->orgSave(name: 'North');
            return $importer->orgSave(name: 'South');
        };
        check(is_int($importer->change('two orgs', $two, key: 'two')), 'what it returned');
        same(null, $importer->change('two orgs', $two, key: 'two'), 'once');
        refused(LogicException::class, fn () => $importer->change('undone', function ($importer) {
            $importer->orgSave(name: 'West');
            throw new LogicException('mine');
        }));
        same(4, count($importer->orgList()));
        same(false, $importer->changeBegin('by hand'));
        $importer->orgSave(name: 'East');
        $importer->changeUndo();
        refused(StateException::class, fn () => $importer->changeCommit());
    },
    'events and what is due' => function (string $folder) {
        $school = new School($folder);
        $teacher = $school->actor('teacher-1', Role::Teacher);
        $learner = $school->actor('learner-1', Role::Learner);
        foreach ($teacher->events() as $event) {
            $start = $event->cursor;
        }
        same([], iterator_to_array($teacher->events($start), false));
        refused(InvalidException::class, fn () => $teacher->changesSince($event->change));
        $goal = $learner->goalPropose(learner: 'learner-1', statement: 'Read more', due_on: '2026-09-20');
        $learner->goalAsk($goal, 'teacher-1', Role::Teacher);
        $kinds = array_map(fn ($event) => $event->kind, iterator_to_array($teacher->events($start, 1), false));
        check(in_array(EventKind::AwaitsAnswer, $kinds, true), 'something waits for the teacher');
        [$rows, $cursor] = $teacher->changesSince($start);
        same([[], $cursor], $teacher->changesSince($cursor));
        [$due] = $learner->dueList(new DateTimeImmutable('2026-09-30'));
        same([$goal, '2026-09-20', 'due.goal'], [$due->record, $due->due_on->format('Y-m-d'), $due->code]);
    },
    'as of' => function (string $folder) {
        $school = new School($folder);
        $teacher = $school->actor('teacher-1', Role::Teacher);
        $before = $school->clock->now;
        $change = $school->store->describe()->last_change;
        $school->clock->move('+1 day');
        $school->addAnswers();
        same(18, count($teacher->mastery()));
        $school->clock->move('+1 day');
        $past = $teacher->asOf($before);
        same([[], 6], [$past->mastery(), count($past->learners('class-5A'))]);
        same([], $teacher->asOfChange($change)->mastery());
        refused(ReadOnlyException::class, fn () => $past->goalPropose(learner: 'learner-1', statement: 'x'));
        refused(InvalidException::class, fn () => $teacher->asOf(new DateTimeImmutable('2050-01-01')));
    },
    'backup, verify, restore' => function (string $folder) {
        $school = new School($folder);
        $keeper = $school->service([Scope::Backup, Scope::Verify]);
        check(is_array($keeper->storeVerify(fn (float $done) => null)), 'a document');
        $keeper->storeBackup("$folder/copy.db");
        refused(ExistsException::class, fn () => $keeper->storeBackup("$folder/copy.db"));
        Store::restore("$folder/copy.db", "$folder/restored.db");
        same(1, count(Store::open("$folder/restored.db")->actor('teacher-1', 'teacher', 'test')->classes()));
    },
    'export and erase' => function (string $folder) {
        $school = new School($folder);
        check(str_contains(json_encode($school->actor('guardian-1', Role::Guardian)->personExport('learner-1')), 'Ana'), 'all of it');
        $eraser = $school->service([Scope::Erase, Scope::Read]);
        check(is_array($eraser->personErase('learner-1', key: 'request 7')), 'a receipt');
        refused(NotFoundException::class, fn () => $eraser->personGet('learner-1'));
    },
]);
