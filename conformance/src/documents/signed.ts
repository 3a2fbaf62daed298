import { localRevocation, localTimestamper, renewPdf } from '@sapan/documents'
import { type Check, claim, type Finding } from '../check.ts'
import { tool, versionOf } from '../tool.ts'
import type { AuthorityFiles, DocumentAuthority, KeyKind } from './authority.ts'
import { type Level, levels } from './levels.ts'
import { ourVerdict, questionFor } from './ours.ts'
import { verifyMessages, verifyStamps } from './peers/openssl.ts'
import { pdfsig } from './peers/pdfsig.ts'
import { atPlace, type Place } from './prepared.ts'
import { signHere } from './signing.ts'
import { type Issued, issueSamples } from './templates.ts'

/** Every template at every level, in the validators of others. */
export const signedDocuments: Check = {
  name: 'Documents, signed',
  against: () =>
    `veraPDF 1.30.2, EU DSS 6.4, pyHanko 0.38.0, ${pdfsigVersion()}, ${versionOf('qpdf', '--version')}, ${versionOf('openssl', 'version')}`,
  run: () =>
    atPlace(async (place) => {
      const findings: Finding[] = []
      const samples = await issueSamples()
      for (const sample of samples) findings.push(...(await unsigned(place, sample)))
      for (const kind of ['ecdsa', 'rsa'] as const) {
        // Keys change nothing in the document: RSA's are tried on one template, ECDSA's on all.
        const chosen = kind === 'rsa' ? samples.slice(0, 1) : samples
        findings.push(...(await signedBy(place, kind, chosen)))
      }
      return findings
    }),
}

function pdfsigVersion(): string {
  try {
    // It says its version on standard error, and ends with 0.
    return `poppler ${/version ([\d.]+)/.exec(tool('sh', ['-c', 'pdfsig -v 2>&1']).out)?.[1]}`
  } catch {
    return 'poppler'
  }
}

async function unsigned(place: Place, { template, bytes }: Issued): Promise<Finding[]> {
  const file = place.lay(`${template}.pdf`, bytes)
  return [
    await claim(`${template}: veraPDF finds PDF/A-3a in the document as it is issued`, () =>
      isArchival(place, file),
    ),
    await claim(`${template}: qpdf --check finds no fault in it`, () => tool('qpdf', ['--check', file])),
  ]
}

interface Signed {
  readonly level: Level
  readonly file: string
  readonly bytes: Buffer
  readonly signatures: number
  /** Time-stamps beside those that the level has. */
  readonly more?: number
}

async function signedBy(place: Place, kind: KeyKind, samples: readonly Issued[]): Promise<Finding[]> {
  const { authority, files } = await place.authority(kind)
  const findings: Finding[] = []
  for (const sample of samples) {
    const signed = await atEveryLevel(place, authority, sample)
    findings.push(...(await judged(place, `${sample.template}, ${kind}`, signed, authority, files)))
  }
  findings.push(...(await visibleAndRenewed(place, samples[0], authority, files)))
  findings.push(...(await severalSignatures(place, samples[0], authority, files)))
  return findings
}

async function atEveryLevel(
  place: Place,
  authority: DocumentAuthority,
  { template, bytes }: Issued,
): Promise<Signed[]> {
  const signed: Signed[] = []
  for (const level of levels) {
    const pdf = await signHere(bytes, level, authority, { reason: 'ออกเอกสาร' })
    const file = place.lay(`${authority.kind}-${template}-${level}.pdf`, pdf)
    signed.push({ level, file, bytes: pdf, signatures: 1 })
  }
  return signed
}

/** A signature that is seen on the page, and its time-stamps renewed. */
async function visibleAndRenewed(
  place: Place,
  sample: Issued | undefined,
  authority: DocumentAuthority,
  files: AuthorityFiles,
): Promise<Finding[]> {
  if (!sample) return []
  const appearance = {
    page: 0,
    rect: [340, 60, 540, 110],
    lines: ['ลงนามโดย สมชาย ใจดี', 'ปี่ ฝ้า น้ำ 2569'],
  } as const
  const signed = await signHere(sample.bytes, 'B-LTA', authority, { appearance })
  const renewed = Buffer.from(
    await renewPdf(signed, {
      time: Date.now(),
      timestamper: localTimestamper(authority.timestamps),
      revocation: localRevocation({ crls: () => authority.crls }),
    }),
  )
  const one = (bytes: Buffer, name: string, more: number): Signed[] => [
    { level: 'B-LTA', bytes, file: place.lay(`${authority.kind}-${name}.pdf`, bytes), signatures: 1, more },
  ]
  const called = `${sample.template}, ${authority.kind}, B-LTA`
  return [
    ...(await judged(
      place,
      `${called}, seen on the page`,
      one(signed, 'visible', 0),
      authority,
      files,
      false,
    )),
    ...(await judged(place, `${called}, renewed`, one(renewed, 'renewed', 1), authority, files, false)),
  ]
}

