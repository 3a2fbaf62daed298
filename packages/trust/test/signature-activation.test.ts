import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { day, TestDocumentAuthority } from './document-authority.ts'
import { ServiceDesk } from './signing-service-desk.ts'

const hashOf = (text: string) => createHash('sha256').update(text).digest('base64')
const [one, two, three] = [hashOf('หนึ่ง'), hashOf('สอง'), hashOf('สาม')]

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
    expect((await desk.sign(late, [one])).body.error_description).toBe('SAD expired')
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
    expect((await silent.call('v1/credentials/extendTransaction', parameters)).status).toBe(501)
  })

  it.each([
    ['disabled', { enabled: false }, 'The credential identified by credentialID is disabled'],
    ['revoked', { certificateStatus: 'revoked' }, 'Signing certificate is revoked or suspended'],
    ['suspended', { certificateStatus: 'suspended' }, 'Signing certificate is revoked or suspended'],
  ] as const)('is of no use once the credential is %s', async (_, change, description) => {
    const key = await (await TestDocumentAuthority.create('rsa-pkcs1-sha256')).digestKey()
    let now: object = {}
    const desk = await ServiceDesk.open({}, { credentials: async () => [{ id: 'seal', key, ...now }] })
    const sad = await desk.sad([one])
    now = change
    expect((await desk.sign(sad, [one])).body.error_description).toBe(description)
    expect((await desk.call('v1/credentials/authorize', asked)).body.error_description).toBe(description)
    now = {}
    expect((await desk.sign(sad, [one])).status).toBe(200)
  })

  it('is of no use once the certificate has expired, nor before it begins', async () => {
    const desk = await ServiceDesk.open({}, { authorizationSeconds: 40_000_000 })
    const sad = await desk.sad([one])
    desk.time += 365 * day
    expect((await desk.sign(await desk.sad([one]), [one])).status).toBe(200)
    desk.time += 1000
    expect((await desk.sign(sad, [one])).body.error_description).toBe('Signing certificate is expired')
    desk.time -= 366 * day
    expect((await desk.call('v1/credentials/authorize', asked)).body.error_description).toBe(
      'Signing certificate is not valid yet',
    )
  })

  it('of one user is spent by nobody else who learned of it', async () => {
    const key = await (await TestDocumentAuthority.create('rsa-pkcs1-sha256')).digestKey()
    const desk = await ServiceDesk.open({}, { credentials: async () => [{ id: 'seal', key }] })
    const sad = await desk.sad([one])
    const parameters = {
      credentialID: 'seal',
      SAD: sad,
      hash: [one],
      signAlgo: '1.2.840.113549.1.1.11',
    }
    const stranger = await desk.call('v1/signatures/signHash', parameters, 'somebody')
    expect(stranger.body.error_description).toBe('Invalid parameter SAD')
    expect((await desk.sign(sad, [one])).body.error_description).toBe('Invalid parameter SAD')
  })
})

const asked = { credentialID: 'seal', numSignatures: 1, hash: [one], PIN: '1234' }
