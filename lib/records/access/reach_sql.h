/* The pieces that queries about reach are put together from at compile time. Everywhere ?1 is the tenant, ?2 the actor's person,
 * ?3 the day, ?4 the actor's role; ?5 is what is asked about. Only current versions count. Roles are written as numbers: 1 learner,
 * 3 teacher, 4 counselor, 5 leader. */
#ifndef PZ_RECORDS_ACCESS_REACH_SQL_H
#define PZ_RECORDS_ACCESS_REACH_SQL_H

#define NOW(t) t ".tenant_id = ?1 AND " t ".until_change = 9223372036854775807"
#define TODAY(t) "(" t ".begins_on IS NULL OR " t ".begins_on <= ?3) AND (" t ".ends_on IS NULL OR " t ".ends_on >= ?3)"
#define LIVES(t) NOW(t) " AND " t ".ended = 0"
#define HOLDS(t) NOW(t) " AND " TODAY(t)

/* own: the actor's orgs in this role and all below them, as far as no org on the way has ended. */
#define OWN                                                                                                            \
    "own(org_id) AS (SELECT r.org_id FROM person_role r JOIN org o ON o.org_id = r.org_id AND " LIVES("o")              \
    " WHERE r.person_id = ?2 AND r.role = ?4 AND " HOLDS("r")                                                           \
    " UNION SELECT o.org_id FROM own JOIN org o ON o.parent_id = own.org_id AND " LIVES("o") ")"

/* room(class_id, org_id): the classes in reach. */
#define ROOM_OF_LEARNERS                                                                                               \
    "room(class_id, org_id) AS (SELECT c.class_id, c.org_id FROM reach JOIN enrollment e ON e.person_id = reach.person_id AND e.role = 1 AND " HOLDS("e") \
    " JOIN class c ON c.class_id = e.class_id AND " LIVES("c") ")"
#define ROOM_OF_TEACHER                                                                                                \
    "room(class_id, org_id) AS (SELECT c.class_id, c.org_id FROM enrollment e JOIN class c ON c.class_id = e.class_id AND " LIVES("c") \
    " WHERE e.person_id = ?2 AND e.role = 3 AND " HOLDS("e") ")"
#define ROOM_OF_ORGS \
    "room(class_id, org_id) AS (SELECT c.class_id, c.org_id FROM own JOIN class c ON c.org_id = own.org_id AND " LIVES("c") ")"

/* reach(person_id): the learners in reach. */
#define ALIVE(from) "SELECT p.person_id FROM (" from ") x JOIN person p ON p.person_id = x.person_id AND " LIVES("p")
#define IN_ROOM "SELECT DISTINCT e.person_id FROM room JOIN enrollment e ON e.class_id = room.class_id AND e.role = 1 AND " HOLDS("e")
#define REACH_OF_SELF "reach(person_id) AS (" ALIVE("SELECT ?2 AS person_id") ")"
#define REACH_OF_GUARDIAN "reach(person_id) AS (" ALIVE("SELECT g.learner_id AS person_id FROM guardianship g WHERE g.guardian_id = ?2 AND " NOW("g")) ")"
#define REACH_OF_TEACHER "reach(person_id) AS (" ALIVE(IN_ROOM) ")"
#define REACH_OF_ORGS                                                                                                  \
    "reach(person_id) AS (" ALIVE(IN_ROOM " UNION SELECT r.person_id FROM own JOIN person_role r ON r.org_id = own.org_id AND r.role = 1 AND " HOLDS("r")) ")"

/* Everything that a role reaches begins with one of these. */
#define FOR_SELF "WITH RECURSIVE " REACH_OF_SELF ", " ROOM_OF_LEARNERS
#define FOR_GUARDIAN "WITH RECURSIVE " REACH_OF_GUARDIAN ", " ROOM_OF_LEARNERS
#define FOR_TEACHER "WITH RECURSIVE " ROOM_OF_TEACHER ", " REACH_OF_TEACHER
#define FOR_ORGS "WITH RECURSIVE " OWN ", " ROOM_OF_ORGS ", " REACH_OF_ORGS

/* up(org_id): the orgs of the actor, of the classes and of the learners in reach, and all above them. */
#define UP                                                                                                             \
    ", base(org_id) AS (SELECT r.org_id FROM person_role r WHERE r.person_id = ?2 AND r.role = ?4 AND " HOLDS("r")      \
    " UNION SELECT org_id FROM room"                                                                                   \
    " UNION SELECT r.org_id FROM reach JOIN person_role r ON r.person_id = reach.person_id AND r.role = 1 AND " HOLDS("r") \
    " UNION SELECT c.org_id FROM reach JOIN enrollment e ON e.person_id = reach.person_id AND e.role = 1 AND " HOLDS("e") \
    " JOIN class c ON c.class_id = e.class_id AND " LIVES("c") ")"                                                      \
    ", up(org_id) AS (SELECT org_id FROM base UNION SELECT o.parent_id FROM up JOIN org o ON o.org_id = up.org_id AND " NOW("o") \
    " WHERE o.parent_id IS NOT NULL)"

