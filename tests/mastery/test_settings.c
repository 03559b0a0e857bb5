/* Settings: defaults, ranges by name, JSON there and back. */
#include "mastery/model.h"
#include "personalize/mastery.h"
#include "support/suite.h"

#define LAST PZ_MODEL_BKT

START_TEST(names_are_those_of_the_manual)
{
    ck_assert_str_eq(pz_mastery_model_name(PZ_MODEL_LATEST), "latest");
    ck_assert_str_eq(pz_mastery_model_name(PZ_MODEL_HIGHEST), "highest");
    ck_assert_str_eq(pz_mastery_model_name(PZ_MODEL_MEAN), "mean");
    ck_assert_str_eq(pz_mastery_model_name(PZ_MODEL_DECAYING_AVERAGE), "decaying_average");
    ck_assert_str_eq(pz_mastery_model_name(PZ_MODEL_N_OF_M), "n_of_m");
    ck_assert_str_eq(pz_mastery_model_name(PZ_MODEL_BKT), "bkt");
    ck_assert_str_eq(pz_mastery_model_name((pz_mastery_model)0), "");
    ck_assert_str_eq(pz_mastery_model_name((pz_mastery_model)7), "");
    ck_assert_str_eq(pz_mastery_decision_name(PZ_MASTERY_MASTERED), "mastered");
    ck_assert_str_eq(pz_mastery_decision_name(PZ_MASTERY_NOT_YET), "not_yet");
    ck_assert_str_eq(pz_mastery_decision_name(PZ_MASTERY_NOT_ENOUGH_EVIDENCE), "not_enough_evidence");
    ck_assert_str_eq(pz_mastery_decision_name((pz_mastery_decision)-1), "");
}
END_TEST

START_TEST(defaults_are_those_of_the_manual)
{
    pz_mastery_settings settings = PZ_MASTERY_SETTINGS_INIT;
    ck_assert_ok(pz_mastery_settings_default((pz_mastery_model)0, &settings));
    ck_assert_int_eq(settings.model, PZ_MODEL_BKT);
    ck_assert(settings.confidence == 0.95 && settings.confidence_not_yet == 0.8 && settings.evidence_min == 3);
    ck_assert(settings.prior == 0.1 && settings.learn == 0.1 && settings.forget == 0 && settings.guess == 0.1 && settings.slip == 0.1);
    ck_assert_ok(pz_mastery_settings_default(PZ_MODEL_MEAN, &settings));
    ck_assert(settings.model == PZ_MODEL_MEAN && settings.confidence == 0.8 && settings.mastered_at == 0.8);
    ck_assert_ok(pz_mastery_settings_default(PZ_MODEL_DECAYING_AVERAGE, &settings));
    ck_assert(settings.decay == 0.65 && settings.confidence == 0.5 && settings.evidence_min == 3);
    ck_assert_ok(pz_mastery_settings_default(PZ_MODEL_LATEST, &settings));
    ck_assert(settings.confidence == 0.5 && settings.evidence_min == 1);
    ck_assert_ok(pz_mastery_settings_default(PZ_MODEL_N_OF_M, &settings));
    ck_assert(settings.n == 5 && settings.m == 5 && settings.pass_at == 1);
    ck_assert_status(pz_mastery_settings_default((pz_mastery_model)9, &settings), PZ_E_INVALID);
    ck_assert_str_eq(pz_last_error()->field, "model");
    ck_assert_status(pz_mastery_settings_default(PZ_MODEL_BKT, NULL), PZ_E_INVALID);
    settings.struct_size = 8;
    ck_assert_status(pz_mastery_settings_default(PZ_MODEL_BKT, &settings), PZ_E_STRUCT_SIZE);
}
END_TEST

START_TEST(json_gives_back_what_was_written)
{
    for (int model = 1; model <= LAST; model++) {
        pz_mastery_settings settings = PZ_MASTERY_SETTINGS_INIT, back = PZ_MASTERY_SETTINGS_INIT;
        char *first, *second;
        ck_assert_ok(pz_mastery_settings_default((pz_mastery_model)model, &settings));
        settings.mastered_at = 0.7 + model / 100.0;
        settings.prior = 1.0 / 3;
        settings.n = 3;
        ck_assert_ok(pz_mastery_settings_write(&settings, &first));
        ck_assert_ok(pz_mastery_settings_read(first, PZ_NUL_TERMINATED, &back));
        ck_assert_ok(pz_mastery_settings_write(&back, &second));
        ck_assert_str_eq(first, second);
        ck_assert_int_eq(back.model, model);
        pz_free(first);
        pz_free(second);
    }
}
END_TEST

