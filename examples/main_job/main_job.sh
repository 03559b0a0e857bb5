#!/bin/sh
# The main job on the command line.
#
#     main_job.sh SAMPLE_SCHOOL_FOLDER RESULT_FOLDER
set -eu
school=$1
results=$2
export PERSONALIZE_STORE="$results/school.pz" PERSONALIZE_SOURCE=sample-school

echo "Files in"
personalize init --name "Riverside School"
personalize import case "$school/framework.json" --service "nightly import"
personalize import oneroster "$school/oneroster.zip" --service "nightly import" --dry-run
personalize import oneroster "$school/oneroster.zip" --service "nightly import"
for file in interests needs supports test-scores; do
    personalize import csv "$school/$file.csv" --mapping "$school/mappings/$file.json" --service "nightly import"
done

echo "Cycle one"
leader="--as leader-001 --role leader"
teacher="--as teacher-003 --role teacher"
personalize cycle open --org riverside --title Fall --kind diagnostic --opens 2025-09-01 --closes 2025-10-03 $leader
personalize cycle collect latest $leader
personalize import csv "$school/answers-fall.csv" --mapping "$school/mappings/answers.json" --service "nightly import"
personalize cycle close latest $leader
between=$(date -u +%Y-%m-%dT%H:%M:%S.%6NZ)

echo "Cycle two"
personalize cycle hand-over latest --title Winter --kind interim --opens 2026-01-19 --closes 2026-02-20 $leader
personalize cycle collect latest $leader
personalize import csv "$school/answers-winter.csv" --mapping "$school/mappings/answers.json" --service "nightly import"
personalize cycle close latest $leader

echo "Who has mastered what, and who needs what next, in one class"
personalize mastery list --class math-05a $teacher --json >"$results/mastery.json"
personalize cycle results --class math-05a --steps $teacher --json >"$results/next-steps.json"

echo "Groups for the class"
personalize group recommend math-05a --strategy need --size 3-5 --title "Next two weeks" $teacher
personalize group show latest $teacher
personalize group replay latest $teacher
personalize group accept latest --note "Fits with the seating" $teacher

echo "A goal"
personalize goals propose --statement "I want to explain to my brother how to add fractions." --measure mastery --competency 5.FR.1 \
    --as learner-060 --role learner
personalize goals ask latest --person counselor-001 --with-role counselor --as learner-060 --role learner
personalize goals support latest --note "We look at it every second Friday." --as counselor-001 --role counselor
personalize goals start latest --reason "I begin today." --as learner-060 --role learner
personalize goals show latest --as learner-060 --role learner

echo "The same class, asked as of before the second cycle"
personalize mastery list --class math-05a --as-of "$between" $teacher --json >"$results/mastery-before.json"

echo "The class page, a backup, a check of it all"
personalize page math-05a --out "$results/class-page.html" $teacher
personalize backup "$results/backup.pz" --service "nightly backup"
personalize verify --service "weekly check"
personalize export learner-060 --as learner-060 --role learner --out "$results/learner-060.json"
for file in mastery.json next-steps.json mastery-before.json class-page.html backup.pz learner-060.json; do
    echo "  wrote $results/$file"
done
echo "The store is $PERSONALIZE_STORE"
