import { describe, expect, test } from 'vitest'
import { type AlgorithmPolicy, checkFile, etsiPolicy } from '../../src/check/index.ts'
import {
  attribute,
  authority,
  ca,
  certify,
  cms,
  crl,
  day,
  der,
  hash,
  hour,
  ids,
  key,
  ku,
  minute,
  name,
  now,
  ocsp,
  quiet,
  signerInfo,
  stamp,
} from './kit.ts'

const { octets, oid, sequence } = der
const pki = authority()
const { root, issuer, signer, tsa } = pki
const content = Buffer.from('content')
const certificates = [signer.certificate, issuer.certificate]
const authorityPart = ca()
const policyId = attribute(
  '1.2.840.113549.1.9.16.2.15',
  sequence(oid('1.2.3.4'), sequence(sequence(oid('2.16.840.1.101.3.4.2.1')), octets(Buffer.alloc(32)))),
)
const policied = cms({ signer, content, certificates, ...quiet(pki), signed: (list) => [...list, policyId] })

async function check(file: Uint8Array, policy: Partial<AlgorithmPolicy> = {}, at = now) {
  const options = { anchors: { certificates: [root.certificate] }, at, policy: { ...etsiPolicy, ...policy } }
  const { signatures } = await checkFile(file, options)
  return signatures[0]
}

describe('a policy', () => {
  test('that the signature names is noted', async () => {
    const report = await check(policied)
    expect(report).toMatchObject({ indication: 'TOTAL-PASSED' })
    expect(report?.findings.map(({ code }) => code)).toContain('signature-policy-unknown')
  })

  test('that the signature names and the checker does not have gives SIGNATURE_POLICY_NOT_AVAILABLE', async () => {
    const subIndication = 'SIGNATURE_POLICY_NOT_AVAILABLE'
    expect(await check(policied, { signaturePolicies: [] })).toMatchObject({ subIndication })
    expect(await check(policied, { signaturePolicies: ['1.2.3.4'] })).toMatchObject({
      indication: 'TOTAL-PASSED',
    })
  })

  test('of certificates that is wanted must be in the path', async () => {
    const policies = der.element(0x30, sequence(oid('1.2.3.4')))
    const extension = sequence(oid('2.5.29.32'), octets(policies))
    const above = certify({
      name: name('Policy CA'),
      key: key('p256', 'policy ca'),
      issuer: root,
      extensions: [extension, authorityPart, ku(5, 6)],
    })
    const holder = certify({
      name: name('Holder'),
      key: key('p256', 'holder'),
      issuer: above,
      extensions: [ku(1), extension],
    })
    const file = cms({
      signer: holder,
      content,
      certificates: [holder.certificate, above.certificate],
      crls: [crl({ issuer: root }), crl({ issuer: above })],
    })
    expect(await check(file, { certificatePolicies: ['1.2.3.4'] })).toMatchObject({
      indication: 'TOTAL-PASSED',
    })
    expect(await check(file, { certificatePolicies: ['1.2.3.5'] })).toMatchObject({
      subIndication: 'CERTIFICATE_CHAIN_GENERAL_FAILURE',
    })
  })

  test('may ask for younger revocation information than its next update says', async () => {
    const file = cms({ signer, content, certificates, ...quiet(pki) })
    expect(await check(file, { revocationAge: 30 * minute })).toMatchObject({ subIndication: 'TRY_LATER' })
    expect(await check(file, { revocationAge: 2 * hour })).toMatchObject({ indication: 'TOTAL-PASSED' })
  })

  test('may limit how long after signing a time-stamp comes', async () => {
    const unsigned = (value: Buffer) => [
      attribute(ids.signatureTimestamp, stamp({ tsa, over: value, at: now - hour })),
    ]
    const file = cms({ signer, content, certificates, ...quiet(pki), claimedAt: now - 2 * hour, unsigned })
    expect(await check(file, { timestampDelay: 2 * hour })).toMatchObject({ indication: 'TOTAL-PASSED' })
    expect(await check(file, { timestampDelay: minute })).toMatchObject({
      subIndication: 'SIG_CONSTRAINTS_FAILURE',
    })
  })

  test('warns of what it lets end after it was decided, and refuses what had ended', async () => {
    const policy = { decided: '2026-01-01', digests: { sha256: '2026-03-01', sha1: '2012-01-01' } }
    const file = cms({ signer, content, certificates, ...quiet(pki) })
    const report = await check(file, policy)
    expect(report).toMatchObject({ indication: 'TOTAL-PASSED' })
    expect(report?.findings.map(({ code }) => code)).toContain('algorithm-ends-soon')
    expect(await check(file, { ...policy, decided: '2026-05-01' })).toMatchObject({
      subIndication: 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE',
    })
  })
})

