/* The faults of the CSV reader in words. */
#ifndef PZ_EXCHANGE_CSV_FAULTS_H
#define PZ_EXCHANGE_CSV_FAULTS_H

#include "base/csv_read.h"

/* 1: the row is lost, and reading goes on behind it. */
int pz__csv_fault_is_mild(const pz__csv_fault *fault);
const char *pz__csv_fault_words(const pz__csv_fault *fault); /* as pz__import_fault takes them */

#endif
