import { beforeAll, describe, expect, test } from 'vitest'
import { type CheckOptions, checkFile } from '../../src/check/index.ts'
import { signPdf, timestampPdf } from '../../src/sign/index.ts'
import { appendRevision, buildPdf, onePage, streamOf } from '../pdf/build.ts'
import { now, TestPki } from '../sign/authority.ts'
import { authority, cms, essV2, quiet, signerInfo } from './kit.ts'

let pki: TestPki
let signed: Uint8Array
const plain = buildPdf(onePage(), { trailer: '/ID [<0011> <0011>]' })
const trailer = '/ID [<0011> <0022>]'

beforeAll(async () => {
  pki = await TestPki.create()
  const key = await pki.signingKey()
  const more = pki.services()
  signed = await signPdf(plain, { key, level: 'B-LT', time: now, ...more })
})

const options = (more: Partial<CheckOptions> = {}): CheckOptions => ({
  anchors: { certificates: [pki.root.certificate] },
  at: now + 60_000,
  ...more,
})

const check = (file: Uint8Array) => checkFile(file, options())
const latin = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')
const bytes = (text: string) => Buffer.from(text, 'latin1')

describe('a signed PDF that somebody adds to', () => {
  test('with another text on the page fails, and it is said that it was changed', async () => {
    const file = appendRevision(
      signed,
      { 4: streamOf('BT /F1 12 Tf 72 700 Td (1,000,000) Tj ET') },
      { trailer },
    )
    const report = await check(file)
    expect(report).toMatchObject({ conclusion: 'TOTAL-FAILED', subIndication: 'FORMAT_FAILURE' })
    expect(report.signatures[0]).toMatchObject({ changesAfter: 'refused', scope: 'whole-revision' })
  })

  test('with a page that is appended fails', async () => {
    const more = {
      2: '<< /Type /Pages /Kids [3 0 R 90 0 R] /Count 2 >>',
      90: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>',
    }
    expect(await check(appendRevision(signed, more, { trailer }))).toMatchObject({
      conclusion: 'TOTAL-FAILED',
    })
  })

  test('without the value of its signature has none, and it is said that there was one', async () => {
    const field = /(\d+) 0 obj\s*(<<(?:(?!endobj)[\s\S])*\/FT \/Sig(?:(?!endobj)[\s\S])*>>)\s*endobj/.exec(
      latin(signed),
    )
    const emptied = (field?.[2] ?? '').replace(/\/V \d+ 0 R/, '')
    expect(emptied).not.toBe(field?.[2])
    const report = await check(appendRevision(signed, { [Number(field?.[1])]: emptied }, { trailer }))
    expect(report.conclusion).toBe('NO_SIGNATURE')
    expect(report.findings.map(({ code }) => code)).toContain('signature-removed')
    expect((await check(signed)).findings.map(({ code }) => code)).not.toContain('signature-removed')
  })

  test('with bytes after its end does not pass', async () => {
    const report = await check(Buffer.concat([signed, Buffer.from('<script>')]))
    expect(report.conclusion).not.toBe('TOTAL-PASSED')
  })
})

describe('a document in which something was laid ready before it was signed', () => {
  const codesOf = async (objects: Record<number, string>) => {
    const key = await pki.signingKey()
    const more = pki.services()
    const file = buildPdf(objects, { trailer: '/ID [<0011> <0011>]' })
    const report = await check(await signPdf(file, { key, level: 'B-LT', time: now, ...more }))
    expect(report.conclusion).toBe('TOTAL-PASSED')
    return report.findings.map(({ code }) => code)
  }

  test('is reported, and nothing is where there is nothing', async () => {
    expect(await codesOf(onePage())).toEqual([])
    const hidden = { 90: streamOf('BT /F1 12 Tf 72 700 Td (1,000,000) Tj ET') }
    expect(await codesOf({ ...onePage(), ...hidden })).toEqual(['prepared-content'])
    const layers =
      '<< /Type /Catalog /Pages 2 0 R /OCProperties << /OCGs [90 0 R] /D << /OFF [90 0 R] >> >> >>'
    const layered = { ...onePage(), 1: layers, 90: '<< /Type /OCG /Name (Two) >>' }
    expect(await codesOf(layered)).toEqual(['hidden-layers'])
  })
})

