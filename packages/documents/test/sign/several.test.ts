import { createHash } from 'node:crypto'
import type { SigningKey } from '@sapan/trust'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkFile } from '../../src/check/index.ts'
import { openPdf, PdfString } from '../../src/pdf/index.ts'
import { readPathCertificate } from '../../src/sign/certificate/certificate.ts'
import {
  completeSignature,
  localRevocation,
  type PdfSigningOptions,
  prepareSignature,
  type RevocationSource,
  renewPdf,
  signMany,
  signPdf,
  timestampPdf,
} from '../../src/sign/index.ts'
import { buildPdf, onePage } from '../pdf/build.ts'
import { day, now, TestPki } from './authority.ts'
import { coveredBytes, fieldsOf, holds, storeOf } from './verify.ts'

let pki: TestPki
let key: SigningKey
const plain = buildPdf(onePage())

beforeAll(async () => {
  pki = await TestPki.create()
  key = await pki.signingKey()
})

const options = (more: Partial<PdfSigningOptions> = {}) => pki.signing(key, more)

const holdsIn = (pdf: Uint8Array, name: string, by: SigningKey) => {
  const field = fieldsOf(pdf).find((each) => each.name === name)
  return field !== undefined && holds(field.contents, coveredBytes(pdf, field), by.algorithm, by.certificate)
}

/** A form with fields, as whoever drew the document left it. */
function withFields(...fields: string[]): Uint8Array {
  const numbers = fields.map((_, i) => 10 + i)
  const references = numbers.map((number) => `${number} 0 R`).join(' ')
  const page = onePage()[3]?.replace('/MediaBox', `/Annots [${references}] /MediaBox`) ?? ''
  return buildPdf({
    ...onePage(),
    1: `<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [${references}] >> >>`,
    3: page,
    ...Object.fromEntries(fields.map((each, i) => [numbers[i], each])),
  })
}

const emptyField = (name: string, more = '') =>
  `<< /Type /Annot /Subtype /Widget /FT /Sig /T (${name}) /F 132 /P 3 0 R /Rect [100 100 300 160] ${more} >>`

describe('several signatures', () => {
  it('each close a revision of their own, and the earlier ones still hold', async () => {
    const second = await pki.signingKey('rsa-pss-sha256')
    const third = await pki.signingKey('ecdsa-sha384')
    const once = await signPdf(plain, options({ level: 'B-LTA' }))
    const twice = await signPdf(once, options({ level: 'B-LTA', key: second }))
    const thrice = await signPdf(twice, options({ level: 'B-LT', key: third }))
    expect(fieldsOf(thrice).map(({ name }) => name)).toEqual([
      'Signature1',
      'Timestamp1',
      'Signature2',
      'Timestamp2',
      'Signature3',
    ])
    expect(fieldsOf(thrice).every(({ coversWholeRevision }) => coversWholeRevision)).toBe(true)
    expect(holdsIn(thrice, 'Signature1', key)).toBe(true)
    expect(holdsIn(thrice, 'Signature2', second)).toBe(true)
    expect(holdsIn(thrice, 'Signature3', third)).toBe(true)
  })

  it('leave the first part of the identifier as it is, once there is one', async () => {
    const once = await signPdf(plain, options({ level: 'B-LTA' }))
    const twice = await signPdf(once, options({ level: 'B-LTA' }))
    const file = openPdf(twice)
    const identifiers = file.revisions.slice(1).map(({ index }) => {
      const [first, last] = file.array(file.atRevision(index).trailer.get('ID')) ?? []
      return [first, last].map((part) => Buffer.from(file.string(part) ?? []).toString('hex'))
    })
    expect(new Set(identifiers.map(([first]) => first)).size).toBe(1)
    expect(new Set(identifiers.map(([, last]) => last)).size).toBe(6)
  })

  it('share what the security store has already', async () => {
    const once = await signPdf(plain, options({ level: 'B-LT' }))
    const twice = await signPdf(once, options({ level: 'B-LT' }))
    const [first, second] = [storeOf(once), storeOf(twice)]
    expect(second.certificates.length).toBe(first.certificates.length)
    expect(second.keys).toHaveLength(2)
  })

  it('go into the fields that are named', async () => {
    const form = withFields(emptyField('registrar'), emptyField('dean'))
    const signed = await signPdf(form, options({ field: 'dean' }))
    expect(fieldsOf(signed).map(({ name, value }) => [name, value !== undefined])).toEqual([
      ['registrar', false],
      ['dean', true],
    ])
    expect(holdsIn(signed, 'dean', key)).toBe(true)
  })

  it('take up the lock of their field', async () => {
    const lock = '/Lock << /Type /SigFieldLock /Action /Include /Fields [(amount)] >>'
    const signed = await signPdf(withFields(emptyField('dean', lock)), options({ field: 'dean' }))
    expect(fieldsOf(signed)[0]?.fieldLock).toMatchObject({ action: 'Include', fields: ['amount'] })
    expect(Buffer.from(signed).includes('/TransformMethod/FieldMDP')).toBe(true)
  })

  it('may follow a certification that leaves forms open', async () => {
    const certified = await signPdf(plain, options({ certification: 2 }))
    expect(fieldsOf(certified)[0]?.certification).toBe(2)
    const signed = await signPdf(certified, options())
    expect(fieldsOf(signed).map(({ certification }) => certification)).toEqual([2, null])
  })
})

