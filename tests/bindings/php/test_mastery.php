<?php
/** Learner models without a store: numbers in, numbers out. */
declare(strict_types=1);

use Personalize\{FormatException, InvalidException, MasteryDecision, MasteryModel, MasterySettings, MasteryState, WrongTypeException};
use function Personalize\{growthOf, masteryDecisionName, masteryExplain, masteryGrowth, masteryGrowthApart, masteryModelName, masterySettingsDefault, masterySettingsRead,
    masterySettingsWrite, masteryStateEstimate, masteryStateStart, masteryStateUpdate};

require __DIR__ . '/support.php';

function estimate(mixed $scores, mixed $weights = null): float
{
    $settings = masterySettingsDefault('bkt');
    return masteryStateEstimate($settings, masteryStateUpdate($settings, $scores, $weights, masteryStateStart($settings)))->estimate;
}

run([
    'names and settings' => function () {
        same('bkt', masteryModelName(MasteryModel::Bkt));
        same('not_yet', masteryDecisionName('not_yet'));
        $read = masterySettingsRead('{"model": "decaying_average", "decay": 0.7}');
        same(MasteryModel::DecayingAverage, $read->model);
        same(0.7, masterySettingsWrite($read)['decay']);
        same(0.9, masterySettingsWrite(model: 'mean', confidence: 0.9)['confidence']);
        check(str_contains(refused(InvalidException::class, fn () => masterySettingsRead('{"decoy": 1}'))->getMessage(), 'decoy'), 'the member is named');
        refused(FormatException::class, fn () => masterySettingsRead('{'));
    },
    'one answer by hand' => function () {
        $known = 0.1 * 0.9 / (0.1 * 0.9 + 0.9 * 0.1);
        check(abs(estimate([1]) - ($known + (1 - $known) * 0.1)) < 1e-12, 'Bayes');
    },
    'all shapes of numbers' => function () {
        $expected = estimate([1.0, 0.0, 1.0]);
        same($expected, estimate([1, 0, 1]), 'ints');
        same($expected, estimate(pack('d*', 1, 0, 1)), 'packed');
        same($expected, estimate([7 => 1, 'a' => 0, 2 => 1]), 'keys do not matter');
        $one = 1;
        same($expected, estimate([&$one, 0, 1]), 'references');
        check($expected !== estimate([1, 0, 1], [1, 0.5, 1]), 'weights');
    },
    'bad numbers' => function () {
        foreach ([1.0, true, new stdClass, ['1'], [[1]], [true], [new stdClass]] as $bad) {
            refused(WrongTypeException::class, fn () => estimate($bad), shown($bad));
        }
        foreach ([[2], [-0.1], [NAN], [INF], [null], '1234567'] as $bad) {
            refused(InvalidException::class, fn () => estimate($bad), shown($bad));
        }
        refused(InvalidException::class, fn () => estimate([1, 1], [1]));
    },
    'explained' => function () {
        $steps = masteryExplain(masterySettingsDefault('bkt'), [0, 1, 1]);
        same(4, count($steps));
        same(null, $steps[0]->score);
        same(estimate([0, 1, 1]), $steps[3]->estimate);
        check($steps[3]->decision instanceof MasteryDecision, 'an enumeration');
    },
    'growth' => function () {
        $settings = masterySettingsDefault('bkt');
        $start = masteryStateStart($settings);
        $later = masteryStateUpdate($settings, [1, 1, 1, 1], null, $start);
        check(abs(masteryGrowth(settings: $settings, before: $start, after: $later)->gain - ($later->value - $start->value)) < 1e-12, 'gain');
        $mean = masterySettingsDefault('mean');
        [$first, $second] = array_map(fn (array $scores): MasteryState => masteryStateUpdate($mean, $scores, null, masteryStateStart($mean)), [[0, 1, 0, 1], [1, 1, 1, 1]]);
        $apart = masteryGrowthApart($mean, $first, $second);
        check(abs($apart->gain - 0.5) < 1e-12 && $apart->lower < 0.5 && $apart->upper <= 1, 'two cycles');
        $growth = growthOf(480, 12, 520, 5);
        same([40.0, 13.0, true], [$growth->gain, $growth->standard_error, $growth->is_reliable]);
        refused(InvalidException::class, fn () => growthOf(480, -1, 520, 5));
        refused(WrongTypeException::class, fn () => growthOf('480', 1, 520, 5));
    },
    'a state goes on' => function () {
        $settings = masterySettingsDefault('bkt');
        $half = masteryStateUpdate($settings, [1, 0], null, masteryStateStart($settings));
        $kept = new MasteryState(...$half->toArray());
        check(masteryStateUpdate($settings, [1], null, $kept) == masteryStateUpdate($settings, [1, 0, 1], null, masteryStateStart($settings)), 'the same');
        refused(InvalidException::class, fn () => masteryStateUpdate(['model' => 'mean'], [1], null, $half));
        refused(WrongTypeException::class, fn () => masteryStateUpdate($settings, [1], null, $settings));
        refused(InvalidException::class, fn () => masteryStateUpdate($settings, [1], null, null));
    },
    'records' => function () {
        $settings = new MasterySettings(model: 'mean', mastered_at: 0.7);
        same([MasteryModel::Mean, 0.7, 0.65], [$settings->model, $settings->mastered_at, $settings->decay]);
        same(0.8, $settings->with(mastered_at: 0.8)->mastered_at);
        same('mean', json_decode(json_encode($settings), true)['model']);
        refused(InvalidException::class, fn () => new MasterySettings(master_at: 1));
        refused(InvalidException::class, fn () => new MasterySettings(model: 'median'));
        refused(WrongTypeException::class, fn () => new MasterySettings(mastered_at: 'high'));
        refused(Error::class, fn () => $settings->mastered_at = 1.0);
    },
]);
