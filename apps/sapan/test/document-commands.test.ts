import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { run } from './support.ts'

let folder: string
const at = (name: string): string => join(folder, name)
const document = (...words: string[]) => run(['document', ...words], { SAPAN_HOME: at('home') })

const container = (name: string): string =>
  new URL(`../../../packages/documents/test/check/fixtures/containers/${name}`, import.meta.url).pathname

/** One file of one letter. */
const plainZip = Buffer.from(
  'UEsDBBQAAAAAAAAAIQBDvrfoAQAAAAEAAAAFAAAAYS50eHRhUEsBAhQDFAAAAAAAAAAhAEO+t+gBAAAAAQAAAAUAAAAAAAAAAAAAAIABAAAAAGEudHh0UEsFBgAAAAABAAEAMwAAACQAAAAAAA==',
  'base64',
)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sapan-documents-'))
  await document('build', 'receipt', '--sample', '--out', at('receipt.pdf'))
  await document('sign', at('receipt.pdf'), '--out', at('signed.pdf'))
})

afterAll(() => rm(folder, { recursive: true, force: true }))

describe('document templates', () => {
  it('lists them with schema and sample for programs', async () => {
    const { code, out } = await document('templates', '--json')
    expect(code).toBe(0)
    const [first] = JSON.parse(out)
    expect(first).toMatchObject({
      name: 'receipt',
      schema: { type: 'object' },
      sample: { number: expect.any(String) },
    })
  })
})

describe('document build', () => {
  it('names what is wrong with the data, and writes nothing', async () => {
    await writeFile(at('bad.json'), '{"agency":1}')
    const { code, notes } = await document(
      'build',
      'receipt',
      '--data',
      at('bad.json'),
      '--out',
      at('no.pdf'),
    )
    expect(code).toBe(1)
    expect(notes).toContain('document-data-invalid')
    expect(notes).toContain('/agency')
    await expect(readFile(at('no.pdf'))).rejects.toThrow('ENOENT')
  })

  it.each([
    ['without data', ['build', 'receipt', '--out', 'x.pdf'], '--sample'],
    [
      'of a template that there is not',
      ['build', 'nothing', '--sample', '--out', 'x.pdf'],
      'certificate-letter',
    ],
    ['without a place to write', ['build', 'receipt', '--sample'], '--out'],
  ])('%s ends with 2 and says what to type', async (_name, words, said) => {
    const { code, notes } = await document(...words)
    expect(code).toBe(2)
    expect(notes).toContain(said)
  })

  it('signs in the field of the template', async () => {
    const out = at('licence.pdf')
    expect((await document('build', 'licence', '--sample', '--sign', '--out', out)).code).toBe(0)
    const { out: shown } = await document('show', out, '--json')
    expect(JSON.parse(shown).signatures[0]).toMatchObject({ name: 'signature', signed: true })
  })
})

describe('document check', () => {
  it('ends with 0 where the signature holds, and says who signed under a name that is plainly a demonstration', async () => {
    const { code, out } = await document('check', at('signed.pdf'))
    expect(out).toContain('The signature holds')
    expect(out).toContain('Demonstration')
    expect(out).toContain('Agrees with the visible page')
    expect(code).toBe(0)
  })

  it('ends with 1 where nobody is trusted, with a way on', async () => {
    const { code, out, notes } = await run(['document', 'check', at('signed.pdf')], {
      SAPAN_HOME: at('other'),
    })
    expect(code).toBe(1)
    expect(out).toContain('NO_CERTIFICATE_CHAIN_FOUND')
    expect(notes).toContain('--anchor')
  })

  it('trusts what is named', async () => {
    const words = ['document', 'check', at('signed.pdf'), '--anchor', at('home/documents/root.pem')]
    expect((await run(words, { SAPAN_HOME: at('other') })).code).toBe(0)
  })

  it('ends with 1 for a file without a signature, and for one that was changed', async () => {
    expect((await document('check', at('receipt.pdf'))).code).toBe(1)
    const changed = await readFile(at('signed.pdf'))
    changed.writeUInt8(changed.readUInt8(3000) ^ 1, 3000)
    await writeFile(at('changed.pdf'), changed)
    const { code, out } = await document('check', at('changed.pdf'), '--json')
    expect(code).toBe(1)
    expect(JSON.parse(out).conclusion).not.toBe('TOTAL-PASSED')
  })

  it('ends with 2 for what is no document, and for a file that is not there', async () => {
    await writeFile(at('words.txt'), 'hello')
    expect(await document('check', at('words.txt'))).toMatchObject({
      code: 2,
      notes: expect.stringContaining('document-unreadable'),
    })
    expect(await document('check', at('nothing.pdf'))).toMatchObject({
      code: 2,
      notes: expect.stringContaining('input-unreadable'),
    })
  })

  it('writes the report as a PDF that carries the report', async () => {
    await document('check', at('signed.pdf'), '--report', at('report.pdf'))
    const { out } = await document('show', at('report.pdf'), '--attachment', 'report.json')
    expect(JSON.parse(out).conclusion).toBe('TOTAL-PASSED')
  })
})

