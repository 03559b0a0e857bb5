/**
 * @file personalize/grouping.h
 * The grouping engine, pure: numbers in, groups out. No store, no files, no clock; the same problem with the same seed and the same number of
 * iterations gives the same groups on every machine.
 *
 * A problem has learners (numbered from 0), sizes, criteria and rules. Criteria say what makes groups good and are weighed against each
 * other; rules must hold. The engine gives groups (numbered from 0), what they are worth by criterion, what a certified bound allows, and for each
 * group and learner the reason as a code with numbers, so that the caller words it in the reader's language.
 *
 *     pz_grouping_problem *problem;
 *     pz_grouping_result *result;
 *     pz_grouping_options options = PZ_GROUPING_OPTIONS_INIT;
 *     pz_grouping_problem_new(24, 3, 5, 0, &problem);
 *     pz_grouping_add_needs(problem, "fractions", needs, 24, 6, 1.0);
 *     pz_grouping_add_apart(problem, 3, 17);
 *     pz_grouping_solve(problem, &options, NULL, NULL, &result);
 *     pz_grouping_result_groups(result, groups, 24);
 *
 * The engine recommends; people decide. Groups serve one need for a short while: within-class groups helped (d = +0.17 over 145
 * comparisons, Lou et al. 1996) where teaching was adapted to them, and lasting sets harm those who sit in the lowest one.
 */
#ifndef PERSONALIZE_GROUPING_H
#define PERSONALIZE_GROUPING_H

#include "personalize/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A grouping problem. Made by pz_grouping_problem_new() or _read(), released by pz_grouping_problem_free(). */
typedef struct pz_grouping_problem pz_grouping_problem;

/** Groups with what they are worth. Keeps its problem alive. Released by pz_grouping_result_free(). */
typedef struct pz_grouping_result pz_grouping_result;

/** What a criterion asks for. */
typedef enum pz_grouping_direction {
    PZ_DIRECTION_ALIKE = 1, /**< learners with similar values together */
    PZ_DIRECTION_MIXED = 2, /**< different values within each group, and so groups with the same mean */
    PZ_DIRECTION_BALANCED = 3,     /**< the same means, or the same shares of each category, in all groups */
    PZ_DIRECTION_COMPLEMENTARY = 4 /**< somebody in the group has what its members lack */
} pz_grouping_direction;

/** What a distance between two learners is, from a row of values each. */
typedef enum pz_grouping_metric {
    PZ_METRIC_MANHATTAN = 1,  /**< sum of the differences; for ranks (ordinal values) and for scores */
    PZ_METRIC_EUCLIDEAN = 2,  /**< root of the sum of squared differences */
    PZ_METRIC_CATEGORIES = 3, /**< share of columns in which the two have different codes */
    PZ_METRIC_SETS = 4,       /**< interests, tags, as 0 or 1: share of what either has that both do not share (Jaccard 1901); 0 where neither has any */
    PZ_METRIC_TIMES = 5       /**< free times as 0 or 1: share of the columns that is not free for both */
} pz_grouping_metric;

/* ------------------------------------------------------------------------------------------------- problem --- */

/**
 * Begins a problem.
 * @param learners 1 to 100,000 @param size_min,size_max learners in a group, 1 <= size_min <= size_max <= 100,000
 * @param groups number of groups; 0: the number that brings them closest to the middle of the two sizes
 * @return ::PZ_OK; ::PZ_E_INVALID (a number out of range); ::PZ_E_NOMEM. Memory: release with pz_grouping_problem_free(). Since: 0.1
 */
PZ_API pz_status pz_grouping_problem_new(size_t learners, int32_t size_min, int32_t size_max, int32_t groups,
                                         pz_grouping_problem **out_problem);

/** Releases a problem; results made from it stay valid. NULL does nothing. Since: 0.1 */
PZ_API void pz_grouping_problem_free(pz_grouping_problem *problem);

/**
 * Adds a numeric criterion. Its term is the share of the variance that lies within groups (alike) or between them (mixed, and balanced, which differ in
 * their reasons), 0 to 1, after every value was divided by the standard deviation. A learner without a value neither helps nor harms it.
 * @param name up to ::PZ_LIMIT_TITLE bytes @param values `rows` finite numbers, NaN for a missing one; `rows` = learners of the problem
 * @param direction a ::pz_grouping_direction but complementary: a number is neither had nor lacked @param weight above 0
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID (rows, an infinite value: its row is named, direction, weight); ::PZ_E_TEXT; ::PZ_E_TOO_LONG;
 *   ::PZ_E_LIMIT (more than 64 criteria); ::PZ_E_NOMEM. Since: 0.1
 */
