import * as oids from '../asn1/oids.ts'
import type { AlgorithmPolicy } from './policy.ts'

const rsa = [
  { bits: 786, until: '2010-08-01' },
  { bits: 1024, until: '2019-10-01' },
  { bits: 1900, until: '2029-01-01' },
  { bits: 3000, until: 'always' },
] as const

/**
 * ETSI TS 119 312 V1.5.1, with the dates of its earlier editions for what had ended before. EdDSA is not in it; it is
 * taken as strong as its curve.
 */
export const etsiPolicy: AlgorithmPolicy = {
  name: 'ETSI TS 119 312 V1.5.1',
  decided: '2024-12-01',
  digests: {
    md5: '2004-08-01',
    sha1: '2012-08-01',
    ripemd160: '2014-08-01',
    sha224: '2029-01-01',
    sha256: 'always',
    sha384: 'always',
    sha512: 'always',
    'sha512-256': 'always',
    'sha3-256': 'always',
    'sha3-384': 'always',
    'sha3-512': 'always',
    shake256: 'always',
  },
  signatures: {
    'rsa-pkcs1': rsa,
    'rsa-pss': rsa,
    dsa: [
      { bits: 1024, until: '2015-12-01' },
      { bits: 1900, until: '2029-01-01' },
      { bits: 3000, until: 'always' },
    ],
    ecdsa: [
      { bits: 160, until: '2012-08-01' },
      { bits: 224, until: '2021-10-01' },
      { bits: 256, until: 'always' },
    ],
    eddsa: [{ bits: 256, until: 'always' }],
  },
  signingPurposes: [
    oids.documentSigning,
    oids.emailProtection,
    oids.microsoftDocumentSigning,
    oids.adobeDocumentSigning,
    oids.anyExtendedKeyUsage,
  ],
}
