import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Report } from '@sapan/documents/check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { trustOf } from '../src/documents/anchors.ts'
import { readCertificates } from '../src/documents/files.ts'
import { type LoopbackAuthority, startAuthority } from './authority.ts'
import { run } from './support.ts'

let folder: string
let authority: LoopbackAuthority
const at = (name: string): string => join(folder, name)
const document = (...words: string[]) => run(['document', ...words], { SAPAN_HOME: at('home') })

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sapan-trust-'))
  authority = await startAuthority(folder)
  const { key, certificate } = authority.files
  const own = ['--key', key, '--certificate', certificate, '--level', 'B-B']
  await document('build', 'receipt', '--sample', '--sign', ...own, '--out', at('own.pdf'))
})

afterAll(async () => {
  authority.stop()
  await rm(folder, { recursive: true, force: true })
})

describe('document check --online', () => {
  const check = async (...words: string[]) => {
    authority.asked.length = 0
    const { code, out } = await document(
      'check',
      at('own.pdf'),
      '--json',
      ...words,
      '--anchor',
      authority.files.root,
    )
    return { code, report: JSON.parse(out) as Report }
  }
  const online = () => ['--online', '--allow-host', authority.host]

  it('fetches the issuer, its state and the state of the signer, from where the certificates say', async () => {
    const { code, report } = await check(...online())
    expect(report.conclusion).toBe('TOTAL-PASSED')
    expect(authority.asked).toEqual(['GET /issuer', 'POST /ocsp', 'GET /root.crl'])
    expect(code).toBe(0)
  })

  it('finds out that the certificate was revoked', async () => {
    authority.state = 'revoked'
    const { code, report } = await check(...online())
    authority.state = 'good'
    expect([code, report.subIndication]).toEqual([1, 'REVOKED_NO_POE'])
  })

  it('asks nobody without it', async () => {
    const { code, report } = await check()
    expect([code, report.subIndication]).toEqual([1, 'NO_CERTIFICATE_CHAIN_FOUND'])
    expect(authority.asked).toEqual([])
  })

  it('asks no host of this machine or its network that was not named, whatever the file says', async () => {
    const { code, report } = await check('--online')
    expect([code, report.conclusion]).toEqual([1, 'INDETERMINATE'])
    expect(report.findings.find((one) => one.code === 'online-failed')?.detail).toContain(authority.host)
    expect(authority.asked).toEqual([])
  })

  it('says in words what could not be had, and what may help', async () => {
    const { out, notes } = await document('check', at('own.pdf'), '--online')
    expect(out).toContain(`could not be had from the network: ${authority.host}`)
    expect(notes).toContain('--anchor')
    const alone = await document('check', at('own.pdf'), '--allow-host', 'ocsp.example')
    expect(alone).toMatchObject({ code: 2, notes: expect.stringContaining('--online') })
  })
})

describe('document check --trusted-list', () => {
  const fixture = (name: string) =>
    fileURLToPath(
      new URL(`../../../packages/documents/test/check/fixtures/containers/${name}`, import.meta.url),
    )
  const list = fixture('trusted-list.xml')
  const signer = ['--trusted-list-signer', fixture('list-signer.der')]
  const check = (...words: string[]) =>
    document('check', fixture('enveloped-lta-2.xml'), '--at', '2026-11-22T06:00:00Z', ...words)

  it('trusts the services of a list whose signature holds', async () => {
    expect(await check()).toMatchObject({
      code: 1,
      out: expect.stringContaining('NO_CERTIFICATE_CHAIN_FOUND'),
    })
    expect(await check('--trusted-list', list, ...signer)).toMatchObject({
      code: 0,
      out: expect.stringContaining('TOTAL-PASSED'),
    })
  })

  it('uses nothing of a list that was changed, or that somebody else signed', async () => {
    const text = await readFile(list, 'utf8')
    await writeFile(at('changed.xml'), text.replace('Synthetic operator', 'Other operator'))
    const changed = await check('--trusted-list', at('changed.xml'), ...signer)
    expect(changed).toMatchObject({ code: 2, notes: expect.stringContaining('trusted-list-unusable') })
    const other = await check('--trusted-list', list, '--trusted-list-signer', authority.files.root)
    expect(other).toMatchObject({ code: 2, notes: expect.stringContaining('trusted-list-unusable') })
  })

  it('takes no list without who signs it', async () => {
    const { code, notes } = await check('--trusted-list', list)
    expect([code, notes]).toEqual([2, expect.stringContaining('--trusted-list-signer')])
  })
})

it("the country's anchors are trusted beside those that are named, and the demonstration where it is", async () => {
  const [certificate = Buffer.alloc(0)] = await readCertificates(authority.files.root)
  const [named = Buffer.alloc(0)] = await readCertificates(authority.files.certificate)
  const country = { anchors: [{ name: { th: 'ราก', en: 'Root' }, fingerprint: '', certificate }] }
  const demonstration = Buffer.from('demonstration')
  const { anchors } = await trustOf({ anchors: [authority.files.certificate], demonstration }, country)
  expect(anchors.certificates).toEqual([certificate, named, demonstration])
})
