import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTimestampAuthority, readTimestamp, verifyKeySignature } from '../src/index.ts'
import { now, TestAuthority } from './authority.ts'
import { TestDocumentAuthority } from './document-authority.ts'
import { ServiceDesk } from './signing-service-desk.ts'

const hashOf = (text: string) => createHash('sha256').update(text).digest('base64')
const [one, two, three] = [hashOf('หนึ่ง'), hashOf('สอง'), hashOf('สาม')]

describe('a signing service (CSC API)', () => {
  it('says without a token what it is and can do', async () => {
    const desk = await ServiceDesk.open()
    const v1 = await desk.call('v1/info', {}, '')
    expect(v1.body).toMatchObject({ specs: '1.0.4.0', name: 'บริการทดสอบ', authType: ['external'] })
    const v2 = await desk.call('v2/info', {}, '')
    expect(v2.body).toMatchObject({ specs: '2.0.0.0', asynchronousOperationMode: false })
    expect(v2.body.methods).toEqual([
      'info',
      'credentials/list',
      'credentials/info',
      'credentials/authorize',
      'signatures/signHash',
    ])
  })

  it("lists a user's own credentials, page by page where asked", async () => {
    const desk = await ServiceDesk.open()
    const list = (parameters: object, token?: string) => desk.call('v1/credentials/list', parameters, token)
    expect((await list({})).body).toEqual({ credentialIDs: ['seal', 'another'] })
    expect((await list({ maxResults: 1 })).body).toEqual({ credentialIDs: ['seal'], nextPageToken: '1' })
    expect((await list({ maxResults: 1, pageToken: '1' })).body).toEqual({ credentialIDs: ['another'] })
    expect((await list({}, 'somebody')).body).toEqual({ credentialIDs: [] })
  })

  it('tells of a credential in the words of v1 and of v2', async () => {
    const desk = await ServiceDesk.open({ otp: { type: 'online' } })
    const asked = { credentialID: 'seal', certificates: 'chain', certInfo: true, authInfo: true }
    const { body: v1 } = await desk.call('v1/credentials/info', asked)
    expect(v1).toMatchObject({
      authMode: 'explicit',
      SCAL: '2',
      multisign: 4,
      key: { status: 'enabled', len: 2048 },
    })
    expect(v1.PIN).toMatchObject({ presence: 'true', format: 'N' })
    expect(v1.OTP).toMatchObject({ presence: 'true', type: 'online' })
    expect(v1.cert?.certificates).toHaveLength(3)
    expect(v1.cert?.subjectDN).toMatch(/^CN=.*,C=TH$/s)
    expect(v1.cert?.validFrom).toMatch(/^\d{14}Z$/)
    const { body: v2 } = await desk.call('v2/credentials/info', asked)
    expect(v2.auth).toMatchObject({ mode: 'explicit', expression: 'PIN AND OTP' })
    expect(v2.authMode).toBeUndefined()
    const { body: listed } = await desk.call('v2/credentials/list', { credentialInfo: true })
    expect(listed.credentialInfos?.[0]).toMatchObject({ credentialID: 'seal', SCAL: '2' })
  })

  it('signs digests that the signer authorised, and the signature verifies', async () => {
    const desk = await ServiceDesk.open()
    const { status, body } = await desk.sign(await desk.sad([one, two]), [one, two])
    expect(status).toBe(200)
    const { publicKey } = await (await TestDocumentAuthority.create('rsa-pkcs1-sha256')).digestKey()
    const holds = ['หนึ่ง', 'สอง'].map((text, at) => {
      const signature = Buffer.from(body.signatures?.[at] ?? '', 'base64')
      return verifyKeySignature('rsa-pkcs1-sha256', publicKey, Buffer.from(text), signature)
    })
    expect(holds).toEqual([true, true])
  })

  it('shows the signer the digests, their number and the description', async () => {
    const desk = await ServiceDesk.open()
    await desk.call('v2/credentials/authorize', {
      credentialID: 'seal',
      numSignatures: 2,
      hashes: [one],
      hashAlgorithmOID: '2.16.840.1.101.3.4.2.1',
      authData: [{ id: 'PIN', value: '1234' }],
      description: 'คำสั่งที่ ๑',
    })
    expect(desk.asked).toMatchObject([{ user: 'officer', count: 2, description: 'คำสั่งที่ ๑', pin: '1234' }])
    expect(desk.asked[0]?.hashes).toEqual([Buffer.from(one, 'base64')])
  })

  it('records who authorised and signed what, without PIN and SAD', async () => {
    const desk = await ServiceDesk.open()
    const sad = await desk.sad([one])
    await desk.sign(sad, [one])
    expect(desk.events.map(({ kind }) => kind)).toEqual(['authorized', 'signed'])
    expect(desk.events[1]?.hashes).toEqual([Buffer.from(one, 'base64').toString('hex')])
    expect(JSON.stringify(desk.events)).not.toMatch(`1234|${sad}`)
  })

  it('stamps a digest with the time', async () => {
    const ca = new TestAuthority()
    const authority = createTimestampAuthority({
      ...ca.issue({ profile: 'timestamping' }),
      chain: ca.chain,
      clock: () => now,
      policy: '1.2.3',
      nextSerial: () => 1n,
    })
    const desk = await ServiceDesk.open({}, { timestamp: (request) => authority.respond(request) })
    const asked = { hash: one, hashAlgo: '2.16.840.1.101.3.4.2.1', nonce: 'c0ffee' }
    const { body } = await desk.call('v2/signatures/timestamp', asked)
    const stamp = readTimestamp(Buffer.from(body.timestamp ?? '', 'base64'))
    expect(stamp).toMatchObject({ at: now, nonce: 0xc0ffeen })
    expect(stamp.digest.toString('base64')).toBe(one)
    const bad = await desk.call('v2/signatures/timestamp', { ...asked, nonce: 'coffee' })
    expect(bad.body.error_description).toBe('Invalid parameter nonce')
  })
})