describe('a batch', () => {
  it('signs what can be signed and says of each other why not', async () => {
    const results = await signMany([plain, Buffer.from('no PDF'), plain], options({ level: 'B-LTA' }))
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(results[1]).toMatchObject({ reason: { code: 'document-unsignable' } })
  })

  it('asks a key that signs several at once only once', async () => {
    const asked: number[] = []
    const many: SigningKey = {
      ...key,
      signMany: (data) => {
        asked.push(data.length)
        return Promise.all(data.map((each) => key.sign(each)))
      },
    }
    const results = await signMany(Array(10).fill(plain), options({ key: many }))
    expect(asked).toEqual([10])
    for (const each of results) {
      expect(each.status === 'fulfilled' && holdsIn(each.value, 'Signature1', key)).toBe(true)
    }
  })
})

describe('a signature made elsewhere', () => {
  it('is over a digest that is known before', async () => {
    const { sign: _, ...identity } = key
    const prepared = await prepareSignature(plain, options({ key: identity as SigningKey, level: 'B-LTA' }))
    const digest = createHash('sha256').update(prepared.toBeSigned).digest()
    expect(Buffer.from(prepared.digest).equals(digest)).toBe(true)
    const signed = await completeSignature(prepared, await key.sign(prepared.toBeSigned))
    expect(holdsIn(signed, 'Signature1', key)).toBe(true)
  })

  it('is refused when it is over something else', async () => {
    const own = await pki.signingKey()
    const prepared = await prepareSignature(plain, options({ key: own }))
    const wrong = await own.sign(Buffer.from('something else'))
    await expect(completeSignature(prepared, wrong)).rejects.toMatchObject({ code: 'signer-key-mismatch' })
  })
})

