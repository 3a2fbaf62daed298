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
from base64 import urlsafe_b64decode, urlsafe_b64encode
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


def visit(browser, url, who="taxpayer", stay=()):
    """Goes through the pages at the issuer as a sandbox person. Gives where that ends, and the page there unless it is the client's."""
    answer = browser.get(url, allow_redirects=False)
    for _ in range(20):
        if "location" in answer.headers:
            url = urljoin(url, answer.headers["location"])
            if not url.startswith((AT["issuer"], *stay)):
                return url, None
            answer = browser.get(url, allow_redirects=False)
            continue
        path = urlparse(url).path
        if not (url.startswith(AT["issuer"]) and path.startswith("/sign-in/")):
            return url, answer
        form = form_of(answer, path)
        if path.endswith("/consent"):
            form["decision"] = "agree"
            form.update((name, "yes") for name in re.findall(r'name="(claim-[^"]+)"', answer.text))
        else:
            form["person"] = who
            url = f"{AT['issuer']}{path}/play"
        answer = browser.post(url, data=form, headers={"origin": AT["issuer"]}, allow_redirects=False)
    raise Refused("too many pages")


def form_of(answer, path):
    key = re.search(r'name="form-key"[^>]*value="([^"]+)"', answer.text)
    if answer.status_code >= 400 or key is None:
        raise Refused(f"{path}: {answer.status_code}")
    return {"form-key": key.group(1)}


def person(url, who="taxpayer"):
    """The address at which the client is reached."""
    return visit(requests.Session(), url, who)[0]


def session(kind, method, scope="openid profile"):
    client = AT["clients"][kind]
    secret = ECKey.import_key(AT["key"]) if method == "private_key_jwt" else client.get("secret")
    made = OAuth2Session(
        client["id"],
        secret,
        token_endpoint_auth_method=method,
        redirect_uri=AT["redirectUri"],
        scope=scope,
        code_challenge_method="S256",
    )
    if method == "private_key_jwt":
        made.register_client_auth_method(PrivateKeyJWT(AT["issuer"], alg="ES256", headers={"kid": AT["key"]["kid"]}))
    return made


def sign_in(kind, method, who="taxpayer", browser=None, scope="openid profile", **asked):
    made, verifier, nonce = session(kind, method, scope), secrets.token_urlsafe(32), secrets.token_urlsafe(16)
    url, state = made.create_authorization_url(META["authorization_endpoint"], code_verifier=verifier, nonce=nonce, **asked)
    back, _ = visit(browser or requests.Session(), url, who)
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


def by_key(kind, url, form, **headers):
    """private_key_jwt (RFC 7523 §2.2), by Authlib."""
    client_id, own = AT["clients"][kind]["id"], ECKey.import_key(AT["key"])
    assertion = private_key_jwt_sign(own, client_id, AT["issuer"], alg="ES256", header={"kid": AT["key"]["kid"]})
    proved = {"client_id": client_id, "client_assertion_type": ASSERTION, "client_assertion": assertion}
    return requests.post(url, data={**form, **proved}, headers=headers)


def decided_elsewhere():
    """OpenID CIBA Core 1.0 §7 to 11, poll."""
    made, tokens, _ = sign_in("basic", "client_secret_basic", "partner", None, "openid national_id", prompt="consent")
    number = userinfo(tokens, authorization=f"Bearer {tokens['access_token']}")["national_id"]
    asked = {"scope": "openid profile", "login_hint": f"national-id:{number}", "binding_message": "B-17"}
    begun = by_key("ciba", META["backchannel_authentication_endpoint"], asked).json()
    form = {"grant_type": "urn:openid:params:grant-type:ciba", "auth_req_id": begun["auth_req_id"]}
    poll = lambda: by_key("ciba", META["token_endpoint"], form).json()
    assert poll().get("error") == "authorization_pending", "not pending"
    browser, stay = requests.Session(), (AT["portal"],)
    _, waiting = visit(browser, AT["portal"] + "/me/waiting", "partner", stay)
    way = AT["portal"] + re.search(r'href="(/me/waiting/[^"]+)"', waiting.text).group(1)
    _, page = visit(browser, way, "partner", stay)
    assert "B-17" in page.text, "the page does not show what both screens say"
    yes = {**form_of(page, way), "answer": "approve"}
    sent = browser.post(way, data=yes, headers={"origin": AT["portal"]}, allow_redirects=False)
    assert "done=approved" in sent.headers.get("location", ""), f"the answer was not taken: {sent.status_code}"
    keys = KeySet.import_key_set(requests.get(META["jwks_uri"]).json())
    assert jwt.decode(poll()["id_token"], keys, algorithms=["ES256"]).claims["sub"], "nobody"
    assert poll().get("error") == "invalid_grant", "tokens twice"


def exchanged():
    """RFC 8693, for a token with which the person acts at an agency."""
    _, tokens, claims = sign_in("keyed", "private_key_jwt")
    grant, kind = "urn:ietf:params:oauth:grant-type:token-exchange", "urn:ietf:params:oauth:token-type:access_token"
    asked = {"grant_type": grant, "subject_token": tokens["access_token"], "subject_token_type": kind}
    got = by_key("keyed", META["token_endpoint"], {**asked, "audience": "TH/GOV/RD"}).json()
    payload = got["access_token"].split(".")[1]
    told = json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    assert told["aud"] == "TH/GOV/RD" and told["sub"] == claims["sub"], "for another agency, or of another person"
    other = by_key("keyed", META["token_endpoint"], {**asked, "audience": "TH/GOV/DBD"})
    assert other.status_code == 400, "a token for an agency that is not the client's"


def signed_out():
    """OpenID Connect RP-Initiated Logout 1.0 §2."""
    browser = requests.Session()
    made, tokens, _ = sign_in("basic", "client_secret_basic", browser=browser)
    over = AT["redirectUri"].replace("/back", "/over")
    query = {"id_token_hint": tokens["id_token"], "post_logout_redirect_uri": over, "state": "s"}
    asked = browser.get(f"{META['end_session_endpoint']}?{urlencode(query)}")
    to = re.search(r'<form[^>]*action="([^"]+)"', asked.text).group(1)
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', asked.text))
    done = browser.post(urljoin(asked.url, to), data={**hidden, "logout": "yes"}, allow_redirects=False)
    assert done.headers.get("location", "").startswith(f"{over}?state=s"), f"leads to {done.headers.get('location')}"
    url, _ = made.create_authorization_url(META["authorization_endpoint"], code_verifier=secrets.token_urlsafe(32), prompt="none")
    assert "error=login_required" in visit(browser, url)[0], "still signed in"


def as_fapi():
    client_id, verifier, nonce = AT["clients"]["fapi"]["id"], secrets.token_urlsafe(32), secrets.token_urlsafe(16)
    key = jwcrypto_jwk.JWK.generate(kty="EC", crv="P-256")

    post = lambda url, form, **headers: by_key("fapi", url, form, **headers)
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
    "CIBA poll: asked elsewhere, answered on my page, tokens once": decided_elsewhere,
    "token exchange to Sapan-Actor, for the client’s own agency alone": exchanged,
    "RP-initiated logout: the session at the issuer ends, and the person comes back": signed_out,
}

for name, prove in CLAIMS.items():
    try:
        prove()
        print(json.dumps({"claim": name, "state": "passed"}), flush=True)
    except Exception as error:
        detail = f"{type(error).__name__}: {error}"[:300]
        print(json.dumps({"claim": name, "state": "failed", "detail": detail}), flush=True)
