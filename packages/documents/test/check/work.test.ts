import { expect, test } from 'vitest'
import { verificationCost } from '../../src/check/crypto/cost.ts'
import { webCrypto } from '../../src/check/crypto/web-crypto.ts'
import { checkFile } from '../../src/check/index.ts'
import { authority, cms, now, quiet, signerInfo } from './kit.ts'

const pki = authority()
const content = Buffer.alloc(100_000, 1)
const certificates = [pki.signer.certificate, pki.issuer.certificate]
const anchors = { certificates: [pki.root.certificate] }

test('what a hundred signatures are over is digested once', async () => {
  const own = webCrypto()
  let digested = 0
  const crypto: typeof own = {
    digest: (name, data) => {
      if (data.length >= content.length) digested++
      return own.digest(name, data)
    },
    verify: (scheme, spki, data, signature) => own.verify(scheme, spki, data, signature),
  }
  const signers = Array.from({ length: 100 }, () => signerInfo({ signer: pki.signer, content }).info)
  const file = cms({ signer: pki.signer, content, signers, certificates, ...quiet(pki) })
  const report = await checkFile(file, { anchors, at: now, crypto })
  expect(report.conclusion).toBe('TOTAL-PASSED')
  // Once as the content, once as part of the file.
  expect(digested).toBeLessThan(4)
})

test('signatures that are slow to verify count more than others', () => {
  const rsa = (bits: number) => ({ kind: 'rsa', bits, keyBytes: new Uint8Array() }) as const
  const ec = (curve: 'P-256' | 'brainpoolP512r1') =>
    ({ kind: 'ec', bits: 256, curve, keyBytes: new Uint8Array() }) as const
  expect(verificationCost({ family: 'rsa-pkcs1', digest: 'sha256' }, rsa(2048))).toBe(1)
  expect(verificationCost({ family: 'rsa-pkcs1', digest: 'sha3-256' }, rsa(16_384))).toBeGreaterThan(50)
  expect(verificationCost({ family: 'ecdsa', digest: 'sha256' }, ec('P-256'))).toBe(1)
  expect(verificationCost({ family: 'ecdsa', digest: 'sha256' }, ec('brainpoolP512r1'))).toBeGreaterThan(10)
})

test('a few keys that are slow to verify with, tried for many signers, end in the limit', async () => {
  const slow = authority('brainpool', 'slow')
  const many = Array.from({ length: 20 }, () => slow.signer.certificate)
  const signers = Array.from(
    { length: 100 },
    (_, at) => signerInfo({ signer: slow.signer, content, claimedAt: now - at * 1000 }).info,
  )
  const file = cms({ signer: slow.signer, content, signers, certificates: many })
  const limits = { verifications: 400 }
  const { signatures } = await checkFile(file, { anchors, at: now, limits })
  expect(signatures.at(-1)?.findings.map(({ code }) => code)).toContain('too-much-work')
})