PZ_API pz_status pz_grouping_add_numeric(pz_grouping_problem *problem, const char *name, const double *values, size_t rows,
                                         pz_grouping_direction direction, double weight);

/**
 * Adds needs: how much each learner needs each of `cols` things to work on. Every group gets a focus, the thing that its members need most
 * together; the term is the share of need that the focuses leave unserved: 1 - (sum over groups of the need of their members for their focus) /
 * (sum over learners of their greatest need). 0: everybody works on what they need most. Once a problem.
 * @param needs row by row, `rows` x `cols` numbers from 0 (none) to 1; `rows` = learners, `cols` 1 to 4,096
 * @return as pz_grouping_add_numeric(); ::PZ_E_EXISTS (there are needs already). Since: 0.1
 */
PZ_API pz_status pz_grouping_add_needs(pz_grouping_problem *problem, const char *name, const double *needs, size_t rows, size_t cols,
                                       double weight);

/**
 * Adds distances between learners, alike or mixed. The term is the share of all distances that lies within groups (alike), or the rest (mixed: the greatest
 * diversity within groups). A distance that is not known counts as the mean of those that are, and so decides nothing.
 * @param distances `rows` x `cols` numbers of 0 or more, the same both ways, NaN for one that is not known; the diagonal is not read;
 *   `rows` = `cols` = learners, up to 20,000
 * @return as pz_grouping_add_numeric(). Since: 0.1
 */
PZ_API pz_status pz_grouping_add_pairs(pz_grouping_problem *problem, const char *name, const double *distances, size_t rows, size_t cols,
                                       pz_grouping_direction direction, double weight);

/**
 * Adds earlier teammates as a criterion: the least repeats where none is impossible. A meeting of two learners counts 1 if it was in the last earlier
 * division, `decay` in the one before, `decay` squared before that, and so on. The term is the share of all that counts which sits together again.
 * @param earlier row by row, the group of each learner in each earlier division, oldest first, NaN where the learner was in none; whole numbers;
 *   `rows` = learners; `cols` 1 to 4,096 @param decay above 0, up to 1
 * @return as pz_grouping_add_numeric(); ::PZ_E_INVALID (also: decay, a number that is not whole: its row and column are named). Since: 0.1
 */
PZ_API pz_status pz_grouping_add_earlier(pz_grouping_problem *problem, const char *name, const double *earlier, size_t rows, size_t cols,
                                         double decay, double weight);

/**
 * Adds a criterion made from values: scores, ranks, categories, interests, free times. Alike and mixed make distances of them, as
 * pz_grouping_add_pairs() otherwise; columns of different units should be divided by their range or standard deviation first. A column in which one of two learners has no value is left out of their distance, and the
 * others stand in for it (Gower 1971); where no column is known for both, the distance is the mean of those that are known.
 *
 * Distances of more than a few thousand learners are made when they are asked for, so that memory grows with the number of learners and not with its square. Of more
 * than 20,000 the sum of all distances is exact for Manhattan distances of which nothing is missing; else it comes from 64 others of each learner, which tells the mean to
 * about one part in a thousand, and the mean distance of one learner to all, in reasons, from 1,000 others.
 *
 * Balanced makes no distances. Its term is the mean over the columns of the share of variance that lies between groups; a column of
 * categories counts as one column of 0 and 1 for each code, whose variances are added up. Not for free times.
 *
 * Complementary, for sets (strengths, skills, things to lend, as 0 or 1) and categories (each code is a thing that a learner has or lacks): every
 * thing that a learner lacks is a gap. The term is the share of gaps that nobody in the learner's group fills, among those that somebody at all could. (A definition of our
 * own.) An unknown value is neither had nor lacked. Numbers must be turned into 0 and 1 first, by the level from which they are enough.
 *
 * | metric                | alike | mixed | balanced | complementary |
 * | --------------------- | ----- | ----- | -------- | ------------- |
 * | Manhattan, Euclidean  | yes   | yes   | yes      |               |
 * | categories            | yes   | yes   | yes      | yes           |
 * | sets                  | yes   | yes   | yes      | yes           |
 * | times                 | yes   | yes   |          |               |
 *
 * @param values row by row, `rows` x `cols`, NaN for a missing one; `rows` = learners; `cols` 1 to 4,096
 * @param metric a ::pz_grouping_metric
 * @return as pz_grouping_add_numeric(); ::PZ_E_INVALID (also: a direction that makes no sense for the metric); ::PZ_E_LIMIT (also: more than 256 different codes in
 *   a column of categories that are balanced or complementary, or more than 4,096 columns and codes of all such criteria). Since: 0.1
 */
