import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createTimestampAuthority, readTimestamp, verifyKeySignature } from '../src/index.ts'
import { now, TestAuthority } from './authority.ts'
import { day, TestDocumentAuthority } from './document-authority.ts'
import { ServiceDesk } from './signing-service-desk.ts'

const hashOf = (text: string) => createHash('sha256').update(text).digest('base64')
const [one, two] = [hashOf('หนึ่ง'), hashOf('สอง')]

describe('a signing service (CSC API)', () => {
  it('says without a token what it is and can do', async () => {
    const desk = await ServiceDesk.open()
    const v1 = await desk.call('v1/info', {}, '')
    expect(v1.body).toMatchObject({ specs: '1.0.4.0', name: 'บริการทดสอบ', authType: ['external'] })
    const v2 = await desk.call('v2/info', {}, '')
    expect(v2.body).toMatchObject({
      specs: '2.0.0.0',
      asynchronousOperationMode: true,
      signature_formats: { formats: [], envelope_properties: [] },
      conformance_levels: [],
    })
    expect(v2.body.methods).toEqual([
      'info',
      'credentials/list',
      'credentials/info',
      'credentials/authorize',
      'signatures/signHash',
      'signatures/signPolling',
    ])
    expect(v1.body.methods).not.toContain('signatures/signPolling')
  })

  it('says what it has been given to do, and no more', async () => {
    const desk = await ServiceDesk.open({}, { asynchronous: false, oauth2: 'https://id.example' })
    const { body } = await desk.call('v2/info', {}, '')
    expect(body).toMatchObject({
      asynchronousOperationMode: false,
      authType: ['oauth2code'],
      oauth2: 'https://id.example',
    })
    expect(body.methods).toEqual(
      expect.arrayContaining(['oauth2/authorize', 'oauth2/token', 'oauth2/revoke']),
    )
    expect(body.methods).not.toContain('signatures/signPolling')
  })

  it("tells the state of a credential's certificate as it is", async () => {
    const stateAt = async (desk: ServiceDesk) =>
      (await desk.call('v2/credentials/info', { credentialID: 'seal' })).body.cert?.status
    const desk = await ServiceDesk.open()
    expect(await stateAt(desk)).toBe('valid')
    desk.time += 366 * day
    expect(await stateAt(desk)).toBe('expired')
    expect((await desk.call('v2/credentials/list', { onlyValid: true })).body).toMatchObject({
      credentialIDs: [],
    })
    expect(await stateAt(await ServiceDesk.open({ certificateStatus: 'revoked' }))).toBe('revoked')
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
    expect(v2.auth).toMatchObject({
      mode: 'explicit',
      expression: 'PIN AND OTP',
      objects: [
        { type: 'Password', id: 'PIN' },
        { type: 'ChallengeResponse', id: 'OTP' },
      ],
    })
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