START_TEST(json_has_the_members_of_its_model_alone)
{
    pz_mastery_settings settings = PZ_MASTERY_SETTINGS_INIT;
    char *json;
    ck_assert_ok(pz_mastery_settings_default(PZ_MODEL_DECAYING_AVERAGE, &settings));
    ck_assert_ok(pz_mastery_settings_write(&settings, &json));
    ck_assert_str_eq(json,
                     "{\"version\":1,\"model\":\"decaying_average\",\"mastered_at\":0.8,\"confidence\":0.5,\"confidence_not_yet\":0.5,"
                     "\"evidence_min\":3,\"decay\":0.65}");
    pz_free(json);
    ck_assert_ok(pz_mastery_settings_read("", 0, &settings));
    ck_assert_ok(pz_mastery_settings_write(&settings, &json));
    ck_assert_str_eq(json,
                     "{\"version\":1,\"model\":\"bkt\",\"confidence\":0.95,\"confidence_not_yet\":0.8,\"evidence_min\":3,\"prior\":0.1,"
                     "\"learn\":0.1,\"forget\":0,\"guess\":0.1,\"slip\":0.1}");
    pz_free(json);
}
END_TEST

START_TEST(left_out_members_have_the_defaults_of_their_model)
{
    pz_mastery_settings settings = PZ_MASTERY_SETTINGS_INIT;
    static const char json[] = "{\"confidence\": 0.9, \"model\": \"mean\", \"version\": 1} trailing that is not read";
    ck_assert_ok(pz_mastery_settings_read(json, 51, &settings));
    ck_assert(settings.model == PZ_MODEL_MEAN && settings.confidence == 0.9 && settings.confidence_not_yet == 0.8);
    ck_assert_ok(pz_mastery_settings_read("{}", PZ_NUL_TERMINATED, &settings));
    ck_assert_int_eq(settings.model, PZ_MODEL_BKT);
    ck_assert_ok(pz_mastery_settings_read(NULL, 0, &settings));
    ck_assert_ok(pz_mastery_settings_read("{\"slip\":0.2}", PZ_NUL_TERMINATED, &settings));
    ck_assert(settings.model == PZ_MODEL_BKT && settings.slip == 0.2);
}
END_TEST

static const struct {
    const char *json;
    pz_status status;
    const char *field;
} refused[] = {
    {"[]", PZ_E_INVALID, "settings"},
    {"{\"model\":\"magic\"}", PZ_E_INVALID, "model"},
    {"{\"model\":6}", PZ_E_INVALID, "model"},
    {"{\"version\":2}", PZ_E_INVALID, "version"},
    {"{\"version\":\"1\"}", PZ_E_INVALID, "version"},
    {"{\"speed\":2}", PZ_E_INVALID, "settings"},
    {"{\"struct_size\":2}", PZ_E_INVALID, "settings"},
    {"{\"decay\":0.5}", PZ_E_INVALID, "decay"},
    {"{\"model\":\"mean\",\"prior\":0.5}", PZ_E_INVALID, "prior"},
    {"{\"prior\":0}", PZ_E_INVALID, "prior"},
    {"{\"prior\":1}", PZ_E_INVALID, "prior"},
    {"{\"prior\":\"0.5\"}", PZ_E_INVALID, "prior"},
    {"{\"prior\":null}", PZ_E_INVALID, "prior"},
    {"{\"learn\":1}", PZ_E_INVALID, "learn"},
    {"{\"learn\":-0.1}", PZ_E_INVALID, "learn"},
    {"{\"forget\":1.5}", PZ_E_INVALID, "forget"},
    {"{\"guess\":0.5,\"slip\":0.5}", PZ_E_INVALID, "guess"},
    {"{\"guess\":0}", PZ_E_INVALID, "guess"},
    {"{\"slip\":0}", PZ_E_INVALID, "slip"},
    {"{\"confidence\":0.4}", PZ_E_INVALID, "confidence"},
    {"{\"confidence\":1}", PZ_E_INVALID, "confidence"},
    {"{\"confidence_not_yet\":0.1}", PZ_E_INVALID, "confidence_not_yet"},
    {"{\"evidence_min\":0}", PZ_E_INVALID, "evidence_min"},
    {"{\"evidence_min\":1.5}", PZ_E_INVALID, "evidence_min"},
    {"{\"evidence_min\":9007199254740991}", PZ_E_INVALID, "evidence_min"},
    {"{\"model\":\"n_of_m\",\"n\":6}", PZ_E_INVALID, "n"},
    {"{\"model\":\"n_of_m\",\"n\":0}", PZ_E_INVALID, "n"},
    {"{\"model\":\"n_of_m\",\"m\":63}", PZ_E_INVALID, "m"},
    {"{\"model\":\"n_of_m\",\"pass_at\":0}", PZ_E_INVALID, "pass_at"},
    {"{\"model\":\"mean\",\"mastered_at\":1}", PZ_E_INVALID, "mastered_at"},
    {"{\"model\":\"decaying_average\",\"decay\":1}", PZ_E_INVALID, "decay"},
    {"{\"prior\":0.5,\"prior\":0.5}", PZ_E_FORMAT, NULL},
    {"{\"prior\":", PZ_E_FORMAT, NULL},
};

