import { beforeAll, describe, expect, test } from 'vitest'
import { checkFile, type DetachedFile } from '../../src/check/index.ts'
import { signPdf } from '../../src/sign/index.ts'
import { appendRevision, buildPdf, onePage, streamOf } from '../pdf/build.ts'
import { now as signedAt, TestPki } from '../sign/authority.ts'
import {
  attribute,
  authority,
  ca,
  certify,
  cms,
  crl,
  der,
  digestAlgorithm,
  essV2,
  extension,
  hash,
  ids,
  key,
  ku,
  name,
  now,
  ocsp,
  quiet,
  signerInfo,
  signWith,
} from './kit.ts'

const { element, explicit, integer, octets, oid, retagged, sequence, setOf } = der
const pki = authority()
const known = quiet(pki)
const content = Buffer.from('content')
const certificates = [pki.signer.certificate, pki.issuer.certificate]
const enveloping = cms({ signer: pki.signer, content, certificates, ...known })

const check = (file: Uint8Array, detached: readonly DetachedFile[] = []) =>
  checkFile(file, { anchors: { certificates: [pki.root.certificate] }, at: now }, detached)

describe('a file that is given along', () => {
  test('and is not what is signed keeps the result from passing', async () => {
    const report = await check(enveloping, [{ name: 'contract.pdf', bytes: Buffer.from('other') }])
    expect(report.conclusion).toBe('INDETERMINATE')
    expect(report.findings.map(({ code }) => code)).toContain('detached-file-unused')
  })

  test('and is what lies in the signature changes nothing', async () => {
    const report = await check(enveloping, [{ name: 'contract.pdf', bytes: content }])
    expect(report.conclusion).toBe('TOTAL-PASSED')
  })

  test('beside the one that is signed is told of as well', async () => {
    const detached = cms({ signer: pki.signer, content, isDetached: true, certificates, ...known })
    const report = await check(detached, [
      { name: 'a', bytes: content },
      { name: 'b', bytes: Buffer.from('b') },
    ])
    expect(report.conclusion).toBe('INDETERMINATE')
  })
})

test('signed attributes in pieces are not passed off as content', async () => {
  const made = signerInfo({ signer: pki.signer, content })
  const attributes = setOf(
    attribute(ids.contentType, oid(ids.data)),
    attribute(ids.messageDigest, octets(hash('sha256', content))),
    essV2(pki.signer.certificate),
  )
  const [version, sid, digest, , algorithm] = made.parts
  const value = octets(signWith(pki.signer.key, 'sha256', attributes))
  const parts = [version, sid, digest, algorithm, value].map((part) => part ?? Buffer.alloc(0))
  const inside = element(0x24, octets(Buffer.alloc(0)), octets(attributes))
  const others = known.ocsps.map((one) => retagged(0xa1, sequence(oid('1.3.6.1.5.5.7.16.2'), one)))
  const body = sequence(
    integer(1),
    setOf(digestAlgorithm('sha256')),
    sequence(oid(ids.data), explicit(0, inside)),
    retagged(0xa0, setOf(...certificates)),
    retagged(0xa1, setOf(...known.crls, ...others)),
    element(0x31, sequence(...parts)),
  )
  const report = await check(sequence(oid('1.2.840.113549.1.7.2'), explicit(0, body)))
  expect(report).toMatchObject({ conclusion: 'TOTAL-FAILED', subIndication: 'FORMAT_FAILURE' })
})

test('a name of a kind that is excluded in part, and that is not understood, is not allowed', async () => {
  const principal = (text: string) =>
    element(0xa0, oid('1.3.6.1.4.1.311.20.2.3'), explicit(0, element(0x0c, Buffer.from(text))))
  const excluded = element(0xa1, sequence(principal('@example')))
  const issuer = certify({
    name: name('Constrained'),
    key: key('p256', 'constrained'),
    issuer: pki.root,
    extensions: [ca(), ku(5, 6), extension('2.5.29.30', sequence(excluded), true)],
  })
  const signer = certify({
    name: name('Signer'),
    key: key('p256', 'principal'),
    issuer,
    extensions: [ku(0, 1), extension('2.5.29.17', sequence(principal('me@example')))],
  })
  const crls = [...known.crls, crl({ issuer })]
  const file = cms({ signer, content, certificates: [signer.certificate, issuer.certificate], crls })
  expect((await check(file)).subIndication).toBe('CERTIFICATE_CHAIN_GENERAL_FAILURE')
})

test('names keep nothing that is hidden or turns the writing', async () => {
  const signer = certify({
    name: name(`A\u202eB\u2066\u0000${'x'.repeat(5000)}`, { '2.5.4.10': 'C\u200f\nD' }),
    key: key('p256', 'hidden'),
    issuer: pki.issuer,
    extensions: [ku(0, 1)],
  })
  const ocsps = [...known.ocsps, ocsp({ issuer: pki.issuer, about: signer })]
  const more = { certificates: [signer.certificate, pki.issuer.certificate], crls: known.crls, ocsps }
  const report = await check(cms({ signer, content, ...more }))
  expect(report.conclusion).toBe('TOTAL-PASSED')
  const [one] = report.signatures
  expect(one?.signer?.name.slice(0, 6)).toBe('A\uFFFDB\uFFFD\uFFFDx')
  expect(one?.signer?.name.length).toBeLessThan(1010)
  expect(one?.signer?.organisation).toBe('C\uFFFD D')
})

describe('a signed PDF that is added to as is permitted', () => {
  let authorities: TestPki
  let signed: Uint8Array
  const trailer = '/ID [<0011> <0011>] /Info 9 0 R'
  const field = (value: string) => `<< /FT /Tx /T (name) /V (${value}) /AP << /N 8 0 R >> >>`

  beforeAll(async () => {
    authorities = await TestPki.create()
    const file = buildPdf(
      {
        ...onePage(),
        1: '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [7 0 R] >> >>',
        7: field('Somchai'),
        8: streamOf('', '/Type /XObject /Subtype /Form /BBox [0 0 9 9]'),
        9: '<< /Title (Licence of A) >>',
      },
      { trailer },
    )
    const more = { timestamper: authorities.timestamper(), revocation: authorities.revocation() }
    signed = await signPdf(file, {
      key: await authorities.signingKey(),
      level: 'B-LT',
      time: signedAt,
      ...more,
    })
  })

  const checkPdf = (file: Uint8Array) =>
    checkFile(file, { anchors: { certificates: [authorities.root.certificate] }, at: signedAt + 60_000 })

  test('keeps the title that was signed', async () => {
    const report = await checkPdf(appendRevision(signed, { 9: '<< /Title (Licence of B) >>' }, { trailer }))
    expect(report).toMatchObject({ conclusion: 'TOTAL-PASSED', document: { title: 'Licence of A' } })
  })

  test('is said to be filled in', async () => {
    const report = await checkPdf(appendRevision(signed, { 7: field('Somsak') }, { trailer }))
    expect(report.signatures[0]?.findings.map(({ code }) => code)).toContain('filled-in-later')
    expect((await checkPdf(signed)).signatures[0]?.findings.map(({ code }) => code)).not.toContain(
      'filled-in-later',
    )
  })
})
