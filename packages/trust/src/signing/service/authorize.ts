import type { DigestName } from '../algorithm.ts'
import { checkLengths, readDigestName } from './algorithms.ts'
import { type Authorization, newSad, sadName } from './authorization.ts'
import { type ApiVersion, mostSignatures, type ServiceCredential, scalOf } from './credential.ts'
import { invalid, missing, refusals } from './errors.ts'
import { type Input, readHashes } from './input.ts'
import { findCredential } from './list.ts'
import type { ServiceCall, SigningEvent } from './service.ts'

/** Names that differ between the versions. */
export const parameterNames = {
  v1: { hashes: 'hash', digest: 'hashAlgo' },
  v2: { hashes: 'hashes', digest: 'hashAlgorithmOID' },
} as const satisfies Record<ApiVersion, unknown>

const defaultSeconds = 300

/** Has the signer authorise signatures (§11.6): gives the SAD that signHash needs. */
export async function authorize(call: ServiceCall) {
  const { context, version, user, input } = call
  const credential = await enabledCredential(call)
  const count = input.integer('numSignatures')
  if (count < 1) throw refusals.numberTooLow()
  if (count > mostSignatures(credential)) throw refusals.numberTooHigh()
  const hashes = boundHashes(input, version, credential)
  if (hashes && hashes.length > count) throw refusals.numberTooLow()
  const { pin, otp } = readFactors(input, version)
  if (credential.pin && pin === undefined) throw missing('string', 'PIN')
  if (credential.otp && otp === undefined) throw missing('string', 'OTP')
  const description = input.optionalString('description', 1000)
  await decide(call, { user, credential, hashes, count, description, pin, otp })
  const names = hashes?.map((each) => each.toString('hex'))
  return issue(call, 'authorized', {
    user,
    credential: credential.id,
    hashes: names,
    left: count,
    spent: false,
    expires: context.options.clock() + seconds(call) * 1000,
  })
}

type Request = Parameters<ServiceCall['context']['options']['authorize']>[0]

/** Asks the house. Wrong PINs and OTPs are counted, each before it is known to be wrong. */
async function decide({ context }: ServiceCall, request: Request): Promise<void> {
  const { options, attempts } = context
  const { user, credential, hashes = [] } = request
  const name = JSON.stringify([user, credential.id])
  if (attempts.isClosed(name)) throw refusals.tooManyAttempts()
  attempts.begin(name)
  const decision = await options.authorize(request)
  if (decision === 'granted') {
    attempts.succeeded(name)
    return
  }
  await options.record?.({
    kind: 'refused',
    at: options.clock(),
    user,
    credential: credential.id,
    hashes: hashes.map((each) => Buffer.from(each).toString('hex')),
    reason: decision,
  })
  if (decision === 'pin-wrong') throw refusals.pin()
  if (decision === 'otp-wrong') throw refusals.otp()
  attempts.setAside(name)
  throw refusals.denied()
}

async function issue(call: ServiceCall, kind: SigningEvent['kind'], authorization: Authorization) {
  const { options, authorizations } = call.context
  const { user, credential, hashes = [] } = authorization
  await options.record?.({ kind, at: options.clock(), user, credential, hashes })
  const sad = newSad()
  await authorizations.put(sadName(sad), authorization)
  return { SAD: sad, expiresIn: seconds(call) }
}

function seconds({ context }: ServiceCall): number {
  return context.options.authorizationSeconds ?? defaultSeconds
}

/**
 * For more of the signatures that were authorised together (§11.8): a new SAD for new digests; the old one ends. The
 * signer has not seen these digests, so the house decides about each extension.
 */
export async function extendTransaction(call: ServiceCall) {
  const { context, version, user, input } = call
  const credential = await enabledCredential(call)
  const hashes = boundHashes(input, version, credential)
  const old = await takeAuthorization(call, credential)
  if (old.left < 1) throw refusals.nothingLeft()
  if (hashes && hashes.length > old.left) throw refusals.numberTooHigh()
  const decision = await context.options.extend?.({ user, credential, hashes, left: old.left })
  if (decision !== 'granted') throw refusals.denied()
  return issue(call, 'extended', {
    ...old,
    user,
    hashes: hashes?.map((each) => each.toString('hex')),
    spent: false,
    expires: context.options.clock() + seconds(call) * 1000,
  })
}

/** Sends a one-time password (§11.9 of v1.0.4). */
export async function sendOtp(call: ServiceCall): Promise<undefined> {
  const credential = await enabledCredential(call)
  if (credential.otp?.type !== 'online') throw refusals.noOtp()
  await call.context.options.sendOtp?.(call.user, credential)
}

export async function enabledCredential(call: ServiceCall): Promise<ServiceCredential> {
  const credential = await findCredential(call)
  if (credential.enabled === false) throw refusals.disabled()
  return credential
}

/**
 * Takes the authorisation that the request's SAD stands for, if it is this user's, for this credential, and in time. It is
 * gone then, whatever comes after: a SAD is used once.
 */
export async function takeAuthorization(
  { context, user, input }: ServiceCall,
  credential: ServiceCredential,
): Promise<Authorization> {
  const found = await context.authorizations.take(sadName(input.string('SAD', 8192)))
  if (!found || found.user !== user || found.credential !== credential.id) throw refusals.sadUsed()
  if (context.options.clock() >= found.expires) throw refusals.sadExpired()
  return found
}

/** The digests that an authorisation is to be bound to. */
function boundHashes(input: Input, version: ApiVersion, credential: ServiceCredential): Buffer[] | undefined {
  const names = parameterNames[version]
  const hashes = readHashes(input, names.hashes, mostSignatures(credential))
  const digest: DigestName | undefined = readDigestName(input, names.digest)
  if (!hashes && scalOf(credential) === '2') throw refusals.hashesNeeded()
  if (hashes && digest) checkLengths(hashes, digest)
  return hashes
}

/** PIN and OTP: members of their own in v1, in `authData` in v2, where members of their own are understood too. */
function readFactors(input: Input, version: ApiVersion): { pin?: string; otp?: string } {
  const factors = new Map<string, string>()
  for (const name of ['PIN', 'OTP']) {
    const value = input.optionalString(name, 256)
    if (value !== undefined) factors.set(name, value)
  }
  for (const each of version === 'v2' ? (input.optionalArray('authData', 8) ?? []) : []) {
    const { id, value } = readFactor(each)
    factors.set(id, value)
  }
  const [pin, otp] = [factors.get('PIN'), factors.get('OTP')]
  return { ...(pin === undefined ? {} : { pin }), ...(otp === undefined ? {} : { otp }) }
}

function readFactor(each: unknown): { id: string; value: string } {
  if (typeof each !== 'object' || each === null || !('id' in each) || !('value' in each)) {
    throw invalid('authData')
  }
  const { id, value } = each
  if (typeof id !== 'string' || typeof value !== 'string' || value.length > 256) throw invalid('authData')
  return { id, value }
}