PZ_API pz_status pz_grouping_add_features(pz_grouping_problem *problem, const char *name, const double *values, size_t rows, size_t cols,
                                          pz_grouping_metric metric, pz_grouping_direction direction, double weight);

/* Rules. Each returns PZ_OK; PZ_E_CLOSED; PZ_E_INVALID (a learner or group that is not there, a learner with itself); PZ_E_NOMEM. A rule that
 * is there already is not added again. Whether all of them can hold is found out by pz_grouping_solve(). */

/** Two learners in one group. Since: 0.1 */
PZ_API pz_status pz_grouping_add_together(pz_grouping_problem *problem, int32_t learner, int32_t other);
/** Two learners in different groups. Since: 0.1 */
PZ_API pz_status pz_grouping_add_apart(pz_grouping_problem *problem, int32_t learner, int32_t other);
/** A learner in a certain group. @param group from 0, below 100,000. Since: 0.1 */
PZ_API pz_status pz_grouping_add_locked(pz_grouping_problem *problem, int32_t learner, int32_t group);
/** A learner who is not grouped: absent, or opted out. Since: 0.1 */
PZ_API pz_status pz_grouping_add_absent(pz_grouping_problem *problem, int32_t learner);

/** A learner who does not take part by choice: as pz_grouping_add_absent(), and told apart from it in checks. Since: 0.1 */
PZ_API pz_status pz_grouping_add_opted_out(pz_grouping_problem *problem, int32_t learner);

/**
 * Sizes of one group, in place of those of the problem. Only for problems that state their number of groups. Rules that name groups keep the numbers of
 * groups as they are; otherwise groups are numbered by their first learner.
 * @param group below the number of groups @param size_min,size_max 1 <= size_min <= size_max <= 100,000
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID (group, sizes, the problem lets the sizes decide); ::PZ_E_EXISTS (this group has others); ::PZ_E_NOMEM. Since: 0.1
 */
PZ_API pz_status pz_grouping_add_group_size(pz_grouping_problem *problem, int32_t group, int32_t size_min, int32_t size_max);

/**
 * The only groups in which a learner may sit. Of two lists, both hold.
 * @param groups `rows` numbers from 0, below 100,000, in any order; `rows` 1 to 100,000
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID (no such learner, a group out of range: its row is named, none at all); ::PZ_E_NOMEM. Since: 0.1
 */
PZ_API pz_status pz_grouping_add_allowed(pz_grouping_problem *problem, int32_t learner, const int32_t *groups, size_t rows);

/**
 * Nobody alone: of the flagged learners each group has none, or at least `least`. Solo status costs members of a minority most where they are
 * seen to perform (Sekaquaptewa and Thompson 2002); team formation at universities forbids it as a matter of course (Oakley et al. 2004).
 * @param name up to ::PZ_LIMIT_TITLE bytes, for messages and checks; say what is counted, nobody's name
 * @param flags `rows` numbers, 1 for a learner who counts and 0 for one who does not; `rows` = learners @param least from 2
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID (rows, a number that is neither 0 nor 1: its row is named, least); ::PZ_E_TEXT; ::PZ_E_TOO_LONG;
 *   ::PZ_E_LIMIT (more than 64 rules of this kind and roles); ::PZ_E_NOMEM. Since: 0.1
 */
PZ_API pz_status pz_grouping_add_not_alone(pz_grouping_problem *problem, const char *name, const double *flags, size_t rows, int32_t least);

/**
 * A role: each group has `least` to `most` of the flagged learners, such as those who can lead, or who can lend a machine.
 * @param least from 0 @param most from `least`, above 0
 * @return as pz_grouping_add_not_alone(). Since: 0.1
 */
PZ_API pz_status pz_grouping_add_role(pz_grouping_problem *problem, const char *name, const double *flags, size_t rows, int32_t least,
                                      int32_t most);

