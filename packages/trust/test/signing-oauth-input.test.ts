import { afterAll, describe, expect, it } from 'vitest'
import { forSigning, House, pkce, redirectUri, removeFolder } from './oauth-house.ts'

afterAll(removeFolder)

describe('what is asked wrongly', () => {
  it.each([
    ['another program', { client_id: 'nobody' }],
    ['an address that is not registered', { redirect_uri: 'https://evil.example/' }],
    ['an address that only begins like one', { redirect_uri: `${redirectUri}/../evil` }],
    ['no address', { redirect_uri: '' }],
  ])('%s: the browser is sent nowhere', async (_, change) => {
    const answer = await (await House.open()).authorize({ ...pkce, ...change })
    expect(answer.status).toBe(400)
    expect(answer.headers.location).toBeUndefined()
  })

  it.each([
    ['another type', { response_type: 'token' }, 'unsupported_response_type'],
    ['another scope', { scope: 'all' }, 'invalid_scope'],
    ['no challenge', { code_challenge: '' }, 'invalid_request'],
    ['a challenge in the open', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['a challenge of no kind', { code_challenge_method: '' }, 'invalid_request'],
    ['a short challenge', { code_challenge: 'abc' }, 'invalid_request'],
    ['a request elsewhere', { request_uri: 'https://evil.example' }, 'invalid_request'],
    ['no credential', { scope: 'credential' }, 'invalid_request'],
    ['no number', { ...forSigning, numSignatures: '-1' }, 'invalid_request'],
    [
      'more digests than signatures',
      { ...forSigning, hashes: `${forSigning.hashes},${forSigning.hashes}` },
      'invalid_request',
    ],
    ['a digest of another length', { ...forSigning, hashes: 'AAAA' }, 'invalid_request'],
    ['no Base64', { ...forSigning, hashes: '@@' }, 'invalid_request'],
    ['no digest algorithm', { ...forSigning, hashAlgorithmOID: '' }, 'invalid_request'],
    ['an unknown one', { ...forSigning, hashAlgorithmOID: '1.2.3' }, 'invalid_request'],
    ['a text turned round', { ...forSigning, description: 'a\u202eb' }, 'invalid_request'],
  ])('%s: the program is told', async (_, change, error) => {
    const answer = await (await House.open()).authorize({ ...pkce, ...change })
    expect(answer.status).toBe(302)
    const back = new URL(answer.headers.location ?? '')
    expect(back.searchParams.get('error')).toBe(error)
    expect(back.searchParams.get('state')).toBe('x y')
  })

  it('a parameter that comes twice', async () => {
    const house = await House.open()
    expect((await house.authorize(pkce, '&scope=credential&scope=service')).status).toBe(400)
  })

  it.each([
    ['no program', { client_id: '' }, 'invalid_request', 'Missing parameter client_id'],
    ['an unknown one', { client_id: 'nobody' }, 'invalid_request', 'Invalid parameter client_id'],
    ['no secret', { client_secret: '' }, 'invalid_request', 'Client authorization required'],
    ['a wrong secret', { client_secret: 'guess' }, 'invalid_request', 'Invalid parameter client_secret'],
    ['no type', { grant_type: '' }, 'invalid_request', 'Missing parameter grant_type'],
    ['another type', { grant_type: 'password' }, 'invalid_request', 'Invalid parameter grant_type'],
    ['no code', { code: '' }, 'invalid_request', 'Missing parameter code'],
    ['an unknown code', { code: 'x' }, 'invalid_grant', 'Authorization code is invalid or expired'],
    [
      'another address',
      { redirect_uri: 'https://app.example/' },
      'invalid_grant',
      'redirect_uri parameter does not match',
    ],
    ['no verifier', { code_verifier: '' }, 'invalid_grant', 'Invalid parameter code_verifier'],
    [
      'a wrong verifier',
      { code_verifier: 'w'.repeat(43) },
      'invalid_grant',
      'Invalid parameter code_verifier',
    ],
  ])('a token asked for with %s', async (_, change, error, error_description) => {
    const house = await House.open()
    const answer = await house.redeem(await house.code(), change)
    expect(answer).toMatchObject({ status: 400, body: { error, error_description } })
  })

  it('other methods, paths and types', async () => {
    const house = await House.open()
    const ask = (method: string, path: string) =>
      house.server.handler({ method, path, headers: {}, body: new Uint8Array() })
    expect((await ask('POST', '/oauth2/authorize')).status).toBe(405)
    expect((await ask('GET', '/oauth2/token')).status).toBe(405)
    expect((await ask('GET', '/oauth2/pushed_authorize')).status).toBe(404)
    expect((await ask('POST', '/oauth2/token')).status).toBe(400)
  })
})
