import type { DigestName } from '../algorithm.ts'
import { checkLengths, readDigestName } from './algorithms.ts'
import { type Authorization, newSad, sadName } from './authorization.ts'
import {
  type ApiVersion,
  certificateState,
  mostSignatures,
  type ServiceCredential,
  scalOf,
} from './credential.ts'
import { refusals } from './errors.ts'
import { readFactors } from './factors.ts'
import { type Input, readHashes } from './input.ts'
import { findCredential } from './list.ts'
import type { SigningEvent } from './options.ts'
import type { ServiceCall } from './service.ts'

/** Names that differ between the versions. */
export const parameterNames = {
  v1: { hashes: 'hash', digest: 'hashAlgo' },
  v2: { hashes: 'hashes', digest: 'hashAlgorithmOID' },
} as const satisfies Record<ApiVersion, unknown>

const defaultSeconds = 300
const mostDescription = 500
export const mostSad = 8192

/** Has the signer authorise signatures (§11.6): gives the SAD that signHash needs. */
export async function authorize(call: ServiceCall) {
  const { context, version, user, input } = call
  const credential = await usableCredential(call)
  if (credential.mode === 'oauth2code') throw refusals.byOAuth()
  const { hashes, count } = readWanted(input, version, credential)
  const factors = readFactors(input, version, credential)
  const description = input.optionalText('description', mostDescription)
  await decide(call, { user, credential, hashes, count, description, ...factors })
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

/** How many signatures are asked for, and of which digests. */
function readWanted(input: Input, version: ApiVersion, credential: ServiceCredential) {
  const count = input.integer('numSignatures')
  if (count < 1) throw refusals.numberTooLow()
  if (count > mostSignatures(credential)) throw refusals.numberTooHigh()
  const hashes = boundHashes(input, version, credential)
  if (hashes && hashes.length > count) throw refusals.numberTooLow()
  return { hashes, count }
}

type Request = Parameters<ServiceCall['context']['options']['authorize']>[0]

/** Asks the house. Wrong PINs and OTPs are counted, each before it is known to be wrong. */
async function decide({ context, version }: ServiceCall, request: Request): Promise<void> {
  const { options, attempts } = context
  const name = attemptsOf(request)
  const attempt = await attempts.begin(name)
  if (attempt === undefined) {
    await recordRefusal(options, request, 'locked')
    throw refusals.locked()
  }
  const decision = await options.authorize(request).catch(async (error: unknown) => {
    await attempts.setAside(name, attempt)
    throw error
  })
  if (decision === 'granted') {
    await attempts.succeeded(name)
    await attempts.succeeded(otpsOf(request))
    return
  }
  if (decision === 'denied') await attempts.setAside(name, attempt)
  await recordRefusal(options, request, decision)
  if (decision === 'denied') throw refusals.denied()
  if (version === 'v2') throw refusals.factors()
  throw decision === 'pin-wrong' ? refusals.pin() : refusals.otp()
}

/** Under which names wrong PINs and OTPs, and OTPs that were sent, are counted. */
const attemptsOf = ({ user, credential }: Pick<Request, 'user' | 'credential'>): string =>
  JSON.stringify([user, credential.id])
const otpsOf = ({ user, credential }: Pick<Request, 'user' | 'credential'>): string =>
  JSON.stringify([user, credential.id, 'otp'])

async function recordRefusal(
  { clock, record }: ServiceCall['context']['options'],
  { user, credential, hashes = [] }: Request,
  reason: string,
): Promise<void> {
  const names = hashes.map((each) => Buffer.from(each).toString('hex'))
  await record?.({ kind: 'refused', at: clock(), user, credential: credential.id, hashes: names, reason })
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
  const credential = await usableCredential(call)
  const hashes = boundHashes(input, version, credential)
  const old = await takeAuthorization(call, credential, input.string('SAD', mostSad))
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

/** Sends a one-time password (§11.9 of v1.0.4): not without end, for each costs its receiver's patience. */
export async function sendOtp(call: ServiceCall): Promise<undefined> {
  const { context, user } = call
  const credential = await usableCredential(call)
  if (credential.otp?.type !== 'online') throw refusals.noOtp()
  if ((await context.attempts.begin(otpsOf({ user, credential }))) === undefined) throw refusals.tooManyOtps()
  await context.options.sendOtp?.(user, credential)
}

/** The credential that the request names, if something can be signed with it now. */
export async function usableCredential(call: ServiceCall): Promise<ServiceCredential> {
  const credential = await findCredential(call)
  if (credential.enabled === false) throw refusals.disabled()
  const state = certificateState(credential, call.context.options.clock())
  if (state === 'valid') return credential
  if (state === 'expired') throw refusals.certificateExpired()
  throw state === 'early' ? refusals.certificateEarly() : refusals.certificateWithdrawn()
}

/**
 * Takes the authorisation that the SAD stands for, if it is this user's, for this credential, and in time. It is gone
 * then, whatever comes after: a SAD is used once.
 */
export async function takeAuthorization(
  { context, user }: ServiceCall,
  credential: ServiceCredential,
  sad: string,
): Promise<Authorization> {
  const found = await context.authorizations.take(sadName(sad))
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