/** Three signatures, each by an update behind the one before: the last to B-LTA. */
async function severalSignatures(
  place: Place,
  sample: Issued | undefined,
  authority: DocumentAuthority,
  files: AuthorityFiles,
): Promise<Finding[]> {
  if (!sample) return []
  let bytes = sample.bytes
  const by: readonly [string, Level][] = [
    ['Registrar', 'B-T'],
    ['Dean', 'B-LT'],
    ['Seal', 'B-LTA'],
  ]
  for (const [field, level] of by) bytes = await signHere(bytes, level, authority, { field })
  const file = place.lay(`${authority.kind}-several.pdf`, bytes)
  const name = `${sample.template}, ${authority.kind}, signed by three (B-T, B-LT, B-LTA)`
  return judged(place, name, [{ level: 'B-LTA', file, bytes, signatures: 3 }], authority, files, false)
}

/** A claim for each tool, over all levels: what is wrong names the level. */
async function judged(
  place: Place,
  name: string,
  signed: readonly Signed[],
  authority: DocumentAuthority,
  files: AuthorityFiles,
  everyLevel = true,
): Promise<Finding[]> {
  const each = (tells: string, prove: (one: Signed) => unknown): Promise<Finding> =>
    claim(`${name}${everyLevel ? ', every level' : ''}: ${tells}`, async () => {
      for (const one of signed)
        try {
          await prove(one)
        } catch (error) {
          if (error instanceof Error) error.message = `${one.level}: ${error.message}`
          throw error
        }
    })
  const trust = { anchors: files.anchors, crls: files.crls }
  return [
    await each('veraPDF finds PDF/A-3a', ({ file }) => isArchival(place, file)),
    await each('EU DSS says TOTAL-PASSED and the level', (one) => dssPasses(place, one, files, everyLevel)),
    await each('pyHanko finds every signature valid, and B-LTA by EN 319 102-1', async ({ file, level }) => {
      const found = await place.pyhanko.check({
        check: file,
        ...trust,
        ades: level === 'B-LTA' && everyLevel,
      })
      const bad =
        found.find(({ bottom_line }) => !bottom_line) ??
        found.find(({ ades = 'PASSED/OK' }) => ades !== 'PASSED/OK')
      if (bad || found.length === 0) throw new Error(JSON.stringify(bad ?? 'no signature'))
    }),
    await each('pdfsig finds the signature valid', ({ file, signatures }) => {
      const valid = pdfsig(file).filter(({ validation }) => validation === 'Signature is Valid.')
      if (valid.length !== signatures) throw new Error(JSON.stringify(pdfsig(file)))
    }),
    await each('qpdf --check finds no fault', ({ file }) => tool('qpdf', ['--check', file])),
    await each('openssl cms -verify -cades accepts the signature', async ({ bytes, signatures }) => {
      const count = await verifyMessages(bytes, files)
      if (count !== signatures) throw new Error(`${count} signatures`)
    }),
    await each(
      'openssl ts -verify accepts the time-stamps',
      async ({ bytes, level, signatures, more = 0 }) => {
        const expected = { 'B-B': 0, 'B-T': 1, 'B-LT': 1, 'B-LTA': 2 }[level] + signatures - 1 + more
        const count = await verifyStamps(bytes, files)
        if (count !== expected) throw new Error(`${count} time-stamps, not ${expected}`)
      },
    ),
    await each('our own checker says the same', async ({ bytes, level }) => {
      const ours = await ourVerdict(bytes, questionFor(authority))
      if (ours.conclusion !== 'TOTAL-PASSED' || (everyLevel && ours.level !== `PAdES-${level}`))
        throw new Error(JSON.stringify(ours))
    }),
  ]
}

async function isArchival(place: Place, file: string): Promise<void> {
  const { compliant, claims, failures } = await place.verapdf.check(file)
  if (!compliant || claims !== '3a') throw new Error(`claims ${claims}: ${failures.slice(0, 3).join('; ')}`)
}

async function dssPasses(place: Place, one: Signed, files: AuthorityFiles, exact: boolean): Promise<void> {
  await place.dss.trust(files.anchors, files.crls)
  const found = await place.dss.check(one.file)
  const level = `PAdES-BASELINE-${one.level.slice(2)}`
  const bad = found.find((each) => each.indication !== 'TOTAL_PASSED' || (exact && each.level !== level))
  if (bad || found.length !== one.signatures) throw new Error(JSON.stringify(bad ?? found))
}
