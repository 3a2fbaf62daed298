import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ServiceDesk } from './signing-service-desk.ts'

const one = createHash('sha256').update('หนึ่ง').digest('base64')
const authorization = { credentialID: 'seal', numSignatures: 1, hash: [one], PIN: '1234' }

describe('a request that is not one of the API', () => {
  it('no token, and one that is none', async () => {
    const desk = await ServiceDesk.open()
    for (const [token, challenge] of [
      ['', 'Bearer'],
      ['nobody', 'Bearer error="invalid_token"'],
    ]) {
      const answer = await desk.call('v1/credentials/list', {}, token)
      expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_token' } })
      expect(answer.headers['www-authenticate']).toBe(challenge)
    }
  })

  it('a token in another form, of another scheme, or in another place', async () => {
    const desk = await ServiceDesk.open()
    const type = { 'content-type': 'application/json' }
    const path = '/csc/v1/credentials/list'
    for (const authorization of [
      'officer',
      'Basic officer',
      'Bearer ???',
      'Bearer officer officer',
      'Bearer',
    ]) {
      const answer = await desk.request({ path, headers: { ...type, authorization } })
      expect(answer).toMatchObject({
        status: 400,
        body: { error_description: 'Malformed authorization header' },
      })
    }
    const elsewhere = { access_token: 'officer', token: 'officer' }
    expect((await desk.call('v1/credentials/list', elsewhere, '')).status).toBe(401)
    expect((await desk.request({ path, query: 'access_token=officer', headers: type })).status).toBe(401)
  })

  it('fields that are not known, and names of objects’ own parts, change nothing', async () => {
    const desk = await ServiceDesk.open()
    const odd =
      '{"__proto__":{"credentialID":"another","maxResults":1},"constructor":{"prototype":{"a":1}},"x":[1]}'
    expect((await desk.call('v1/credentials/list', odd)).body).toEqual({ credentialIDs: ['seal', 'another'] })
    expect((await desk.call('v1/credentials/info', odd)).status).toBe(400)
    expect(Object.keys(Object.prototype)).toEqual([])
  })

  it('letters of another code than UTF-8, said and unsaid', async () => {
    const desk = await ServiceDesk.open()
    const ask = (type: string, body: Buffer) =>
      desk.request({
        path: '/csc/v1/credentials/list',
        headers: { authorization: 'Bearer officer', 'content-type': type },
        body,
      })
    const plain = Buffer.from('{}')
    for (const type of ['application/json; charset=tis-620', 'application/json;charset="utf-16"']) {
      expect((await ask(type, plain)).status).toBe(415)
    }
    for (const type of ['Application/JSON; charset=UTF-8', 'application/json;charset="utf-8"; v=1']) {
      expect((await ask(type, plain)).status).toBe(200)
    }
    expect((await ask('application/json', Buffer.from('{"x":"\xa1"}', 'latin1'))).status).toBe(400)
    expect((await ask('application/json', Buffer.from('{}', 'utf16le'))).status).toBe(400)
  })

  it('a credential that is disabled signs nothing', async () => {
    const desk = await ServiceDesk.open({ enabled: false })
    const { body } = await desk.call('v1/credentials/authorize', authorization)
    expect(body.error_description).toBe('The credential identified by credentialID is disabled')
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
        fc.constantFrom(...methods, 'signatures/signHash', 'signatures/signPolling'),
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
