<?php
/** Files in: a roster, a framework and a CSV file, tried first, imported, and refused with a report. */
declare(strict_types=1);

use Personalize\{Actor, CancelledException, FaultsException, FormatException, HostileException, ImportMode, InvalidException, IoException, Role, Scope, Store};
use function Personalize\{caseCheck, csvMappingSuggest, onerosterCheck};

require __DIR__ . '/support.php';

/** @return array{string, Actor} the files of the sample school, and an importer into an empty store */
function sample(string $folder): array
{
    $maker = (getenv('PERSONALIZE_SOURCE') ?: __DIR__ . '/../../..') . '/examples/sample_school/make.py';
    exec('/usr/bin/env -u LD_PRELOAD python3 -B ' . escapeshellarg($maker) . ' ' . escapeshellarg("$folder/sample"), $said, $status);
    same(0, $status, 'the sample school');
    return ["$folder/sample", Store::create("$folder/school.db")->service('nightly import', [Scope::Import, Scope::Read], purpose: 'test')];
}

run([
    'the whole way' => function (string $folder) {
        [$files, $importer] = sample($folder);
        same(true, $importer->importCase("$files/framework.json", source: 'sample')['written']);
        same(false, $importer->importOneroster("$files/oneroster.zip", mode: 'strict', dry_run: true, source: 'sample')['written']);
        same([], $importer->people());
        $report = $importer->importOneroster("$files/oneroster.zip", mode: ImportMode::Strict, source: 'sample');
        same([[], true], [$report['faults'], $report['written']]);
        same(150, count($importer->people(role: Role::Learner)));
        $mapping = json_decode(file_get_contents("$files/mappings/answers.json"), true);
        same(true, $importer->importCsv("$files/answers-fall.csv", $mapping, source: 'sample')['written']);
        check(count($importer->evidenceRead()) > 1000, 'answers');
        check(is_array(csvMappingSuggest("$files/answers-fall.csv", 'responses')), 'a suggestion');
        same([], onerosterCheck("$files/oneroster.zip")['faults']);
        same([], caseCheck("$files/framework.json", mode: 'lenient')['faults']);
    },
    'faults come with their report' => function (string $folder) {
        [$files, $importer] = sample($folder);
        $document = json_decode(file_get_contents("$files/framework.json"), true);
        unset($document['CFItems'][0]['fullStatement']);
        file_put_contents("$folder/broken.json", json_encode($document));
        $error = refused(FaultsException::class, fn () => $importer->importCase("$folder/broken.json"));
        check(str_contains($error->document['faults'][0]['field'], 'CFItems'), 'the place is named');
        same([], $importer->frameworkList());
    },
    'no such thing' => function (string $folder) {
        [$files, $importer] = sample($folder);
        refused(IoException::class, fn () => $importer->importOneroster("$folder/nothing.zip"));
        file_put_contents("$folder/text.zip", 'no archive');
        refused(FormatException::class, fn () => $importer->importOneroster("$folder/text.zip"));
        refused(InvalidException::class, fn () => $importer->importCase("$files/framework.json", mode: 'loose'));
        refused(HostileException::class, fn () => onerosterCheck("$files/oneroster.zip", rows_max: 10));
        refused(LogicException::class, fn () => $importer->importOneroster("$files/oneroster.zip", progress: fn () => throw new LogicException('mine')));
        refused(CancelledException::class, fn () => $importer->importOneroster("$files/oneroster.zip", progress: fn () => false));
        same([], $importer->people());
    },
]);
