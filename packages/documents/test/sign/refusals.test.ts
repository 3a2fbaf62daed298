import { createRequire } from 'node:module'
import type { SigningKey } from '@sapan/trust'
import { beforeAll, describe, expect, it } from 'vitest'
import { signProblems } from '../../src/problems/sign.ts'
import { readPathCertificate } from '../../src/sign/certificate/certificate.ts'
import { type PdfSigningOptions, renewPdf, signPdf } from '../../src/sign/index.ts'
import { buildPdf, onePage } from '../pdf/build.ts'
import { day, now, TestPki } from './authority.ts'

let pki: TestPki
let key: SigningKey
const plain = buildPdf(onePage())

beforeAll(async () => {
  pki = await TestPki.create()
  key = await pki.signingKey()
})

const options = (more: Partial<PdfSigningOptions> = {}) => pki.signing(key, more)

const refused = (pdf: Uint8Array, more: Partial<PdfSigningOptions> = {}) =>
  expect(signPdf(pdf, options(more))).rejects

describe('signing is refused', () => {
  it('with a certificate that has expired', async () => {
    const old = await pki.signingKey('ecdsa-sha256', { now: now - 20 * day, days: 10 })
    await refused(plain, { key: old }).toMatchObject({ code: 'signer-certificate-expired' })
  })

  it('with a certificate of the future', async () => {
    const early = await pki.signingKey('ecdsa-sha256', { now: now + 2 * day })
    await refused(plain, { key: early }).toMatchObject({ code: 'signer-certificate-not-yet-valid' })
  })

  it('with a certificate for time-stamps, or an authority’s own', async () => {
    const stamping = await pki.signingKey('ecdsa-sha256', { profile: 'timestamping' })
    await refused(plain, { key: stamping }).toMatchObject({ code: 'signer-certificate-unusable' })
    await refused(plain, { key: pki.issuer }).toMatchObject({ code: 'signer-certificate-unusable' })
  })

  it('with a certificate that cannot be read', async () => {
    const broken: SigningKey = { ...key, certificate: Buffer.from('no certificate') }
    await refused(plain, { key: broken }).toMatchObject({ code: 'signer-certificate-unusable' })
  })

  it('with a key that does not fit the certificate', async () => {
    const other = await pki.signingKey()
    const mixed: SigningKey = { ...key, sign: (data) => other.sign(data) }
    await refused(plain, { key: mixed }).toMatchObject({ code: 'signer-key-mismatch' })
  })

  it('with a certificate that was revoked', async () => {
    const own = await TestPki.create()
    const revoked = await own.signingKey()
    own.states.set(serial(revoked), { state: 'revoked', at: now - day })
    const more = {
      key: revoked,
      level: 'B-LT',
      revocation: own.revocation(),
      timestamper: own.timestamper(),
    } as const
    await refused(plain, more).toMatchObject({ code: 'signer-certificate-revoked' })
  })

  it.each([
    ['no PDF', Buffer.from('hello'), 'document-unsignable'],
    ['an empty file', Buffer.alloc(0), 'document-unsignable'],
    ['a file that is cut off', plain.subarray(0, plain.length - 30), 'document-unsignable'],
    [
      'a file with something behind its end',
      Buffer.concat([plain, Buffer.from('more')]),
      'document-unsignable',
    ],
  ])('of %s', async (_, pdf, code) => {
    await refused(pdf).toMatchObject({ code })
  })

  it('of an encrypted file', async () => {
    const encrypt =
      '/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 ' +
      `/O <${'00'.repeat(32)}> /U <${'00'.repeat(32)}> >> /ID [<${'01'.repeat(16)}> <${'01'.repeat(16)}>]`
    await refused(buildPdf(onePage(), { trailer: encrypt })).toMatchObject({ code: 'document-encrypted' })
  })

  it.each([
    ['that opens with a password', { userPassword: 'user', ownerPassword: 'owner' }],
    ['that opens without one', { ownerPassword: 'owner' }],
  ])('of an encrypted file %s, and says how to go on', async (_, passwords) => {
    const file = await encrypted({ pdfVersion: '1.7ext3', ...passwords })
    await refused(file).toMatchObject({ code: 'document-encrypted' })
    await expect(renewPdf(file, renewal())).rejects.toMatchObject({ code: 'document-encrypted' })
    expect(signProblems['document-encrypted'].next.en).toContain('qpdf --decrypt')
  })

  it('in a field that is signed already', async () => {
    const signed = await signPdf(plain, options({ field: 'dean' }))
    await refused(signed, { field: 'dean' }).toMatchObject({ code: 'signature-field-taken' })
  })

  it('in a field of another kind, and under a name that no field can have', async () => {
    const form = buildPdf({
      ...onePage(),
      1: '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [10 0 R] >> >>',
      10: '<< /FT /Tx /T (amount) >>',
    })
    await refused(form, { field: 'amount' }).toMatchObject({ code: 'signature-field-unusable' })
    await refused(plain, { field: 'a.b' }).toMatchObject({ code: 'signature-field-unusable' })
  })

  it('on a page that there is not, or without a size', async () => {
    const lines = ['ลงนามแล้ว']
    const beyond = { appearance: { page: 7, rect: [10, 10, 200, 60], lines } } as const
    await refused(plain, beyond).toMatchObject({ code: 'signature-field-unusable' })
    const flat = { appearance: { page: 0, rect: [10, 10, 10, 60], lines } } as const
    await refused(plain, flat).toMatchObject({ code: 'signature-field-unusable' })
  })

  it('of a document that was certified against changes', async () => {
    const certified = await signPdf(plain, options({ certification: 1 }))
    await refused(certified).toMatchObject({ code: 'document-locked' })
  })

  it('in a new box on a page of a document that was certified; unseen it may be', async () => {
    const certified = await signPdf(plain, options({ certification: 3 }))
    const box = { appearance: { rect: [10, 10, 200, 60], lines: ['ลงนามแล้ว'] } } as const
    await refused(certified, box).toMatchObject({ code: 'document-locked' })
    expect(await signPdf(certified, options())).toBeInstanceOf(Uint8Array)
  })

  it.each([
    ['All', '/Action /All', 'registrar'],
    ['its name', '/Action /Include /Fields [(registrar)]', 'registrar'],
    ['all but another', '/Action /Exclude /Fields [(rector)]', 'registrar'],
  ])('in a field that an earlier signature has locked by %s', async (_, lock, field) => {
    const signed = await signPdf(withLock(lock), options({ field: 'dean' }))
    await refused(signed, { field }).toMatchObject({ code: 'document-locked' })
    // What the lock leaves open, and a field that comes anew, may be signed.
    expect(await signPdf(signed, options())).toBeInstanceOf(Uint8Array)
  })

  it('as a certification after other signatures', async () => {
    const signed = await signPdf(plain, options())
    await refused(signed, { certification: 2 }).toMatchObject({ code: 'certification-not-first' })
  })

  it('when the level needs what was not given', async () => {
    await expect(signPdf(plain, { key, level: 'B-T', time: now })).rejects.toThrow(TypeError)
  })
})

