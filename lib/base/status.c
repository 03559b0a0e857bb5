/* The one table of status codes. */
#include "personalize/base.h"

#define ROW(code, kind, python, php, exit_status, meaning) {sizeof(pz_status_info), code, #code, kind, meaning, python, php, exit_status}

static const pz_status_info table[] = {
    ROW(PZ_OK, "ok", "", "", 0, "Done."),
    ROW(PZ_E_INVALID, "call", "InvalidError", "InvalidException", 2, "An argument is missing, contradictory or outside its range."),
    ROW(PZ_E_CLOSED, "call", "ClosedError", "ClosedException", 2, "The handle is NULL or was closed."),
    ROW(PZ_E_TEXT, "call", "TextError", "TextException", 2, "Text is not UTF-8, holds a NUL or a forbidden control character."),
    ROW(PZ_E_TOO_LONG, "call", "TooLongError", "TooLongException", 2, "Text, list or number is over its stated limit."),
    ROW(PZ_E_STRUCT_SIZE, "call", "StructSizeError", "StructSizeException", 2, "A record's struct_size is too small."),
    ROW(PZ_E_FORKED, "call", "ForkedError", "ForkedException", 2, "The handle was opened in another process."),
    ROW(PZ_E_BUSY_HANDLE, "call", "BusyHandleError", "BusyHandleException", 2, "The handle is in use by its own callback or another thread."),
    ROW(PZ_E_CALLBACK, "call", "CallbackError", "CallbackException", 2, "A callback asked to stop."),
    ROW(PZ_E_CANCELLED, "call", "CancelledError", "CancelledException", 2, "The cancel callback asked to stop; nothing was written."),
    ROW(PZ_E_NOT_FOUND, "rights", "NotFoundError", "NotFoundException", 3, "There is no such record, or it is out of reach."),
    ROW(PZ_E_DENIED, "rights", "DeniedError", "DeniedException", 3, "The role may not do this."),
    ROW(PZ_E_READ_ONLY, "rights", "ReadOnlyError", "ReadOnlyException", 3, "The handle or the store is for reading only."),
    ROW(PZ_E_STATE, "state", "StateError", "StateException", 4, "The record's state does not allow this step."),
    ROW(PZ_E_CONFLICT, "state", "ConflictError", "ConflictException", 4, "Somebody else changed the record meanwhile."),
    ROW(PZ_E_KEY_REUSED, "state", "KeyReusedError", "KeyReusedException", 4, "This idempotency key was used for a different act."),
    ROW(PZ_E_EXISTS, "state", "ExistsError", "ExistsException", 4, "There is one already."),
    ROW(PZ_E_LIMIT, "state", "LimitError", "LimitException", 4, "A stated limit would be passed."),
    ROW(PZ_E_FAULTS, "input", "FaultsError", "FaultsException", 5, "The input has faults; nothing was written."),
    ROW(PZ_E_FORMAT, "input", "FormatError", "FormatException", 5, "The input is not of the format it claims, or is broken."),
    ROW(PZ_E_HOSTILE, "input", "HostileError", "HostileException", 5, "The input exceeds the limits for safe reading and was refused."),
    ROW(PZ_E_INFEASIBLE, "computation", "InfeasibleError", "InfeasibleException", 6, "No solution meets all constraints."),
    ROW(PZ_E_NO_CONVERGENCE, "computation", "NoConvergenceError", "NoConvergenceException", 6, "The fit did not converge within its limits."),
    ROW(PZ_E_NOT_ENOUGH, "computation", "NotEnoughError", "NotEnoughException", 6, "Too little evidence or data for this estimate."),
    ROW(PZ_E_BUSY, "store", "BusyError", "BusyException", 7, "Another writer held the store past the deadline."),
    ROW(PZ_E_CORRUPT, "store", "CorruptError", "CorruptException", 7, "The store is damaged."),
    ROW(PZ_E_TAMPERED, "store", "TamperedError", "TamperedException", 7, "The audit chain or a digest does not match."),
    ROW(PZ_E_NEWER, "store", "NewerError", "NewerException", 7, "The store was written by a newer version of the library."),
    ROW(PZ_E_NOT_STORE, "store", "NotStoreError", "NotStoreException", 7, "The file is not a libpersonalize store."),
    ROW(PZ_E_NO_SPACE, "store", "NoSpaceError", "NoSpaceException", 7, "The disk or the quota is full."),
    ROW(PZ_E_IO, "store", "IoError", "IoException", 7, "Reading or writing failed."),
    ROW(PZ_E_NOMEM, "store", "OutOfMemoryError", "OutOfMemoryException", 7, "Memory could not be had."),
    ROW(PZ_E_INTERNAL, "store", "InternalError", "InternalException", 70, "A fault of the library itself. Please report it."),
};
enum { ROWS = sizeof table / sizeof table[0] };

const pz_status_info *pz_status_at(size_t index)
{
    return index < ROWS ? &table[index] : NULL;
}

const pz_status_info *pz_status_describe(pz_status status)
{
    for (size_t i = 0; i < ROWS; i++)
        if (table[i].status == (int32_t)status) return &table[i];
    return &table[ROWS - 1];
}