describe('signature activation data', () => {
  it('is bound to its digests', async () => {
    const desk = await ServiceDesk.open()
    const { body } = await desk.sign(await desk.sad([one]), [two])
    expect(body.error_description).toBe('Hash is not authorized by the SAD')
    const twice = await desk.sign(await desk.sad([one, two]), [one, one])
    expect(twice.body.error_description).toBe('Hash is not authorized by the SAD')
  })

  it('is used once, also when it failed, and by one of two at the same time', async () => {
    const desk = await ServiceDesk.open()
    const sad = await desk.sad([one])
    const both = await Promise.all([desk.sign(sad, [one]), desk.sign(sad, [one])])
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 400])
    const failed = await desk.sad([one])
    await desk.sign(failed, [two])
    expect((await desk.sign(failed, [one])).body.error_description).toBe('Invalid parameter SAD')
  })

  it('is not used up by a request that was malformed', async () => {
    const desk = await ServiceDesk.open()
    const sad = await desk.sad([one])
    expect((await desk.sign(sad, ['no Base64'])).status).toBe(400)
    expect((await desk.sign(sad, [one], { signAlgo: '1.2.3' })).status).toBe(400)
    expect((await desk.sign(sad, [one])).status).toBe(200)
  })

  it('holds for five minutes', async () => {
    const desk = await ServiceDesk.open()
    const [early, late] = [await desk.sad([one]), await desk.sad([one])]
    desk.time += 299_999
    expect((await desk.sign(early, [one])).status).toBe(200)
    desk.time += 1
    expect((await desk.sign(late, [one])).body.error_description).toBe('The SAD has expired')
  })

  it('is of no use to another user, nor with another credential', async () => {
    const key = await (await TestDocumentAuthority.create('rsa-pkcs1-sha256')).digestKey()
    const desk = await ServiceDesk.open(
      {},
      {
        credentials: async () => [
          { id: 'seal', key },
          { id: 'another', key },
        ],
      },
    )
    const asked = { credentialID: 'seal', hash: [one], signAlgo: '1.2.840.113549.1.1.11' }
    const refused = async (more: object, token: string) => {
      const parameters = { ...asked, SAD: await desk.sad([one]), ...more }
      return (await desk.call('v1/signatures/signHash', parameters, token)).body.error_description
    }
    expect(await refused({ credentialID: 'another' }, 'officer')).toBe('Invalid parameter SAD')
    expect(await refused({}, 'somebody')).toBe('Invalid parameter SAD')
    expect(await refused({}, 'officer')).toBeUndefined()
  })

  it('covers no more signatures than were authorised', async () => {
    const desk = await ServiceDesk.open({ scal: '1' })
    const asked = { credentialID: 'seal', numSignatures: 1, PIN: '1234' }
    const { body } = await desk.call('v1/credentials/authorize', asked)
    const answer = await desk.sign(body.SAD, [one, two])
    expect(answer.body.error_description).toBe('Numbers of signatures is too high')
  })

  it('is extended as far as the number goes, where the house allows it', async () => {
    const desk = await ServiceDesk.open({}, { extend: async () => 'granted' })
    const sad = await desk.sad([one], 2)
    expect((await desk.sign(sad, [one])).status).toBe(200)
    const extend = (used: string | undefined, hash: string) =>
      desk.call('v1/credentials/extendTransaction', { credentialID: 'seal', SAD: used, hash: [hash] })
    const { body } = await extend(sad, two)
    expect((await desk.sign(body.SAD, [two])).status).toBe(200)
    expect((await extend(body.SAD, three)).body.error).toBe('invalid_request')
    expect((await extend(sad, three)).body.error).toBe('invalid_request')
  })

  it('is not extended where the house says no, and where it says nothing', async () => {
    const strict = await ServiceDesk.open({}, { extend: async () => 'denied' })
    const parameters = { credentialID: 'seal', SAD: await strict.sad([one], 2), hash: [two] }
    expect((await strict.call('v1/credentials/extendTransaction', parameters)).body.error).toBe(
      'access_denied',
    )
    const silent = await ServiceDesk.open()
    expect((await silent.call('v1/credentials/extendTransaction', parameters)).status).toBe(404)
  })
})

