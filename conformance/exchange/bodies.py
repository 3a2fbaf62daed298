"""Bodies that are no JSON, for schemathesis at the center's public port: members' statements, time-stamp queries, checkpoints.

Half of each is in shape, so that what reads them is reached behind the first look at them.
"""

import base64
import json

import schemathesis
from hypothesis import strategies as st

kinds = ["services", "grants", "log-key", "gateway", "host", "leave", "renewal"]
value = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
certificates = st.lists(st.binary(max_size=80).map(lambda der: base64.b64encode(der).decode()), max_size=3)
header = st.fixed_dictionaries(
    {},
    optional={
        "alg": st.sampled_from(["ES256", "EdDSA", "none", "HS256"]) | value,
        "typ": st.sampled_from([f"sapan-{kind}+jws" for kind in kinds]) | value,
        "x5c": certificates | value,
        "crit": value,
    },
)
names = ["iat", "jti", "aud", "secret", "gateway", "members", "register", "withdraw", "publish", "origin", "key"]
payload = st.dictionaries(st.sampled_from(names), value, max_size=8) | value


def part(content):
    return base64.urlsafe_b64encode(content).rstrip(b"=")


def jws(pieces):
    head, body, signature = pieces
    return b".".join([part(json.dumps(head).encode()), part(json.dumps(body).encode()), part(signature)])


statement = st.tuples(header, payload, st.binary(max_size=70)).map(jws)

# RFC 3161 §2.4.1: version, digest of 32 bytes under SHA-256's name; what follows is made up.
imprint = bytes.fromhex("3031300d060960864801650304020105000420")
query = st.tuples(st.binary(min_size=32, max_size=32), st.binary(max_size=30)).map(
    lambda made: der(b"\x02\x01\x01" + imprint + made[0] + made[1])
)


def der(content):
    return bytes([0x30, len(content)]) + content


line = st.text(st.characters(codec="utf-8", exclude_characters="\n"), max_size=60) | st.binary(max_size=60).map(
    lambda hash: base64.b64encode(hash).decode()
)
checkpoint = st.tuples(st.integers(0, 2**64), st.lists(line, max_size=70), st.lists(line, max_size=6)).map(
    lambda made: "\n".join([f"old {made[0]}", *made[1], "", *made[2], ""]).encode()
)

for name, shaped in {
    "application/jose": statement,
    "application/timestamp-query": query,
    "text/plain": checkpoint,
}.items():
    schemathesis.openapi.media_type(name, shaped | st.binary(max_size=200))
