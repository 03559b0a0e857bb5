<?php
/** Bad use: every mistake is an exception of the library's own, and none ends the process. */
declare(strict_types=1);

use Personalize\{Actor, BusyHandleException, CancelledException, ClosedException, ForkedException, GoalArea, InvalidException, NotFoundException,
    OutOfMemoryException, PersonQuery, Role, Scope, Store, TextException, TooLongException, WrongTypeException};

require __DIR__ . '/school.php';

final class Mine extends Exception
{
}

const BAD_IDS = [1.0, NAN, 2 ** 70, true, [], ['sis'], ['sis', 5], [1, 2, 3], ['a' => 1]];

/** What a script prints that runs in a process of its own, and its exit status. */
function script(string $code, string ...$arguments): array
{
    $file = tempnam(sys_get_temp_dir(), 'pz');
    file_put_contents($file, '<?php require ' . var_export(__DIR__ . '/school.php', true) . ";\n$code");
    $command = [PHP_BINARY, '-d', 'extension=' . getenv('PERSONALIZE_PHP_EXTENSION'), '-d', 'display_errors=stderr', $file, ...$arguments];
    $process = proc_open($command, [1 => ['pipe', 'w'], 2 => ['pipe', 'w']], $pipes);
    $out = stream_get_contents($pipes[1]);
    $said = stream_get_contents($pipes[2]);
    $status = proc_close($process);
    unlink($file);
    return [trim($out), $status, $said];
}