/** A signature whose archive time-stamp covers all that it carries. */
function archived(ocsps: Buffer[], at: number, by = signer, sent = certificates): Buffer {
  const crls = quiet(pki, at - hour).crls
  const made = signerInfo({ signer: by, content })
  const signatureStamp = attribute(
    ids.signatureTimestamp,
    stamp({ tsa, over: made.value, at, certificates: [tsa.certificate] }),
  )
  const choices = [
    ...crls,
    ...ocsps.map((one) => der.retagged(0xa1, sequence(oid('1.3.6.1.5.5.7.16.2'), one))),
  ]
  const stampParts = der.readDer(signatureStamp).children()
  const [type, values] = stampParts
  const value = values?.children()[0]?.raw ?? Buffer.alloc(0)
  const index = sequence(
    sequence(oid('2.16.840.1.101.3.4.2.1')),
    sequence(...sent.map((one) => octets(hash('sha256', one)))),
    sequence(...choices.map((one) => octets(hash('sha256', one)))),
    sequence(octets(hash('sha256', Buffer.concat([type?.raw ?? Buffer.alloc(0), value])))),
  )
  const over = Buffer.concat([oid(ids.data), hash('sha256', content), ...made.parts, index])
  const archive = attribute(
    ids.archiveTimestampV3,
    stamp({
      tsa,
      over,
      at: at + minute,
      certificates: [tsa.certificate],
      unsigned: () => [attribute(ids.atsHashIndexV3, index)],
    }),
  )
  const tail = der.retagged(0xa1, der.setOf(signatureStamp, archive))
  return cms({
    signer: by,
    content,
    certificates: sent,
    crls,
    ocsps,
    signers: [sequence(...made.parts, tail)],
  })
}

describe('an archived signature', () => {
  const at = now - 100 * day
  const answers = [
    ocsp({ issuer, about: signer, at: at - hour }),
    ocsp({ issuer, about: tsa, at: at - hour }),
  ]

  test('passes long after', async () => {
    const file = archived(answers, at)
    expect(await check(file)).toMatchObject({ indication: 'TOTAL-PASSED', level: 'CAdES-B-LTA' })
  })

  test('of a certificate that was revoked before it was signed is not good', async () => {
    const revoked = ocsp({ issuer, about: signer, at: now - day, revokedAt: at - day })
    const file = archived([...answers, revoked], at)
    expect(await check(file)).toMatchObject({ subIndication: 'REVOKED_NO_POE' })
  })

  test('of a certificate that was revoked later stays good', async () => {
    const revoked = ocsp({ issuer, about: signer, at: now - day, revokedAt: at + day })
    expect(await check(archived([...answers, revoked], at))).toMatchObject({ indication: 'TOTAL-PASSED' })
  })

  test('of an authority that ended meanwhile stays good, as what it said is proved to be older', async () => {
    const to = at + 10 * day
    const above = certify({
      name: name('Ended'),
      key: key('p256', 'ended'),
      issuer: root,
      to,
      extensions: [authorityPart, ku(5, 6)],
    })
    const holder = certify({
      name: name('Holder'),
      key: key('p256', 'holder'),
      issuer: above,
      to,
      extensions: [ku(1)],
    })
    const about = [ocsp({ issuer: above, about: holder, at: at - hour }), ...answers]
    const file = archived(about, at, holder, [holder.certificate, above.certificate, issuer.certificate])
    const report = await check(file)
    expect(report).toMatchObject({ indication: 'TOTAL-PASSED' })
    expect(report?.checks.map(({ id }) => id)).toContain('proof-of-existence')
    const unproved = cms({
      signer: holder,
      content,
      certificates: [holder.certificate, above.certificate],
      ...quiet(pki),
      ocsps: about,
    })
    expect(await check(unproved)).toMatchObject({ indication: 'INDETERMINATE' })
  })
})

test('a signature by an algorithm that was strong when it was time-stamped passes', async () => {
  const at = now - 100 * day
  const unsigned = (value: Buffer) => [attribute(ids.signatureTimestamp, stamp({ tsa, over: value, at }))]
  const file = (parts: object) =>
    cms({ signer, content, certificates, ...quiet(pki), digest: 'sha1', ...parts })
  const policy = { digests: { ...etsiPolicy.digests, sha1: '2026-05-01' }, decided: '2026-05-15' }
  expect(await check(file({ unsigned }), policy)).toMatchObject({ indication: 'TOTAL-PASSED' })
  expect(await check(file({}), policy)).toMatchObject({ subIndication: 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE' })
})