describe('a ByteRange', () => {
  const range = /\/ByteRange \[0 (\d+) (\d+) (\d+)\] */

  test.each([
    ['empty', () => '0 0 0 0'],
    ['that leaves the end out', (a: number, b: number, c: number) => `0 ${a} ${b} ${c - 300}`],
    ['that leaves the beginning out', (a: number, b: number, c: number) => `9 ${a - 9} ${b} ${c}`],
    ['with a wider gap', (a: number, b: number, c: number) => `0 ${a - 10} ${b} ${c}`],
    ['beyond the file', (a: number, b: number, c: number) => `0 ${a} ${b} ${c + 5000}`],
  ])('%s fails', async (_label, make) => {
    const text = latin(signed)
    const [whole = '', a, b, c] = range.exec(text) ?? []
    const other = `/ByteRange [${make(Number(a), Number(b), Number(c))}]`
    const file = bytes(text.replace(whole, other.padEnd(whole.length).slice(0, whole.length)))
    const report = await check(file)
    expect(report).toMatchObject({ conclusion: 'TOTAL-FAILED', subIndication: 'FORMAT_FAILURE' })
    expect(report.signatures[0]?.checks.find(({ id }) => id === 'byte-range')).toMatchObject({
      passed: false,
    })
  })
})

describe('what stands in Contents', () => {
  /** The file with another CMS, over the same bytes, in the place of the signature. */
  function replaced(make: (content: Buffer) => Buffer): Buffer {
    const text = latin(signed)
    const [, a = '0', b = '0', c = '0'] = /\/ByteRange \[0 (\d+) (\d+) (\d+)\]/.exec(text) ?? []
    const first = Buffer.from(signed.subarray(0, Number(a)))
    const rest = Buffer.from(signed.subarray(Number(b), Number(b) + Number(c)))
    const room = Number(b) - Number(a) - 2
    const hex = make(Buffer.concat([first, rest])).toString('hex')
    if (hex.length > room) throw new Error('too large')
    const contents = bytes(`<${hex.padEnd(room, '0')}>`)
    return Buffer.concat([first, contents, Buffer.from(signed.subarray(Number(b)))])
  }

  const own = authority()
  const anchors = () => ({ certificates: [pki.root.certificate, own.root.certificate] })
  const sent = [own.signer.certificate, own.issuer.certificate]

  test('of another signer is told by its certificate', async () => {
    const file = replaced((content) =>
      cms({ signer: own.signer, content, isDetached: true, certificates: sent }),
    )
    const { signatures } = await checkFile(file, options({ anchors: anchors() }))
    expect(signatures[0]?.checks.find(({ id }) => id === 'signature-value')).toMatchObject({ passed: true })
  })

  test('with content of its own is not taken for the file', async () => {
    const file = replaced(() =>
      cms({ signer: own.signer, content: Buffer.from('anything'), certificates: sent }),
    )
    const report = await checkFile(file, options({ anchors: anchors() }))
    expect(report).toMatchObject({ conclusion: 'TOTAL-FAILED', subIndication: 'FORMAT_FAILURE' })
  })

  test('with two signers fails', async () => {
    const file = replaced((content) => {
      const one = signerInfo({ signer: own.signer, content }).info
      return cms({ signer: own.signer, content, isDetached: true, certificates: [], signers: [one, one] })
    })
    expect(await check(file)).toMatchObject({ conclusion: 'TOTAL-FAILED', subIndication: 'FORMAT_FAILURE' })
  })

  test('without a reference to its certificate is not accepted as PAdES', async () => {
    const file = replaced((content) =>
      cms({
        signer: own.signer,
        content,
        isDetached: true,
        certificates: sent,
        ...quiet(own, now - 60_000),
        signed: (list) => list.filter((one) => !one.equals(essV2(own.signer.certificate))),
      }),
    )
    const report = await checkFile(file, options({ anchors: anchors() }))
    expect(report.conclusion).not.toBe('TOTAL-PASSED')
    expect(report.signatures[0]?.level).toBe('none')
  })

  test('that is no CMS fails', async () => {
    const file = replaced(() => Buffer.from('3003020101', 'hex'))
    expect(await check(file)).toMatchObject({ conclusion: 'TOTAL-FAILED', subIndication: 'FORMAT_FAILURE' })
  })
})

describe('a PDF without a signature', () => {
  test('says so', async () => {
    const report = await check(plain)
    expect(report).toMatchObject({
      conclusion: 'NO_SIGNATURE',
      signatures: [],
      file: { format: 'unsigned-pdf' },
    })
  })

  test('but with a document time-stamp tells the time', async () => {
    const file = await timestampPdf(plain, { time: now, timestamper: pki.timestamper() })
    const report = await check(file)
    expect(report.conclusion).toBe('NO_SIGNATURE')
    expect(report.timestamps?.[0]).toMatchObject({ kind: 'document', at: new Date(now).toISOString() })
  })

  test.each([
    ['cut off', plain.subarray(0, 300), 'truncated'],
    ['of another kind', Buffer.from('hello'), 'unknown'],
  ])('%s is refused', async (_label, file, code) => {
    await expect(check(file)).rejects.toMatchObject({ name: 'CheckError', code })
  })
})