run([
    'closed handles' => function (string $folder) {
        $school = new School($folder);
        $teacher = $school->actor($school->teacher, Role::Teacher);
        $teacher->close();
        $teacher->close();
        check(!$teacher->isOpen(), 'closed');
        refused(ClosedException::class, fn () => $teacher->classes());
        refused(ClosedException::class, fn () => $teacher->goalPropose(learner: 1, statement: 'x'));
        $school->store->close();
        refused(ClosedException::class, fn () => $school->store->describe());
        refused(ClosedException::class, fn () => $school->store->actor('teacher-1', Role::Teacher, 'test'));
    },
    'messages name the argument' => function (string $folder) {
        $school = new School($folder);
        $store = $school->store;
        $teacher = $school->actor($school->teacher, Role::Teacher);
        foreach ([Store::open(...), Store::create(...), Personalize\csvMappingSuggest(...), fn ($path) => Store::restore($school->path, $path)] as $call) {
            $error = refused(WrongTypeException::class, fn () => $call(null));
            same(['path must be a path (a string), not null', 'path'], [$error->getMessage(), $error->field]);
        }
        $calls = [
            'person' => fn (mixed $bad) => $store->actor($bad, Role::Teacher, 'test'),
            'class_id' => fn (mixed $bad) => $teacher->personList(class_id: $bad),
            'learner' => fn (mixed $bad) => $teacher->evidenceAdd(learner: [$bad], kind: 'observed', outcome: [1.0]),
            'statement' => fn (mixed $bad) => $teacher->goalPropose(learner: 1, statement: $bad),
            'purpose' => fn (mixed $bad) => $store->actor($school->teacher, Role::Teacher, $bad),
        ];
        foreach ($calls as $name => $call) {
            $error = refused(TextException::class, fn () => $call("a\0"), $name);
            same(["$name holds a NUL at byte 2: take it out, such as with str_replace(\"\\0\", '', ...)", $name], [$error->getMessage(), $error->field]);
        }
        $error = refused(TooLongException::class, fn () => $calls['person'](str_repeat('x', 300)));
        same(['person is longer than its limit of 255 bytes.', 'person'], [$error->getMessage(), $error->field]);
        $error = refused(TextException::class, fn () => $calls['person'](["s\0", 'a']));
        check(str_starts_with($error->getMessage(), 'the source of person holds a NUL at byte 2'), $error->getMessage());
        foreach ([[5, 'a'], ['a', null], ['a']] as $bad) {
            $error = refused(WrongTypeException::class, fn () => $calls['person']($bad));
            check(str_starts_with($error->getMessage(), 'person must be an id'), $error->getMessage());
        }
    },
    'messages speak PHP' => function (string $folder) {
        $school = new School($folder);
        $store = $school->store;
        $teacher = $school->actor($school->teacher, Role::Teacher);
        $error = refused(InvalidException::class, fn () => $store->actor($school->teacher, 9, 'test'));
        same('For a program of the host use Store::service().', $error->hint);
        $error = refused(NotFoundException::class, fn () => $teacher->goalGet(999));
        same('Actor::goalList() lists them.', $error->hint);
        $error = refused(InvalidException::class, fn () => $store->service(null, Scope::Read, 'test'));
        same(['name must not be empty.', 'name'], [$error->getMessage(), $error->field]);
        $error = refused(InvalidException::class, fn () => $teacher->groupingRecommend(null, null, class_id: 1, nosuch: 2));
        check(str_starts_with($error->getMessage(), 'GroupingRequest has no member "nosuch"; its members are class_id, '), $error->getMessage());
        $error = refused(WrongTypeException::class, fn () => Personalize\Native\pz_goal_get($store->handle(), 5));
        check(str_starts_with($error->getMessage(), 'actor must be Actor, not '), $error->getMessage());
    },
    'an actor outlives its store' => function (string $folder) {
        $school = new School($folder);
        $teacher = $school->actor($school->teacher, Role::Teacher);
        $school->store->close();
        unset($school);
        same(1, count($teacher->classes()));
        $past = $teacher->asOf('2026-09-01T08:00:00Z');
        unset($teacher);
        check(is_array($past->classes()), 'a view of its own');
    },
    'objects without constructor' => function () {
        foreach ([Store::class, Actor::class] as $class) {
            $made = (new ReflectionClass($class))->newInstanceWithoutConstructor();
            refused(ClosedException::class, fn () => $made instanceof Store ? $made->describe() : $made->personList());
            $made->close();
            $length = strlen($class);
            refused(WrongTypeException::class, fn () => unserialize("O:$length:\"$class\":0:{}"));
        }
        refused(Error::class, fn () => new Store());
        refused(ClosedException::class, fn () => Personalize\Native\pz_org_list(new Personalize\Native\Handle(), 0));
        refused(Exception::class, fn () => unserialize('O:25:"Personalize\Native\Handle":0:{}'));
        refused(Exception::class, fn () => serialize(new Personalize\Native\Handle()));
        refused(Error::class, fn () => clone new Personalize\Native\Handle());
        refused(Error::class, function () {
            $handle = new Personalize\Native\Handle();
            $handle->x = 1;
        });
    },
    'copies' => function (string $folder) {
        $school = new School($folder);
        $teacher = $school->actor($school->teacher, Role::Teacher);
        refused(WrongTypeException::class, fn () => clone $teacher);
        refused(WrongTypeException::class, fn () => serialize($teacher));
        same(1, count($teacher->classes()));
    },
    'a subclass that forgets its constructor' => function (string $folder) {
        $class = get_class(new class extends Personalize\Handled {
        });
        refused(WrongTypeException::class, fn () => Personalize\Native\pz_store_describe('x'));
        check(!(new $class())->isOpen(), 'closed');
    },
    'ids' => function (string $folder) {
        $school = new School($folder);
        $teacher = $school->actor($school->teacher, Role::Teacher);
        foreach (BAD_IDS as $bad) {
            foreach (['personGet', 'goalGet', 'classes', 'profileGet'] as $call) {
                fails(fn () => $teacher->$call($bad), "$call " . shown($bad));
            }
            fails(fn () => $teacher->goalPropose(learner: $bad, statement: 'x'), shown($bad));
            fails(fn () => $teacher->mastery(competency: $bad), shown($bad));
        }
        foreach ([0, -1, PHP_INT_MAX, PHP_INT_MIN, null, new stdClass()] as $bad) {
            fails(fn () => $teacher->personGet($bad), shown($bad));
        }
        refused(WrongTypeException::class, fn () => $teacher->goalGet('goal-1'));
        refused(NotFoundException::class, fn () => $teacher->personGet('nobody'));
        refused(InvalidException::class, fn () => $teacher->goalAgree(new Personalize\Goal()));
    },
    'texts' => function (string $folder) {
        $school = new School($folder);
        $teacher = $school->actor($school->teacher, Role::Teacher);
        foreach (["a\0b", "\xff\xfe", "caf\xe9"] as $bad) {
            refused(TextException::class, fn () => $teacher->goalPropose(learner: 'learner-1', statement: $bad), bin2hex($bad));
            refused(TextException::class, fn () => $teacher->goalPropose(learner: 'learner-1', statement: 'x', key: $bad), bin2hex($bad));
            refused(TextException::class, fn () => $teacher->personGet($bad));
            refused(TextException::class, fn () => $school->store->service($bad, Scope::Read, 'x'));
        }
        refused(TextException::class, fn () => Store::open("a\0b"));
        foreach ([5, 1.5, true, [], new stdClass()] as $bad) {
            refused(WrongTypeException::class, fn () => $teacher->goalPropose(learner: 'learner-1', statement: $bad));
            refused(WrongTypeException::class, fn () => Store::open($bad));
        }
        refused(TooLongException::class, fn () => $teacher->goalPropose(learner: 'learner-1', statement: str_repeat('x', 65537)));
    },
    'records' => function (string $folder) {
        $school = new School($folder);
        $teacher = $school->actor($school->teacher, Role::Teacher);
        foreach ([5, 'goal', new stdClass(), new PersonQuery()] as $bad) {
            refused(WrongTypeException::class, fn () => $teacher->goalPropose($bad), shown($bad));
        }
        refused(InvalidException::class, fn () => $teacher->goalPropose());
        refused(InvalidException::class, fn () => $teacher->goalPropose([1, 2]));
        refused(InvalidException::class, fn () => $teacher->goalPropose(statment: 'x'));
        refused(InvalidException::class, fn () => $teacher->goalPropose(learner: 1, statement: 'x', area: 'sport'));
        refused(WrongTypeException::class, fn () => $teacher->goalPropose(learner: 1, statement: 'x', area: 1.0));
        refused(InvalidException::class, fn () => $teacher->goalPropose(learner: 1, statement: 'x', area: 2 ** 40));
        refused(WrongTypeException::class, fn () => $teacher->goalPropose(learner: 1, statement: 'x', target: 'high'));
        refused(WrongTypeException::class, fn () => $teacher->goalPropose(learner: 1, statement: 'x', due_on: 5));
        refused(InvalidException::class, fn () => $teacher->goalPropose(learner: 1, statement: 'x', due_on: 'soon'));
        foreach ([5, 'moves', ['learner' => 1], [5], [null], new PersonQuery()] as $bad) {
            fails(fn () => $teacher->recommendationChange(1, 1, $bad), shown($bad));
        }
        foreach (['principal', 99, -1, 2 ** 40, null, 3.0, GoalArea::Career] as $bad) {
            fails(fn () => $school->actor($school->teacher, $bad), shown($bad));
        }
        fails(fn () => $school->store->service('x', [], 'test'));
        fails(fn () => $school->store->service('x', 4096, 'test'));
        fails(fn () => $school->store->service('x', [Scope::Read, 'none'], 'test'));
        foreach (get_declared_classes() as $class) {
            if (is_subclass_of($class, Personalize\Record::class)) {
                new $class();
                fails(fn () => new $class(nothing: 1), $class);
            }
        }
    },
    'evidence' => function (string $folder) {
        $school = new School($folder);
        $teacher = $school->actor($school->teacher, Role::Teacher);
        $good = ['learner' => [$school->learners[0]], 'competency' => [$school->competencies[0]], 'score' => [1.0]];
        foreach ([5, 'evidence', new stdClass()] as $bad) {
            refused(WrongTypeException::class, fn () => $teacher->evidenceAdd($bad), shown($bad));
        }
        foreach ([['learner', [1.0]], ['learner', [NAN]], ['learner', 'abc'], ['score', ['1']], ['score', [2]], ['score', [1.0, 1.0]], ['score', [null]],
            ['at', [5.5]], ['kind', ['guess']], ['kind', [77]], ['weight', [0]], ['option', [1.5]], ['learner', ['nobody']], ['competency', [['case']]],
            ['colour', [1]], ['score', new stdClass()], ['learner', [new stdClass()]]] as [$name, $bad]) {
            fails(fn () => $teacher->evidenceAdd([$name => $bad] + $good), $name . ' ' . shown($bad));
        }
        fails(fn () => $teacher->evidenceAdd());
        same(1, $teacher->evidenceAdd($good)->rows);
    },
    'callbacks that throw' => function (string $folder) {
        $school = new School($folder);
        $throws = fn () => throw new Mine('of the caller');
        $keeper = $school->service(Scope::Backup);
        refused(Mine::class, fn () => $keeper->storeBackup("$folder/copy.db", progress: $throws));
        check(!file_exists("$folder/copy.db"), 'nothing is left');
        refused(CancelledException::class, fn () => $keeper->storeBackup("$folder/copy.db", progress: fn (float $done): bool => false));
        refused(WrongTypeException::class, fn () => $keeper->storeBackup("$folder/copy.db", progress: 'no_such_function'));
        foreach ([$throws, fn () => 'short', fn () => 5, fn () => [], fn (string $use) => throw new Mine()] as $number => $bad) {
            $error = null;
            try {
                Store::create("$folder/keyed-$number.db", host_key: $bad);
            } catch (Throwable $error) {
            }
            check($error !== null, "host key $number");
        }
        foreach ([[$throws, Mine::class], [fn () => 'now', InvalidException::class], [fn () => 1.5, WrongTypeException::class]] as $number => [$bad, $class]) {
            refused($class, fn () => Store::create("$folder/timed-$number.db", clock: $bad));
        }
    },
    'use within its own callback' => function (string $folder) {
        $school = new School($folder);
        $keeper = $school->service([Scope::Backup, Scope::Read]);
        $seen = 0;
        $keeper->storeBackup("$folder/copy.db", progress: function () use ($keeper, &$seen) {
            refused(BusyHandleException::class, fn () => $keeper->classes());
            refused(BusyHandleException::class, fn () => $keeper->close());
            $seen++;
        });
        check($seen > 0, 'the callback was called');
        same(2, count($keeper->classes()));
    },
    'fork' => function (string $folder) {
        if (!function_exists('pcntl_fork') || !function_exists('posix_kill')) {
            return;
        }
        $school = new School($folder);
        $teacher = $school->actor($school->teacher, Role::Teacher);
        $child = pcntl_fork();
        if ($child === 0) {
            try {
                $teacher->classes();
                $status = 1;
            } catch (ForkedException) {
                $status = 7;
            } catch (Throwable) {
                $status = 2;
            }
            $teacher->close();
            posix_kill(getmypid(), $status === 7 ? SIGTERM : SIGKILL); // an ordinary end would run the parent's
        }
        pcntl_waitpid($child, $status);
        same(SIGTERM, pcntl_wtermsig($status), 'the child was refused');
        same(1, count($teacher->classes()));
    },
    'lengths' => function (string $folder) {
        foreach (['pz_dina_share', 'pz_dina_trace', 'pz_lr_trace', 'pz_irt_trace', 'pz_grouping_result_groups', 'pz_simulation_known', 'pz_simulation_believed'] as $name) {
            $call = "Personalize\\Native\\$name";
            foreach ([PHP_INT_MAX, PHP_INT_MIN, -1, 2 ** 31] as $bad) {
                same('length', refused(InvalidException::class, fn () => $call(null, $bad), "$name $bad")->field);
            }
            same('length', refused(WrongTypeException::class, fn () => $call(null, 1.5), $name)->field);
            refused(ClosedException::class, fn () => $call(null, 3), $name);
        }
        $before = ini_set('memory_limit', '64M');
        $error = refused(OutOfMemoryException::class, fn () => Personalize\Native\pz_simulation_known(null, 2 ** 25));
        check(str_contains($error->getMessage(), 'memory_limit'), $error->getMessage());
        $wide = array_fill(0, 10000, 1);
        refused(OutOfMemoryException::class, fn () => Personalize\DinaModel::calibrate(array_fill(0, 10000, $wide), [[1]]));
        ini_set('memory_limit', $before);
    },
    'every function of the extension' => function (string $folder) {
        [$out, $status, $said] = script('
            $bad = [null, true, -1, 3, PHP_INT_MAX, PHP_INT_MIN, 1.5, NAN, "", "x\0", "abc", [], [1], [null], ["a" => 1], [[1, 2], [3]], new stdClass(),
                new Personalize\Native\Handle(), fn () => null];
            srand((int) $argv[2]);
            chdir($argv[1]);
            foreach (get_extension_funcs("personalize") as $name) {
                $needed = (new ReflectionFunction($name))->getNumberOfParameters();
                for ($i = 0; $i < 60; $i++) { // all the same; behind a null; by chance
                    $given = [];
                    for ($j = 0; $j < $needed; $j++) {
                        $same = $i < count($bad) || $i < 2 * count($bad) && $j > 0;
                        $given[] = $same ? $bad[$i % count($bad)] : ($i < 2 * count($bad) ? null : $bad[rand(0, count($bad) - 1)]);
                    }
                    fwrite(STDOUT, "$name $i\n");
                    try {
                        $name(...$given);
                    } catch (Personalize\Exception) {
                    }
                }
            }', $folder, $seed = (string) random_int(0, 999999));
        same([0, ''], [$status, $said], "seed $seed, at " . strrchr("\n$out", "\n"));
        check(substr_count($out, "\n") > 12000, $out);
    },
    'the end of the script in a callback' => function (string $folder) {
        [$out, $status] = script('$s = new School($argv[1]); $k = $s->service(Personalize\Scope::Backup);
            $k->storeBackup("$argv[1]/copy.db", progress: function () { echo "called "; exit(3); }); echo "not reached";', $folder);
        same(['called', 3], [$out, $status]);
        check(!file_exists("$folder/copy.db"), 'nothing is left');
        same(1, count(Store::open("$folder/school.db")->actor('teacher-1', 'teacher', 'test')->classes()));
    },
    'a fatal error in a callback' => function (string $folder) {
        [$out, $status, $said] = script('$s = new School($argv[1]); $k = $s->service(Personalize\Scope::Backup);
            $k->storeBackup("$argv[1]/copy.db", progress: function () { echo "called"; trigger_error("for good", E_USER_ERROR); }); echo "not reached";', $folder);
        same(['called', 255], [$out, $status], $said);
        check(str_contains($said, 'for good'), $said);
        check(!file_exists("$folder/copy.db"), 'nothing is left');
    },
    'objects that are left at the end' => function (string $folder) {
        [$out, $status, $said] = script('$s = new School($argv[1]); $t = $s->actor("teacher-1", "teacher"); $v = $t->asOf("2026-09-01T08:00:00Z"); $t->classes();
            class Loop { public $store; } $l = new Loop; $l->store = Personalize\Store::create("$argv[1]/loop.db", clock: fn () => $l ? new DateTime("2026-09-01Z") : 0);
            echo "done";', $folder);
        same(['done', 0, ''], [$out, $status, $said]);
    },
]);
