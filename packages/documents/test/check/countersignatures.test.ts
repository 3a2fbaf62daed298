import { sign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { checkFile } from '../../src/check/index.ts'
import { canonicalise } from '../../src/check/xml/canonical/canonicalise.ts'
import { at, fixture, fixtureText, anchors as theirs } from './containers.ts'
import {
  attribute,
  authority,
  type CmsParts,
  certify,
  cms,
  der,
  documentSigning,
  eku,
  extension,
  hash,
  key,
  ku,
  minute,
  name,
  now,
  quiet,
  signerInfo,
} from './kit.ts'
import { budget, found, read, textOf } from './xml/reading.ts'

const { nothing, octets, sequence } = der
const content = Buffer.from('หนังสือรับรอง')
const pki = authority()
const { root, issuer, signer } = pki
const neverRevoked = extension('2.5.29.56', nothing())
const dean = certify({
  name: name('Dean'),
  key: key('p256', 'dean'),
  issuer: root,
  extensions: [ku(0, 1), eku(false, documentSigning), neverRevoked],
})

const counterSignature = '1.2.840.113549.1.9.6'
const withoutType = (attributes: Buffer[]) => attributes.slice(1)

/** The SignerInfo of somebody who signs a signature value. */
const counter = (value: Buffer, parts: Partial<CmsParts> = {}) =>
  signerInfo({ signer: dean, content: value, signed: withoutType, claimedAt: now - minute, ...parts }).info

async function check(unsigned: (value: Buffer) => Buffer[]) {
  const certificates = [signer.certificate, issuer.certificate, dean.certificate]
  const file = cms({ signer, content, certificates, ...quiet(pki), unsigned })
  const { conclusion, signatures } = await checkFile(file, {
    anchors: { certificates: [root.certificate] },
    at: now,
  })
  const [one] = signatures
  const codes = one?.findings.map(({ code }) => code) ?? []
  return { conclusion, others: one?.countersignatures, codes, findings: one?.findings }
}

describe('a countersignature in CMS', () => {
  test('is reported with who made it, and decides nothing', async () => {
    const { conclusion, others, findings } = await check((value) => [
      attribute(counterSignature, counter(value)),
    ])
    expect(conclusion).toBe('TOTAL-PASSED')
    expect(others).toHaveLength(1)
    expect(others?.[0]).toMatchObject({ indication: 'TOTAL-PASSED', signer: { name: 'Dean' } })
    expect(findings).toContainEqual(expect.objectContaining({ code: 'counter-signature', detail: 'Dean' }))
  })

  test('may be several, in one attribute or in many', async () => {
    const { others } = await check((value) => [
      attribute(counterSignature, counter(value), counter(value, { claimedAt: now })),
      attribute(counterSignature, counter(value, { claimedAt: now - 2 * minute })),
    ])
    expect(others?.map(({ indication }) => indication)).toEqual(Array(3).fill('TOTAL-PASSED'))
  })

  test.each<[string, (value: Buffer) => Buffer, string]>([
    ['over something else', () => counter(Buffer.from('other')), 'HASH_FAILURE'],
    ['with a content type', (value) => counter(value, { signed: (all) => all }), 'FORMAT_FAILURE'],
    ['of another key', (value) => counter(value, { value: Buffer.alloc(64, 1) }), 'SIG_CRYPTO_FAILURE'],
  ])('%s is said not to hold, and decides nothing', async (_, make, why) => {
    const { conclusion, others, codes } = await check((value) => [attribute(counterSignature, make(value))])
    expect(conclusion).toBe('TOTAL-PASSED')
    expect(others?.[0]).toMatchObject({ indication: 'TOTAL-FAILED', subIndication: why })
    expect(codes).toContain('counter-signature-unsound')
    expect(codes).not.toContain('counter-signature')
  })

  test('that cannot be read, or has one of its own, is said to be unchecked', async () => {
    const unreadable = await check(() => [attribute(counterSignature, sequence())])
    expect(unreadable.conclusion).toBe('TOTAL-PASSED')
    expect(unreadable.codes).toContain('counter-signature-unsound')
    const nested = await check((value) => [
      attribute(
        counterSignature,
        counter(value, { unsigned: (inner) => [attribute(counterSignature, counter(inner))] }),
      ),
    ])
    expect(nested.codes).toContain('counter-signature-unchecked')
    const many = await check((value) => [
      attribute(
        counterSignature,
        ...Array.from({ length: 30 }, (_, i) => counter(value, { claimedAt: now - i * 1000 })),
      ),
    ])
    expect(many.others).toHaveLength(20)
    expect(many.codes).toContain('counter-signature-unchecked')
  })
})

describe('evidence that is not counted', () => {
  test.each([
    ['1.2.840.113549.1.9.16.2.27', 'archive-timestamp-old'],
    ['1.2.840.113549.1.9.16.2.48', 'archive-timestamp-old'],
    ['0.4.0.1733.2.2', 'archive-timestamp-old'],
    ['1.2.840.113549.1.9.16.2.25', 'timestamp-ignored'],
    ['1.2.840.113549.1.9.16.2.26', 'timestamp-ignored'],
    ['1.2.840.113549.1.9.16.2.49', 'evidence-record'],
    ['1.2.840.113549.1.9.16.2.50', 'evidence-record'],
  ])('is said to be there: %s', async (oid, code) => {
    const { conclusion, codes } = await check(() => [attribute(oid, octets(Buffer.from('x')))])
    expect(conclusion).toBe('TOTAL-PASSED')
    expect(codes).toContain(code)
  })

  test.each([
    ['<xades:ArchiveTimeStamp/>', 'archive-timestamp-old'],
    ['<e:SealingEvidenceRecords xmlns:e="http://uri.etsi.org/19132/v1.1.1#"/>', 'evidence-record'],
  ])('is said to be there in XML: %s', async (property, code) => {
    const { codes } = await checkCountersigned(property)
    expect(codes).toContain(code)
  })
})

const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#'
const dsig = 'http://www.w3.org/2000/09/xmldsig#'
const main = fixtureText('enveloped-b.xml')
const value = /<ds:SignatureValue Id="([^"]+)">[^<]+<\/ds:SignatureValue>/.exec(main)

