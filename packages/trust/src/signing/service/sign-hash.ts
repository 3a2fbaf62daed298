import { Problem } from '@sapan/kernel'
import { algorithmRules } from '../algorithm.ts'
import { checkLengths, readSignAlgorithm, type SignAlgorithm } from './algorithms.ts'
import { sadName } from './authorization.ts'
import { enabledCredential, parameterNames, takeAuthorization } from './authorize.ts'
import { mostSignatures, type ServiceCredential } from './credential.ts'
import { invalid, missing, refusals } from './errors.ts'
import { readHashes } from './input.ts'
import type { ServiceCall } from './service.ts'

/** Signs digests that were authorised (§11.10). All that can be checked without the SAD is checked before it is used up. */
export async function signHash(call: ServiceCall): Promise<{ signatures: string[] }> {
  const { context, version, user, input } = call
  const credential = await enabledCredential(call)
  const names = parameterNames[version]
  const sad = input.string('SAD', 8192)
  const hashes = readHashes(input, names.hashes, mostSignatures(credential))
  if (!hashes) throw missing('array', names.hashes)
  const how = readSignAlgorithm(input, credential.key, names.digest)
  checkLengths(hashes, algorithmRules(how.algorithm).digest)
  checkMode(input.optionalString('operationMode', 8) ?? 'S')
  const found = await takeAuthorization(call, credential)
  if (found.spent) throw refusals.sadUsed()
  if (hashes.length > found.left) throw refusals.numberTooHigh()
  const asked = hashes.map((each) => each.toString('hex'))
  if (found.hashes && !isWithin(asked, found.hashes)) throw refusals.hashNotAuthorized()
  const signatures = await sign(call, credential, how, hashes)
  const { clock, record } = context.options
  await record?.({ kind: 'signed', at: clock(), user, credential: credential.id, hashes: asked })
  const left = found.left - hashes.length
  if (left > 0) await context.authorizations.put(sadName(sad), { ...found, left, spent: true })
  return { signatures: signatures.map((each) => Buffer.from(each).toString('base64')) }
}

function checkMode(mode: string): void {
  if (mode === 'A') throw refusals.synchronousOnly()
  if (mode !== 'S') throw invalid('operationMode')
}

/** Each digest as often as it was authorised, no more. */
function isWithin(asked: readonly string[], authorised: readonly string[]): boolean {
  const left = [...authorised]
  return asked.every((each) => {
    const at = left.indexOf(each)
    if (at >= 0) left.splice(at, 1)
    return at >= 0
  })
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
