import { generateKeyPairSync } from 'node:crypto'
import type { Registered } from '../clients.ts'
import { Person } from '../person.ts'
import { accepted, codeOf, freshCode, type Module, refused } from './module.ts'
import { Requests, rsaKey, unsigned } from './requests.ts'

const now = () => Math.floor(Date.now() / 1000)
const person = () => new Person('taxpayer')

async function bound(at: Registered): Promise<{ requests: Requests; token: string }> {
  const requests = new Requests(at, 'fapi')
  const { body } = accepted(await requests.token(await freshCode(requests, person())))
  return { requests, token: String(body.access_token) }
}

/** A code is exchanged with a proof that is off in this. */
const proofTaken = (claims: () => Record<string, unknown>) => async (at: Registered) => {
  const requests = new Requests(at, 'fapi')
  const code = await freshCode(requests, person())
  accepted(await requests.token(code, {}, { dpop: await requests.proof({ claims: claims() }) }))
}

/** At userinfo, with a token that is right, a proof that is wrong in one thing: each is a step of the suite's module. */
const wrongProofs: readonly [
  what: string,
  wrong: (requests: Requests) => Parameters<Requests['userinfo']>[1],
][] = [
  ['not a JWT', () => ({ bare: true })],
  ['typ missing', () => ({ header: { typ: undefined } })],
  ['another typ', () => ({ header: { typ: 'JWT' } })],
  ['jwk missing', () => ({ header: { jwk: undefined } })],
  ['jti missing', () => ({ claims: { jti: undefined } })],
  ['htm missing', () => ({ claims: { htm: undefined } })],
  ['htu missing', () => ({ claims: { htu: undefined } })],
  ['iat missing', () => ({ claims: { iat: undefined } })],
  ['ath missing', () => ({ claims: { ath: undefined } })],
  ['another ath', () => ({ claims: { ath: 'x'.repeat(43) } })],
  ['another htm', () => ({ claims: { htm: 'PUT' } })],
  ['another htu', () => ({ claims: { htu: 'https://other.example/userinfo' } })],
  ['iat in an hour', () => ({ claims: { iat: now() + 3600 } })],
  ['iat an hour ago', () => ({ claims: { iat: now() - 3600 } })],
  ['signed by another key than it names', () => ({ key: otherPair().privateKey })],
  ['a private key in it', ({ pair }) => ({ header: { jwk: pair.privateKey.export({ format: 'jwk' }) } })],
  ['RS256', () => rs256()],
  ['of another key than the token’s', () => ofOther()],
  ['as a bearer token, without a proof', () => ({ bare: true, scheme: 'Bearer' })],
  ['as a bearer token, with a proof', () => ({ scheme: 'Bearer' })],
]

/** Of the sender's key: RFC 9449. */
export const proofModules: readonly Module[] = [
  ...wrongProofs.map(
    ([what, wrong]): Module => [
      `dpop-negative-tests, ${what}`,
      'refused',
      async (at) => {
        const { requests, token } = await bound(at)
        refused(await requests.userinfo(token, wrong(requests)))
      },
    ],
  ),
  [
    'dpop-negative-tests, alg none',
    'refused',
    async (at) => {
      const { requests, token } = await bound(at)
      const jwk = requests.pair.publicKey.export({ format: 'jwk' })
      const proof = unsigned(
        { typ: 'dpop+jwt', jwk },
        { htm: 'GET', htu: requests.endpoint('userinfo'), iat: now(), jti: 'one' },
      )
      refused(await requests.userinfoWith(token, proof))
    },
  ],
  [
    'dpop-negative-tests, the same jti twice',
    'refused the second time',
    async (at) => {
      const { requests, token } = await bound(at)
      const claims = { jti: `once-${token.slice(0, 8)}` }
      accepted(await requests.userinfo(token, { claims }))
      refused(await requests.userinfo(token, { claims }))
    },
  ],
  [
    'dpop-negative-tests, htu with a query',
    'accepted: it is left out of the comparison',
    async (at) => {
      const { requests, token } = await bound(at)
      accepted(await requests.userinfo(token, { claims: { htu: `${requests.endpoint('userinfo')}?a=b#c` } }))
    },
  ],
  ['check-dpop-proof-nbf-exp', 'accepted', proofTaken(() => ({ nbf: now() - 5, exp: now() + 60 }))],
  [
    'ensure-dpopproof-with-iat-10seconds-before-succeeds',
    'accepted',
    proofTaken(() => ({ iat: now() - 10 })),
  ],
  ['ensure-dpopproof-with-iat-10seconds-after-succeeds', 'accepted', proofTaken(() => ({ iat: now() + 10 }))],
  [
    'ensure-mismatched-dpop-jkt-fails',
    'a push whose dpop_jkt is not of its proof is refused',
    async (at) => {
      const requests = new Requests(at, 'fapi')
      const dpop = await requests.proof({ claims: { htu: requests.endpoint('par') } })
      refused(
        await requests.push({ dpop_jkt: 'x'.repeat(43) }, { dpop }),
        'invalid_dpop_proof',
        'invalid_request',
      )
    },
  ],
  [
    'ensure-token-endpoint-fails-with-mismatched-dpop-proof-jkt',
    'refused',
    async (at) => {
      const requests = new Requests(at, 'fapi')
      const dpop = await requests.proof({ claims: { htu: requests.endpoint('par') } })
      const code = codeOf(await requests.signInPushed(person(), {}, { dpop }))
      refused(
        await requests.token(code, {}, { dpop: await ofOtherKey(requests) }),
        'invalid_grant',
        'invalid_dpop_proof',
      )
    },
  ],
  [
    'ensure-token-endpoint-fails-with-mismatched-dpop-jkt',
    'refused',
    async (at) => {
      const requests = new Requests(at, 'fapi')
      const code = codeOf(await requests.signInPushed(person(), { dpop_jkt: 'x'.repeat(43) }))
      refused(await requests.token(code), 'invalid_grant', 'invalid_dpop_proof')
    },
  ],
  [
    'ensure-dpopproof-at-par-endpoint-binding-success',
    'accepted',
    async (at) => {
      const requests = new Requests(at, 'fapi')
      const dpop = await requests.proof({ claims: { htu: requests.endpoint('par') } })
      accepted(await requests.token(codeOf(await requests.signInPushed(person(), {}, { dpop }))))
    },
  ],
  [
    'ensure-dpop-auth-code-binding-success',
    'accepted',
    async (at) => {
      const { calculateJwkThumbprint } = await import('jose')
      const requests = new Requests(at, 'fapi')
      const dpop_jkt = await calculateJwkThumbprint(requests.pair.publicKey.export({ format: 'jwk' }))
      accepted(await requests.token(codeOf(await requests.signInPushed(person(), { dpop_jkt }))))
    },
  ],
]

function otherPair() {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' })
}

function ofOther() {
  const { privateKey, publicKey } = otherPair()
  return { key: privateKey, header: { jwk: publicKey.export({ format: 'jwk' }) } }
}

function rs256() {
  const { key, jwk } = rsaKey()
  return { key, header: { alg: 'RS256', jwk } }
}

async function ofOtherKey(requests: Requests): Promise<string> {
  return await requests.proof(ofOther())
}