#define SELECT_LEARNERS " SELECT DISTINCT person_id FROM reach WHERE ?3 = ?3 AND ?4 = ?4 ORDER BY 1"
#define SELECT_CLASSES " SELECT DISTINCT class_id FROM room WHERE ?4 = ?4 ORDER BY 1"
#define SELECT_ORGS UP " SELECT org_id FROM up ORDER BY 1"
#define SELECT_ORGS_AND_BELOW UP " SELECT org_id FROM up UNION SELECT org_id FROM own ORDER BY 1"

/* Learners, their guardians, the teachers of their classes, the counselors and leaders of their orgs, and the actor. In two parts, since a
 * query has no more than five. */
#define AROUND                                                                                                         \
    UP ", near(person_id) AS (SELECT person_id FROM reach UNION SELECT ?2"                                              \
    " UNION SELECT g.guardian_id FROM reach JOIN guardianship g ON g.learner_id = reach.person_id AND " NOW("g") ")"    \
    ", staff(person_id) AS (SELECT t.person_id FROM reach JOIN enrollment e ON e.person_id = reach.person_id AND e.role = 1 AND " HOLDS("e") \
    " JOIN class c ON c.class_id = e.class_id AND " LIVES("c")                                                          \
    " JOIN enrollment t ON t.class_id = e.class_id AND t.role = 3 AND " HOLDS("t")                                      \
    " UNION SELECT r.person_id FROM up JOIN person_role r ON r.org_id = up.org_id AND r.role IN (4, 5) AND " HOLDS("r") ")" \
    " SELECT person_id FROM near UNION SELECT person_id FROM staff"
#define SELECT_PEOPLE AROUND " ORDER BY 1"
/* And all who hold a role in the actor's orgs or teach in their classes. */
#define SELECT_PEOPLE_OF_ORGS                                                                                          \
    AROUND " UNION SELECT r.person_id FROM own JOIN person_role r ON r.org_id = own.org_id AND " HOLDS("r")             \
           " UNION SELECT e.person_id FROM room JOIN enrollment e ON e.class_id = room.class_id AND e.role = 3 AND " HOLDS("e") " ORDER BY 1"

/* One org: whether a way up from it, over orgs that have not ended, leads to one in which the actor holds its role. `from` gives
 * the orgs to begin at, as org_id. */
#define CLIMB(from)                                                                                                    \
    "WITH RECURSIVE climb(org_id, parent_id) AS (SELECT o.org_id, o.parent_id FROM (" from ") x JOIN org o ON o.org_id = x.org_id AND " LIVES("o") \
    " UNION SELECT o.org_id, o.parent_id FROM climb JOIN org o ON o.org_id = climb.parent_id AND " LIVES("o") ")"       \
    " SELECT 1 FROM climb JOIN person_role r ON r.org_id = climb.org_id AND r.person_id = ?2 AND r.role = ?4 AND " HOLDS("r") " LIMIT 1"

#define ORGS_OF_LEARNER                                                                                                \
    "SELECT c.org_id FROM enrollment e JOIN class c ON c.class_id = e.class_id AND " LIVES("c")                         \
    " WHERE e.person_id = ?5 AND e.role = 1 AND " HOLDS("e")                                                            \
    " UNION SELECT r.org_id FROM person_role r WHERE r.person_id = ?5 AND r.role = 1 AND " HOLDS("r")
#define ORG_OF_CLASS "SELECT c.org_id FROM class c WHERE c.class_id = ?5 AND " LIVES("c")
/* Where a person works or learns. */
#define ORGS_OF_PERSON                                                                                                 \
    "SELECT c.org_id FROM enrollment e JOIN class c ON c.class_id = e.class_id AND " LIVES("c")                         \
    " WHERE e.person_id = ?5 AND " HOLDS("e")                                                                           \
    " UNION SELECT r.org_id FROM person_role r WHERE r.person_id = ?5 AND " HOLDS("r")

/* The orgs below ?2 and itself, and the learners in their classes and at them. */
#define BELOW_ORG                                                                                                           \
    "below(org_id) AS (SELECT o.org_id FROM org o WHERE o.org_id = ?2 AND " LIVES("o")                                  \
    " UNION SELECT o.org_id FROM below JOIN org o ON o.parent_id = below.org_id AND " LIVES("o") ")"
#define LEARNERS_BELOW                                                                                                      \
    "SELECT e.person_id FROM below JOIN class c ON c.org_id = below.org_id AND " LIVES("c")                             \
    " JOIN enrollment e ON e.class_id = c.class_id AND e.role = 1 AND " HOLDS("e")                                      \
    " UNION SELECT r.person_id FROM below JOIN person_role r ON r.org_id = below.org_id AND r.role = 1 AND " HOLDS("r")

#endif
