import { afterAll, describe, expect, it } from 'vitest'
import { cscKey } from '../src/index.ts'
import { forSigning, House, one, pkce, removeFolder, sha256, verifier } from './oauth-house.ts'

const hashes = [one.toString('base64')]
const signing = { credentialID: 'seal', hashes, signAlgo: '1.2.840.113549.1.1.11' }

afterAll(removeFolder)

describe('a token of scope service', () => {
  it('is given for a code, after the person signed in, and opens the service', async () => {
    const house = await House.open()
    expect(await house.authorize(pkce)).toMatchObject({ status: 200 })
    expect(house.signIn.shown).toEqual([{ client: { id: 'app', name: 'ระบบสารบรรณ' }, scope: 'service' }])
    const back = await house.consent()
    expect(back.origin + back.pathname).toBe('https://app.example/back')
    expect(back.searchParams.get('from')).toBe('signing')
    expect(back.searchParams.get('state')).toBe('x y')
    const answer = await house.redeem(back.searchParams.get('code') ?? '')
    expect(answer).toMatchObject({
      status: 200,
      headers: { 'cache-control': 'no-store' },
      body: { token_type: 'Bearer', expires_in: 3600 },
    })
    const token = answer.body.access_token
    expect((await house.desk.call('v2/credentials/list', {}, token)).body).toEqual({
      credentialIDs: ['seal', 'another'],
    })
    house.time += 3_600_000
    expect((await house.desk.call('v2/credentials/list', {}, token)).status).toBe(401)
  })

  it('authorises no signature', async () => {
    const house = await House.open()
    const token = await house.token()
    const { body } = await house.desk.call('v2/signatures/signHash', signing, token)
    expect(body.error_description).toBe('Missing (or invalid type) string parameter SAD')
    const asked = { credentialID: 'seal', numSignatures: 1, hashes }
    expect((await house.desk.call('v2/credentials/authorize', asked, token)).body.error_description).toMatch(
      /OAuth 2.0/,
    )
  })

  it('is given to a program that keeps no secret, whose code PKCE binds', async () => {
    const house = await House.open()
    await house.authorize({ ...pkce, client_id: 'phone', redirect_uri: 'app:/back' })
    const code = (await house.consent()).searchParams.get('code') ?? ''
    const form = { grant_type: 'authorization_code', code, redirect_uri: 'app:/back', client_id: 'phone' }
    expect((await house.post('token', { ...form, code_verifier: verifier })).status).toBe(200)
  })

  it('is given to a program that shows its secret in the header', async () => {
    const house = await House.open()
    const authorization = `Basic ${Buffer.from('app:s3cret').toString('base64')}`
    expect((await house.redeem(await house.code(), {}, { authorization })).status).toBe(200)
  })
})