describe('PIN and OTP', () => {
  it('a wrong PIN is refused, and after five the credential is closed for fifteen minutes', async () => {
    const desk = await ServiceDesk.open()
    const authorize = (PIN: string) =>
      desk.call('v1/credentials/authorize', { credentialID: 'seal', numSignatures: 1, hash: [one], PIN })
    for (let attempt = 0; attempt < 5; attempt++) {
      expect((await authorize('0000')).body.error).toBe('invalid_pin')
    }
    expect((await authorize('1234')).body.error).toBe('access_denied')
    desk.time += 15 * 60_000
    expect((await authorize('1234')).status).toBe(200)
    expect(desk.events.filter(({ kind }) => kind === 'refused')).toHaveLength(5)
  })

  it('a hundred PINs at the same time are five', async () => {
    const desk = await ServiceDesk.open()
    const tries = Array.from({ length: 100 }, (_, at) => {
      const asked = { credentialID: 'seal', numSignatures: 1, hash: [one], PIN: String(at).padStart(4, '0') }
      return desk.call('v1/credentials/authorize', asked)
    })
    await Promise.all(tries)
    expect(desk.asked).toHaveLength(5)
  })

  it('an OTP is sent where the credential has one that is sent', async () => {
    const sent: string[] = []
    const sendOtp = async (user: string) => {
      sent.push(user)
    }
    const desk = await ServiceDesk.open({ otp: { type: 'online' } }, { sendOtp })
    expect(await desk.call('v1/credentials/sendOTP', { credentialID: 'seal' })).toMatchObject({ status: 204 })
    expect(sent).toEqual(['officer'])
    const other = await desk.call('v1/credentials/sendOTP', { credentialID: 'another' })
    expect(other.body.error).toBe('invalid_request')
  })

  it('a signer who says no is told apart from a wrong PIN', async () => {
    const desk = await ServiceDesk.open({}, { authorize: async () => 'denied' })
    const asked = { credentialID: 'seal', numSignatures: 1, hash: [one], PIN: '1234' }
    expect(await desk.call('v1/credentials/authorize', asked)).toMatchObject({
      status: 403,
      body: { error: 'access_denied' },
    })
  })
})

