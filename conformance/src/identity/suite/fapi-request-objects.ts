import { type JWTPayload, SignJWT } from 'jose'
import type { Registered } from '../clients.ts'
import { Person } from '../person.ts'
import { accepted, codeOf, type Module, notOffered, refused } from './module.ts'
import { Requests, rsaKey, unsigned } from './requests.ts'

const now = () => Math.floor(Date.now() / 1000)
const notClaimed = notOffered('a rule of FAPI 2.0 Message Signing, which the house does not claim')

interface ObjectParts {
  readonly claims?: Readonly<Record<string, unknown>>
  readonly alg?: string
  readonly key?: Parameters<SignJWT['sign']>[0]
}

/** A request object (RFC 9101), right but for what is said otherwise. */
async function objectOf(requests: Requests, { claims, alg = 'ES256', key }: ObjectParts): Promise<string> {
  const right = {
    ...requests.parameters(),
    iss: requests.id,
    aud: requests.at.issuer,
    iat: now(),
    nbf: now(),
    exp: now() + 60,
  }
  const payload = Object.fromEntries(
    Object.entries({ ...right, ...claims }).filter(([, value]) => value !== undefined),
  )
  if (alg === 'none') return unsigned({ typ: 'oauth-authz-req+jwt' }, payload)
  const header = { alg, kid: requests.at.key.kid, typ: 'oauth-authz-req+jwt' }
  return await new SignJWT(payload as JWTPayload).setProtectedHeader(header).sign(key ?? requests.at.key.key)
}

async function pushObject(requests: Requests, parts: ObjectParts, altered = false) {
  const object = await objectOf(requests, parts)
  const request = altered ? `${object.slice(0, -6)}AAAAAA` : object
  return await requests.post(requests.endpoint('par'), { request })
}

const objectRefused =
  (parts: () => ObjectParts, altered = false) =>
  async (at: Registered) =>
    refused(
      await pushObject(new Requests(at, 'fapi'), parts(), altered),
      'invalid_request_object',
      'invalid_request',
    )

const objectTaken = (parts: (at: Registered) => ObjectParts) => async (at: Registered) => {
  const requests = new Requests(at, 'fapi')
  const pushed = accepted(await pushObject(requests, parts(at)))
  accepted(await requests.token(codeOf(await new Person('taxpayer').signIn(requests.pushedUrl(pushed)))))
}

/** Of signed requests, which are taken from clients that send them. */
export const requestObjectModules: readonly Module[] = [
  [
    'ensure-request-object-with-multiple-aud-succeeds',
    'accepted',
    objectTaken((at) => ({ claims: { aud: [at.issuer, 'https://other.example'] } })),
  ],
  [
    'ensure-request-object-with-nbf-8-seconds-in-the-future-is-accepted',
    'accepted',
    objectTaken(() => ({ claims: { nbf: now() + 8 } })),
  ],
  [
    'ensure-request-object-signature-algorithm-is-not-none',
    'refused',
    objectRefused(() => ({ alg: 'none' })),
  ],
  [
    'ensure-signed-request-object-with-RS256-fails',
    'refused',
    objectRefused(() => ({ alg: 'RS256', key: rsaKey().key })),
  ],
  ['ensure-request-object-with-invalid-signature-fails', 'refused', objectRefused(() => ({}), true)],
  [
    'ensure-request-object-with-bad-aud-fails',
    'refused',
    objectRefused(() => ({ claims: { aud: 'https://other.example' } })),
  ],
  [
    'ensure-expired-request-object-fails',
    'refused',
    objectRefused(() => ({ claims: { iat: now() - 400, nbf: now() - 400, exp: now() - 300 } })),
  ],
  [
    'ensure-request-object-without-redirect-uri-fails',
    'refused',
    objectRefused(() => ({ claims: { redirect_uri: undefined } })),
  ],
  [
    'ensure-matching-key-in-authorization-request',
    'another client’s key: refused',
    async (at) => objectRefused(() => ({ key: at.otherKey.key }))(at),
  ],
  [
    'par-authorization-request-containing-request_uri',
    'refused',
    objectRefused(() => ({ claims: { request_uri: 'urn:x' } })),
  ],
  ['ensure-request-object-without-exp-fails', 'not claimed', notClaimed],
  ['ensure-request-object-without-nbf-fails', 'not claimed', notClaimed],
  ['ensure-request-object-with-exp-over-60-fails', 'not claimed', notClaimed],
  ['ensure-request-object-with-nbf-over-60-fails', 'not claimed', notClaimed],
]