describe('a token of scope credential', () => {
  it('signs what the person was shown, once, and nothing else', async () => {
    const house = await House.open()
    const token = await house.token({ ...forSigning, description: 'คำสั่งที่ ๑' })
    expect(house.signIn.shown[0]?.signing).toEqual({
      credential: 'seal',
      count: 1,
      hashes: [one.toString('hex')],
      description: 'คำสั่งที่ ๑',
    })
    const other = { ...signing, hashes: [sha256('สอง').toString('base64')] }
    expect((await house.desk.call('v2/credentials/list', {}, token)).body.error).toBe('insufficient_scope')
    const another = { ...signing, credentialID: 'another' }
    expect((await house.desk.call('v2/signatures/signHash', another, token)).body.error_description).toBe(
      'Invalid parameter credentialID',
    )
    expect((await house.desk.call('v2/signatures/signHash', signing, token)).body.signatures).toHaveLength(1)
    expect((await house.desk.call('v2/signatures/signHash', signing, token)).status).toBe(400)
    const fresh = await house.token(forSigning)
    expect((await house.desk.call('v2/signatures/signHash', other, fresh)).body.error_description).toBe(
      'Hash is not authorized by the SAD',
    )
  })

  it('may be given as the SAD beside a token of scope service', async () => {
    const house = await House.open()
    const [service, credential] = [await house.token(), await house.token(forSigning)]
    const { status } = await house.desk.call(
      'v2/signatures/signHash',
      { ...signing, SAD: credential },
      service,
    )
    expect(status).toBe(200)
  })

  it('runs out', async () => {
    const house = await House.open()
    const token = await house.token(forSigning)
    house.time += 300_000
    expect((await house.desk.call('v2/signatures/signHash', signing, token)).status).toBe(401)
  })

  it('makes a key of our own client sign', async () => {
    const house = await House.open()
    const service = await house.token()
    const key = await cscKey({
      baseUrl: 'https://signing.example',
      credentialId: 'seal',
      token: () => service,
      authorize: async ({ hashes: [hash] }) => ({
        sad: await house.token({ ...forSigning, hashes: Buffer.from(hash ?? []).toString('base64url') }),
      }),
      post: async ({ url, headers, body }) =>
        house.desk.service({ method: 'POST', path: new URL(url).pathname, headers, body: Buffer.from(body) }),
    })
    expect(await key.sign(Buffer.from('หนังสือ'))).toHaveLength(256)
  })

  it.each([
    ['of somebody else', { credentialID: 'theirs' }, 'Invalid parameter credentialID'],
    ['that is authorised with a PIN', { credentialID: 'another' }, 'Invalid parameter credentialID'],
    ['more often than it may', { numSignatures: '5' }, 'Numbers of signatures is too high'],
    ['without digests', { hashes: '' }, 'Missing parameter hashes'],
  ])('is not given for a credential %s', async (_, change, description) => {
    const house = await House.open()
    await house.authorize({ ...pkce, ...forSigning, ...change })
    const back = await house.consent()
    expect(back.searchParams.get('code')).toBeNull()
    expect(back.searchParams.get('error_description')).toBe(description)
  })

  it('is not given for a credential that is disabled', async () => {
    const house = await House.open({ enabled: false })
    await house.authorize({ ...pkce, ...forSigning })
    expect((await house.consent()).searchParams.get('error')).toBe('access_denied')
  })
})

describe('a person', () => {
  it('who says no, or whose PIN is wrong, is sent back with that', async () => {
    const house = await House.open()
    await house.authorize(pkce)
    const back = await house.consent('000000')
    expect(back.searchParams.get('error')).toBe('access_denied')
    expect(back.searchParams.get('state')).toBe('x y')
  })

  it('decides once, and within ten minutes', async () => {
    const house = await House.open()
    await house.authorize(pkce)
    await house.consent()
    expect((await house.consent()).protocol).toBe('none:')
    await house.authorize(pkce)
    house.time += 600_000
    expect((await house.consent()).protocol).toBe('none:')
  })
})

describe('a code', () => {
  it('is used once: whoever brings it again ends the token that it gave', async () => {
    const house = await House.open()
    const code = await house.code(forSigning)
    const token = (await house.redeem(code)).body.access_token
    expect((await house.redeem(code)).body.error).toBe('invalid_grant')
    expect((await house.desk.call('v2/signatures/signHash', signing, token)).status).toBe(401)
    const service = await house.token()
    const { body } = await house.desk.call('v2/signatures/signHash', { ...signing, SAD: token }, service)
    expect(body.error_description).toBe('Invalid parameter SAD')
  })

  it('holds for a minute, for its own program', async () => {
    const house = await House.open()
    const late = await house.code()
    house.time += 60_000
    expect((await house.redeem(late)).body.error).toBe('invalid_grant')
    const stolen = await house.code()
    const thief = { client_id: 'phone', client_secret: '' }
    expect((await house.redeem(stolen, thief)).body.error).toBe('invalid_grant')
    expect((await house.redeem(stolen)).body.error).toBe('invalid_grant')
  })
})

describe('a token that is revoked', () => {
  const client = { client_id: 'app', client_secret: 's3cret' }

  it('opens nothing and signs nothing any more', async () => {
    const house = await House.open()
    const token = await house.token(forSigning)
    expect((await house.post('revoke', { ...client, token })).status).toBe(204)
    expect((await house.desk.call('v2/signatures/signHash', signing, token)).status).toBe(401)
  })

  it('is revoked by its own program only, and nobody learns whether it was there', async () => {
    const house = await House.open()
    const token = await house.token()
    expect((await house.post('revoke', { client_id: 'phone', token })).status).toBe(204)
    expect((await house.post('revoke', { ...client, token: 'nothing' })).status).toBe(204)
    expect((await house.desk.call('v2/credentials/list', {}, token)).status).toBe(200)
    expect((await house.post('revoke', client)).status).toBe(400)
  })
})