describe('bad input has its own answer', () => {
  const authorization = { credentialID: 'seal', numSignatures: 1, hash: [one], PIN: '1234' }
  const signature = { credentialID: 'seal', SAD: 'x', hash: [one], signAlgo: '1.2.840.113549.1.1.11' }
  const cases: [string, string, unknown, string][] = [
    ['no credential', 'v1/credentials/info', {}, 'Missing (or invalid type) string parameter credentialID'],
    [
      'a number for one',
      'v1/credentials/info',
      { credentialID: 7 },
      'Missing (or invalid type) string parameter credentialID',
    ],
    ["somebody else's", 'v1/credentials/info', { credentialID: 'nobody' }, 'Invalid parameter credentialID'],
    [
      'certificates of no kind',
      'v1/credentials/info',
      { credentialID: 'seal', certificates: 'all' },
      'Invalid parameter certificates',
    ],
    [
      'a text for yes or no',
      'v1/credentials/info',
      { credentialID: 'seal', certInfo: 'yes' },
      'Missing (or invalid type) boolean parameter certInfo',
    ],
    ['no page', 'v1/credentials/list', { pageToken: '../..' }, 'Invalid parameter pageToken'],
    ['pages of none', 'v1/credentials/list', { maxResults: 0 }, 'Invalid parameter maxResults'],
    ["somebody else's list", 'v2/credentials/list', { userID: 'somebody' }, 'Invalid parameter userID'],
    [
      'no number',
      'v1/credentials/authorize',
      { ...authorization, numSignatures: '1' },
      'Missing (or invalid type) integer parameter numSignatures',
    ],
    [
      'none to sign',
      'v1/credentials/authorize',
      { ...authorization, numSignatures: 0 },
      'Invalid value for parameter numSignatures',
    ],
    [
      'too many to sign',
      'v1/credentials/authorize',
      { ...authorization, numSignatures: 5 },
      'Numbers of signatures is too high',
    ],
    [
      'more digests than signatures',
      'v1/credentials/authorize',
      { ...authorization, hash: [one, two] },
      'Invalid value for parameter numSignatures',
    ],
    [
      'no digests under SCAL2',
      'v1/credentials/authorize',
      { ...authorization, hash: undefined },
      'The credential has SCAL2: the hashes to be signed must be given',
    ],
    ['an empty list', 'v1/credentials/authorize', { ...authorization, hash: [] }, 'Empty hash array'],
    [
      'a text for a list',
      'v1/credentials/authorize',
      { ...authorization, hash: one },
      'Missing (or invalid type) array parameter hash',
    ],
    [
      'no Base64',
      'v1/credentials/authorize',
      { ...authorization, hash: ['@@'] },
      'Invalid Base64 hash string parameter',
    ],
    [
      'no PIN',
      'v1/credentials/authorize',
      { ...authorization, PIN: undefined },
      'Missing (or invalid type) string parameter PIN',
    ],
    [
      'factors of no form',
      'v2/credentials/authorize',
      { ...authorization, hashes: [one], authData: ['1234'] },
      'Invalid parameter authData',
    ],
    [
      'no SAD',
      'v1/signatures/signHash',
      { ...signature, SAD: '' },
      'Missing (or invalid type) string parameter SAD',
    ],
    ['a SAD that is none', 'v1/signatures/signHash', signature, 'Invalid parameter SAD'],
    [
      'no digests to sign',
      'v1/signatures/signHash',
      { ...signature, hash: undefined },
      'Missing (or invalid type) array parameter hash',
    ],
    [
      'no algorithm',
      'v1/signatures/signHash',
      { ...signature, signAlgo: undefined },
      'Missing (or invalid type) string parameter signAlgo',
    ],
    [
      "another key's algorithm",
      'v1/signatures/signHash',
      { ...signature, signAlgo: '1.2.840.10045.4.3.2' },
      'Invalid parameter signAlgo',
    ],
    [
      'RSA without a digest',
      'v1/signatures/signHash',
      { ...signature, signAlgo: '1.2.840.113549.1.1.1' },
      'Missing (or invalid type) string parameter hashAlgo',
    ],
    [
      'PSS without parameters',
      'v1/signatures/signHash',
      { ...signature, signAlgo: '1.2.840.113549.1.1.10' },
      'Missing (or invalid type) string parameter signAlgoParams',
    ],
    [
      'PSS with broken ones',
      'v1/signatures/signHash',
      { ...signature, signAlgo: '1.2.840.113549.1.1.10', signAlgoParams: 'MAA=' },
      'Invalid parameter signAlgoParams',
    ],
    [
      'an unknown digest',
      'v1/signatures/signHash',
      { ...signature, hashAlgo: '1.3.14.3.2.26' },
      'Invalid parameter hashAlgo',
    ],
    [
      'two digests',
      'v1/signatures/signHash',
      { ...signature, hashAlgo: '2.16.840.1.101.3.4.2.3' },
      'Invalid parameter hashAlgo',
    ],
    [
      'a digest of another length',
      'v1/signatures/signHash',
      { ...signature, hash: ['AAAA'] },
      'Invalid digest value length',
    ],
    [
      'later answers',
      'v2/signatures/signHash',
      { ...signature, hashes: [one], operationMode: 'A' },
      'Invalid parameter operationMode: this service answers synchronously',
    ],
    ['no JSON', 'v1/credentials/list', '{', 'The request body must be a JSON object'],
    ['a list for an object', 'v1/credentials/list', '[]', 'The request body must be a JSON object'],
  ]

  it.each(cases)('%s: %s', async (_, method, parameters, description) => {
    const { status, body } = await (await ServiceDesk.open()).call(method, parameters)
    expect(status).toBe(400)
    expect(body.error).toBe('invalid_request')
    expect(body.error_description).toBe(description)
    expect(body.error_description_th).toMatch(/[ก-๙]{3}/)
  })

  it('no token, a token that is none, and one of another scheme', async () => {
    const desk = await ServiceDesk.open()
    for (const token of ['', 'nobody', '???']) {
      const answer = await desk.call('v1/credentials/list', {}, token)
      expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_token' } })
      expect(answer.headers['www-authenticate']).toMatch(/^Bearer/)
    }
  })

  it('another method, path, version, or type of content', async () => {
    const desk = await ServiceDesk.open()
    const headers = { authorization: 'Bearer officer', 'content-type': 'text/plain' }
    const status = async (request: object) => (await desk.request({ headers, ...request })).status
    expect(await status({ method: 'GET', path: '/csc/v1/info' })).toBe(405)
    expect(await status({ path: '/csc/v3/info' })).toBe(404)
    expect(await status({ path: '/csc/v1/credentials/constructor' })).toBe(404)
    expect(await status({ path: '/csc/v1/credentials/list', body: Buffer.from('{}') })).toBe(415)
  })

  it('a credential that is disabled signs nothing', async () => {
    const desk = await ServiceDesk.open({ enabled: false })
    const { body } = await desk.call('v1/credentials/authorize', authorization)
    expect(body.error_description).toBe('The credential is disabled')
    const info = await desk.call('v1/credentials/info', { credentialID: 'seal' })
    expect(info.body.key?.status).toBe('disabled')
  })

  it('whatever JSON comes, it is no fault', async () => {
    const desk = await ServiceDesk.open()
    const methods = ['info', 'list', 'authorize'].map((name) =>
      name === 'info' ? name : `credentials/${name}`,
    )
    const names = ['credentialID', 'SAD', 'hash', 'hashes', 'signAlgo', 'numSignatures', 'authData', 'PIN']
    const body = fc.dictionary(
      fc.constantFrom(...names),
      fc.oneof(fc.jsonValue(), fc.constant('seal'), fc.constant([one])),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...methods, 'signatures/signHash'),
        body,
        async (method, parameters) => {
          const { status } = await desk.call(`v2/${method}`, parameters)
          return status < 500
        },
      ),
      { numRuns: 300 },
    )
    expect(desk.faults).toEqual([])
  })
})

describe('when the house has a fault', () => {
  it('the caller learns that nothing was signed, and no more', async () => {
    const fails = async () => {
      throw new Error('password=hunter2')
    }
    const desk = await ServiceDesk.open({}, { authorize: fails })
    const asked = { credentialID: 'seal', numSignatures: 1, hash: [one], PIN: '1234' }
    const answer = await desk.call('v1/credentials/authorize', asked)
    expect(answer).toMatchObject({ status: 500, body: { error: 'server_error' } })
    expect(JSON.stringify(answer)).not.toContain('hunter2')
    expect(desk.faults).toHaveLength(1)
  })

  it('a record that cannot be written keeps the signature back', async () => {
    const desk = await ServiceDesk.open(
      {},
      {
        record: ({ kind }) => {
          if (kind === 'signed') throw new Error('disk full')
        },
      },
    )
    const answer = await desk.sign(await desk.sad([one]), [one])
    expect(answer.status).toBe(500)
    expect(answer.body.signatures).toBeUndefined()
  })
})
