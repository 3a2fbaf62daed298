"""The issuer with a client in a second language: Authlib (Python), ID tokens by joserfc, DPoP proofs by jwcrypto.

Usage: client.py CLIENTS.json; prints one claim a line, as JSON: claim, state, detail.
"""

import hashlib
import json
import os
import re
import secrets
import sys
import time
from base64 import urlsafe_b64encode
from urllib.parse import parse_qs, urlencode, urljoin, urlparse

os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"  # the demonstration has no TLS

import requests
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7523 import PrivateKeyJWT, private_key_jwt_sign
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet
from jwcrypto import jwk as jwcrypto_jwk
from jwcrypto import jws as jwcrypto_jws

with open(sys.argv[1]) as file:
    AT = json.load(file)
META = requests.get(AT["issuer"] + "/.well-known/openid-configuration").json()
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


class Refused(Exception):
    pass


def person(url, who="taxpayer"):
    """Goes through the pages at the issuer as a sandbox person; gives the address at which the client is reached."""
    browser = requests.Session()
    answer = browser.get(url, allow_redirects=False)
    for _ in range(20):
        if "location" in answer.headers:
            url = urljoin(url, answer.headers["location"])
            if not url.startswith(AT["issuer"]):
                return url
            answer = browser.get(url, allow_redirects=False)
            continue
        path = urlparse(url).path
        key = re.search(r'name="form-key"[^>]*value="([^"]+)"', answer.text)
        if answer.status_code >= 400 or key is None:
            raise Refused(f"{path}: {answer.status_code}")
        form = {"form-key": key.group(1)}
        if path.endswith("/consent"):
            form["decision"] = "agree"
            form.update((name, "yes") for name in re.findall(r'name="(claim-[^"]+)"', answer.text))
        else:
            form["person"] = who
            url = f"{AT['issuer']}{path}/play"
        answer = browser.post(url, data=form, headers={"origin": AT["issuer"]}, allow_redirects=False)
    raise Refused("too many pages")


def session(kind, method):
    client = AT["clients"][kind]
    secret = ECKey.import_key(AT["key"]) if method == "private_key_jwt" else client.get("secret")
    made = OAuth2Session(
        client["id"],
        secret,
        token_endpoint_auth_method=method,
        redirect_uri=AT["redirectUri"],
        scope="openid profile",
        code_challenge_method="S256",
    )
    if method == "private_key_jwt":
        made.register_client_auth_method(PrivateKeyJWT(AT["issuer"], alg="ES256", headers={"kid": AT["key"]["kid"]}))
    return made


def sign_in(kind, method):
    made, verifier, nonce = session(kind, method), secrets.token_urlsafe(32), secrets.token_urlsafe(16)
    url, state = made.create_authorization_url(META["authorization_endpoint"], code_verifier=verifier, nonce=nonce)
    back = person(url)
    assert parse_qs(urlparse(back).query)["iss"] == [AT["issuer"]], "no iss in the answer (RFC 9207)"
    tokens = made.fetch_token(META["token_endpoint"], authorization_response=back, code_verifier=verifier, state=state)
    return made, tokens, validate(tokens, AT["clients"][kind]["id"], nonce)


def validate(tokens, client_id, nonce):
    """OpenID Connect Core 1.0 §3.1.3.7, by Authlib; the signature by joserfc with the published keys."""
    keys = KeySet.import_key_set(requests.get(META["jwks_uri"]).json())
    token = jwt.decode(tokens["id_token"], keys, algorithms=["ES256"])
    options = {"iss": {"essential": True, "values": [AT["issuer"]]}, "aud": {"essential": True, "value": client_id}}
    params = {"nonce": nonce, "client_id": client_id, "access_token": tokens["access_token"]}
    CodeIDToken(token.claims, token.header, options, params).validate(leeway=10)
    return token.claims


def userinfo(tokens, **headers):
    answer = requests.get(META["userinfo_endpoint"], headers=headers)
    assert answer.status_code == 200, f"userinfo answers {answer.status_code}"
    return answer.json()


def code_and_pkce():
    made, tokens, claims = sign_in("basic", "client_secret_basic")
    told = userinfo(tokens, authorization=f"Bearer {tokens['access_token']}")
    assert told["sub"] == claims["sub"] and told["name"], "another subject, or no name"


