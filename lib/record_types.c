/* All record types of the interface in one list: the only place above every room that describes records. */
#include <string.h>

#include "base/record.h"
#include "grouping/result.h"
#include "grouping/strategy.h"
#include "mastery/model.h"
#include "records/activity/tables.h"
#include "records/assessment/tables.h"
#include "records/checkin/tables.h"
#include "records/class_view/types.h"
#include "records/goal/tables.h"
#include "records/next/types.h"
#include "records/mastery/belief.h"
#include "records/plan/tables.h"
#include "records/questionnaire/tables.h"
#include "records/types.h"
#include "records/types_learning.h"
#include "records/voice/tables.h"
#include "report/report_types.h"
#include "store/store_types.h"

static const pz_record_type *const *const rooms[] = {
    pz__mastery_types, pz__grouping_types, pz__strategy_types, pz__store_types, pz__access_types, pz__roster_types, pz__competency_types,
    pz__learning_types, pz__assessment_types, pz__class_view_types, pz__belief_types, pz__goal_types, pz__next_types, pz__activity_types, pz__plan_types, pz__voice_types, pz__checkin_types, pz__questionnaire_types, pz__report_types, NULL};

const pz_record_type *pz_record_type_at(size_t index)
{
    for (size_t room = 0; rooms[room]; room++)
        for (size_t i = 0; rooms[room][i]; i++)
            if (index-- == 0) return rooms[room][i];
    return NULL;
}

const pz_record_type *pz_record_type_find(const char *name)
{
    const pz_record_type *type;
    for (size_t i = 0; name && (type = pz_record_type_at(i)) != NULL; i++)
        if (!strcmp(type->name, name)) return type;
    return NULL;
}
