/* Seats set and listed. */
#include "base/fail.h"
#include "base/memory.h"
#include "base/text.h"
#include "records/access/whom.h"
#include "records/assessment/seats.h"
#include "records/assessment/tables.h"
#include "records/cycle/find.h"
#include "records/listing.h"
#include "records/writing.h"

enum { MOST_SEATS = 100000 };

/* ------------------------------------------------------------------------------------------------- setting --- */

static pz_status fail_row(pz_status status, const char *field, size_t row, const char *what)
{
    return pz__fail(status, field, "Mend the row and give all of them again; nothing was written.", "Row %zu: %s", row, what);
}

static pz_status take(const pz_assessment_seat *given, size_t row, pz_assessment_seat *seat)
{
    if (!given) return fail_row(PZ_E_INVALID, "seats", row, "the record is missing.");
    PZ__TRY(pz__record_take(&pz__assessment_seat_type, given, sizeof *seat, seat));
    if (seat->state < PZ_SEAT_OPEN || seat->state > PZ_SEAT_EXEMPT)
        return fail_row(PZ_E_INVALID, "state", row, "there is no such state of a seat.");
    if (!seat->reason) seat->reason_len = 0;
    if (seat->state != PZ_SEAT_EXEMPT && !seat->reason) return PZ_OK;
    if (!seat->reason || !seat->reason_len || !*seat->reason)
        return fail_row(PZ_E_INVALID, "reason", row, "an exemption needs its reason.");
    return pz__text_need(seat->reason, seat->reason_len, (size_t)pz_limit(PZ_LIMIT_TEXT), "reason", &seat->reason_len);
}

static pz_status write_seat(pz__call *call, const pz_assessment_seat *seat, size_t row)
{
    pz__sitting sitting;
    pz_status status = pz__sitting_find(call, PZ__WRITE, seat->assessment, "assessment", &sitting);
    if (status == PZ_E_NOT_FOUND) return fail_row(status, "assessment", row, "there is no such assessment in reach.");
    PZ__TRY(status);
    PZ__TRY(pz__seat_may(call, &sitting));
    status = pz__may_learner(call, PZ_KIND_EVIDENCE, PZ__WRITE, seat->learner, "learner");
    if (status == PZ_E_NOT_FOUND) return fail_row(status, "learner", row, "there is no such learner in reach.");
    PZ__TRY(status);
    return pz__seat_write(call, seat);
}

static pz_status describe(const pz_assessment_seat *const *seats, size_t rows, pz__buffer *request)
{
    pz__request_int(request, (int64_t)rows);
    for (size_t i = 0; i < rows; i++) {
        pz_assessment_seat seat;
        PZ__TRY(take(seats[i], i, &seat));
        pz__request_record(request, pz__assessment_seat_table.type, &seat);
    }
    return PZ_OK;
}

static pz_status write_seats(pz__call *call, const pz_assessment_seat *const *seats, size_t rows)
{
    for (size_t i = 0; i < rows; i++) {
        pz_assessment_seat seat;
        PZ__TRY(take(seats[i], i, &seat));
        PZ__TRY(write_seat(call, &seat, i));
    }
    return PZ_OK;
}

pz_status pz_assessment_seats_set(pz_actor *actor, const pz_assessment_seat *const *seats, size_t rows, const char *key)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz__call call;
    pz_status status;
    if (!actor) return pz__fail_closed("actor");
    if (rows > MOST_SEATS)
        return pz__fail(PZ_E_LIMIT, "rows", "Give them in several calls.", "%zu seats are over the limit of %d.", rows, MOST_SEATS);
    if (rows && !seats) return pz__fail_null("seats");
    status = describe(seats, rows, &request);
    if (status != PZ_OK) {
        pz__buffer_free(&request);
        return status;
    }
    PZ__TRY(pz__write_start(&call, actor, "assessment_seats.set", key, &request));
    return pz__call_end(&call, call.repeated ? PZ_OK : write_seats(&call, seats, rows));
}

/* ------------------------------------------------------------------------------------------------- listing --- */

static pz_status list(pz__call *call, pz_id assessment, pz__rows *rows)
{
    pz__sitting sitting;
    pz_id *learners;
    size_t count;
    pz_status status;
    PZ__TRY(pz__may(call, PZ_KIND_EVIDENCE, PZ__SEE));
    PZ__TRY(pz__sitting_find(call, PZ__SEE, assessment, "assessment", &sitting));
    PZ__TRY(pz__sitting_learners(call, &sitting, &learners, &count));
    status = pz__seats_read(call, &sitting, learners, count, 0, rows);
    pz__release(learners);
    return status;
}

pz_status pz_assessment_seat_list(pz_actor *actor, pz_id assessment, pz_assessment_seat ***out_rows, size_t *out_count)
{
    pz__rows rows;
    pz__call call;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, &pz__assessment_seat_type);
    return pz__call_end_rows(&call, list(&call, assessment, &rows), &rows, (void ***)out_rows, out_count);
}

static pz_status list_sitting(pz__call *call, const pz__sitting *sitting, pz_id learner, pz__rows *rows)
{
    pz_id *learners;
    size_t count;
    pz_status status;
    PZ__TRY(pz__sitting_learners(call, sitting, &learners, &count));
    if (!learner)
        status = pz__seats_read(call, sitting, learners, count, 1, rows);
    else
        status = pz__ids_has(learners, count, learner) ? pz__seats_read(call, sitting, &learner, 1, 1, rows) : PZ_OK;
    pz__release(learners);
    return status;
}

static pz_status list_missing(pz__call *call, pz_id id, pz_id learner, pz__rows *rows)
{
    pz__sitting *sittings;
    size_t count;
    pz_cycle *cycle;
    pz_status status;
    PZ__TRY(pz__cycle_find(call, PZ__SEE, id, &cycle));
    pz_free(cycle);
    if (learner) PZ__TRY(pz__may_learner(call, PZ_KIND_EVIDENCE, PZ__SEE, learner, "learner"));
    PZ__TRY(pz__sittings_of_cycle(call, id, &sittings, &count));
    status = PZ_OK;
    for (size_t i = 0; i < count && status == PZ_OK; i++) status = list_sitting(call, &sittings[i], learner, rows);
    pz__release(sittings);
    return status;
}

pz_status pz_cycle_missing_list(pz_actor *actor, pz_id cycle, pz_id learner, pz_assessment_seat ***out_rows, size_t *out_count)
{
    pz__rows rows;
    pz__call call;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, &pz__assessment_seat_type);
    return pz__call_end_rows(&call, list_missing(&call, cycle, learner, &rows), &rows, (void ***)out_rows, out_count);
}