/**
 * Common free time: in each group at least `least` slots in which all of its members are free. A learner of whom a slot is not known should be
 * asked; give 0 to be safe.
 * @param free_times row by row, `rows` x `cols`, 1 for a free slot and 0 for another; `rows` = learners, `cols` 1 to 4,096 @param least 1 to `cols`
 * @return as pz_grouping_add_not_alone(); ::PZ_E_LIMIT (more than 4,096 slots in all rules of this kind). Since: 0.1
 */
PZ_API pz_status pz_grouping_add_common_time(pz_grouping_problem *problem, const char *name, const double *free_times, size_t rows,
                                             size_t cols, int32_t least);

/**
 * Earlier teammates, as a rule: two who have sat together more than `most` times do not again. 0: nobody meets again.
 * @param earlier row by row, the group of each learner in each earlier division, NaN where the learner was in none; `rows` = learners,
 *   `cols` earlier divisions, 1 to 4,096 @param most from 0
 * @return as pz_grouping_add_not_alone(); ::PZ_E_LIMIT (more than 20,000 learners). Since: 0.1
 */
PZ_API pz_status pz_grouping_add_earlier_cap(pz_grouping_problem *problem, const char *name, const double *earlier, size_t rows, size_t cols,
                                             int32_t most);

/** The problem as JSON, exactly: reading it gives the same groups. @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_NOMEM. Memory: pz_free(). Since: 0.1 */
PZ_API pz_status pz_grouping_problem_write(const pz_grouping_problem *problem, char **out_json);

/** Reads what pz_grouping_problem_write() wrote. @return ::PZ_OK; ::PZ_E_FORMAT; ::PZ_E_HOSTILE; ::PZ_E_INVALID (by name); ::PZ_E_NOMEM. Since: 0.1 */
PZ_API pz_status pz_grouping_problem_read(const char *json, size_t json_len, pz_grouping_problem **out_problem);

/* ------------------------------------------------------------------------------------------------- solving --- */

/** Options of a search. Begin with ::PZ_GROUPING_OPTIONS_INIT. */
typedef struct pz_grouping_options {
    uint32_t struct_size;
    uint64_t seed;      /**< Default 1. */
    int64_t iterations; /**< rounds of shaking and improving, 0: chosen by the number of learners; up to 1,000,000,000. Default 0. */
    int64_t proof_steps; /**< places of learners to try after the search for a proof that no division is better; 0: none. Up to 1,000,000,000,000. 10,000,000
                              take seconds. For up to 60 learners (pairs that stay together count as one). Where the proof does not end, the bound is raised. Default 0. */
    int32_t keep_best;   /**< 1: where the progress callback asks to stop, the best groups so far are the result. This is how time is limited: the engine
                              has no clock, the callback may have one. Annealing then begins with short coolings, each twice as long as the one before, so
                              that one has ended whenever it stops. 0: the call ends with ::PZ_E_CANCELLED. Default 0. */
} pz_grouping_options;

#define PZ_GROUPING_OPTIONS_INIT {sizeof(pz_grouping_options), 1, 0, 0, 0}

/**
 * Forms groups: a first division that keeps all rules, then iterated local search by moves and swaps; where every criterion is about distances, and
 * for more than 60 learners (pairs that stay together count as one) where there are no needs, simulated annealing, a round of which is 100 tries for each
 * learner, ended by local search. A problem without criteria is divided by the seed alone.
 * @param options NULL for the defaults @param progress NULL, or called now and then
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_STRUCT_SIZE; ::PZ_E_INVALID; ::PZ_E_CANCELLED; ::PZ_E_INFEASIBLE (the sizes or rules that clash are named in
 *   the message, and by pz_grouping_conflict_list()); ::PZ_E_NOT_ENOUGH (everybody is absent); ::PZ_E_LIMIT (distances, and groups so large that there are more than
 *   200,000,000 pairs of learners within them); ::PZ_E_NOMEM. Memory: release with pz_grouping_result_free(). Since: 0.1
 */
PZ_API pz_status pz_grouping_solve(const pz_grouping_problem *problem, const pz_grouping_options *options, pz_progress_fn progress,
                                   void *user_data, pz_grouping_result **out_result);

/**
 * Scores groups made by hand or by the caller's own strategy, in the same way. Rules may be broken: pz_grouping_check_list() says which.
 * @param groups `rows` group numbers from 0 without holes, -1 for learners who are not grouped; `rows` = learners
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID (rows, a number out of range, an empty group); ::PZ_E_NOT_ENOUGH (nobody is grouped); ::PZ_E_NOMEM. Since: 0.1
 */
