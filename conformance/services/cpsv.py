"""Services as linked data, held against the SHACL shapes of CPSV-AP by pySHACL.

Usage: cpsv.py DATA.jsonld SHAPES.ttl; prints what came of it as one JSON object.
"""

import json
import sys

from pyshacl import validate
from rdflib import Graph, Namespace
from rdflib.namespace import RDF, SH

CPSV = Namespace("http://purl.org/vocab/cpsv#")

data = Graph().parse(sys.argv[1], format="json-ld")
shapes = Graph().parse(sys.argv[2], format="turtle")
conforms, report, _ = validate(data, shacl_graph=shapes, inference="none", advanced=True)
targets = {target for target in shapes.objects(None, SH.targetClass)}
results = [
    {
        "focus": str(report.value(result, SH.focusNode)),
        "path": str(report.value(result, SH.resultPath)),
        "message": str(report.value(result, SH.resultMessage)),
    }
    for result in report.subjects(RDF.type, SH.ValidationResult)
]
print(
    json.dumps(
        {
            "conforms": conforms,
            "triples": len(data),
            "services": sorted(str(one) for one in data.subjects(RDF.type, CPSV.PublicService)),
            "checked": sum(len(set(data.subjects(RDF.type, target))) for target in targets),
            "results": results,
        }
    )
)
