/* What the planner of queries is told about the tables. Without it, it takes tenant_id for a column that chooses, and reads whole tables where an
 * index is at hand: every row has the same tenant. Fixed figures rather than counted ones, so that a query runs alike in every store and
 * every test. */
#include "store/driver.h"

/* For each index: rows in all, rows that share the first column (all of them), and for the further columns a guess that falls to one row
 * for a key and two for others. The number of rows is beyond any table's, so that indexes are never thought dearer than reading a table. */
static const char figures_sql[] =
    "ANALYZE sqlite_schema;"
    "DELETE FROM sqlite_stat1;"
    "INSERT INTO sqlite_stat1 (tbl, idx, stat) "
    "SELECT m.name, CASE WHEN i.origin = 'pk' THEN m.name ELSE i.name END, '1000000000000 1000000000000' || "
    "CASE count(*) WHEN 1 THEN '' WHEN 2 THEN '' WHEN 3 THEN ' 6' WHEN 4 THEN ' 12 3' WHEN 5 THEN ' 16 6 3' ELSE ' 19 9 4 2' END || "
    "CASE WHEN i.origin = 'pk' THEN ' 1' ELSE ' 2' END "
    "FROM sqlite_schema m JOIN pragma_index_list(m.name) i JOIN pragma_index_info(i.name) c "
    "WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' GROUP BY m.name, i.name HAVING count(*) > 1;"
    "ANALYZE sqlite_schema;";

pz_status pz__db_tell_planner(pz__db *db)
{
    return pz__db_execute(db, figures_sql);
}
