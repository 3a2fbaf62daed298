import { toHex } from '../bytes.ts'
import { readAsic } from './asic/format.ts'
import { readCms } from './cms/format.ts'
import { fingerprintOf } from './crypto/digest.ts'
import type { Indication } from './engine/indication.ts'
import { validateSignature, validateTimestamps } from './engine/validate.ts'
import { CheckError } from './error.ts'
import type { DetachedFile, FormatReader, FoundSignatures } from './formats.ts'
import { type CheckOptions, startRun } from './options.ts'
import { readPades } from './pades/format.ts'
import { finding } from './report/checks.ts'
import { plainly } from './report/plain.ts'
import type { Finding, Report, SignatureReport } from './report/report.ts'
import { iso, signatureReport, timestampReport } from './report/signature-report.ts'
import type { Run } from './run.ts'
import { TooMuchWork } from './work.ts'
import { readXades } from './xml/format.ts'

/** Asked in this order; the first that knows the file reads it. */
const readers: readonly FormatReader[] = [readPades, readAsic, readXades, readCms]

/**
 * Checks the signatures of a file of any kind: PDF, ASiC, CMS, XML. `detached` are the files that a detached signature
 * may be over. What is wrong with the file is in the report; throws `CheckError` for what is no such file.
 */
export async function checkFile(
  bytes: Uint8Array,
  options: CheckOptions,
  detached: readonly DetachedFile[] = [],
): Promise<Report> {
  const run = startRun(options)
  try {
    for (const read of readers) {
      const found = await read(run, bytes, options, detached)
      if (found) return await report(run, bytes, options, found, detached)
    }
  } catch (error) {
    if (error instanceof TooMuchWork) throw new CheckError('too-complex', error.message)
    throw error
  }
  throw new CheckError('unknown')
}

async function report(
  run: Run,
  bytes: Uint8Array,
  { name }: CheckOptions,
  found: FoundSignatures,
  detached: readonly DetachedFile[],
): Promise<Report> {
  const findings: Finding[] = [...found.findings]
  const most = run.work.limits.signatures
  if (found.signatures.length > most) findings.push(finding('too-many-signatures', String(most)))
  const reports: SignatureReport[] = []
  takeIn(run, found)
  for (const { input, place } of found.signatures.slice(0, most)) {
    try {
      reports.push(signatureReport(await validateSignature(run, input), place))
    } catch (error) {
      if (!(error instanceof TooMuchWork)) throw error
      reports.push(unfinished(input.id, place.scope, error.message))
    }
  }
  if (reports.length === 0 && found.signatures.length === 0) findings.push(finding('no-signature'))
  // Where all holds without it, it was not needed.
  if (run.isUnanswered && reports.some(({ indication }) => indication !== 'TOTAL-PASSED'))
    findings.push(finding('online-failed', unansweredBy(run)))
  // Who gives a file along wants to know of that file, whatever else is signed.
  if (detached.some((one) => !found.used?.has(one))) findings.push(finding('detached-file-unused'))
  if (run.unreadable > 0) findings.push(finding('material-unreadable', String(run.unreadable)))
  return plainly({
    file: {
      ...(name === undefined ? {} : { name }),
      bytes: bytes.length,
      sha256: await sha256(run, bytes),
      format: found.format,
    },
    at: iso(run.at),
    ...concluded(reports, findings),
    signatures: reports,
    ...(await alone(run, found)),
    ...(found.document ? { document: found.document } : {}),
    findings,
  })
}

function unansweredBy({ online, useless }: Run): string {
  const said = [...useless].map((host) => `${host}: answered, but nothing that can be used`)
  return [...(online?.failures ?? []), ...said].join('; ')
}

/** All material first: what one signature brings along may serve another. */
function takeIn(run: Run, { signatures }: FoundSignatures): void {
  try {
    for (const { input } of signatures) run.add(input.material)
  } catch (error) {
    // Each signature says so for itself.
    if (!(error instanceof TooMuchWork)) throw error
  }
}

async function alone(run: Run, { timestamps = [] }: FoundSignatures): Promise<Pick<Report, 'timestamps'>> {
  if (timestamps.length === 0) return {}
  return { timestamps: (await validateTimestamps(run, timestamps)).map(timestampReport) }
}

async function sha256(run: Run, bytes: Uint8Array): Promise<string> {
  return bytes.length < 4096 ? fingerprintOf(bytes) : toHex(await run.crypto.digest('sha256', bytes))
}

function unfinished(id: string, scope: SignatureReport['scope'], detail: string): SignatureReport {
  return {
    id,
    level: 'none',
    indication: 'INDETERMINATE',
    timestamps: [],
    scope,
    algorithms: {},
    checks: [],
    changesAfter: 'none',
    findings: [finding('too-much-work', detail)],
  }
}

const severity: Readonly<Record<Indication, number>> = {
  'TOTAL-PASSED': 0,
  INDETERMINATE: 1,
  'TOTAL-FAILED': 2,
}

/** The worst of the signatures; what keeps the checker from looking at all of the file is no less than uncertain. */
function concluded(
  reports: readonly SignatureReport[],
  findings: readonly Finding[],
): Pick<Report, 'conclusion' | 'subIndication'> {
  const [worst] = reports.toSorted((one, other) => severity[other.indication] - severity[one.indication])
  if (!worst) {
    return {
      conclusion: findings.some(({ code }) => code === 'unreadable') ? 'INDETERMINATE' : 'NO_SIGNATURE',
    }
  }
  const isPartial = findings.some(
    ({ code }) => code === 'too-many-signatures' || code === 'detached-file-unused',
  )
  if (isPartial && worst.indication === 'TOTAL-PASSED') return { conclusion: 'INDETERMINATE' }
  const { indication, subIndication } = worst
  return { conclusion: indication, ...(subIndication ? { subIndication } : {}) }
}
