# Completion of personalize for bash. By tests/bindings/cli/manual.py, from `personalize help --all`.
_personalize()
{
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} typed="" i
    case $before in
    -o | -s | --mapping | --out | --secret | --store)
        mapfile -t COMPREPLY < <(compgen -f -- "$word")
        return
        ;;
    --role | --with-role)
        mapfile -t COMPREPLY < <(compgen -W "learner guardian teacher counselor leader" -- "$word")
        return
        ;;
    --language)
        mapfile -t COMPREPLY < <(compgen -W "en es" -- "$word")
        return
        ;;
    --mode)
        mapfile -t COMPREPLY < <(compgen -W "strict lenient" -- "$word")
        return
        ;;
    --strategy)
        mapfile -t COMPREPLY < <(compgen -W "need readiness mixed random" -- "$word")
        return
        ;;
    esac
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
        -o | -s | --absent | --activity | --after | --allow | --alternative | --answer | --answer-by | --apart | --area | --as | --as-of | --assessment | --avenue | --baseline | --before | --begins | --board | --bytes | --chart | --checkin | --choose | --choose-by | --class | --closes | --code | --common-time | --competency | --confidence | --content | --criteria | --criterion | --cycle | --days | --decision | --due | --each | --earlier | --earlier-most | --earlier-weight | --ends | --evidence | --faults-max | --for | --format | --framework | --from | --goal | --gone-limit | --groups | --hash | --how | --id-prefix | --if-version | --instead | --iterations | --key | --kind | --language | --learner | --level | --levels | --limit | --link | --lock | --mapping | --measure | --measured | --media-type | --minutes | --mode | --move | --name | --needs-done | --needs-mastery | --next | --not-alone | --note | --one-in-each | --opens | --opted-out | --order | --org | --out | --outcome | --part | --person | --pick | --previous | --prompts | --purpose | --questionnaire | --reason | --recommendation | --reference | --reflection | --requires | --resources | --rhythm | --role | --row-limit | --rule | --scale | --scope | --score | --secret | --section | --seed | --sequence | --serves | --service | --settings | --share | --since | --size | --source | --stale | --standard-error | --state | --statement | --store | --strategies | --strategy | --supporter | --tag | --target | --target-high | --teaches | --template | --text | --time-zone | --times | --title | --to | --together | --topic | --touched | --under | --until | --value | --visibility | --vision | --wait | --what | --where | --why | --with | --with-role) i=$((i + 1)) ;;
        -*) ;;
        *) typed+="${COMP_WORDS[i]} " ;;
        esac
    done
    if [[ $word == -* ]]; then
        local options="--allow --common-time --not-alone --one-in-each --store --as --role --service --purpose --source --as-of --key --secret --wait --language --json --out --help"
        case $typed in
        "init "*) options+=" --name --time-zone" ;;
        "import oneroster "*) options+=" --dry-run --mode --demographics --gone-limit --faults-max --row-limit" ;;
        "import case "*) options+=" --dry-run --mode --faults-max" ;;
        "import csv "*) options+=" --mapping --suggest-mapping --kind --dry-run --mode --faults-max --row-limit" ;;
        "roster orgs "*) options+=" --ended" ;;
        "roster sessions "*) options+=" --ended" ;;
        "roster courses "*) options+=" --ended" ;;
        "roster classes "*) options+=" --learner --ended --text --order --limit --after" ;;
        "roster people "*) options+=" --class --org --learner --with-role --ended --text --order --limit --after" ;;
        "roster enrollments "*) options+=" --class --person --ended" ;;
        "roster guardians "*) options+=" --learner" ;;
        "competencies frameworks "*) options+=" --ended" ;;
        "competencies list "*) options+=" --framework --under --code --leaves --ended --text --order --limit --after" ;;
        "competencies associations "*) options+=" --framework --competency" ;;
        "profile add "*) options+=" --section --content --code --value --standard-error --scale --begins --ends --confidence --visibility --times" ;;
        "profile list "*) options+=" --learner --class --section --history --tag --disputed --text --order --limit --after" ;;
        "profile revise "*) options+=" --section --content --code --value --standard-error --scale --begins --ends --confidence --visibility --times --if-version" ;;
        "profile upkeep "*) options+=" --class --wanting --stale" ;;
        "profile withdraw "*) options+=" --reason" ;;
        "profile tag "*) options+=" --tag" ;;
        "profile tags "*) options+=" --learner --class" ;;
        "profile dispute "*) options+=" --reason" ;;
        "profile disputes "*) options+=" --learner --class --state --text --order --limit --after" ;;
        "profile answer "*) options+=" --state --reason" ;;
        "profile note "*) options+=" --content" ;;
        "profile notes "*) options+=" --learner --class --text --order --limit --after" ;;
        "profile renote "*) options+=" --content" ;;
        "evidence list "*) options+=" --learner --class --competency --assessment --from --before --order --limit --after" ;;
        "evidence correct "*) options+=" --sequence --score --reason" ;;
        "evidence assessments "*) options+=" --class --cycle --text --order --limit --after" ;;
        "evidence items "*) options+=" --competency --text --order --limit --after" ;;
        "mastery list "*) options+=" --learner --class --competency --framework --decision" ;;
        "mastery beliefs "*) options+=" --competency" ;;
        "mastery spread "*) options+=" --scope --framework" ;;
        "mastery items "*) options+=" --scope --assessment --competency" ;;
        "mastery options "*) options+=" --scope --assessment --competency" ;;
        "mastery fairness "*) options+=" --scope" ;;
        "mastery rule set "*) options+=" --settings --scope --competency" ;;
        "mastery rule list "*) options+=" --history" ;;
        "cycle open "*) options+=" --title --opens --closes --kind --class --org --framework --previous" ;;
        "cycle schedule "*) options+=" --opens --closes --overlap" ;;
        "cycle forms "*) options+=" --seed" ;;
        "cycle missing "*) options+=" --learner" ;;
        "cycle results "*) options+=" --class --learner --competency --needs --steps" ;;
        "cycle unsettled "*) options+=" --learner --competency" ;;
        "cycle reopen "*) options+=" --reason" ;;
        "cycle hand-over "*) options+=" --title --opens --closes --kind --class --org --framework" ;;
        "cycle list "*) options+=" --class --state --text --order --limit --after" ;;
        "goals propose "*) options+=" --learner --statement --reason --area --measure --measured --competency --baseline --target --target-high --due --serves --strategies --resources --confidence --visibility --why" ;;
        "goals draft "*) options+=" --learner --statement --reason --area --measure --measured --competency --baseline --target --target-high --due --serves --strategies --resources --confidence --visibility --why" ;;
        "goals ask "*) options+=" --person --with-role" ;;
        "goals support "*) options+=" --note" ;;
        "goals decline "*) options+=" --note" ;;
        "goals revise "*) options+=" --statement --reason --area --measure --measured --competency --baseline --target --target-high --due --serves --strategies --resources --confidence --visibility --why --if-version" ;;
        "goals start "*) options+=" --reason" ;;
        "goals pause "*) options+=" --reason" ;;
        "goals resume "*) options+=" --reason" ;;
        "goals approve "*) options+=" --note" ;;
        "goals refuse "*) options+=" --note" ;;
        "goals achieve "*) options+=" --evidence --link --reflection" ;;
        "goals abandon "*) options+=" --reflection" ;;
        "goals list "*) options+=" --learner --class --supporter --state --until --text --order --limit --after" ;;
        "goals milestone "*) options+=" --statement --due" ;;
        "goals reach "*) options+=" --evidence --link" ;;
        "goals measure "*) options+=" --value --note" ;;
        "goals demonstrate "*) options+=" --title --content --reference --alternative --media-type --bytes --hash" ;;
        "goals rate "*) options+=" --criterion --level --levels --note" ;;
        "goals reflect "*) options+=" --content" ;;
        "goals counts "*) options+=" --org --class" ;;
        "goals coverage "*) options+=" --class" ;;
        "goals standards "*) options+=" --learner --competency" ;;
        "goals together "*) options+=" --class --statement --due" ;;
        "goals groups "*) options+=" --class" ;;
        "goals policy "*) options+=" --org" ;;
        "goals set-policy "*) options+=" --org --rule" ;;
        "next steps "*) options+=" --learner --class --org --framework --kind --limit --after" ;;
        "activity save "*) options+=" --title --class --org --activity --board --choose --choose-by --content --what --how --where --minutes --opens --due --teaches --needs-mastery --needs-done --ended --if-version" ;;
        "activity list "*) options+=" --class --board --competency --text --ended --limit --after" ;;
        "activity assign "*) options+=" --learner --class --goal --due" ;;
        "activity choose "*) options+=" --pick --what --how --where --due --if-version" ;;
        "activity submit "*) options+=" --content --link" ;;
        "activity return "*) options+=" --score --note" ;;
        "activity take "*) options+=" --goal --due" ;;
        "activity drop "*) options+=" --reason" ;;
        "activity excuse "*) options+=" --reason" ;;
        "activity assignments "*) options+=" --learner --class --activity --goal --state --until --limit --after" ;;
        "activity weeks "*) options+=" --learner --class --begins --until" ;;
        "plan begin "*) options+=" --learner --template --framework --begins" ;;
        "plan change "*) options+=" --title --vision --content --begins --ends --part --if-version" ;;
        "plan sign "*) options+=" --note --if-version" ;;
        "plan review "*) options+=" --checkin --outcome" ;;
        "plan list "*) options+=" --learner --class --state --limit --after" ;;
        "plan carry "*) options+=" --begins --ends" ;;
        "plan copy "*) options+=" --org --title" ;;
        "voice say "*) options+=" --learner --kind --content --topic --to --person --visibility --share --avenue --reference --name --media-type --bytes --hash --alternative" ;;
        "voice help "*) options+=" --content" ;;
        "voice list "*) options+=" --learner --class --kind --state --topic --until --waiting --owed --shared --text --order --limit --after" ;;
        "voice reply "*) options+=" --content" ;;
        "voice reopen "*) options+=" --content" ;;
        "voice act "*) options+=" --content" ;;
        "voice decline "*) options+=" --reason" ;;
        "voice revise "*) options+=" --kind --content --topic --to --person --visibility --share --if-version" ;;
        "voice withdraw "*) options+=" --reason" ;;
        "voice file "*) options+=" --topic" ;;
        "voice counter "*) options+=" --reason --recommendation --groups --cycle --competency --instead --target" ;;
        "voice counts "*) options+=" --org --class" ;;
        "voice themes "*) options+=" --org --class" ;;
        "voice answer-theme "*) options+=" --org --class --topic --state --content" ;;
        "voice days "*) options+=" --org --kind --days" ;;
        "questionnaire list "*) options+=" --org --text --order --limit --after" ;;
        "questionnaire answer "*) options+=" --answer" ;;
        "questionnaire answers "*) options+=" --state --text --order --limit --after" ;;
        "questionnaire confirm "*) options+=" --visibility --content" ;;
        "questionnaire save "*) options+=" --content --org --questionnaire" ;;
        "checkin plan "*) options+=" --learner --due --with --template --visibility" ;;
        "checkin invite "*) options+=" --person --with-role" ;;
        "checkin move "*) options+=" --due --reason --if-version" ;;
        "checkin excuse "*) options+=" --note" ;;
        "checkin hold "*) options+=" --outcome --touched --next --if-version" ;;
        "checkin list "*) options+=" --learner --class --person --state --until --text --order --limit --after" ;;
        "checkin cancel "*) options+=" --reason" ;;
        "checkin schedule "*) options+=" --org --class --rhythm --begins --template" ;;
        "checkin late "*) options+=" --org --class" ;;
        "checkin template "*) options+=" --title --prompts --requires --org --template --ended" ;;
        "checkin templates "*) options+=" --org --text --order --limit --after" ;;
        "group preview "*) options+=" --cycle --framework --strategy --size --groups --seed --iterations --together --apart --lock --absent --opted-out --allow --not-alone --one-in-each --common-time --earlier --earlier-most --earlier-weight --criteria --title --answer-by" ;;
        "group recommend "*) options+=" --cycle --framework --strategy --size --groups --seed --iterations --together --apart --lock --absent --opted-out --allow --not-alone --one-in-each --common-time --earlier --earlier-most --earlier-weight --criteria --title --answer-by" ;;
        "group change "*) options+=" --move --if-version" ;;
        "group accept "*) options+=" --note --if-version" ;;
        "group reject "*) options+=" --reason --if-version" ;;
        "group list "*) options+=" --class --state --text --order --limit --after" ;;
        "page "*) options+=" --each --class --for --format --chart --learner --cycle --recommendation --framework --fragment --id-prefix --style" ;;
        "digest "*) options+=" --fragment" ;;
        "changes "*) options+=" --since --limit" ;;
        "due "*) options+=" --until" ;;
        "erase "*) options+=" --yes" ;;
        "help "*) options+=" --all" ;;
        esac
        mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word")
        return
    fi
    case $typed in
    "") mapfile -t COMPREPLY < <(compgen -W "init info backup restore verify import roster competencies profile evidence mastery cycle goals next activity plan voice questionnaire checkin group page digest changes due export erase help version" -- "$word") ;;
    "import ") mapfile -t COMPREPLY < <(compgen -W "oneroster case csv" -- "$word") ;;
    "roster ") mapfile -t COMPREPLY < <(compgen -W "orgs sessions courses classes people person roles enrollments guardians ids" -- "$word") ;;
    "competencies ") mapfile -t COMPREPLY < <(compgen -W "frameworks list show prerequisites associations" -- "$word") ;;
    "profile ") mapfile -t COMPREPLY < <(compgen -W "add show difference list revise history upkeep readers withdraw tag tags name named unname dispute disputes answer undispute note notes renote unnote" -- "$word") ;;
    "evidence ") mapfile -t COMPREPLY < <(compgen -W "list correct assessments items" -- "$word") ;;
    "mastery ") mapfile -t COMPREPLY < <(compgen -W "list explain beliefs spread items options fairness rule models" -- "$word") ;;
    "mastery rule ") mapfile -t COMPREPLY < <(compgen -W "set list" -- "$word") ;;
    "cycle ") mapfile -t COMPREPLY < <(compgen -W "open add-assessment schedule forms missing collect close results effect unsettled reopen hand-over show list" -- "$word") ;;
    "goals ") mapfile -t COMPREPLY < <(compgen -W "propose draft agree ask support decline revise start pause resume approve refuse withdraw revision requests may achieve abandon show list history supporters evidence milestone milestones reach agree-milestone drop-milestone measure values progress advice demonstrate demonstrations rate ratings reflect reflections counts coverage decisions standards together groups policy set-policy" -- "$word") ;;
    "next ") mapfile -t COMPREPLY < <(compgen -W "steps" -- "$word") ;;
    "activity ") mapfile -t COMPREPLY < <(compgen -W "save list ties assign choose start submit return take drop excuse assignments history weeks" -- "$word") ;;
    "plan ") mapfile -t COMPREPLY < <(compgen -W "begin change sign review show list history carry close templates copy" -- "$word") ;;
    "voice ") mapfile -t COMPREPLY < <(compgen -W "say help list show media cosign see reply reopen act decline revise agree withdraw file answers history counter counts themes answer-theme days" -- "$word") ;;
    "questionnaire ") mapfile -t COMPREPLY < <(compgen -W "list show answer answers confirm drop save end" -- "$word") ;;
    "checkin ") mapfile -t COMPREPLY < <(compgen -W "plan agenda invite move sign excuse people hold show list cancel schedule late template templates" -- "$word") ;;
    "group ") mapfile -t COMPREPLY < <(compgen -W "preview recommend show change replay accept reject list history" -- "$word") ;;
    *) mapfile -t COMPREPLY < <(compgen -f -- "$word") ;;
    esac
}
complete -F _personalize personalize
