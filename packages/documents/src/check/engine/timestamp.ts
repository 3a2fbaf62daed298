import { joinBytes, sameBytes } from '../../bytes.ts'
import { Asn1Error } from '../asn1/error.ts'
import * as oids from '../asn1/oids.ts'
import { readFirst } from '../asn1/read.ts'
import type { Certificate } from '../certificates/certificate.ts'
import { cmsSignature } from '../cms/signature.ts'
import { materialOf, readSignedData, type SignedData } from '../cms/signed-data.ts'
import { Checks } from '../report/checks.ts'
import { clockTolerance } from '../revocation/collect.ts'
import type { Run } from '../run.ts'
import { readTstInfo, type TstInfo } from '../timestamp/tst-info.ts'
import { type Outcome, stopped } from './indication.ts'
import { judge } from './judge.ts'
import type { ProofsOfExistence } from './proofs.ts'
import type { TimestampInput, ValidationMaterial } from './signature.ts'
import { checkIntegrity } from './signer.ts'

/** A time-stamp whose form, imprint and signature were looked at; whether its authority is to be believed comes later. */
export interface ReadTimestamp {
  readonly input: TimestampInput
  readonly tokenId: string
  readonly info: TstInfo | undefined
  readonly signed: SignedData | undefined
  readonly certificate: Certificate | undefined
  readonly outcome: Outcome
  readonly checks: Checks
  readonly uses: Parameters<typeof judge>[1]['uses']
}

export interface TimestampResult extends ReadTimestamp {
  readonly isBelieved: boolean
  /** Its imprint and its signature are right, whoever the authority is. */
  readonly isIntact: boolean
}

/** Reads the token and checks its integrity (EN 319 102-1 §5.4; RFC 3161 §2.4.2). */
export async function readTimestamp(run: Run, input: TimestampInput): Promise<ReadTimestamp> {
  const checks = new Checks()
  const tokenId = run.idOf(input.token)
  const base = {
    input,
    tokenId,
    checks,
    info: undefined,
    signed: undefined,
    certificate: undefined,
    uses: [],
  }
  const token = readToken(run, input.token)
  if (!token) {
    checks.add('format-readable', false)
    return { ...base, outcome: stopped('FORMAT_FAILURE') }
  }
  const { signed, info, content } = token
  run.add(materialOf(signed))
  if (input.material) run.add(input.material)
  const [signer, ...more] = signed.signers
  if (!signer || more.length > 0) {
    checks.add('one-signer', false)
    return { ...base, signed, info, outcome: stopped('FORMAT_FAILURE') }
  }
  const object = cmsSignature(signed, signer, {
    content: [content],
    isAttributesNeeded: true,
    isReferenceNeeded: true,
  })
  const integrity = await checkIntegrity(run, object, checks)
  const isRight = await hasRightImprint(run, input, info)
  checks.add('timestamp-imprint', isRight)
  const [flaw] = object.flaws
  const fault = isRight ? flaw?.why : 'HASH_FAILURE'
  const outcome = integrity.outcome.passed && fault ? stopped(fault) : integrity.outcome
  const uses = [
    { scheme: object.scheme, key: integrity.certificate?.key, digest: signer.digestAlgorithm },
    { digest: info.algorithm },
  ]
  return { ...base, signed, info, certificate: integrity.certificate, outcome, uses }
}

function readToken(run: Run, token: Uint8Array) {
  try {
    run.work.spend('objects')
    const signed = readSignedData(readFirst(token, run.work))
    if (signed.contentType !== oids.tstInfo || !signed.content) return undefined
    const content = joinBytes(signed.content)
    return { signed, content, info: readTstInfo(run.read(content)) }
  } catch (error) {
    if (error instanceof Asn1Error) return undefined
    throw error
  }
}

async function hasRightImprint(run: Run, { covered }: TimestampInput, info: TstInfo): Promise<boolean> {
  const { algorithm, imprint } = info
  if (!algorithm) return false
  const pieces =
    typeof covered === 'function'
      ? await covered(algorithm, (name, data) => run.digest(name, [data]))
      : covered
  return pieces !== undefined && sameBytes(await run.digest(algorithm, pieces), imprint)
}

/** Whether the authority is to be believed, given what is proved so far (EN 319 102-1 §5.4, §5.6.2.4). */
export async function judgeTimestamp(
  run: Run,
  read: ReadTimestamp,
  proofs: ProofsOfExistence,
): Promise<TimestampResult> {
  const { info, certificate, checks, tokenId, uses } = read
  const isIntact = read.outcome.passed
  if (!isIntact || !info || !certificate) {
    checks.add('timestamp-valid', false)
    return { ...read, isBelieved: false, isIntact }
  }
  const purpose = 'timestamp' as const
  const judged = await judge(
    run,
    { id: tokenId, certificate, purpose, uses, freshAt: info.at },
    proofs,
    checks,
  )
  const outcome = judged.outcome.passed ? timeOutcome(run, info, certificate) : judged.outcome
  checks.add('timestamp-valid', outcome.passed)
  return { ...read, outcome, isBelieved: outcome.passed, isIntact }
}

/** A time-stamp is of the past, and of its certificate's time. */
function timeOutcome(run: Run, { at, accuracy }: TstInfo, { notBefore, notAfter }: Certificate): Outcome {
  if (at - accuracy > run.at + clockTolerance) return stopped('TIMESTAMP_ORDER_FAILURE')
  if (at + accuracy < notBefore) return stopped('NOT_YET_VALID')
  return at - accuracy > notAfter ? stopped('EXPIRED') : { passed: true }
}

/** Takes what a time-stamp that is believed proves into the proofs (EN 319 102-1 §5.6.2.3). */
export function addProofs(
  run: Run,
  { input, info }: TimestampResult,
  signatureIds: readonly string[],
  proofs: ProofsOfExistence,
): void {
  if (!info) return
  const { proves } = input
  if (proves.signature) for (const id of signatureIds) proofs.add(id, info.at)
  addMaterial(run, proves.material, info.at, proofs)
  for (const token of proves.timestamps) {
    proofs.add(run.idOf(token), info.at)
    const inside = readToken(run, token)
    if (inside) addMaterial(run, materialOf(inside.signed), info.at, proofs)
  }
}

function addMaterial(
  run: Run,
  { certificates, crls, ocsps }: ValidationMaterial,
  at: number,
  proofs: ProofsOfExistence,
): void {
  for (const der of [...certificates, ...crls]) proofs.add(run.idOf(der), at)
  for (const der of ocsps) {
    proofs.add(run.idOf(der), at)
    for (const certificate of run.addOcsp(der)?.certificates ?? []) proofs.add(run.idOf(certificate), at)
  }
}