START_TEST(faults_are_named)
{
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        pz_mastery_settings settings = PZ_MASTERY_SETTINGS_INIT, initial = PZ_MASTERY_SETTINGS_INIT;
        settings.prior = 0.7;
        pz_status status = pz_mastery_settings_read(refused[i].json, PZ_NUL_TERMINATED, &settings);
        ck_assert_msg(status == refused[i].status, "%s gave %s", refused[i].json, pz_status_describe(status)->name);
        if (refused[i].field) ck_assert_str_eq(pz_last_error()->field, refused[i].field);
        ck_assert_msg(settings.model == initial.model && settings.prior == initial.prior && settings.guess == initial.guess,
                      "%s left something behind", refused[i].json);
    }
}
END_TEST

START_TEST(writing_refuses_what_reading_would)
{
    pz_mastery_settings settings = PZ_MASTERY_SETTINGS_INIT;
    char *json = "";
    settings.guess = NAN;
    ck_assert_status(pz_mastery_settings_write(&settings, &json), PZ_E_INVALID);
    ck_assert_ptr_null(json);
    ck_assert_str_eq(pz_last_error()->field, "guess");
    ck_assert_status(pz_mastery_settings_write(NULL, &json), PZ_E_INVALID);
    ck_assert_status(pz_mastery_settings_write(&settings, NULL), PZ_E_INVALID);
    settings.struct_size = 0;
    ck_assert_status(pz_mastery_settings_write(&settings, &json), PZ_E_STRUCT_SIZE);
    ck_assert_status(pz_mastery_settings_read(NULL, 3, &settings), PZ_E_STRUCT_SIZE);
    settings = (pz_mastery_settings)PZ_MASTERY_SETTINGS_INIT;
    ck_assert_status(pz_mastery_settings_read(NULL, 3, &settings), PZ_E_INVALID);
}
END_TEST

static pz_status write_default(void *unused)
{
    pz_mastery_settings settings = PZ_MASTERY_SETTINGS_INIT;
    char *json;
    pz_status status = pz_mastery_settings_write(&settings, &json);
    (void)unused;
    pz_free(json);
    return status;
}

START_TEST(memory_that_fails_is_said)
{
    ck_assert_int_ge(suite_each_allocation(write_default, NULL), 1);
}
END_TEST

START_TEST(every_record_is_described_to_its_end)
{
    for (size_t i = 0; pz__mastery_types[i]; i++) {
        const pz_record_type *type = pz__mastery_types[i];
        const pz_field *last = &type->fields[type->field_count - 1];
        uint32_t given;
        memcpy(&given, type->initial, sizeof given);
        ck_assert_uint_eq(given, type->record_size);
        for (uint32_t f = 0; f < type->field_count; f++)
            for (uint32_t g = 0; g < f; g++) ck_assert(type->fields[f].offset > type->fields[g].offset);
        ck_assert_msg(last->offset + 8 >= type->record_size, "%s has members behind %s", type->name, last->name);
    }
}
END_TEST

static Suite *settings_suite(void)
{
    Suite *suite = suite_create("mastery_settings");
    TCase *core = tcase_create("settings");
    tcase_add_test(core, names_are_those_of_the_manual);
    tcase_add_test(core, defaults_are_those_of_the_manual);
    tcase_add_test(core, json_gives_back_what_was_written);
    tcase_add_test(core, json_has_the_members_of_its_model_alone);
    tcase_add_test(core, left_out_members_have_the_defaults_of_their_model);
    tcase_add_test(core, faults_are_named);
    tcase_add_test(core, writing_refuses_what_reading_would);
    tcase_add_test(core, memory_that_fails_is_said);
    tcase_add_test(core, every_record_is_described_to_its_end);
    suite_add_tcase(suite, core);
    return suite;
}

SUITE_MAIN(settings_suite)
