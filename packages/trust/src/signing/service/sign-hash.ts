import { Problem } from '@sapan/kernel'
import { algorithmRules } from '../algorithm.ts'
import { checkLengths, readSignAlgorithm, type SignAlgorithm } from './algorithms.ts'
import { type Authorization, sadName } from './authorization.ts'
import { mostSad, parameterNames, takeAuthorization, usableCredential } from './authorize.ts'
import { mostSignatures, type ServiceCredential } from './credential.ts'
import { missing, refusals } from './errors.ts'
import { readHashes } from './input.ts'
import { answerLater, readMode } from './polling.ts'
import type { ServiceCall } from './service.ts'

/**
 * Signs digests that were authorised (§11.10), at once or later. All that can be checked without the SAD is checked before
 * it is used up; all of it before a later answer is promised.
 */
export async function signHash(call: ServiceCall) {
  const { context, version, caller, input } = call
  const credential = await usableCredential(call)
  const names = parameterNames[version]
  const sad = caller.authorized?.sad ?? input.string('SAD', mostSad)
  const hashes = readHashes(input, names.hashes, mostSignatures(credential))
  if (!hashes) throw missing('array', names.hashes)
  const how = readSignAlgorithm(input, credential.key, names.digest)
  checkLengths(hashes, algorithmRules(how.algorithm).digest)
  const isOffered = version === 'v2' && (context.options.asynchronous ?? true)
  const mode = readMode(input, isOffered)
  const found = await takeAuthorization(call, credential, sad)
  checkCovered(found, hashes)
  const work = () => signCovered(call, { credential, how, hashes, found, sad })
  return mode.later ? answerLater(call, mode.keptFor, work) : work()
}

/** Whether the authorisation is for these digests, and not used yet. */
function checkCovered(found: Authorization, hashes: readonly Buffer[]): void {
  if (found.spent) throw refusals.sadUsed()
  if (hashes.length > found.left) throw refusals.numberTooHigh()
  if (found.hashes && !isWithin(hashes.map(hex), found.hashes)) throw refusals.hashNotAuthorized()
}

const hex = (bytes: Buffer): string => bytes.toString('hex')

/** Each digest as often as it was authorised, no more. */
function isWithin(asked: readonly string[], authorised: readonly string[]): boolean {
  const left = [...authorised]
  return asked.every((each) => {
    const at = left.indexOf(each)
    if (at >= 0) left.splice(at, 1)
    return at >= 0
  })
}

interface Covered {
  readonly credential: ServiceCredential
  readonly how: SignAlgorithm
  readonly hashes: readonly Buffer[]
  readonly found: Authorization
  readonly sad: string
}

async function signCovered(
  call: ServiceCall,
  { credential, how, hashes, found, sad }: Covered,
): Promise<{ signatures: string[] }> {
  const { authorizations, options } = call.context
  const signatures = await sign(call, credential, how, hashes)
  await options.record?.({
    kind: 'signed',
    at: options.clock(),
    user: call.user,
    credential: credential.id,
    hashes: hashes.map(hex),
  })
  const left = found.left - hashes.length
  if (left > 0) await authorizations.put(sadName(sad), { ...found, left, spent: true })
  return { signatures: signatures.map((each) => Buffer.from(each).toString('base64')) }
}

async function sign(
  { context }: ServiceCall,
  { key }: ServiceCredential,
  { algorithm, saltLength }: SignAlgorithm,
  hashes: readonly Buffer[],
): Promise<Uint8Array[]> {
  try {
    return await key.signDigests(algorithm, hashes, saltLength)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    context.options.onError?.(error)
    throw refusals.keyUnavailable()
  }
}
