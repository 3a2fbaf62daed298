import { X509Certificate } from 'node:crypto'
import { appendFile, copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { signPdf } from '@sapan/documents'
import type { Report } from '@sapan/documents/check'
import { createLogger, WorkingDays } from '@sapan/kernel'
import { loadCountry } from '@sapan/thailand'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePorts } from '../../../packages/kernel/test/ports.ts'
import { readIdentityFile } from '../src/config/identity.ts'
import { readPortalFile } from '../src/config/portal.ts'
import { authorityOf } from '../src/identity/authority-from-file.ts'
import { declarationPdf } from '../src/identity/declarations.ts'
import type { OperatorDocuments } from '../src/identity/documents-authority.ts'
import { runPortal } from '../src/run/portal.ts'
import type { Running } from '../src/run/running.ts'
import { agencySeals } from '../src/services/seals.ts'
import { DocumentAuthority } from './document-authority.ts'

let folder: string
let authority: DocumentAuthority
let documents: OperatorDocuments
let portal: Running
let check: string
const at = (name: string) => join(folder, name)

/** The authority's own key, as an operator would hold it: the issuer of officers' certificates and of the seal. */
async function configured(seal: string, agencies = ''): Promise<string> {
  await writeFile(at('root.crl'), await authority.rightList())
  await writeFile(
    at('identity.yaml'),
    `issuer: http://localhost:4201
portal: http://localhost:4203
desk: http://localhost:4202
listen: { identity: "127.0.0.1:4201", desk: "127.0.0.1:4202" }
operator: TH/GOV/DGA
gateway: { edge: "http://127.0.0.1:1", subsystem: TH/GOV/DGA/identity }
contact: { email: help@example.go.th, dataProtection: dpo@example.go.th }
documents: { key: issuer.key, certificate: issuer-chain.pem, timestamps: "${authority.url}/tsa", lists: [root.crl]${seal} }
database: { url: "postgres://localhost/none" }
${agencies}`,
  )
  return at('identity.yaml')
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sapan-operator-documents-'))
  authority = await DocumentAuthority.start(folder)
  await writeFile(at('issuer.key'), authority.issuerPem)
  await copyFile(at('issuer.pem'), at('issuer-chain.pem'))
  await appendFile(at('issuer-chain.pem'), await readFile(at('root.pem')))
  const { certificate } = await authority.signer('seal', { subject: { commonName: 'DGA', country: 'TH' } })
  await appendFile(certificate, await readFile(at('issuer-chain.pem')))
  const file = await readIdentityFile(await configured(', seal: { key: seal.key, certificate: seal.pem }'))
  const found = await authorityOf(file)
  if (found === undefined) throw new Error('the file names an authority')
  documents = found
  const [port = 0] = await freePorts(1)
  check = `http://127.0.0.1:${port}/api/check`
  await writeFile(at('portal.yaml'), `listen: 127.0.0.1:${port}\ntrust: { anchors: [root.pem] }\n`)
  const log = createLogger({ name: 'portal', level: 'error' })
  portal = await runPortal(await readPortalFile(at('portal.yaml')), { path: at('portal.yaml'), log })
})
afterAll(async () => {
  await portal?.stop()
  authority?.stop()
  await rm(folder, { recursive: true, force: true })
})

async function letterPdf(): Promise<Uint8Array> {
  const country = loadCountry()
  return await declarationPdf(
    {
      file: { operator: 'TH/GOV/DGA', portal: 'http://localhost:4203' },
      country,
      days: new WorkingDays(country.calendar),
    },
    {
      company: { number: '0105558900015', name: { th: 'บริษัท สมมติ จำกัด', en: 'Made Up Co., Ltd.' } },
      text: 'บริษัทไม่มีสาขาอื่น',
      confirmedBy: [{ name: { th: 'จิรดนัย ภักดีจันทร์', en: '' }, at: Date.now() }],
      hash: 'ab'.repeat(32),
      at: Date.now(),
    },
  )
}

async function declared(): Promise<Uint8Array> {
  const pdf = await letterPdf()
  const { seal, timestamper } = documents
  if (seal === undefined) throw new Error('the file names a seal')
  const { key, revocation } = seal
  return await signPdf(pdf, { key, level: 'B-LT', time: Date.now(), timestamper, revocation })
}

const checked = async (body: Uint8Array): Promise<Report> => {
  const headers = { 'content-type': 'application/pdf' }
  const answer = await fetch(check, { method: 'POST', headers, body: Buffer.from(body) })
  return answer.json() as Promise<Report>
}

describe("the operator's authority and seal, as its file names them", () => {
  it('seal declarations that the page for everybody finds valid, asking nobody', async () => {
    const pdf = await declared()
    authority.ocsp = () => 'silence'
    const report = await checked(pdf)
    authority.heal()
    expect(report).toMatchObject({ conclusion: 'TOTAL-PASSED' })
    const changed = Buffer.from(pdf)
    changed[200] = (changed[200] ?? 0) ^ 1
    expect((await checked(changed)).conclusion).not.toBe('TOTAL-PASSED')
  })

  it('answer for the seal that is named, and for nothing else', async () => {
    const serial = new X509Certificate(await readFile(at('seal.pem'))).serialNumber
    expect(documents.statusOf(BigInt(`0x${serial}`))).toEqual({ state: 'good' })
    expect(documents.statusOf(1n)).toEqual({ state: 'unknown' })
  })

  it('seal for each agency with its own key, and for none that has none', async () => {
    const { certificate } = await authority.signer('rd', { subject: { commonName: 'RD', country: 'TH' } })
    await appendFile(certificate, await readFile(at('issuer-chain.pem')))
    const agencies = `agencies:
  - { member: TH/GOV/RD, edge: "http://127.0.0.1:1", seal: { key: rd.key, certificate: rd.pem } }
  - { member: TH/GOV/IMM, edge: "http://127.0.0.1:1" }
`
    const found = await authorityOf(await readIdentityFile(await configured('', agencies)))
    const seals = agencySeals(found, () => Date.now())
    const plain = await letterPdf()
    const report = await checked(await seals.seal('TH/GOV/RD', plain))
    expect(report).toMatchObject({ conclusion: 'TOTAL-PASSED' })
    expect(JSON.stringify(report)).toContain('"RD"')
    expect(JSON.stringify(report)).not.toContain('"DGA"')
    await expect(seals.seal('TH/GOV/IMM', plain)).rejects.toMatchObject({ code: 'seal-missing' })
    const serial = new X509Certificate(await readFile(at('rd.pem'))).serialNumber
    expect(found?.statusOf(BigInt(`0x${serial}`))).toEqual({ state: 'good' })
  })

  it('are not taken where a key is not of its certificate, or a file is missing', async () => {
    for (const seal of [
      '{ key: seal.key, certificate: rd.pem }',
      '{ key: nowhere.key, certificate: rd.pem }',
    ]) {
      const agencies = `agencies:\n  - { member: TH/GOV/RD, edge: "http://127.0.0.1:1", seal: ${seal} }\n`
      await expect(
        readIdentityFile(await configured('', agencies)).then((file) => authorityOf(file)),
      ).rejects.toThrow()
    }
  })

  it('have no seal where the file names none', async () => {
    expect((await authorityOf(await readIdentityFile(await configured(''))))?.seal).toBeUndefined()
  })
})