describe('document sign', () => {
  it('asks for a time-stamp authority where a key of one’s own needs one', async () => {
    const files = { key: at('home/documents/keys/seal.pem'), certificate: at('home/documents/seal.pem') }
    const words = ['--key', files.key, '--certificate', files.certificate, '--out', at('own.pdf')]
    const refused = await document('sign', at('receipt.pdf'), '--level', 'B-T', ...words)
    expect(refused).toMatchObject({ code: 2, notes: expect.stringContaining('--tsa') })
    const chain = ['--chain', at('home/documents/issuer.pem'), at('home/documents/root.pem')]
    expect((await document('sign', at('receipt.pdf'), '--level', 'B-B', ...words, ...chain)).code).toBe(0)
  })

  it('adds a second signature behind the first', async () => {
    await document('sign', at('signed.pdf'), '--out', at('twice.pdf'))
    const { code, out } = await document('check', at('twice.pdf'), '--json')
    expect(JSON.parse(out).signatures).toHaveLength(2)
    expect(code).toBe(0)
  })
})

describe('document show', () => {
  it('shows the text of a page as it was given', async () => {
    const { out } = await document('show', at('receipt.pdf'), '--page', '1')
    expect(out).toContain('กรมตัวอย่างเพื่อการทดสอบ')
  })

  it('says how many pages there are where one is asked for that there is not', async () => {
    expect(await document('show', at('receipt.pdf'), '--page', '9')).toMatchObject({ code: 2 })
  })

  it('lists the files, manifests and signatures of a container', async () => {
    const { code, out, notes } = await document('show', container('cades-two.asice'))
    expect(code).toBe(0)
    expect(out).toContain('ASiC-E, files: 2')
    expect(out).toMatch(/หนังสือ\.txt +text\/plain +76 bytes +yes/)
    expect(out).toContain('META-INF/ASiCManifest001.xml → META-INF/signature001.p7s: หนังสือ.txt, data.json')
    expect(out).toContain('META-INF/signature001.p7s: CAdES-B-LTA, สมชาย ใจดี')
    expect(notes).toContain('document check')
    const shown = await document('show', container('xades-b.asics'), '--json')
    expect(JSON.parse(shown.out)).toMatchObject({
      type: 'asic-s',
      files: [{ name: 'data.json', signed: true }],
      signatures: [{ level: 'XAdES-B-B', signer: 'สมชาย ใจดี', covers: ['data.json'] }],
      faults: [],
    })
  })

  it('takes a file out of a container, and says which there are where there is none of that name', async () => {
    const words = ['show', container('cades-lta.asics'), '--attachment']
    expect((await document(...words, 'data.json')).out).toMatch(/^\{.*\}\s*$/)
    expect((await document(...words, 'data.json', '--out', at('out.json'))).code).toBe(0)
    expect(JSON.parse(await readFile(at('out.json'), 'utf8'))).toEqual(expect.anything())
    expect(await document(...words, '../etc/passwd')).toMatchObject({
      code: 2,
      notes: expect.stringContaining('there is data.json'),
    })
  })

  it.each([
    ['what is neither PDF nor container', 'hello', 'neither a PDF nor an ASiC container'],
    ['a plain ZIP file', plainZip, 'plain ZIP file'],
    ['a broken ZIP file', plainZip.subarray(0, 40), 'ends too early'],
    ['a signature alone', '<ds:Signature xmlns:ds="x"/>', '--detached'],
  ])('says of %s what it is', async (_name, content, said) => {
    await writeFile(at('other'), content)
    const { code, notes } = await document('show', at('other'))
    expect(notes).toContain(said)
    expect(notes).toContain('document-unreadable')
    expect(code).not.toBe(0)
  })

  it('says that a container has no pages', async () => {
    const { code, notes } = await document('show', container('cades-lta.asics'), '--page', '1')
    expect([code, notes]).toEqual([2, expect.stringContaining('--attachment')])
  })
})
