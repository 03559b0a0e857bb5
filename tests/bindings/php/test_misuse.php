<?php
/** Every function and method with arguments that cannot be meant: an exception of the library's own, and no warning of PHP. */
declare(strict_types=1);

use Personalize\{Actor, Binding, Evidence, Goal, GroupingProblem, Handled, InvalidException, Record, Role, Scope, Store, WrongTypeException};

require __DIR__ . '/school.php';

/** @return array<string, array{ReflectionFunctionAbstract, ?object}> what there is to call, and the object to call it on */
function targets(School $school): array
{
    $targets = [];
    foreach (get_defined_functions()['user'] as $name) {
        if (str_starts_with($name, 'personalize\\')) {
            $targets[$name] = [new ReflectionFunction($name), null];
        }
    }
    foreach (get_declared_classes() as $name) {
        $class = new ReflectionClass($name);
        if ($class->getNamespaceName() !== 'Personalize' || $name === Binding::class || $class->isAbstract() || $class->isEnum() || $class->isSubclassOf(Throwable::class)) {
            continue;
        }
        $object = match (true) {
            $name === Store::class => $school->store,
            $name === Actor::class => $school->service(Scope::cases()),
            $class->isSubclassOf(Handled::class) => $class->newInstanceWithoutConstructor(),
            default => $class->newInstance(),
        };
        foreach ($class->getMethods(ReflectionMethod::IS_PUBLIC) as $method) {
            $internal = str_contains((string) $method->getDocComment(), '@internal') || in_array($method->name, ['close', 'handle'], true);
            if (!$internal && ($method->isConstructor() || !str_starts_with($method->name, '__'))) {
                $targets["$name::$method->name"] = [$method, $object];
            }
        }
    }
    return $targets;
}

function call(ReflectionFunctionAbstract $function, ?object $object, array $given): void
{
    try {
        $result = match (true) {
            $function instanceof ReflectionFunction => $function->invoke(...$given),
            $function->isConstructor() => new ($function->class)(...$given),
            default => $function->invoke($function->isStatic() ? null : $object, ...$given),
        };
        if ($result instanceof Generator) {
            $result->current();
        }
    } catch (Personalize\Exception) {
    }
}

run([
    'every function and method' => function (string $folder) {
        $bad = [null, true, -1, 3, PHP_INT_MAX, 1.5, NAN, '', "x\0", 'abc', [], [1], [null], ['a' => 1], [[1, 2], [3]], [1 => 2], new stdClass(), new Goal(),
            fn () => null];
        $seed = random_int(0, 999999);
        mt_srand($seed);
        $before = getcwd();
        chdir($folder);
        $school = new School($folder);
        $targets = targets($school);
        check(count($targets) > 700, count($targets) . ' targets');
        foreach ($targets as $name => [$function, $object]) {
            $parameters = $function->getParameters();
            $needed = count($parameters) - (int) $function->isVariadic();
            for ($i = 0; $i < 4 * count($bad); $i++) { // all the same; behind a null; by chance
                $same = $bad[$i % count($bad)];
                $given = [];
                for ($j = 0; $j < $needed; $j++) {
                    $given[] = match (intdiv($i, count($bad))) { 0 => $same, 1 => $j ? $same : null, default => $bad[mt_rand(0, count($bad) - 1)] };
                }
                if ($function->isVariadic()) {
                    match ($i % 4) {
                        0 => $given['nothing'] = $same,
                        1 => $given[] = $same,
                        2 => $given = $needed ? [$parameters[0]->name => $same, 'request' => $same, 'learner' => $same] : ['learner' => $same],
                        3 => null,
                    };
                }
                try {
                    call($function, $object, $given);
                } catch (ArgumentCountError) {
                } catch (Throwable $error) {
                    throw new Failure("$name, seed $seed, call $i: " . shown($error));
                }
            }
        }
        chdir($before);
    },
    'lists of cases' => function (string $folder) {
        $school = new School($folder);
        foreach ([fn () => $school->store->actor('teacher-1', [null], 'test'), fn () => $school->store->actor('teacher-1', [Role::Teacher, Role::Guardian], 'test'),
            fn () => $school->store->service('n', [null], 'test'), fn () => $school->store->service('n', [Scope::Read, 1.5], 'test')] as $call) {
            refused(WrongTypeException::class, $call);
        }
        check($school->store->service('n', [Scope::Read, 'backup'], 'test')->isOpen(), 'scopes');
    },
    'what is not callable' => function (string $folder) {
        $school = new School($folder);
        $teacher = $school->actor($school->teacher, Role::Teacher);
        same('writes', refused(WrongTypeException::class, fn () => $teacher->change('x', 5))->field);
        refused(WrongTypeException::class, fn () => $teacher->change('x', 'no_such_function'));
        same(5, $teacher->change('x', fn () => 5), 'no change was left open');
    },
    'members by position' => function (string $folder) {
        $school = new School($folder);
        $teacher = $school->actor($school->teacher, Role::Teacher);
        $error = refused(InvalidException::class, fn () => $teacher->recommendGroups(1, null, 5));
        same('members of GroupingRequest are given by name', $error->getMessage());
        refused(WrongTypeException::class, fn () => $teacher->recommendGroups(1, request: 5));
        refused(InvalidException::class, fn () => (new Goal())->with(5));
    },
    'options' => function (string $folder) {
        foreach ([fn () => Store::create("$folder/a.pz", nothing: 1), fn () => Store::open("$folder/a.pz", nothing: 1), fn () => Store::restore('a', 'b', nothing: 1)] as $call) {
            $error = refused(InvalidException::class, $call);
            check(str_starts_with($error->getMessage(), 'there is no option "nothing"; the options are '), $error->getMessage());
        }
        check(!file_exists("$folder/a.pz"), 'nothing was made');
    },
    'what is missing' => function (string $folder) {
        refused(WrongTypeException::class, fn () => Personalize\fairnessOf([0.5, 0.5, 0.5], [1.0, 0.0, 1.0], [0, null, 1]));
        $school = new School($folder);
        $given = ['learner' => array_slice($school->learners, 0, 2), 'competency' => $school->competencies[0], 'score' => [1.0, 1.0], 'option' => [null, 0]];
        same(2, $school->actor($school->teacher, Role::Teacher)->evidenceAdd($given)->rows);
    },
    'strategies and evidence' => function () {
        $problem = GroupingProblem::new(4, 2, 2);
        refused(WrongTypeException::class, fn () => Personalize\compare(5, $problem));
        refused(WrongTypeException::class, fn () => Personalize\compare([], new stdClass()));
        refused(WrongTypeException::class, fn () => Personalize\compare(['mine' => 5], $problem));
        refused(WrongTypeException::class, fn () => Personalize\compare([], $problem, 5));
        refused(WrongTypeException::class, fn () => new Evidence(5));
        same('Evidence: score must be array|string|null', refused(WrongTypeException::class, fn () => new Evidence(score: 5))->getMessage());
    },
]);
