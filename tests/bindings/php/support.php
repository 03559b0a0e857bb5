<?php
/**
 * What the tests of the PHP binding share: named tests, checks that say what they found, a folder for each test.
 */
declare(strict_types=1);

require getenv('PERSONALIZE_PHP_FACE') ?: __DIR__ . '/../../../build/full/bindings/php/personalize.php';

final class Failure extends Exception
{
}

final class Clock
{
    public function __construct(public DateTimeImmutable $now = new DateTimeImmutable('2026-09-01T08:00:00Z'))
    {
    }

    public function __invoke(): DateTimeImmutable
    {
        return $this->now;
    }

    public function move(string $span): void
    {
        $this->now = $this->now->modify($span);
    }
}

function shown(mixed $value): string
{
    return $value instanceof Throwable ? $value::class . ': ' . $value->getMessage() : trim(substr(print_r($value, true), 0, 300));
}

function check(bool $true, string $what): void
{
    if (!$true) {
        throw new Failure($what);
    }
}

function same(mixed $expected, mixed $found, string $what = ''): void
{
    check($expected === $found, "$what: expected " . var_export($expected, true) . ', found ' . shown($found));
}

/** The exception of a call that must fail with exactly this class. */
function refused(string $class, callable $call, string $what = ''): Throwable
{
    try {
        $result = $call();
    } catch (Throwable $error) {
        check($error::class === $class, "$what: expected $class, found " . shown($error));
        return $error;
    }
    throw new Failure("$what: expected $class, but the call returned " . shown($result));
}

/** The exception of a call that must fail with any exception of the library. */
function fails(callable $call, string $what = ''): Personalize\Exception
{
    try {
        $result = $call();
    } catch (Personalize\Exception $error) {
        return $error;
    } catch (Throwable $error) {
        throw new Failure("$what: expected an exception of the library, found " . shown($error));
    }
    throw new Failure("$what: expected an exception, but the call returned " . shown($result));
}

function folder(): string
{
    $folder = sys_get_temp_dir() . '/personalize-' . bin2hex(random_bytes(8));
    mkdir($folder, 0700);
    return $folder;
}

function remove(string $folder): void
{
    foreach (array_diff(scandir($folder), ['.', '..']) as $name) {
        is_dir("$folder/$name") ? remove("$folder/$name") : unlink("$folder/$name");
    }
    rmdir($folder);
}

/**
 * Runs tests, each a function of a folder of its own, and ends the program. A warning of PHP is a failure. After each the library holds as many blocks of memory as
 * before.
 *
 * @param array<string, callable(string): void> $tests
 */
function run(array $tests): never
{
    $failed = 0;
    set_error_handler(fn (int $level, string $said, string $file, int $line) => throw new ErrorException($said, 0, $level, $file, $line));
    foreach ($tests as $name => $test) {
        $folder = folder();
        gc_collect_cycles();
        $blocks = Personalize\memoryBlocks();
        $said = '';
        try {
            $test($folder);
        } catch (Throwable $error) {
            $place = $error->getTrace()[0] ?? ['file' => '', 'line' => 0];
            foreach ($error->getTrace() as $step) {
                if (($step['file'] ?? __FILE__) !== __FILE__ && !str_contains($step['file'], '/src/')) {
                    $place = $step;
                    break;
                }
            }
            $said = ($error instanceof Failure ? $error->getMessage() : shown($error)) . ' at ' . basename($place['file'] ?? '') . ':' . ($place['line'] ?? 0);
            unset($error, $place, $step);
        }
        gc_collect_cycles();
        if ($said === '' && Personalize\memoryBlocks() !== $blocks) {
            $said = Personalize\memoryBlocks() - $blocks . ' blocks of memory are left';
        }
        remove($folder);
        echo $said === '' ? "ok      $name\n" : "NOT OK  $name\n        $said\n";
        $failed += $said !== '';
    }
    echo $failed ? "$failed of " . count($tests) . " tests failed\n" : 'all ' . count($tests) . " tests passed\n";
    exit($failed ? 1 : 0);
}
