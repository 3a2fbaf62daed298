"""What gateways check, with another's library (jwcrypto): tokens by the published keys, and their place in a status list.

Usage: tokens.py ORDER.json {center, issuer, tokens: [{claim, jws, typ, status}]}; prints one claim a line, as JSON.
Follows IETF Token Status List §4 (bits), §5.1 (the list as a JWT), §8.3 (what to check).
"""

import json
import sys
import time
import warnings
import zlib
from base64 import urlsafe_b64decode

import requests
from jwcrypto import jwk, jws

warnings.filterwarnings("ignore")  # the center's root is the country's own; its directory is signed in itself

with open(sys.argv[1]) as file:
    ORDER = json.load(file)


def decoded(text):
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def published():
    """The issuer's keys, as the center's directory names them."""
    directory = requests.get(ORDER["center"] + "/v1/directory", verify=False).text
    issuers = json.loads(decoded(directory.split(".")[1]))["subjectTokens"]
    entry = next(one for one in issuers if one["issuer"] == ORDER["issuer"])
    keys = [entry["jwk"], *entry.get("keys", [])]
    return {key["kid"]: jwk.JWK(**key) for key in keys}


KEYS = published()


def verified(token, typ):
    made = jws.JWS()
    made.allowed_algs = ["ES256"]
    made.deserialize(token)
    header = made.jose_header
    assert header["typ"] == typ, f"typ {header['typ']}"
    made.verify(KEYS[header["kid"]])
    return json.loads(made.payload)


def status_of(claims):
    place = claims["status"]["status_list"]
    answer = requests.get(place["uri"], headers={"accept": "application/statuslist+jwt"})
    assert answer.headers["content-type"] == "application/statuslist+jwt", answer.headers["content-type"]
    listed = verified(answer.text, "statuslist+jwt")
    assert listed["sub"] == place["uri"], "the list is another"
    assert listed["iat"] <= time.time() + 5 < listed["exp"] + 5, "the list is not in its time"
    bits, packed = listed["status_list"]["bits"], zlib.decompress(decoded(listed["status_list"]["lst"]))
    at = place["idx"] * bits
    return (packed[at // 8] >> (at % 8)) & ((1 << bits) - 1)


def check(order):
    claims = verified(order["jws"], order["typ"])
    assert claims["iss"] == ORDER["issuer"], "another issuer"
    found = status_of(claims)
    assert found == order["status"], f"status {found}, not {order['status']}"
    head, payload, signature = order["jws"].split(".")
    try:
        verified(f"{head}.{payload}.{signature[:-4]}AAAA", order["typ"])
    except jws.InvalidJWSSignature:
        return
    raise AssertionError("it verifies with another signature too")


for order in ORDER["tokens"]:
    try:
        check(order)
        print(json.dumps({"claim": order["claim"], "state": "passed"}), flush=True)
    except Exception as error:
        detail = f"{type(error).__name__}: {error}"[:300]
        print(json.dumps({"claim": order["claim"], "state": "failed", "detail": detail}), flush=True)
