"""Makes the suite's source buildable from Maven Central alone: trim.py FOLDER.

org.multipaz (ISO 18013-5 documents, for tests of credential issuers and wallets) is in no registry but its maker's, and
Kotlin is there for it alone. Classes that use it keep their shape and say "not built"; tests of OpenID providers use none
of them. What checks the suite's own style is left out of the build, too.
"""

import re
import sys
from pathlib import Path

suite = Path(sys.argv[1])
THROW = '\t\tthrow new UnsupportedOperationException("mdoc is not built in");\n'
FOREIGN = re.compile(r"\b(DataItem|MobileSecurityObject|kotlin|multipaz)\b")


def members(lines):
    """Pieces of a class body: each ends with a line that closes it, at one tab."""
    piece = []
    for line in lines:
        piece.append(line)
        isField = any(re.match(r"\t(public|protected|private)[^(]* = ", earlier) for earlier in piece)
        if re.match(r"\t\}|\t[^\t@/*].*;\s*$", line) or (isField and line.rstrip().endswith(";")):
            yield piece
            piece = []
    yield piece


def stub(piece):
    """A method without what it does; other members as they are; nothing where it is private or speaks of mdoc."""
    at = next((n for n, line in enumerate(piece) if re.match(r"\t(public|protected|private|static|final)", line)), None)
    if at is None or re.match(r"\t(public|protected|private)?.*\b(class|record|enum)\b", piece[at]):
        return [] if at is not None and "private" in piece[at] else piece
    if not piece[at].rstrip().endswith("{") or "(" not in piece[at]:
        return [] if FOREIGN.search("".join(piece)) else piece
    isConstructor = re.match(r"\tprivate \w+\(", piece[at])
    if isConstructor:
        return piece
    if "private" in piece[at] or FOREIGN.search(piece[at]):
        return []
    return piece[: at + 1] + [THROW, "\t}\n"]


def shape(source):
    head, _, body = source.partition("\npublic ")
    head = "".join(line for line in head.splitlines(True) if not re.match(r"import (static )?(org\.multipaz|kotlin)", line))
    first, _, rest = body.partition("\n")
    lines = rest.splitlines(True)
    end = max(n for n, line in enumerate(lines) if line.startswith("}"))
    kept = [line for piece in members(lines[:end]) for line in stub(piece)]
    return f"{head}\npublic {first}\n{''.join(kept)}}}\n"


for file in (suite / "src/main/java").rglob("*.java"):
    source = file.read_text()
    if "org.multipaz" in source:
        file.write_text(shape(source))

pom = suite / "pom.xml"
text = pom.read_text()
text = re.sub(r"\s*<dependency>\s*<groupId>org\.multipaz</groupId>.*?</dependency>", "", text, flags=re.S)
text = re.sub(r"\s*<plugin>\s*<groupId>org\.jetbrains\.kotlin</groupId>.*?</plugin>", "", text, flags=re.S)
text = re.sub(r"<compilerArgs>.*?</compilerArgs>\s*<annotationProcessorPaths>.*?</annotationProcessorPaths>", "<proc>none</proc>", text, flags=re.S)
pom.write_text(text)
