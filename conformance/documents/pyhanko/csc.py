"""
pyHanko's client of the CSC API against a signing service: makes a CMS signature over a file's content.

    csc.py BASE_URL VERSION CREDENTIAL TOKEN PIN DIGEST (pkcs1|pss|ecdsa) IN OUT [replay]

With "replay" the second signature is asked for with the first one's SAD, which must be refused: ends with 1 when it is not.
"""

import asyncio
import sys

import aiohttp
from pyhanko.sign.signers.csc_signer import (
    CSCAuthorizationManager,
    CSCServiceSessionInfo,
    CSCSigner,
    fetch_certs_in_csc_credential,
)
from pyhanko.sign.general import SigningError


class PinAuthorization(CSCAuthorizationManager):
    """Asks credentials/authorize with a PIN, bound to the hashes, as SCAL2 has it."""

    def __init__(self, session, info, credential, pin, keep):
        super().__init__(info, credential)
        self.session = session
        self.pin = pin
        self.keep = keep
        self.kept = None

    async def authorize_signature(self, hash_b64s):
        if self.keep and self.kept:
            return self.kept
        request = self.format_csc_auth_request(pin=self.pin, hash_b64s=hash_b64s, num_signatures=len(hash_b64s))
        if self.csc_session_info.api_ver == 'v2':
            request['hashes'] = request.pop('hash')
        url = self.csc_session_info.endpoint_url('credentials/authorize')
        async with self.session.post(url, headers=self.auth_headers, json=request, raise_for_status=True) as response:
            self.kept = self.parse_csc_auth_response(await response.json())
        return self.kept


class Signer(CSCSigner):
    """pyHanko speaks v1.0.4; for v2 the two members that were renamed are renamed."""

    async def format_csc_signing_req(self, tbs_hashes, digest_algorithm):
        request = await super().format_csc_signing_req(tbs_hashes, digest_algorithm)
        if self.auth_manager.csc_session_info.api_ver == 'v2':
            request['hashes'] = request.pop('hash')
            request['hashAlgorithmOID'] = request.pop('hashAlgo')
        return request


async def main(base, version, credential, token, pin, digest, scheme, source, target, replay=None):
    info = CSCServiceSessionInfo(base, credential, oauth_token=token, api_ver=version)
    async with aiohttp.ClientSession() as session:
        about = await fetch_certs_in_csc_credential(session, info)
        manager = PinAuthorization(session, info, about, pin, keep=replay is not None)
        signer = Signer(session, manager, prefer_pss=scheme == 'pss', sign_timeout=30)
        with open(source, 'rb') as file:
            content = file.read()
        signed = await signer.async_sign_general_data(content, digest, use_cades=True)
        with open(target, 'wb') as file:
            file.write(signed.dump())
        if replay:
            try:
                await signer.async_sign_general_data(content, digest, use_cades=True)
            except SigningError:
                return 0
            return 1
    return 0


sys.exit(asyncio.run(main(*sys.argv[1:])))