const renewal = () => ({ ...pki.services(), time: now })

type Made = { on(event: string, done: (part: Buffer) => void): void; text(text: string): Made; end(): void }
const Document: new (options: object) => Made = createRequire(import.meta.url)('pdfkit')

function encrypted(options: object): Promise<Uint8Array> {
  const document = new Document(options)
  const parts: Buffer[] = []
  return new Promise((resolve) => {
    document.on('data', (part) => parts.push(part))
    document.on('end', () => resolve(new Uint8Array(Buffer.concat(parts))))
    document.text('Words').end()
  })
}

/** A form with fields for dean, registrar and rector; signing as the dean locks others. */
function withLock(lock: string): Uint8Array {
  const field = (name: string, more = '') =>
    `<< /Type /Annot /Subtype /Widget /FT /Sig /T (${name}) /F 132 /P 3 0 R /Rect [0 0 0 0] ${more} >>`
  return buildPdf({
    ...onePage(),
    1: '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [10 0 R 11 0 R 12 0 R] >> >>',
    3: onePage()[3]?.replace('/MediaBox', '/Annots [10 0 R 11 0 R 12 0 R] /MediaBox') ?? '',
    10: field('dean', `/Lock << /Type /SigFieldLock ${lock} >>`),
    11: field('registrar'),
    12: field('rector'),
  })
}

const serial = ({ certificate }: SigningKey) =>
  BigInt(`0x${readPathCertificate(certificate).serial.toString('hex')}`).toString(16)

describe('every problem of signing', () => {
  it('speaks Thai and English', () => {
    for (const { title, next } of Object.values(signProblems)) {
      for (const text of [title.th, next.th]) expect(text).toMatch(/[ก-๙]/)
      for (const text of [title.en, next.en]) expect(text).toMatch(/^[\x20-\x7e]+$/)
    }
  })
})
