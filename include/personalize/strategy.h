/**
 * @file personalize/strategy.h
 * Ways of forming groups, over the engine of personalize/grouping.h and as pure: a ready problem for each mode from plain arrays, and why
 * in the words of that mode; pairs in which one learner tutors another; and rounds in which everybody meets others.
 *
 *     pz_grouping_problem *problem;
 *     pz_grouping_result *result;
 *     pz_grouping_for_need(needs, 24, 6, NULL, &problem);
 *     pz_grouping_add_apart(problem, 3, 17);
 *     pz_grouping_solve(problem, NULL, NULL, NULL, &result);
 *     pz_grouping_mode_reason_list(result, PZ_MODE_NEED, &reasons, &count);
 *
 * Whatever forms the groups, they serve one need for one cycle and are then dissolved. `docs/grouping.md` has for each mode what research
 * found, how large it was, and what is not claimed.
 */
#ifndef PERSONALIZE_STRATEGY_H
#define PERSONALIZE_STRATEGY_H

#include "personalize/grouping.h"

#ifdef __cplusplus
extern "C" {
#endif

/* -------------------------------------------------------------------------------------------- problems by mode --- */

/** What groups are formed for. */
typedef enum pz_grouping_mode {
    PZ_MODE_NEED = 1,      /**< who lacks the same works on it together */
    PZ_MODE_READINESS = 2, /**< similar starting points together */
    PZ_MODE_MIXED = 3,     /**< different within each group, and groups alike */
    PZ_MODE_INTEREST = 4,  /**< who cares for the same together */
    PZ_MODE_RANDOM = 5,    /**< by the seed alone */
    PZ_MODE_JIGSAW = 6,    /**< expert groups of pz_grouping_jigsaw(), one for each part */
    PZ_MODE_CUSTOM = 7     /**< by a measure or a strategy of the caller's own */
} pz_grouping_mode;

/**
 * Sizes of groups. Begin with ::PZ_GROUPING_SIZES_INIT; a 0 is the mode's own default:
 *
 * | mode      | size_min | size_max | why                                                                                              |
 * | --------- | -------- | -------- | ------------------------------------------------------------------------------------------------ |
 * | need      | 2        | 6        | as many as share the need: the sizes follow it                                                   |
 * | readiness | 3        | 6        | groups that a teacher can sit with                                                               |
 * | others    | 3        | 5        | groups of three or four did best (Lou et al. 1996, Review of Educational Research 66(4))         |
 *
 * A default gives way to what is asked for, and to a class that is smaller.
 */
typedef struct pz_grouping_sizes {
    uint32_t struct_size;
    int32_t size_min; /**< 0 to 100,000 */
    int32_t size_max; /**< 0 to 100,000 */
    int32_t groups;   /**< number of groups; 0: the number that brings them closest to the middle of the two sizes */
} pz_grouping_sizes;

#define PZ_GROUPING_SIZES_INIT {sizeof(pz_grouping_sizes), 0, 0, 0}

/* Each makes a problem that is ready to be solved, and may be added to: further criteria, rules. Each returns PZ_OK; PZ_E_STRUCT_SIZE;
 * PZ_E_INVALID (a number out of range: its row and column are named); PZ_E_LIMIT; PZ_E_NOMEM. Memory: release with
 * pz_grouping_problem_free(). */

/**
 * Groups by need: pz_grouping_add_needs() under the name "need". Each group has one focus, and its size follows how many need that.
 * @param needs row by row, how much each learner needs each of `cols` things to work on, 0 (none) to 1 @param sizes NULL for the defaults. Since: 0.1
 */
PZ_API pz_status pz_grouping_for_need(const double *needs, size_t rows, size_t cols, const pz_grouping_sizes *sizes,
                                      pz_grouping_problem **out_problem);

/**
 * Groups by readiness, tiers for a short while: pz_grouping_add_numeric() under the name "readiness", alike.
 * @param levels one number a learner, NaN for one of whom nothing is known @param sizes NULL for the defaults. Since: 0.1
 */
PZ_API pz_status pz_grouping_for_readiness(const double *levels, size_t rows, const pz_grouping_sizes *sizes,
                                           pz_grouping_problem **out_problem);

/**
 * Mixed groups. The columns brought to one range are pz_grouping_add_features() under the name "mixed", ::PZ_METRIC_MANHATTAN,
 * mixed: every group has learners from each part of the range. Each column is also pz_grouping_add_numeric() under the name "balance", mixed, all of
 * them together of the same weight: the groups have the same means.
 * @param values row by row, `rows` x `cols`, NaN for a missing one; `cols` 1 to 63 @param sizes NULL for the defaults. Since: 0.1
 */
PZ_API pz_status pz_grouping_for_mixed(const double *values, size_t rows, size_t cols, const pz_grouping_sizes *sizes,
                                       pz_grouping_problem **out_problem);

/**
 * Groups by interest: pz_grouping_add_features() under the name "interest", ::PZ_METRIC_SETS, alike.
 * @param interests row by row, 1 where a learner has that interest and 0 where not, NaN where it is not known; `cols` 1 to 4,096 @param sizes NULL for the defaults. Since: 0.1
 */
PZ_API pz_status pz_grouping_for_interest(const double *interests, size_t rows, size_t cols, const pz_grouping_sizes *sizes,
                                          pz_grouping_problem **out_problem);

/**
 * Groups by chance: no criterion, so that the seed alone divides.
 * @param learners 1 to 100,000 @param sizes NULL for the defaults. Since: 0.1
 */
PZ_API pz_status pz_grouping_for_random(size_t learners, const pz_grouping_sizes *sizes, pz_grouping_problem **out_problem);

/**
 * Why, in the codes of one mode, from the first criterion of the kind that the mode uses. One row for each group, then one for each of its learners.
 *
 * | code                       | column            | value                                    | other                           |
 * | -------------------------- | ----------------- | ---------------------------------------- | ------------------------------- |
 * | reason.need.group          | focus             | members who need it                      | size                            |
 * | reason.need.nothing        |                   | 0: nobody of the group needs anything    | size                            |
 * | reason.need.learner        | focus             | need for it                              | greatest need                   |
 * | reason.need.helper         | focus             | 0: needs it no more, can help            | greatest need                   |
 * | reason.need.free           |                   | 0: nothing is open in the group          | greatest need                   |
 * | reason.readiness.group     |                   | least level in the group                 | greatest                        |
 * | reason.readiness.learner   |                   | level                                    | mean of the group               |
 * | reason.readiness.unknown   |                   | NaN                                      | mean of the group               |
 * | reason.readiness.nothing   |                   | NaN: no level of the group is known      | NaN                             |
 * | reason.mixed.group         |                   | least value in the group                 | greatest                        |
 * | reason.mixed.learner       |                   | value                                    | mean of the others in the group |
 * | reason.mixed.unknown       |                   | NaN                                      | mean of the others in the group |
 * | reason.mixed.alone         |                   | value                                    | NaN: of the others none is known |
 * | reason.mixed.nothing       |                   | NaN: no value of the group is known      | NaN                             |
 * | reason.interest.group      | most shared one   | members who have it                      | size                            |
 * | reason.interest.nothing    |                   | 0: no two of the group share an interest | size                            |
 * | reason.interest.learner    | most shared own   | others of the group who have it too      | size - 1                        |
 * | reason.interest.alone      |                   | 0: shares no interest with the group     | size - 1                        |
 * | reason.interest.unknown    |                   | NaN: no interest of the learner is known | size - 1                        |
 * | reason.random.group        |                   | size                                     |                                 |
 * | reason.random.learner      |                   |                                          |                                 |
 * | reason.jigsaw.group        |                   | part, from 1                             | size                            |
 * | reason.jigsaw.learner      |                   | part, from 1                             | size - 1                        |
 * | reason.custom.group        |                   | size                                     |                                 |
 * | reason.custom.learner      |                   |                                          |                                 |
 *
 * @param mode a ::pz_grouping_mode
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID (mode, or the problem has no criterion of that kind); ::PZ_E_NOMEM. Memory: pz_free(). Since: 0.1
 */
PZ_API pz_status pz_grouping_mode_reason_list(const pz_grouping_result *result, pz_grouping_mode mode, pz_grouping_reason ***out_rows,
                                              size_t *out_count);

/**
 * A reason in words: of the codes of pz_grouping_mode_reason_list(), of tutoring and of rotation. Codes of pz_grouping_reason_list() are told by those who know the
 * learners' records: see pz_recommendation_document().
 * @param code of the reason @param value,other its numbers, as they are given with it; NaN where there is none
 * @param thing what its column is called: a competency, an interest; NULL where the reason has no column @param language "en" or "es", NULL for "en"
 * @return ::PZ_OK; ::PZ_E_NOT_FOUND (the code is none of these); ::PZ_E_INVALID (no code; the code needs a thing or a number; language); ::PZ_E_TEXT; ::PZ_E_TOO_LONG (`thing`
 *   is over ::PZ_LIMIT_TITLE bytes); ::PZ_E_NOMEM. Memory: pz_free(). Since: 0.1
 */
PZ_API pz_status pz_grouping_reason_text(const char *code, double value, double other, const char *thing, const char *language,
                                         char **out_text);

/* ---------------------------------------------------------------------------------------------- peer tutoring --- */

/** Who helps whom. */
typedef enum pz_tutoring_kind {
    PZ_TUTORING_GAP = 1,       /**< one of the two has mastered what the other has not */
    PZ_TUTORING_RECIPROCAL = 2 /**< each has mastered something that the other has not */
} pz_tutoring_kind;

/** Options of pz_grouping_tutor(). Begin with ::PZ_TUTORING_OPTIONS_INIT. */
typedef struct pz_tutoring_options {
    uint32_t struct_size;
    int32_t kind;       /**< a ::pz_tutoring_kind. Default ::PZ_TUTORING_GAP. */
    double mastered_at; /**< estimate from which a learner has mastered something, above 0 to 1. Default 0.8, the lower end of the 80 to 90 % of mastery learning (Bloom 1968). */
} pz_tutoring_options;

#define PZ_TUTORING_OPTIONS_INIT {sizeof(pz_tutoring_options), PZ_TUTORING_GAP, 0.8}

/** One learner helps another. */
typedef struct pz_tutoring {
    uint32_t struct_size;
    int32_t group;  /**< number of the pair, from 0 */
    int32_t tutor;
    int32_t tutee;
    int32_t column; /**< in what: where the gap is greatest; -1: the tutor has mastered nothing that the tutee lacks, so the two just work together */
    double gain;    /**< the gap there, 0 to 1 */
    const char *code; /**< "reason.tutoring.help", or "reason.tutoring.beside" without a column; worded by pz_grouping_reason_text() with the name of the column */
} pz_tutoring;

/** A pairing in figures. */
typedef struct pz_tutoring_summary {
    uint32_t struct_size;
    int32_t groups;       /**< pairs, the group of three among them */
    int32_t without;      /**< pairs in which nobody can help as asked */
    int32_t rules_broken; /**< of the problem's rules */
    double value;         /**< sum over pairs: the gap, or of reciprocal pairs the smaller of the two gaps and a thousandth of their sum */
    double bound;         /**< no pairing is worth more, to one part in a million for each pair */
    double gap;           /**< bound - value; 0 is a proof that no pairing is better */
} pz_tutoring_summary;

/**
 * Pairs learners so that the sum of what they can give each other is greatest: a maximum-weight matching (Edmonds 1965), with its dual as bound. Where the
 * number is odd, three work together: one of them, the middle, is paired with both others, and the value is exact for that too. First as many as
 * can be are paired, then the value counts. Learners who must stay apart are not paired; who must be together are; who is absent is left out. The
 * sizes and criteria of the problem are not read. Time grows with the cube of the number of learners.
 * @param mastery row by row, the estimate of each learner for each of `cols` things, 0 to 1, NaN where nothing is known (neither mastered nor lacking);
 *   `rows` = learners, `cols` 1 to 4,096
 * @param roles one number a learner: 0 may help and be helped, 1 only helps, 2 is only helped; NULL: all 0 @param roles_len = learners, or 0
 * @param options NULL for the defaults @param progress NULL, or called now and then
 * @param out_rows a row for who helps whom, two for reciprocal pairs, by pair
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_STRUCT_SIZE; ::PZ_E_INVALID; ::PZ_E_LIMIT (more than 1,000 learners); ::PZ_E_NOT_ENOUGH (fewer than two are there);
 *   ::PZ_E_INFEASIBLE (somebody must stay apart from all who are left); ::PZ_E_CANCELLED; ::PZ_E_NOMEM. Memory: pz_free() each. Since: 0.1
 */
PZ_API pz_status pz_grouping_tutor(const pz_grouping_problem *problem, const double *mastery, size_t rows, size_t cols, const int32_t *roles,
                                   size_t roles_len, const pz_tutoring_options *options, pz_progress_fn progress, void *user_data,
                                   pz_tutoring ***out_rows, size_t *out_count, pz_tutoring_summary **out_summary);

/* --------------------------------------------------------------------------------------------------- jigsaw --- */

/**
 * Expert groups for a jigsaw: the work has `parts` parts, each learner of a home group takes one, and those who took the same part meet. Make the home
 * groups first, mixed, with `parts` learners each: pz_grouping_for_mixed() with sizes `parts` to `parts` + 1. A home group that is larger gives a
 * part to two of its learners, a smaller one leaves a part out. The expert groups are made alike by the criteria of the problem, by swaps within home groups, and
 * keep apart whom the problem keeps apart where that can be.
 * @param homes the home groups @param parts 2 to 1,000, at most the size of the largest home group @param options NULL for the defaults
 * @param out_result groups by part, whose rules are that learners of one home group have different parts
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_STRUCT_SIZE; ::PZ_E_INVALID; ::PZ_E_NOMEM. Memory: release with pz_grouping_result_free(). Since: 0.1
 */
PZ_API pz_status pz_grouping_jigsaw(const pz_grouping_result *homes, int32_t parts, const pz_grouping_options *options,
                                    pz_grouping_result **out_result);

/* ------------------------------------------------------------------------------------------------- rotation --- */

/** Where a learner is in one round. */
typedef struct pz_rotation_seat {
    uint32_t struct_size;
    int32_t round;   /**< from 0 */
    int32_t learner;
    int32_t group;   /**< from 0 */
    int32_t met;     /**< others of the group who were met in an earlier round, or before */
    int32_t others;  /**< of the group */
    const char *code; /**< "reason.rotation.new" or "reason.rotation.repeats"; worded by pz_grouping_reason_text() with `met` as value and `others` as other */
} pz_rotation_seat;

/** A rotation in figures. */
typedef struct pz_rotation_summary {
    uint32_t struct_size;
    int32_t rounds;
    int32_t groups;    /**< of each round */
    int64_t repeats;   /**< meetings of two who had met before, here or earlier */
    int64_t bound;     /**< no rotation in groups of these sizes has fewer: 0 repeats, or `repeats` = `bound`, is a proof that it is the best */
    int32_t most;      /**< greatest number of times that the same two meet, here and earlier */
    int32_t apart_broken; /**< meetings of two who should stay apart */
} pz_rotation_summary;

/**
 * Rounds of groups in which the same two meet as seldom as can be. A first round is sought whose shifts along a circle never bring the same two
 * together again (the method of differences, Bose 1939); where that does not succeed, or there were groups before, swaps of two learners within a
 * round go on from it, at first also those that make it worse (simulated annealing). Learners who are absent or opted out take no part; who must stay apart meet only
 * if there is no other way; rules of other kinds have no place here. When a learner misses a round, ask again with what happened as `before`.
 * @param rounds 1 to 1,000, rounds times learners at most 1,000,000
 * @param before earlier divisions one after the other, `learners` group numbers each, -1 for whoever was not there; NULL: none
 * @param before_len number of earlier divisions times learners
 * @param options NULL for the defaults; an iteration is 100 tries for each learner and round, 0: 1 to 100 by their number
 * @param out_rows one row for each learner and round, by round
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_STRUCT_SIZE; ::PZ_E_INVALID (a number out of range, a rule of another kind); ::PZ_E_LIMIT (more than 2,000
 *   learners); ::PZ_E_INFEASIBLE (sizes); ::PZ_E_NOT_ENOUGH (all are absent); ::PZ_E_CANCELLED; ::PZ_E_NOMEM. Memory: pz_free() each. Since: 0.1
 */
PZ_API pz_status pz_grouping_rotate(const pz_grouping_problem *problem, int32_t rounds, const int32_t *before, size_t before_len,
                                    const pz_grouping_options *options, pz_progress_fn progress, void *user_data,
                                    pz_rotation_seat ***out_rows, size_t *out_count, pz_rotation_summary **out_summary);

/* ------------------------------------------------------------------------------------- joining and leaving --- */

/**
 * Groups once more after somebody came or left, with few who have to move. Whoever was in a group stays there if rules and sizes allow; newcomers are placed
 * where the objective is least, and up to `moves_max` others change their group, where that is needed or makes the groups better. Groups
 * keep their numbers; a group that nobody is left in goes, if the problem does not fix their number and no rule names a group, and the later ones move up.
 * @param before the group of each learner until now, -1 for newcomers; those who left are absent in the problem; `rows` = learners
 * @param moves_max others who may change their group, from 0
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID; ::PZ_E_NOT_ENOUGH (nobody is there); ::PZ_E_INFEASIBLE (not with so few moves: allow more, or solve afresh);
 *   ::PZ_E_NOMEM. Memory: release with pz_grouping_result_free(). Since: 0.1
 */
PZ_API pz_status pz_grouping_regroup(const pz_grouping_problem *problem, const int32_t *before, size_t rows, int32_t moves_max,
                                     pz_grouping_result **out_result);

/* --------------------------------------------------------------------------- a cost and strategies of one's own --- */

/**
 * What a division costs by the caller's own measure: less is better.
 * @param groups the group of each learner, -1 where not grouped; to be read during the call only
 * @return ::PZ_OK; anything else ends the search with ::PZ_E_CALLBACK
 */
typedef pz_status (*pz_grouping_cost_fn)(const int32_t *groups, size_t rows, double *out_cost, void *user_data);

/**
 * What a change would do to the cost: the cost after less the cost before, for callers who can tell it faster than the whole.
 * @param groups before the change @param learner goes to group `to` @param other goes the other way, to the group of `learner`; -1: nobody does
 */
typedef pz_status (*pz_grouping_change_fn)(const int32_t *groups, size_t rows, int32_t learner, int32_t to, int32_t other, double *out_change,
                                           void *user_data);

/**
 * Searches for groups by the caller's own cost: moves and swaps that keep sizes and rules are taken as long as they lower it; then some by chance, and again.
 * The criteria of the problem do not steer the search; the result is scored by them as any other. It ends after `iterations` calls, or when ten
 * rounds in a row brought nothing.
 * @param cost is called for the whole division @param change NULL, or called for single learners instead; learners who must be together are judged by `cost`
 * @param options NULL for the defaults; `iterations` is the number of calls, 0: 100 for each learner, 2,000 to 50,000
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_STRUCT_SIZE; ::PZ_E_CALLBACK (a function asked to stop); ::PZ_E_INVALID (a function gave no finite number, or `change` does not
 *   agree with `cost`: the message says which and when); ::PZ_E_CANCELLED; ::PZ_E_INFEASIBLE; ::PZ_E_NOT_ENOUGH; ::PZ_E_NOMEM. Memory: release with
 *   pz_grouping_result_free(); nothing is kept of the functions. Since: 0.1
 */
PZ_API pz_status pz_grouping_search(const pz_grouping_problem *problem, pz_grouping_cost_fn cost, void *cost_data,
                                    pz_grouping_change_fn change, void *change_data, const pz_grouping_options *options,
                                    pz_progress_fn progress, void *user_data, pz_grouping_result **out_result);

/** Strategies side by side over the same problem and the same seeds. Made by pz_comparison_new(), released by pz_comparison_free(). */
typedef struct pz_comparison pz_comparison;

/**
 * A strategy of the caller's own: writes the group of each learner for one seed, from 0 without holes, -1 for learners who are not grouped.
 * @return ::PZ_OK; anything else ends the call with ::PZ_E_CALLBACK
 */
typedef pz_status (*pz_strategy_fn)(uint64_t seed, int32_t *out_groups, size_t out_groups_len, void *user_data);

/**
 * Begins a comparison over a problem as it is now.
 * @param seeds 1 to 1,000 seeds that every strategy is run with
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID (none, or too many); ::PZ_E_NOMEM. Memory: release with pz_comparison_free(). Since: 0.1
 */
PZ_API pz_status pz_comparison_new(const pz_grouping_problem *problem, const int64_t *seeds, size_t seeds_len, pz_comparison **out_comparison);

/** Releases a comparison. Results taken from it stay valid. NULL does nothing. Since: 0.1 */
PZ_API void pz_comparison_free(pz_comparison *comparison);

/**
 * Runs a strategy of the caller's own with each seed and scores what it gives.
 * @param name up to ::PZ_LIMIT_TITLE bytes
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_TEXT; ::PZ_E_TOO_LONG; ::PZ_E_EXISTS (the name); ::PZ_E_LIMIT (more than 100 strategies); ::PZ_E_CALLBACK; ::PZ_E_INVALID (groups with
 *   holes or out of range: the strategy and the seed are named); ::PZ_E_NOT_ENOUGH (nobody is grouped); ::PZ_E_NOMEM. On failure nothing is added. Since: 0.1
 */
PZ_API pz_status pz_comparison_add(pz_comparison *comparison, const char *name, pz_strategy_fn strategy, void *strategy_data);

/**
 * Runs the engine with each seed.
 * @param iterations as in pz_grouping_options; 0: chosen by the number of learners
 * @return as pz_comparison_add(), and what pz_grouping_solve() returns. Since: 0.1
 */
PZ_API pz_status pz_comparison_add_engine(pz_comparison *comparison, const char *name, int64_t iterations);

/** One strategy over all seeds: the same figures for each, whoever made it. */
typedef struct pz_comparison_row {
    uint32_t struct_size;
    int32_t strategy;     /**< number, from 0 */
    const char *name;
    int32_t seeds;        /**< runs */
    double objective;     /**< mean, 0 to 1, less is better */
    double best;          /**< least objective */
    double worst;         /**< greatest objective */
    double gap;           /**< mean of objective less certified bound */
    int32_t rules_broken; /**< most in one run */
    double stability;     /**< of the pairs of learners who are together with one of two seeds, the share that is with both; mean over pairs of seeds, NaN for one seed */
    double likeness;      /**< the same share between this strategy's best division and that of the first strategy; 1: the same groups */
} pz_comparison_row;

/** Strategies in the order in which they were added. @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_NOMEM. Memory: pz_free(). Since: 0.1 */
PZ_API pz_status pz_comparison_list(const pz_comparison *comparison, pz_comparison_row ***out_rows, size_t *out_count);

/** One criterion under one strategy. */
typedef struct pz_comparison_term {
    uint32_t struct_size;
    int32_t strategy;
    const char *name; /**< of the criterion */
    double value;     /**< mean over the seeds, 0 to 1, less is better */
    double best;
    double worst;
} pz_comparison_term;

/** Terms by strategy, then in the order of the criteria. @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_NOMEM. Memory: pz_free(). Since: 0.1 */
PZ_API pz_status pz_comparison_term_list(const pz_comparison *comparison, pz_comparison_term ***out_rows, size_t *out_count);

/**
 * The best division of a strategy, to be explained and checked as any result.
 * @param strategy its number, from 0
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID; ::PZ_E_NOMEM. Memory: release with pz_grouping_result_free(). Since: 0.1
 */
PZ_API pz_status pz_comparison_result(const pz_comparison *comparison, int32_t strategy, pz_grouping_result **out_result);

/* ------------------------------------------------------------------------------------------------- settings --- */

/** How groups are formed, without any learner in it: to be kept, shared and used again. Made by pz_grouping_settings_read(), released by pz_grouping_settings_free(). */
typedef struct pz_grouping_settings pz_grouping_settings;

/**
 * The settings of a problem as JSON (`docs/schema/grouping-settings.json`): sizes, criteria by name with direction and weight, the kinds of rules with their
 * numbers, seed and iterations. No learner and no value is in it.
 * @param name of the settings, up to ::PZ_LIMIT_TITLE bytes @param author up to ::PZ_LIMIT_TITLE bytes, or NULL @param options NULL for the defaults
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_STRUCT_SIZE; ::PZ_E_INVALID; ::PZ_E_TEXT; ::PZ_E_TOO_LONG; ::PZ_E_NOMEM. Memory: pz_free(). Since: 0.1
 */
PZ_API pz_status pz_grouping_settings_write(const pz_grouping_problem *problem, const char *name, const char *author,
                                            const pz_grouping_options *options, char **out_json);

/** Reads what pz_grouping_settings_write() wrote. @return ::PZ_OK; ::PZ_E_FORMAT; ::PZ_E_HOSTILE; ::PZ_E_INVALID (by name); ::PZ_E_NOMEM. Since: 0.1 */
PZ_API pz_status pz_grouping_settings_read(const char *json, size_t json_len, pz_grouping_settings **out_settings);

/** Releases settings. NULL does nothing. Since: 0.1 */
PZ_API void pz_grouping_settings_free(pz_grouping_settings *settings);

/** Settings in short. */
typedef struct pz_settings_summary {
    uint32_t struct_size;
    const char *name;
    const char *author; /**< or NULL */
    int32_t size_min;
    int32_t size_max;
    int32_t groups;     /**< 0: as the sizes need */
    uint64_t seed;
    int64_t iterations;
} pz_settings_summary;

/** @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_NOMEM. Memory: one block, pz_free(). Since: 0.1 */
PZ_API pz_status pz_grouping_settings_describe(const pz_grouping_settings *settings, pz_settings_summary **out_summary);

/** Something that settings ask values for: a criterion, or a rule about all learners. */
typedef struct pz_settings_part {
    uint32_t struct_size;
    const char *name;
    const char *kind;  /**< "numeric", "needs", "pairs", "features", "earlier"; of rules "not_alone", "role", "common_time", "earlier_cap"; of rules about single learners and
                            groups, which are given by themselves, "together", "apart", "locked", "absent", "opted_out", "group_size", "allowed" */
    int32_t is_rule;
    int32_t direction; /**< a ::pz_grouping_direction; 0: none */
    int32_t metric;    /**< a ::pz_grouping_metric; 0: none */
    double weight;     /**< of a criterion; 0 of a rule */
    double decay;      /**< of earlier teammates; 0 elsewhere */
    int32_t least;     /**< of a rule; -1: none */
    int32_t most;      /**< of a rule; -1: none */
} pz_settings_part;

/** Criteria, then rules. @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_NOMEM. Memory: pz_free(). Since: 0.1 */
PZ_API pz_status pz_grouping_settings_list(const pz_grouping_settings *settings, pz_settings_part ***out_rows, size_t *out_count);

/**
 * Begins a problem with the sizes of the settings.
 * @param learners 1 to 100,000
 * @return as pz_grouping_problem_new(); ::PZ_E_CLOSED. Memory: release with pz_grouping_problem_free(). Since: 0.1
 */
PZ_API pz_status pz_grouping_settings_problem(const pz_grouping_settings *settings, size_t learners, pz_grouping_problem **out_problem);

/**
 * Adds the criterion or rule of a name to a problem as the settings say, with the values of this class.
 * @param values row by row, as the function that adds it takes them; one column for numeric criteria and for flags
 * @return as that function; ::PZ_E_CLOSED; ::PZ_E_NOT_FOUND (the settings have nothing of that name); ::PZ_E_INVALID (more than one column). Since: 0.1
 */
PZ_API pz_status pz_grouping_settings_add(const pz_grouping_settings *settings, pz_grouping_problem *problem, const char *name,
                                          const double *values, size_t rows, size_t cols);

#ifdef __cplusplus
}
#endif
#endif