def without_secret():
    sign_in("app", "none")


def with_key():
    sign_in("keyed", "private_key_jwt")


def refreshed():
    made, tokens, claims = sign_in("basic", "client_secret_basic")
    new = made.refresh_token(META["token_endpoint"], refresh_token=tokens["refresh_token"])
    assert new["refresh_token"] != tokens["refresh_token"], "no rotation"
    try:
        made.refresh_token(META["token_endpoint"], refresh_token=tokens["refresh_token"])
    except Exception as error:
        assert "invalid_grant" in str(error), error
    else:
        raise AssertionError("the old refresh token was taken")


def looked_up_and_revoked():
    made, tokens, _ = sign_in("basic", "client_secret_basic")
    look = lambda: made.introspect_token(META["introspection_endpoint"], token=tokens["access_token"]).json()
    assert look()["active"], "not active"
    made.revoke_token(META["revocation_endpoint"], token=tokens["access_token"])
    assert not look()["active"], "still active"


def proof(key, method, url, token=None):
    """RFC 9449 §4.2, by jwcrypto."""
    claims = {"jti": secrets.token_urlsafe(16), "htm": method, "htu": url, "iat": int(time.time())}
    if token:
        claims["ath"] = urlsafe_b64encode(hashlib.sha256(token.encode()).digest()).rstrip(b"=").decode()
    header = {"typ": "dpop+jwt", "alg": "ES256", "jwk": key.export_public(as_dict=True)}
    made = jwcrypto_jws.JWS(json.dumps(claims))
    made.add_signature(key, None, json.dumps(header), None)
    return made.serialize(compact=True)


def as_fapi():
    client_id, verifier, nonce = AT["clients"]["fapi"]["id"], secrets.token_urlsafe(32), secrets.token_urlsafe(16)
    key = jwcrypto_jwk.JWK.generate(kty="EC", crv="P-256")

    def post(url, form, **headers):
        own = ECKey.import_key(AT["key"])
        assertion = private_key_jwt_sign(
            own, client_id, AT["issuer"], alg="ES256", header={"kid": AT["key"]["kid"]}
        )
        proved = {"client_id": client_id, "client_assertion_type": ASSERTION, "client_assertion": assertion}
        return requests.post(url, data={**form, **proved}, headers=headers)

    challenge = urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    asked = {
        "response_type": "code",
        "redirect_uri": AT["redirectUri"],
        "scope": "openid profile",
        "nonce": nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    pushed = post(META["pushed_authorization_request_endpoint"], asked)
    assert pushed.status_code == 201, f"PAR answers {pushed.status_code} {pushed.text}"
    query = urlencode({"client_id": client_id, "request_uri": pushed.json()["request_uri"]})
    back = parse_qs(urlparse(person(f"{META['authorization_endpoint']}?{query}")).query)
    exchanged = {
        "grant_type": "authorization_code",
        "code": back["code"][0],
        "redirect_uri": AT["redirectUri"],
        "code_verifier": verifier,
    }
    url = META["token_endpoint"]
    answer = post(url, exchanged, dpop=proof(key, "POST", url))
    tokens = answer.json()
    assert answer.status_code == 200 and tokens["token_type"] == "DPoP", answer.text
    claims = validate(tokens, client_id, nonce)
    shown = proof(key, "GET", META["userinfo_endpoint"], tokens["access_token"])
    told = userinfo(tokens, authorization=f"DPoP {tokens['access_token']}", dpop=shown)
    assert told["sub"] == claims["sub"], "another subject"


CLAIMS = {
    "code + PKCE, client_secret_basic: ID token valid by the published keys, userinfo": code_and_pkce,
    "code + PKCE, a client without a secret": without_secret,
    "code + PKCE, private_key_jwt": with_key,
    "FAPI 2.0: PAR, private_key_jwt, DPoP, userinfo by the bound token": as_fapi,
    "refresh with rotation; the old token is refused": refreshed,
    "introspection and revocation": looked_up_and_revoked,
}

for name, prove in CLAIMS.items():
    try:
        prove()
        print(json.dumps({"claim": name, "state": "passed"}), flush=True)
    except Exception as error:
        detail = f"{type(error).__name__}: {error}"[:300]
        print(json.dumps({"claim": name, "state": "failed", "detail": detail}), flush=True)
