import { readFileSync } from 'node:fs'
import { readAsic } from '../../src/check/asic/format.ts'
import { validateSignature } from '../../src/check/engine/validate.ts'
import { CheckError } from '../../src/check/error.ts'
import type { DetachedFile, FormatReader, FoundSignatures } from '../../src/check/formats.ts'
import { startRun } from '../../src/check/options.ts'
import type { SignatureReport } from '../../src/check/report/report.ts'
import { signatureReport } from '../../src/check/report/signature-report.ts'
import { readXades } from '../../src/check/xml/format.ts'

const folder = new URL('./fixtures/containers/', import.meta.url)

/** A file that EU DSS made (fixtures/containers/README.md). */
export const fixture = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(name, folder)))

export const fixtureText = (name: string): string => readFileSync(new URL(name, folder), 'utf8')

/** When the fixtures' revocation lists are fresh. */
export const at = Date.parse('2026-11-22T06:00:00Z')

export const anchors = { certificates: ['root-ecdsa.der', 'root-rsa.der'].map(fixture) }

export const revocation = ['ecdsa', 'rsa'].flatMap((kind) =>
  [0, 1, 2].map((one) => fixture(`${kind}-${one}.crl`)),
)

export interface Checked extends Pick<FoundSignatures, 'format' | 'findings' | 'document'> {
  readonly signatures: readonly SignatureReport[]
}

/** Reads by one format and judges, with the fixtures' anchors and lists. */
export async function check(
  reader: FormatReader,
  bytes: Uint8Array,
  detached: readonly DetachedFile[] = [],
): Promise<Checked> {
  const options = { anchors, at }
  const run = startRun(options)
  for (const crl of revocation) run.addCrl(crl)
  const found = await reader(run, bytes, options, detached)
  if (!found) throw new Error('not of this format')
  const signatures: SignatureReport[] = []
  for (const { input, place } of found.signatures)
    signatures.push(signatureReport(await validateSignature(run, input), place))
  return { ...found, signatures }
}

export const checkXml = (
  text: string | Uint8Array,
  detached: readonly DetachedFile[] = [],
): Promise<Checked> =>
  check(readXades, typeof text === 'string' ? new TextEncoder().encode(text) : text, detached)

export const checkAsic = (bytes: Uint8Array): Promise<Checked> => check(readAsic, bytes)

/** Of each signature: level, indication, sub-indication where there is one. */
export const verdicts = ({ signatures }: Checked): string[] =>
  signatures.map(({ level, indication, subIndication }) =>
    [level, indication, ...(subIndication ? [subIndication] : [])].join(' '),
  )

/** What an altered file comes to: refused as a whole, or the verdicts. */
export async function verdictsOrRefusal(checked: Promise<Checked>): Promise<string[]> {
  try {
    return verdicts(await checked)
  } catch (error) {
    if (error instanceof CheckError) return [error.code]
    throw error
  }
}
