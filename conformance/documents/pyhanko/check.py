"""
pyHanko behind a pipe: each line of standard input is an order in JSON, answered with a line of JSON ({"error": …} where
it failed). Offline.

    {"check": FILE, "anchors": [DER…], "at": MILLISECONDS or null, "crls": [DER…], "password": …}
      → {"signatures": [{field, kind, intact, valid, trusted, coverage, changes, docmdp, bottom_line, ades, …}]}
    {"sign": FILE, "out": FILE, "level": "B-B".."B-LTA", "key": PEM, "certificate": PEM, "chain": PEM,
     "tsa": {"key", "certificate", "chain"}, "anchors": [DER…], "crls": [DER…], "times": N}
      → {"seconds": of processor time, for N signings in memory}
"""

import asyncio
import hashlib
import io
import json
import logging
import sys
import time
from datetime import datetime, timezone

from asn1crypto import cms, x509
from asn1crypto import crl as asn1_crl
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from pyhanko.keys import load_cert_from_pemder, load_certs_from_pemder, load_private_key_from_pemder
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, general, signers, timestamps
from pyhanko.sign.general import simple_cms_attribute
from pyhanko.sign.validation import ades, async_validate_pdf_signature, async_validate_pdf_timestamp
from pyhanko.sign.validation.policy_decl import (
    LocalKnowledge,
    PdfSignatureValidationSpec,
    RevocationInfoGatheringSpec,
    RevinfoOnlineFetchingRule,
    SignatureValidationSpec,
)
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo
from pyhanko_certvalidator.authority import CertTrustAnchor
from pyhanko_certvalidator.policy_decl import CertRevTrustPolicy, REQUIRE_REVINFO, FreshnessReqType
from pyhanko_certvalidator.registry import SimpleCertificateStore, SimpleTrustManager
from pyhanko_certvalidator.revinfo.archival import CRLContainer


# What it logs goes with every verdict again; the pipe has the verdict.
logging.disable(logging.CRITICAL)


def certificate(path):
    with open(path, 'rb') as source:
        return x509.Certificate.load(source.read())


def revocation_list(path):
    with open(path, 'rb') as source:
        return asn1_crl.CertificateList.load(source.read())


def moment(order):
    at = order.get('at')
    return datetime.fromtimestamp(at / 1000, timezone.utc) if at else datetime.now(timezone.utc)


def context(order, **more):
    return ValidationContext(
        trust_roots=[certificate(p) for p in order.get('anchors', [])],
        crls=[revocation_list(p) for p in order.get('crls', [])],
        other_certs=[certificate(p) for p in order.get('others', [])],
        moment=moment(order),
        allow_fetching=False,
        **more,
    )


def ades_specification(order):
    trust = SimpleTrustManager.build([CertTrustAnchor(certificate(p)) for p in order.get('anchors', [])])
    revocation = CertRevTrustPolicy(
        revocation_checking_policy=REQUIRE_REVINFO,
        freshness_req_type=FreshnessReqType.MAX_DIFF_REVOCATION_VALIDATION,
    )
    known = LocalKnowledge(known_crls=[CRLContainer(revocation_list(p)) for p in order.get('crls', [])])
    return PdfSignatureValidationSpec(
        signature_validation_spec=SignatureValidationSpec(
            cert_validation_policy=CertValidationPolicySpec(trust_manager=trust, revinfo_policy=revocation),
            revinfo_gathering_policy=RevocationInfoGatheringSpec(
                online_fetching_rule=RevinfoOnlineFetchingRule.LOCAL_ONLY
            ),
            local_knowledge=known,
        )
    )


async def ades_status(signature, order):
    try:
        at = moment(order)
        result = await ades.ades_lta_validation(
            signature,
            pdf_validation_spec=ades_specification(order),
            timing_info=ValidationTimingInfo(validation_time=at, best_signature_time=at, point_in_time_validation=False),
        )
        return result.ades_subindic.status.name + '/' + result.ades_subindic.name
    except Exception as error:
        return 'error ' + type(error).__name__ + ': ' + str(error)[:120]


