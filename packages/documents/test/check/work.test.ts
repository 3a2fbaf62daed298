import { expect, test } from 'vitest'
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
