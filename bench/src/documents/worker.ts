import { readFileSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { AuthorityFiles } from '@sapan/conformance/documents'
import {
  dataAttachments,
  issueDocument,
  localRevocation,
  localTimestamper,
  readyTemplates,
  type SigningOptions,
  shippedTemplates,
  signPdf,
} from '@sapan/documents'
import { checkFile } from '@sapan/documents/check'
import { loadCountry } from '@sapan/thailand'
import { createTimestampAuthority, fileKey, signerFromPem } from '@sapan/trust'
import type { WorkerAnswer, WorkerOrder } from './orders.ts'

/**
 * Sapan's side: a process that does one thing after another, as fast as one core lets it. Its argument is the authority's
 * files, as JSON; orders and answers are lines.
 */
const files = JSON.parse(process.argv[2] ?? '{}') as AuthorityFiles
const signing = signingOptions(files)
const anchors = { certificates: files.anchors.map((path) => Uint8Array.from(readFileSync(path))) }
const template = readyTemplates(shippedTemplates, loadCountry().documentWords).get('certificate-letter')
let made = 0

for await (const line of createInterface({ input: process.stdin })) {
  try {
    console.log(JSON.stringify(await obey(JSON.parse(line) as WorkerOrder)))
  } catch (error) {
    console.log(JSON.stringify({ error: error instanceof Error ? error.stack : String(error) }))
  }
}

async function obey(order: WorkerOrder): Promise<WorkerAnswer> {
  switch (order.task) {
    case 'build':
      return repeat(0, async () => written(order.out, await build()))
    case 'issue':
      return repeat(order.seconds, async () => sign(await build()))
    case 'issue-many':
      return repeat(Number.POSITIVE_INFINITY, async () => sign(await build()), order.count)
    case 'sign': {
      const pdf = readFileSync(order.file)
      return repeat(order.seconds, async () => written(order.out, await sign(pdf)))
    }
    case 'check':
      return repeat(order.seconds, () => check(order.file))
  }
}

async function repeat(seconds: number, act: () => Promise<Uint8Array>, most = Number.POSITIVE_INFINITY) {
  const begun = performance.now()
  const used = process.cpuUsage()
  let count = 0
  let bytes = 0
  let taken = 0
  do {
    bytes = (await act()).length
    count++
    taken = (performance.now() - begun) / 1000
  } while (taken < seconds && count < most)
  const { user, system } = process.cpuUsage(used)
  globalThis.gc?.()
  return { count, seconds: (user + system) / 1e6, bytes, memory: process.memoryUsage().rss }
}

/** A letter of one page, no two alike, with its data as JSON and XML inside. */
async function build(): Promise<Uint8Array> {
  if (!template) throw new Error('no template certificate-letter')
  const created = Date.UTC(2026, 10, 22) + ++made * 1000
  const data = template.template.sample
  const setting = { created, checkAddress: `https://check.example/${made}` }
  const attachments = dataAttachments(template.template, data, created)
  const { bytes, pages } = await issueDocument(template.describe(data, setting, attachments))
  if (pages !== 1) throw new Error(`${pages} pages`)
  return bytes
}

function sign(pdf: Uint8Array): Promise<Uint8Array> {
  return signPdf(pdf, { ...signing, time: Date.now() })
}

async function check(file: string): Promise<Uint8Array> {
  const bytes = Uint8Array.from(readFileSync(file))
  const { conclusion } = await checkFile(bytes, { anchors })
  if (conclusion !== 'TOTAL-PASSED') throw new Error(`the file is ${conclusion}`)
  return bytes
}

function written(out: string | undefined, bytes: Uint8Array): Uint8Array {
  if (out !== undefined) writeFileSync(out, bytes)
  return bytes
}

function signingOptions({ signer, tsa, crls }: AuthorityFiles): Omit<SigningOptions, 'time'> {
  const [certificate = Buffer.alloc(0)] = certificates(signer.certificate)
  const [stamping = Buffer.alloc(0)] = certificates(tsa.certificate)
  const chain = certificates(signer.chain)
  let serial = 0n
  const timestamps = createTimestampAuthority({
    signer: signerFromPem(readFileSync(tsa.key, 'utf8')),
    certificate: stamping,
    chain: certificates(tsa.chain),
    clock: Date.now,
    policy: '1.3.6.1.4.1.99999.1',
    nextSerial: () => ++serial,
  })
  const lists = crls.map((path) => readFileSync(path))
  return {
    key: fileKey({ pem: readFileSync(signer.key, 'utf8'), certificate, chain }),
    level: 'B-LTA',
    timestamper: localTimestamper(timestamps),
    revocation: localRevocation({ crls: () => lists }),
  }
}

function certificates(path: string): Buffer[] {
  const found = readFileSync(path, 'utf8').matchAll(/-----BEGIN CERTIFICATE-----([^-]*)-----END/g)
  return [...found].map((match) => Buffer.from(match[1] ?? '', 'base64'))
}
