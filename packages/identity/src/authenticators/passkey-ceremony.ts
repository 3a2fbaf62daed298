import { Problem } from '@sapan/kernel'
import {
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { type TSchema, Type } from 'typebox'
import { Value } from 'typebox/value'
import { authenticatorProblems } from '../problems/authenticators.ts'
import type { RelyingParty } from './ground.ts'
import type { StoredPasskey } from './store/passkeys.ts'

const base64url = Type.String({ pattern: '^[A-Za-z0-9_-]*$', maxLength: 65_536 })
const extensions = Type.Optional(Type.Record(Type.String(), Type.Unknown()))
const credential = <R extends TSchema>(response: R) =>
  Type.Object({
    id: base64url,
    rawId: base64url,
    type: Type.Literal('public-key'),
    response,
    clientExtensionResults: extensions,
  })
const registrationSchema = credential(
  Type.Object({
    clientDataJSON: base64url,
    attestationObject: base64url,
    transports: Type.Optional(Type.Array(Type.String({ pattern: '^[a-z-]{1,20}$' }), { maxItems: 10 })),
  }),
)
const assertionSchema = credential(
  Type.Object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: Type.Optional(Type.Union([base64url, Type.Null()])),
  }),
)

/** What a browser answered, as JSON text, is in the shape of a registration. Throws `passkey-refused`. */
export function readRegistration(json: string): RegistrationResponseJSON {
  const { id, rawId, response } = readAs(registrationSchema, json)
  const { clientDataJSON, attestationObject, transports = [] } = response
  return {
    id,
    rawId,
    type: 'public-key',
    clientExtensionResults: {},
    response: { clientDataJSON, attestationObject, transports },
  }
}

/** The same of an assertion: which credential, and what it signed. Throws `passkey-refused`. */
export function readAssertion(json: string): AuthenticationResponseJSON {
  const { id, rawId, response: answered } = readAs(assertionSchema, json)
  const { userHandle, ...response } = answered
  return {
    id,
    rawId,
    type: 'public-key',
    clientExtensionResults: {},
    response: { ...response, ...(typeof userHandle === 'string' && { userHandle }) },
  }
}

/** Verifies a registration (Web Authentication Level 3 §7.1), with the user verified. Throws `passkey-refused`. */
export async function verifyRegistration(
  party: RelyingParty,
  challenge: string,
  response: RegistrationResponseJSON,
) {
  const checked = await verifyRegistrationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: [...party.origins],
    expectedRPID: party.id,
    requireUserVerification: true,
  }).catch(refused)
  if (!checked.verified) throw refusal()
  return checked.registrationInfo
}

/**
 * Verifies an assertion (Web Authentication Level 3 §7.2), with the user verified, all but the counter: that is compared
 * where it is kept, so that two at once don't both pass. Throws `passkey-refused`.
 */
export async function verifyAssertion(
  party: RelyingParty,
  challenge: string,
  passkey: StoredPasskey,
  response: AuthenticationResponseJSON,
) {
  const checked = await verifyAuthenticationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: [...party.origins],
    expectedRPID: party.id,
    requireUserVerification: true,
    credential: {
      id: passkey.credentialId.toString('base64url'),
      publicKey: new Uint8Array(passkey.publicKey),
      counter: 0,
    },
  }).catch(refused)
  const { authenticationInfo: info } = checked
  // Whether a key may be backed up is settled when it is made (§7.2 step 18).
  const isSynced = info.credentialDeviceType === 'multiDevice'
  if (!checked.verified || isSynced !== passkey.backupEligible) throw refusal()
  return info
}

function readAs<S extends TSchema>(schema: S, json: string) {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch (cause) {
    throw refusal(cause)
  }
  if (!Value.Check(schema, value)) throw refusal()
  return value
}

function refused(cause: unknown): never {
  throw refusal(cause)
}

function refusal(cause?: unknown): Problem {
  return new Problem(authenticatorProblems['passkey-refused'], { cause })
}