const canonical = (text: string, local: string): string => {
  const document = read(text)
  return textOf(canonicalise(found(document, local), { kind: 'exclusive', comments: false }, budget()))
}

/** A countersignature in XML, with the key that is in it signed as well. */
function countersigned(over: string, target: string): string {
  const { certificate } = dean
  const keyInfo = `<ds:KeyInfo xmlns:ds="${dsig}" Id="ki"><ds:X509Data><ds:X509Certificate>${certificate.toString('base64')}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>`
  const reference = (uri: string, text: string) =>
    `<ds:Reference URI="${uri}"><ds:Transforms><ds:Transform Algorithm="${exclusive}"></ds:Transform></ds:Transforms><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"></ds:DigestMethod><ds:DigestValue>${hash('sha256', Buffer.from(text)).toString('base64')}</ds:DigestValue></ds:Reference>`
  const info = `<ds:SignedInfo xmlns:ds="${dsig}"><ds:CanonicalizationMethod Algorithm="${exclusive}"></ds:CanonicalizationMethod><ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"></ds:SignatureMethod>${reference(target, over)}${reference('#ki', canonical(keyInfo, 'KeyInfo'))}</ds:SignedInfo>`
  const made = sign('sha256', Buffer.from(canonical(info, 'SignedInfo')), {
    key: dean.key.private,
    dsaEncoding: 'ieee-p1363',
  })
  return `<xades:CounterSignature><ds:Signature>${info}<ds:SignatureValue>${made.toString('base64')}</ds:SignatureValue>${keyInfo}</ds:Signature></xades:CounterSignature>`
}

async function checkCountersigned(properties: string) {
  const unsigned = `<xades:UnsignedProperties><xades:UnsignedSignatureProperties>${properties}</xades:UnsignedSignatureProperties></xades:UnsignedProperties>`
  const file = main.replace('</xades:QualifyingProperties>', `${unsigned}</xades:QualifyingProperties>`)
  const lists = [0, 1, 2].map((one) => fixture(`ecdsa-${one}.crl`))
  const { signatures } = await checkFile(new TextEncoder().encode(file), {
    anchors: { certificates: [...theirs.certificates, root.certificate] },
    at,
    online: { ocsp: async () => undefined, crl: async () => lists.find((list) => list.length > 0) },
  })
  const [one] = signatures
  return { signatures, others: one?.countersignatures, codes: one?.findings.map(({ code }) => code) }
}

describe('a countersignature in XML', () => {
  const over = canonical(main, 'SignatureValue')

  test('is reported with who made it', async () => {
    const { signatures, others, codes } = await checkCountersigned(countersigned(over, `#${value?.[1]}`))
    expect(signatures).toHaveLength(1)
    expect(others?.[0]).toMatchObject({ indication: 'TOTAL-PASSED', signer: { name: 'Dean' } })
    expect(codes).toContain('counter-signature')
  })

  test('over something else is said not to hold', async () => {
    const wrong = await checkCountersigned(countersigned(`${over} `, `#${value?.[1]}`))
    expect(wrong.others?.[0]).toMatchObject({ indication: 'TOTAL-FAILED', subIndication: 'HASH_FAILURE' })
    const elsewhere = await checkCountersigned(countersigned(canonical(main, 'ใบรับ'), '#data'))
    expect(elsewhere.others?.[0]).toMatchObject({
      indication: 'TOTAL-FAILED',
      subIndication: 'FORMAT_FAILURE',
    })
    expect(elsewhere.codes).toContain('counter-signature-unsound')
  })
})