PZ_API pz_status pz_grouping_score(const pz_grouping_problem *problem, const int32_t *groups, size_t rows, pz_grouping_result **out_result);

/** Releases a result. NULL does nothing. Since: 0.1 */
PZ_API void pz_grouping_result_free(pz_grouping_result *result);

/** A rule, as conflicts and checks name it. */
typedef enum pz_grouping_constraint {
    PZ_CONSTRAINT_SIZE = 1,     /**< sizes and number of groups; `learner`: how many are to be divided */
    PZ_CONSTRAINT_TOGETHER = 2,
    PZ_CONSTRAINT_APART = 3,
    PZ_CONSTRAINT_LOCKED = 4,
    PZ_CONSTRAINT_ABSENT = 5,
    PZ_CONSTRAINT_OPTED_OUT = 6,
    PZ_CONSTRAINT_GROUP_SIZE = 7,  /**< sizes of one group: `group`, `least`, `most` */
    PZ_CONSTRAINT_ALLOWED = 8,     /**< groups of one learner */
    PZ_CONSTRAINT_NOT_ALONE = 9,   /**< none or at least `least` of the flagged learners */
    PZ_CONSTRAINT_ROLE = 10,       /**< `least` to `most` of the flagged learners */
    PZ_CONSTRAINT_COMMON_TIME = 11,/**< at least `least` slots in which all are free */
    PZ_CONSTRAINT_EARLIER = 12     /**< two who have sat together more than `most` times do not again */
} pz_grouping_constraint;

/** One rule, and whether it holds. */
typedef struct pz_grouping_check {
    uint32_t struct_size;
    int32_t kind;    /**< a ::pz_grouping_constraint */
    int32_t learner; /**< -1: none */
    int32_t other;   /**< -1: none */
    int32_t group;   /**< that the row is about; -1: none */
    int32_t holds;
    const char *name; /**< that the rule was given; NULL: none */
    int32_t rule;    /**< its number, in the order in which rules were added; -1: the sizes of the problem */
    int32_t count;   /**< learners, or slots, that were counted; -1: none. In conflicts always -1 */
    int32_t least;   /**< that the rule asks for; -1: none */
    int32_t most;    /**< that the rule allows; -1: none */
} pz_grouping_check;

/**
 * A smallest set of rules that cannot hold together: without any one of them the rest can. Empty where all can hold. To leave out the sizes of one group
 * is to let it have any size from the smaller least to the larger greatest of its own and the problem's, since the problem's alone may be harder to keep.
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_NOT_ENOUGH (too hard to tell within its limit of 200,000 steps for each question); ::PZ_E_NOMEM. Memory: one block, pz_free(). Since: 0.1
 */
PZ_API pz_status pz_grouping_conflict_list(const pz_grouping_problem *problem, pz_grouping_check ***out_rows, size_t *out_count);

/* -------------------------------------------------------------------------------------------------- result --- */

/** A result in figures. */
typedef struct pz_grouping_summary {
    uint32_t struct_size;
    int32_t groups;
    int32_t learners;    /**< grouped ones */
    double objective;    /**< weighted mean of the criteria's terms, 0 to 1, less is better; 0 without criteria */
    double bound;        /**< no division that keeps the sizes can be below this; with `proof_steps`: none that keeps sizes and rules */
    double gap;          /**< objective - bound */
    int32_t rules_broken;/**< 0 for results of pz_grouping_solve() */
    uint64_t seed;       /**< of the search; 0 for scored groups */
    int64_t iterations;  /**< that were made; give them with the seed to have the same groups again */
    int32_t absent;      /**< learners of the problem who are not grouped */
    int32_t proven;      /**< 1: no division that keeps sizes and rules is better, all were ruled out */
    int32_t stopped;     /**< 1: the callback asked to stop, so that seed and iterations need not give the same groups again */
    int64_t proof_steps; /**< places that were tried for the proof */
} pz_grouping_summary;

/** @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_NOMEM. Memory: one block, release with pz_free(). Since: 0.1 */
PZ_API pz_status pz_grouping_result_describe(const pz_grouping_result *result, pz_grouping_summary **out_summary);

/** The group of each learner, -1 where not grouped. @param out_groups_len at least the number of learners. @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID. Since: 0.1 */
PZ_API pz_status pz_grouping_result_groups(const pz_grouping_result *result, int32_t *out_groups, size_t out_groups_len);

