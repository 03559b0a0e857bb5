"""The sample school's mathematics framework as a CASE 1.1 package."""
import json
import uuid

import mathematics

SPACE = uuid.UUID("6d2f4b0e-7a51-5f3c-9c1a-2f0d5f6a7b10")
CHANGED = "2025-08-01T08:00:00+00:00"
BASE = "https://sample-school.example/ims/case/v1p1"


def identifier(name):
    return str(uuid.uuid5(SPACE, name))


def competency_ids():
    return {row[0]: identifier(row[0]) for row in mathematics.COMPETENCIES}


def _link(name, title):
    return {"title": title, "identifier": identifier(name), "uri": f"{BASE}/CFItems/{identifier(name)}"}


def _item(name, statement, short, kind, grades, document):
    return {"identifier": identifier(name), "uri": f"{BASE}/CFItems/{identifier(name)}", "CFDocumentURI": document, "fullStatement": statement,
            "abbreviatedStatement": short, "humanCodingScheme": name, "CFItemType": kind, "educationLevel": grades, "language": "en",
            "lastChangeDateTime": CHANGED}


def package():
    document_id = identifier("document")
    document = {"title": mathematics.TITLE, "identifier": document_id, "uri": f"{BASE}/CFDocuments/{document_id}"}
    items, associations = [], []

    def associate(kind, origin, origin_title, destination, number):
        name = f"{kind} {origin} {destination['identifier']}"
        association = {"identifier": identifier(name), "uri": f"{BASE}/CFAssociations/{identifier(name)}", "CFDocumentURI": document,
                       "associationType": kind, "originNodeURI": _link(origin, origin_title), "destinationNodeURI": destination,
                       "lastChangeDateTime": CHANGED}
        if number:
            association["sequenceNumber"] = number
        associations.append(association)

    for number, (strand, title) in enumerate(mathematics.STRANDS.items(), 1):
        items.append(_item(strand, title, title, "Domain", ["04", "05", "06"], document))
        associate("isChildOf", strand, title, document, number)
    for number, (code, grade, strand, statement, short, before) in enumerate(mathematics.COMPETENCIES, 1):
        items.append(_item(code, statement, short, "Competency", [grade], document))
        associate("isChildOf", code, short, _link(strand, mathematics.STRANDS[strand]), number)
        for earlier in before:
            associate("precedes", earlier, earlier, _link(code, short), 0)
    return {"CFDocument": {"identifier": document_id, "uri": document["uri"], "CFPackageURI": {**document, "uri": f"{BASE}/CFPackages/{document_id}"},
                           "creator": "Riverside School", "title": mathematics.TITLE, "adoptionStatus": "Adopted", "language": "en",
                           "caseVersion": "1.1", "frameworkType": "Competency framework", "lastChangeDateTime": CHANGED},
            "CFItems": items, "CFAssociations": associations}


def write(path):
    with open(path, "w", encoding="utf-8") as file:
        json.dump(package(), file, ensure_ascii=False, indent=1)
        file.write("\n")