async def judged(signature, order):
    kind = 'timestamp' if signature.sig_object.get('/Type') == '/DocTimeStamp' else 'signature'
    told = {'field': signature.field_name, 'kind': kind}
    try:
        validate = async_validate_pdf_timestamp if kind == 'timestamp' else async_validate_pdf_signature
        status = await validate(signature, context(order))
        told.update(
            intact=status.intact,
            valid=status.valid,
            trusted=status.trusted,
            coverage=status.coverage.name if status.coverage else None,
            changes=status.modification_level.name if status.modification_level else None,
            docmdp=getattr(status, 'docmdp_ok', None),
        )
        if kind == 'signature':
            told['bottom_line'] = status.bottom_line
        else:
            whole = status.coverage is not None and status.coverage >= SignatureCoverageLevel.ENTIRE_REVISION
            told['bottom_line'] = status.intact and status.valid and status.trusted and whole
    except Exception as error:
        told.update(bottom_line=False, error=type(error).__name__ + ': ' + str(error)[:200])
    if kind == 'signature' and order.get('ades'):
        told['ades'] = await ades_status(signature, order)
    return told


async def check(order):
    with open(order['check'], 'rb') as source:
        reader = PdfFileReader(io.BytesIO(source.read()), strict=order.get('strict', True))
        if order.get('password') is not None and reader.encrypted:
            reader.decrypt(order['password'])
        return {'signatures': [await judged(s, order) for s in reader.embedded_signatures]}


def signer_of(key):
    registry = SimpleCertificateStore.from_certs(load_certs_from_pemder([key['chain']]))
    return dict(
        signing_cert=load_cert_from_pemder(key['certificate']),
        signing_key=load_private_key_from_pemder(key['key'], passphrase=None),
        cert_registry=registry,
    )


class TimeStamper(timestamps.DummyTimeStamper):
    """An authority in the same process, as ours has: no network and no second process in either's figure."""

    def _sign_tst_info(self, tst_info_data, md_algorithm, dt):
        digest = hashlib.new(md_algorithm, tst_info_data).digest()
        attributes = cms.CMSAttributes([
            simple_cms_attribute('content_type', 'tst_info'),
            simple_cms_attribute('signing_certificate_v2', general.as_signing_certificate_v2(self.tsa_cert)),
            simple_cms_attribute('message_digest', digest),
        ])
        key = serialization.load_der_private_key(self.tsa_key.dump(), password=None)
        return key.sign(attributes.dump(), ECDSA(hashes.SHA256())), attributes

    def _build_signed_data(self, *args):
        signed = super()._build_signed_data(*args)
        signed['signer_infos'][0]['signature_algorithm'] = {'algorithm': 'sha256_ecdsa'}
        return signed


def sign(order):
    level = order['level']
    signer = signers.SimpleSigner(**signer_of(order))
    tsa = signer_of(order['tsa'])
    stamper = TimeStamper(
        tsa['signing_cert'], tsa['signing_key'], certs_to_embed=tsa['cert_registry'], include_nonce=False
    )
    metadata = signers.PdfSignatureMetadata(
        field_name='Signature1',
        md_algorithm='sha256',
        subfilter=fields.SigSeedSubFilter.PADES,
        embed_validation_info=level in ('B-LT', 'B-LTA'),
        use_pades_lta=level == 'B-LTA',
        validation_context=context({**order, 'at': None}),
    )
    with open(order['sign'], 'rb') as source:
        data = source.read()
    begun = time.process_time()
    for _ in range(order.get('times', 1)):
        out = signers.PdfSigner(
            metadata, signer=signer, timestamper=None if level == 'B-B' else stamper
        ).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(data)), in_place=False)
        signed = out.getvalue()
    seconds = time.process_time() - begun
    if order.get('out'):
        with open(order['out'], 'wb') as target:
            target.write(signed)
    return {'seconds': seconds, 'bytes': len(signed)}


def obey(order):
    return sign(order) if 'sign' in order else asyncio.run(check(order))


for line in sys.stdin:
    try:
        answer = obey(json.loads(line))
    except Exception as error:
        answer = {'error': type(error).__name__ + ': ' + str(error)[:300]}
    print(json.dumps(answer), flush=True)
