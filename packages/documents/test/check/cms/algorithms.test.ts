import { describe, expect, test } from 'vitest'
import { certify, documentSigning, key, ku, name, ocsp, quiet } from '../kit.ts'
import { check, issuer, make, pki, signer, uncertain } from './letter.ts'

describe('algorithms', () => {
  test.each(['sha1', 'md5'] as const)('%s gives CRYPTO_CONSTRAINTS_FAILURE_NO_POE', async (digest) => {
    const rsa = certify({ name: name('RSA'), key: key('rsa2048'), issuer, extensions: [ku(1)] })
    const ocsps = [ocsp({ issuer, about: rsa })]
    const certificates = [rsa.certificate, issuer.certificate]
    const file = make({ signer: rsa, digest, certificates, ocsps })
    expect(await check(file)).toMatchObject(uncertain('CRYPTO_CONSTRAINTS_FAILURE_NO_POE'))
  })

  test('a short RSA key gives CRYPTO_CONSTRAINTS_FAILURE_NO_POE', async () => {
    const rsa = certify({ name: name('RSA'), key: key('rsa1024'), issuer, extensions: [ku(1)] })
    const ocsps = [ocsp({ issuer, about: rsa })]
    const file = make({ signer: rsa, certificates: [rsa.certificate, issuer.certificate], ocsps })
    expect(await check(file)).toMatchObject(uncertain('CRYPTO_CONSTRAINTS_FAILURE_NO_POE'))
  })

  test('a certificate signed with SHA-1 gives CRYPTO_CONSTRAINTS_FAILURE_NO_POE', async () => {
    const weak = certify({
      name: name('Weak'),
      key: key('p256', 'weak'),
      issuer,
      digest: 'sha1',
      extensions: [ku(1)],
    })
    const ocsps = [ocsp({ issuer, about: weak })]
    const file = make({ signer: weak, certificates: [weak.certificate, issuer.certificate], ocsps })
    expect(await check(file)).toMatchObject(uncertain('CRYPTO_CONSTRAINTS_FAILURE_NO_POE'))
  })

  test('revocation information signed with SHA-1 gives CRYPTO_CONSTRAINTS_FAILURE_NO_POE', async () => {
    const ocsps = [ocsp({ issuer, about: signer, digest: 'sha1' })]
    expect(await check(make({ ocsps, crls: quiet(pki).crls.slice(0, 1) }))).toMatchObject(
      uncertain('CRYPTO_CONSTRAINTS_FAILURE_NO_POE'),
    )
  })

  test('are judged by the policy that is given', async () => {
    const strict = {
      name: 'strict',
      decided: '2026-01-01',
      digests: { sha512: 'always' },
      signatures: { ecdsa: [{ bits: 256, until: 'always' }] },
      signingPurposes: [documentSigning],
    } as const
    expect(await check(make(), { policy: strict })).toMatchObject(
      uncertain('CRYPTO_CONSTRAINTS_FAILURE_NO_POE'),
    )
  })
})