/** What a criterion came to. */
typedef struct pz_grouping_term {
    uint32_t struct_size;
    const char *name;
    double weight; /**< share of all weights */
    double value;  /**< 0 to 1, less is better */
    double bound;  /**< no division that keeps the sizes can be below this */
} pz_grouping_term;

/** The terms of the objective, in the order in which the criteria were added. @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_NOMEM. Memory: pz_free(). Since: 0.1 */
PZ_API pz_status pz_grouping_term_list(const pz_grouping_result *result, pz_grouping_term ***out_rows, size_t *out_count);

/** One group. */
typedef struct pz_grouping_group {
    uint32_t struct_size;
    int32_t group;
    int32_t size;
    int32_t focus;       /**< column of the needs that its members need most together; -1: none */
    double focus_need;   /**< sum of its members' need for it */
    int32_t focus_count; /**< members who need it at all */
} pz_grouping_group;

/** Groups by number. @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_NOMEM. Memory: pz_free(). Since: 0.1 */
PZ_API pz_status pz_grouping_group_list(const pz_grouping_result *result, pz_grouping_group ***out_rows, size_t *out_count);

/**
 * Why: a code with its numbers. Codes of groups begin with "reason.group.", of learners with "reason.learner.".
 *
 * | code                          | criterion | column | value                              | other                    |
 * | ----------------------------- | --------- | ------ | ---------------------------------- | ------------------------ |
 * | reason.group.need             | needs     | focus  | members who need it                | size                     |
 * | reason.group.alike            | numeric   |        | least value in the group           | greatest                 |
 * | reason.group.mixed            | numeric   |        | mean of the group                  | mean of all              |
 * | reason.group.close            | distances |        | mean distance within the group     | mean of all distances    |
 * | reason.group.diverse          | distances |        | mean distance within the group     | mean of all distances    |
 * | reason.group.balanced         | balanced  | widest | mean, or share, in the group       | of all                   |
 * | reason.group.complementary    | complem.  |        | gaps that the group fills          | gaps of its members      |
 * | reason.group.repeats          | earlier   |        | pairs who have sat together before | pairs                    |
 * | reason.group.random           |           |        | size                               |                          |
 * | reason.learner.need           | needs     | focus  | need for it                        | greatest need            |
 * | reason.learner.need_other     | needs     | focus  | need for it, less than the greatest| greatest need            |
 * | reason.learner.no_need        | needs     | focus  | 0: needs it no more, can help      | greatest need            |
 * | reason.learner.alike          | numeric   |        | value                              | mean of the group        |
 * | reason.learner.mixed          | numeric   |        | value                              | mean of the group        |
 * | reason.learner.no_value       | numeric   |        | NaN                                | mean of the group        |
 * | reason.learner.close          | distances |        | mean distance to the group         | to all learners          |
 * | reason.learner.diverse        | distances |        | mean distance to the group         | to all learners          |
 * | reason.learner.balanced       | balanced  | widest | value                              | mean, or share, of group |
 * | reason.learner.complementary  | complem.  |        | own gaps that the group fills      | own gaps                 |
 * | reason.learner.repeats        | earlier   |        | others met before in an earlier one| others                   |
 * | reason.learner.random         |           |        |                                    |                          |
 * | reason.learner.locked         |           |        | group                              |                          |
 * | reason.learner.together       |           |        | the other learner                  |                          |
 */
typedef struct pz_grouping_reason {
    uint32_t struct_size;
    int32_t group;
    int32_t learner;   /**< -1: of the group as a whole */
    const char *code;
    int32_t criterion; /**< number of the criterion; -1: none */
    int32_t column;    /**< of the needs, or of a balanced criterion the one in which the group differs most from all; -1: none */
    double value;
    double other;
} pz_grouping_reason;

/** Reasons by group, first the group's own, then those of its learners; of a learner the one that weighs most first. @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_NOMEM. Memory: pz_free(). Since: 0.1 */
PZ_API pz_status pz_grouping_reason_list(const pz_grouping_result *result, pz_grouping_reason ***out_rows, size_t *out_count);

/** Every rule and every group's size, and whether it holds. @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_NOMEM. Memory: pz_free(). Since: 0.1 */
PZ_API pz_status pz_grouping_check_list(const pz_grouping_result *result, pz_grouping_check ***out_rows, size_t *out_count);

