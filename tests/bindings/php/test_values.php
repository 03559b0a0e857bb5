<?php
/** Texts, times, days, enumerations and exceptions. */
declare(strict_types=1);

use Personalize\{Growth, InvalidException, Kind, LimitKind, MasterySettings, Role, Scope, WrongTypeException};
use function Personalize\{dateFormat, dateParse, limit, masterySettingsDefault, recordsJson, timeFormat, timeParse, version, versionNumber};

require __DIR__ . '/support.php';

run([
    'version' => function () {
        [$major, $minor, $patch] = array_map('intval', explode('.', version()));
        same($major * 1000000 + $minor * 1000 + $patch, versionNumber());
        same(version(), phpversion('personalize') ?: version());
    },
    'nothing of the tool that made the extension is visible' => function () {
        new MasterySettings();
        $extension = new ReflectionExtension('personalize');
        $constants = array_keys(get_defined_constants(true)['personalize'] ?? []);
        $names = [...get_declared_classes(), ...get_declared_interfaces(), ...get_declared_traits(), ...get_defined_functions()['internal'],
            ...array_keys(get_defined_constants()), ...array_keys($extension->getINIEntries())];
        check(count($extension->getFunctions()) > 150 && in_array('Personalize\\Native\\Handle', $names, true), 'the names are those of the extension');
        same([], array_values(array_filter($names, fn (string $name): bool => stripos($name, 'swig') !== false)));
        same([], $constants);
        $native = array_filter($extension->getClassNames(), fn (string $name): bool => str_starts_with($name, 'Personalize\\Native\\'));
        same(['Personalize\\Native\\Handle'], array_values($native));
    },
    'what messages name is there' => function () {
        $table = file_get_contents(dirname(getenv('PERSONALIZE_PHP_FACE')) . '/names.h');
        check(preg_match_all('/\{"(\w+)", "(\S+)"\}/', $table, $rows, PREG_SET_ORDER) > 400, 'the table');
        foreach ($rows as [, $name, $said]) {
            [$class, $member] = [...explode('::', "Personalize\\$said"), null];
            $there = match (true) {
                $said === 'null' => true,
                $member !== null => method_exists($class, $member) || defined("$class::$member"),
                default => class_exists($class) || function_exists($class),
            };
            check($there, "$name: there is no $said");
        }
    },
    'times' => function () {
        $moment = timeParse('2026-11-24T09:30:00.25+01:00');
        check($moment instanceof DateTimeImmutable, 'immutable');
        same('2026-11-24T08:30:00.250000+00:00', $moment->format('Y-m-d\TH:i:s.uP'));
        same('2026-11-24T08:30:00.250000Z', timeFormat($moment));
        same('2026-11-24T08:30:00.250000Z', timeFormat($moment->setTimezone(new DateTimeZone('America/Lima'))));
        same('2026-11-24T08:30:00.250000Z', timeFormat(DateTime::createFromImmutable($moment)));
        foreach (['0001-01-01T00:00:00.000000Z', '1969-12-31T23:59:59.999999Z', '9999-12-31T23:59:59.999999Z'] as $text) {
            same($text, timeFormat(timeParse($text)));
        }
        refused(WrongTypeException::class, fn () => timeFormat(1.5));
        refused(InvalidException::class, fn () => timeFormat(new DateTimeImmutable('@999999999999')));
    },
    'days' => function () {
        same('2024-02-29', dateFormat(dateParse('2024-02-29')));
        same('2026-11-24', dateFormat(new DateTimeImmutable('2026-11-24T23:30', new DateTimeZone('America/Lima'))), 'the day where it is');
        refused(InvalidException::class, fn () => dateParse('2026-02-29'));
        refused(WrongTypeException::class, fn () => dateFormat(5));
    },
    'limits and enumerations' => function () {
        same(255, limit(LimitKind::IdText));
        same(1024, limit('csv_columns'));
        check(str_contains(refused(InvalidException::class, fn () => limit('width'))->getMessage(), 'CsvField'), 'its values are named');
        same(3, Role::Teacher->value);
        same(Kind::SchoolClass, Kind::from(4));
        same(32, Scope::Verify->value);
    },
    'exceptions' => function () {
        $error = refused(InvalidException::class, fn () => timeParse('soon'));
        check($error instanceof Personalize\Exception && $error instanceof RuntimeException, 'classes');
        same([1, 'PZ_E_INVALID', 'call', 'text', null], [$error->getCode(), $error->status, $error->kind, $error->field, $error->document]);
        check($error->hint !== '', 'a hint');
        foreach (Personalize\Native\status_rows() as [$status, $name, $kind, $meaning, $class]) {
            check($status === 0 || is_subclass_of("Personalize\\$class", Personalize\Exception::class), $class);
        }
    },
    'records as JSON' => function () {
        $settings = masterySettingsDefault('n_of_m');
        [$document] = recordsJson([$settings]);
        same(['n_of_m', 5], [$document['model'], $document['n']]);
        same([], recordsJson([]));
        refused(WrongTypeException::class, fn () => recordsJson([$settings, null]));
        refused(WrongTypeException::class, fn () => recordsJson('settings'));
        refused(InvalidException::class, fn () => recordsJson([$settings, new Growth()]));
    },
    'every record has a class' => function () {
        $classes = array_filter(get_declared_classes(), fn ($class) => is_subclass_of($class, Personalize\Record::class));
        $described = Personalize\Native\record_types();
        foreach ($classes as $class) {
            check(in_array($class::TYPE, $described, true), "$class is described");
            same(array_keys(Personalize\Native\record_initial($class::TYPE)), array_keys((new $class())->toArray()), $class);
        }
        check(count($classes) > 40, 'all of them');
        same(0.65, (new MasterySettings())->decay);
    },
]);
