"""Sends requests with Python's http.client, as they are given, and tells what came back.

In: a JSON list of {method, origin, target, headers, body}, bodies in base64. Out: a list of {status, headers, body, hash}, where
hash is X-Road-Request-Hash as this program computes it from what it sent and the two numbers that came back.
"""

import base64
import hashlib
import http.client
import json
import sys
from urllib.parse import urlsplit

SKIPPED = {
    "transfer-encoding", "keep-alive", "proxy-authenticate", "proxy-authorization", "te", "trailer", "upgrade",
    "connection", "user-agent", "host", "content-length", "server", "expect", "x-road-request-hash", "x-road-request-id",
}


def request_hash(asked, body, answered):
    given = {name.lower() for name, _ in asked["headers"]}
    lines = [asked["method"], asked["target"]]
    lines += [f"{name}:{value}" for name, value in asked["headers"] if name.lower() not in SKIPPED]
    lines.append(f"x-road-request-id:{answered.get('x-road-request-id', '')}")
    if "x-road-id" not in given:
        lines.append(f"x-road-id:{answered.get('x-road-id', '')}")
    digest = hashlib.sha512("".join(f"{line}\r\n" for line in lines).encode()).digest()
    if body is not None:
        digest = hashlib.sha512(digest + hashlib.sha512(body).digest()).digest()
    return base64.b64encode(digest).decode()


def send(asked):
    connection = http.client.HTTPConnection(urlsplit(asked["origin"]).netloc, timeout=30)
    body = None if asked["body"] is None else base64.b64decode(asked["body"])
    connection.putrequest(asked["method"], asked["target"], skip_accept_encoding=True)
    for name, value in asked["headers"]:
        connection.putheader(name, value)
    if body is not None:
        connection.putheader("Content-Length", str(len(body)))
    connection.endheaders(body)
    response = connection.getresponse()
    got = response.read()
    connection.close()
    headers = {name.lower(): value for name, value in response.getheaders()}
    return {
        "status": response.status,
        "headers": headers,
        "body": base64.b64encode(got).decode(),
        "hash": request_hash(asked, body, headers),
    }


json.dump([send(asked) for asked in json.load(sys.stdin)], sys.stdout)