/**
 * What moving one learner to each group would cost: objective after less objective before, whatever the rules say.
 * @param out_costs one number for each group; 0 for the learner's own @param out_costs_len at least the number of groups
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID (no such learner, or not grouped). Since: 0.1
 */
PZ_API pz_status pz_grouping_move_cost(const pz_grouping_result *result, int32_t learner, double *out_costs, size_t out_costs_len);

/** Where else a learner could sit. */
typedef struct pz_grouping_alternative {
    uint32_t struct_size;
    int32_t group;
    double cost;       /**< objective with the learner moved there, less the objective now */
    int32_t breaks;    /**< rules that hold now and would not, less those that would again; sizes are among them */
    int32_t other;     /**< learner of that group with whom to change places for the least cost and no more rules broken than now; -1: none of the eight cheapest */
    double other_cost; /**< of changing places; NaN without `other` */
} pz_grouping_alternative;

/**
 * Every other group of a learner, with what a move there or a change of places would cost: first those moves or changes that break no rule, the cheapest first, then the rest.
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID (no such learner, or not grouped); ::PZ_E_NOMEM. Memory: pz_free(). Since: 0.1
 */
PZ_API pz_status pz_grouping_alternative_list(const pz_grouping_result *result, int32_t learner, pz_grouping_alternative ***out_rows,
                                              size_t *out_count);

/* ------------------------------------------------------------------------------------------------ fairness --- */

/** How learners with one value of an attribute are spread over the groups. */
typedef struct pz_grouping_fairness {
    uint32_t struct_size;
    int32_t column;         /**< of the attributes */
    double code;            /**< the value */
    int32_t learners;       /**< grouped learners who have it */
    int32_t groups;         /**< in which somebody has it */
    int32_t alone;          /**< learners who are the only one in a group of two or more */
    double alone_by_chance; /**< that many would be on average, if chance alone filled groups of these sizes (hypergeometric distribution) */
    double share;           /**< of those whose value is known, 0 to 1 */
    double least_share;     /**< in the group where it is least */
    double most_share;      /**< in the group where it is greatest */
    double between;         /**< share of variance between groups, 0: every group as all, to 1: every group of one kind */
    double between_by_chance; /**< what it would be on average by chance: (groups - 1) / (learners - 1) */
} pz_grouping_fairness;

/**
 * How groups treat those who differ, for people to judge: isolation, and balance between groups. Nothing of it was used in forming them unless a criterion or rule says so.
 * @param attributes codes row by row, `rows` x `cols`, NaN for one that is not known or not told; `rows` = learners, `cols` 1 to 64;
 *   up to 256 different codes in a column
 * @return rows by column and code; ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID (rows, cols, an infinite value: its row and column are named); ::PZ_E_LIMIT (more
 *   codes); ::PZ_E_NOMEM. Memory: pz_free(). Since: 0.1
 */
PZ_API pz_status pz_grouping_fairness_list(const pz_grouping_result *result, const double *attributes, size_t rows, size_t cols,
                                           pz_grouping_fairness ***out_rows, size_t *out_count);

/** How often a learner has sat in the lowest tier. */
typedef struct pz_grouping_stay {
    uint32_t struct_size;
    int32_t learner;
    int32_t divisions; /**< earlier ones in which the learner was in a tier */
    int32_t lowest;    /**< of them in the lowest tier */
    int32_t in_a_row;  /**< of the last ones, without one in another tier between */
    double share;      /**< lowest / divisions; NaN without divisions */
    int32_t now;       /**< 1: in this result's lowest group, the one with the least mean of the first numeric criterion that is alike; 0: in another; -1: not grouped, or no such
                            criterion */
} pz_grouping_stay;

/**
 * Who stays at the bottom: lasting tiers harm those who sit in the lowest one, so this is to be looked at before tiers are formed again.
 * @param tiers row by row, the tier of each learner in each earlier division, oldest first, 0 the lowest, NaN where the learner was in none;
 *   whole numbers from 0; `rows` = learners, `cols` 1 to 4,096
 * @return a row for each learner; ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID (rows, cols, a number that is no tier: its row and column are named); ::PZ_E_NOMEM.
 *   Memory: pz_free(). Since: 0.1
 */
PZ_API pz_status pz_grouping_stay_list(const pz_grouping_result *result, const double *tiers, size_t rows, size_t cols,
                                       pz_grouping_stay ***out_rows, size_t *out_count);

#ifdef __cplusplus
}
#endif
#endif
