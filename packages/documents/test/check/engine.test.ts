import { expect, test } from 'vitest'
import { cadesSignature } from '../../src/check/cms/cades.ts'
import { readSignedData } from '../../src/check/cms/signed-data.ts'
import { validateSignature } from '../../src/check/engine/validate.ts'
import { startRun } from '../../src/check/options.ts'
import { authority, cms, essV2, now, quiet } from './kit.ts'

test('a signature of any format that must name its certificate, and does not, is not accepted', async () => {
  const pki = authority()
  const { root, issuer, signer } = pki
  const file = cms({
    signer,
    content: Buffer.from('content'),
    certificates: [signer.certificate, issuer.certificate],
    ...quiet(pki),
    signed: (list) => list.filter((one) => !one.equals(essV2(signer.certificate))),
  })
  const run = startRun({ anchors: { certificates: [root.certificate] }, at: now })
  const signed = readSignedData(run.read(file))
  const [info] = signed.signers
  if (!info) throw new Error('no signer')
  const input = await cadesSignature(run, signed, info, { id: 'one', content: undefined })
  expect((await validateSignature(run, input)).outcome).toEqual({ passed: true })
  const strict = { ...input, needsCertificateReference: true }
  expect((await validateSignature(run, strict)).outcome).toEqual({
    passed: false,
    why: 'SIG_CONSTRAINTS_FAILURE',
  })
})
