import { toHex } from '../../bytes.ts'
import { CheckError } from '../error.ts'
import type { FormatReader, FoundSignatures } from '../formats.ts'
import { finding } from '../report/checks.ts'
import type { AttachmentReport, Finding } from '../report/report.ts'
import type { SignaturePlace } from '../report/signature-report.ts'
import type { Run } from '../run.ts'
import { XmlBudget } from '../xml/limits.ts'
import { loneTimestamps } from './archive.ts'
import { type ContainedSignature, cadesIn, containerFlaw } from './cades.ts'
import { type Container, readContainer } from './container.ts'
import type { Manifest } from './manifest.ts'
import { readManifests } from './open.ts'
import { xadesIn } from './xades.ts'
import { openZip } from './zip/archive.ts'
import { ZipError } from './zip/error.ts'

/** An ASiC-E or ASiC-S container (EN 319 162-1), with CAdES, with XAdES, or with both. */
export const readAsic: FormatReader = async (run, bytes) => {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b || bytes[2] !== 3 || bytes[3] !== 4) return undefined
  try {
    const zip = openZip(bytes)
    run.work.spend('objects', zip.entries.length)
    const container = readContainer(zip)
    return container && (await readSignatures(run, container))
  } catch (error) {
    if (!(error instanceof ZipError)) throw error
    throw new CheckError(error.code === 'too-large' ? 'too-complex' : 'unreadable', error.message)
  }
}

async function readSignatures(run: Run, container: Container): Promise<FoundSignatures> {
  const budget = new XmlBudget(run.work)
  const { manifests, unreadable } = readManifests(container, budget)
  const findings: Finding[] = unreadable.map(({ name, why }) => finding('unreadable', `${name}: ${why}`))
  const found: ContainedSignature[] = []
  const most = run.work.limits.signatures
  for (const name of container.signatures)
    if (found.length <= most) found.push(...(await cadesIn(run, container, manifests, name)))
  for (const name of container.xmlSignatures)
    if (found.length <= most) found.push(...xadesIn(run, container, budget, name))
  const { timestamps, unused } = loneTimestamps(container, manifests)
  for (const name of unused) findings.push(finding('timestamp-ignored', name))
  for (const name of container.evidenceRecords) findings.push(finding('evidence-record', name))
  const covered = new Set(found.flatMap(({ covers }) => covers))
  const hidden = container.strays.filter(({ name }) => !covered.has(name))
  for (const { name } of hidden) findings.push(finding('unsigned-content', name))
  return {
    format: container.type,
    signatures: found.map((one) => placed(one, container)),
    document: { revisions: [], attachments: await attachments(run, container, manifests, hidden) },
    ...(timestamps.length > 0 ? { timestamps } : {}),
    findings,
  }
}

function placed(one: ContainedSignature, { files, flaws }: Container): FoundSignatures['signatures'][number] {
  const covered = new Set(one.covers)
  const isWhole = files.every(({ name }) => covered.has(name))
  const place: SignaturePlace = {
    scope: isWhole ? 'whole-file' : 'partial',
    covers: one.covers,
    findings: isWhole ? [] : [finding('unsigned-content')],
  }
  return { input: { ...one.input, flaws: [...flaws.map(containerFlaw), ...one.input.flaws] }, place }
}

async function attachments(
  run: Run,
  { files, zip }: Container,
  manifests: readonly Manifest[],
  hidden: Container['strays'],
): Promise<AttachmentReport[]> {
  const reports: AttachmentReport[] = []
  const listed = manifests.flatMap(({ objects }) => objects)
  const types = new Map(listed.map((object) => [object.name, object.mime]))
  for (const { name, size } of [...files, ...hidden]) {
    const mime = types.get(name)
    const sha256 = toHex(await run.digest('sha256', [zip.read(name) ?? new Uint8Array()]))
    reports.push({ name, ...(mime ? { mime } : {}), sha256, bytes: size })
  }
  return reports
}
