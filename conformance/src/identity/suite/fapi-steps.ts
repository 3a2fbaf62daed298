import { decodeJwt } from 'jose'
import type { Registered } from '../clients.ts'
import { Person } from '../person.ts'
import { accepted, codeOf, freshCode, refused } from './module.ts'
import { type AssertionParts, type Parameters, type PostOptions, Requests } from './requests.ts'

/** A client of the FAPI 2.0 profile. */
export const fapi = (at: Registered) => new Requests(at, 'fapi')
export const person = () => new Person('taxpayer')
export const now = () => Math.floor(Date.now() / 1000)

/** The push is refused. */
export const pushRefused =
  (otherwise: Parameters, ...errors: readonly string[]) =>
  async (at: Registered) =>
    refused(await fapi(at).push(otherwise), ...errors)

/** A push with an assertion that is wrong in this is refused. */
export const assertionRefused = (parts: (at: Registered) => AssertionParts) => async (at: Registered) => {
  const requests = fapi(at)
  const assertion = await requests.assertion(parts(at))
  refused(await requests.push({}, { assertion }), 'invalid_client', 'invalid_request')
}

/** The whole way goes through. */
export const succeeds = (otherwise: Parameters) => async (at: Registered) => {
  const requests = fapi(at)
  const page = await requests.signInPushed(person(), otherwise)
  const { body } = accepted(await requests.token(codeOf(page)))
  return { page, idToken: decodeJwt(String(body.id_token)), body, requests }
}

/** A code, come by rightly, is refused at the token endpoint. */
export const codeRefused =
  (otherwise: Parameters, options: PostOptions, ...errors: readonly string[]) =>
  async (at: Registered) => {
    const requests = fapi(at)
    refused(await requests.token(await freshCode(requests, person()), otherwise, options), ...errors)
  }