describe('renewal', () => {
  it('puts the evidence for the last time-stamp into the store, then stamps all of it', async () => {
    const first = await signPdf(plain, options({ level: 'B-LTA' }))
    const renewed = await renewPdf(first, renewal())
    expect(storeOf(renewed).keys).toHaveLength(2)
    expect(fieldsOf(renewed).map(({ type, flaws, revision }) => [type, flaws.length, revision])).toEqual([
      ['Sig', 0, 1],
      ['DocTimeStamp', 0, 3],
      ['DocTimeStamp', 0, 5],
    ])
    const twice = await renewPdf(renewed, renewal())
    expect(storeOf(twice).keys).toHaveLength(3)
    expect(openPdf(twice).revisions).toHaveLength(8)
  })

  it('refreshes revocation data that has grown old meanwhile', async () => {
    const first = await signPdf(plain, options({ level: 'B-LTA' }))
    const later = now + 30 * day
    const revocation = localRevocation({
      ocsp: (request) => pki.ocsp(request, later),
      crls: async () => [await pki.crl(pki.root, [], later)],
    })
    const renewed = await renewPdf(first, {
      timestamper: pki.timestamper(() => later),
      revocation,
      time: later,
    })
    expect(storeOf(renewed).ocsps.length).toBeGreaterThan(storeOf(first).ocsps.length)
  })

  it.each(['B-B', 'B-T', 'B-LT'] as const)('brings a file of level %s to B-LTA', async (level) => {
    const renewed = await renewPdf(await signPdf(plain, options({ level })), renewal())
    const [signature, stamp] = fieldsOf(renewed)
    expect(stamp).toMatchObject({ type: 'DocTimeStamp', flaws: [], coversWholeRevision: true })
    const contents = signature?.value?.get('Contents')
    const bytes = contents instanceof PdfString ? contents.bytes : new Uint8Array()
    expect(storeOf(renewed).keys).toContain(createHash('sha1').update(bytes).digest('hex').toUpperCase())
  })

  it('is refused when the time-stamp authority was revoked since', async () => {
    const signed = await signPdf(plain, options({ level: 'B-LTA' }))
    const own = readPathCertificate(pki.stamping.certificate).serial
    const serial = BigInt(`0x${own.toString('hex')}`)
    const revocation = localRevocation({
      ocsp: async (request) => {
        pki.states.set(serial.toString(16), { state: 'revoked', at: now - day })
        return pki.ocsp(request).finally(() => pki.states.clear())
      },
      crls: async () => [await pki.crl(pki.root)],
    })
    await expect(renewPdf(signed, { ...renewal(), revocation })).rejects.toMatchObject({
      code: 'signer-certificate-revoked',
    })
  })
})

function renewal() {
  return { ...pki.services(), time: now }
}

describe('a document time-stamp', () => {
  it('stands alone on a file that nobody signed', async () => {
    const stamped = await timestampPdf(plain, { timestamper: pki.timestamper(), time: now })
    expect(fieldsOf(stamped)).toMatchObject([
      { type: 'DocTimeStamp', flaws: [], coversWholeRevision: true, name: 'Timestamp1' },
    ])
  })

  it('goes onto a file that was certified against changes', async () => {
    const certified = await signPdf(plain, options({ certification: 1 }))
    const stamped = await timestampPdf(certified, { timestamper: pki.timestamper(), time: now })
    expect(fieldsOf(stamped)).toHaveLength(2)
  })
})

describe('renewal by another authority', () => {
  it('puts the evidence for that authority into the store as well, so that nobody needs to be asked later', async () => {
    const first = await signPdf(plain, options({ level: 'B-LTA' }))
    const other = await TestPki.create()
    const [ours, theirs] = [pki.revocation(), other.revocation()]
    const isTheirs = (path: readonly Uint8Array[]) =>
      path.some((each) => Buffer.from(each).equals(other.root.certificate))
    const revocation: RevocationSource = {
      collect: (path, at) => (isTheirs(path) ? theirs : ours).collect(path, at),
    }
    const renewed = await renewPdf(first, { time: now, timestamper: other.timestamper(), revocation })
    expect(storeOf(renewed).ocsps.length).toBeGreaterThan(storeOf(first).ocsps.length)
    const anchors = { certificates: [pki.root.certificate, other.root.certificate] }
    const report = await checkFile(renewed, { anchors, at: now + 60_000 })
    expect(report.signatures[0]?.timestamps.map(({ indication }) => indication)).toEqual(
      Array(3).fill('TOTAL-PASSED'),
    )
  })
})
