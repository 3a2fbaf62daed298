import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { day, dopa, rd, type TestOfficer } from '../officers/house.ts'
import { SigningHouse } from '../signing/house.ts'
import { outcome } from './house.ts'

let house: SigningHouse
let administrator: TestOfficer
beforeAll(async () => {
  house = await SigningHouse.start('B-B')
  administrator = await house.administrator(dopa)
})
afterAll(() => house.ground.database.drop())

describe('beginning to sign (POST /desk/signing)', () => {
  const cases: Record<string, [string, () => Promise<TestOfficer>]> = {
    'with the duty': ['done', () => house.officer(dopa, ['signer'])],
    'with the duty, acting for another': [
      'done',
      () => house.officer(dopa, [{ duty: 'signer', role: 'acting-in-post', behalf: 'ผู้อำนวยการ' }]),
    ],
    'without the duty': ['officer-duty-missing', () => house.officer(dopa, ['registrar', 'administrator'])],
    'before the duty begins': [
      'officer-duty-missing',
      () => house.officer(dopa, [{ duty: 'signer', from: '2027-06-01' }]),
    ],
    'under the appointment of somebody else': [
      'officer-duty-missing',
      async () => ({
        account: (await house.officer(rd, ['signer'])).account,
        appointment: (await house.officer(dopa, ['signer'])).appointment,
      }),
    ],
    'by nobody': [
      'officer-duty-missing',
      async () => ({ account: '00000000-0000-7000-8000-000000000000', appointment: 'x' }),
    ],
  }
  it.each(Object.entries(cases))('%s', async (_name, [expected, who]) => {
    expect(await outcome(house.begin(await who()))).toBe(expected)
  })

  it('after the duty has run out', async () => {
    const who = await house.officer(dopa, [{ duty: 'signer', till: '2026-11-22' }])
    house.ground.pass(2 * day)
    expect(await outcome(house.begin(who))).toBe('officer-duty-missing')
  })

  it('after the duty was ended', async () => {
    const who = await house.officer(dopa, ['signer'])
    const { held } = await house.officers.find(administrator, who.appointment)
    await house.officers.endDuty(administrator, who.appointment, held[0]?.id ?? '')
    expect(await outcome(house.begin(who))).toBe('officer-duty-missing')
  })
})

describe('what belongs to another officer (POST /desk/signing/confirm/:ticket, POST /desk/signing/confirm/:ticket/decline)', () => {
  it('is not confirmed by somebody else who has the ticket', async () => {
    const [one, other] = [await house.officer(dopa, ['signer']), await house.officer(dopa, ['signer'])]
    const { ticket } = await house.begin(one)
    const back = new URL(await house.signing.confirm(ticket, house.visitor(other))).searchParams
    expect([back.get('error_description'), back.has('code')]).toEqual([
      'Invalid parameter credentialID',
      false,
    ])
  })

  it('is not found: a document by its id', async () => {
    const [one, other] = [await house.officer(dopa, ['signer']), await house.officer(dopa, ['signer'])]
    const { id } = await house.begin(one)
    expect(await outcome(house.documents.find(other.account, id))).toBe('signing-document-not-found')
    expect(await outcome(house.documents.finish(other, new URLSearchParams({ state: id, code: 'x' })))).toBe(
      'signing-document-not-found',
    )
  })

  it('is not found: a key by its id, at the signing service itself', async () => {
    const [one, other] = [await house.officer(dopa, ['signer']), await house.officer(dopa, ['signer'])]
    await house.begin(one)
    await house.begin(other)
    const [key] = await house.keys.credentials(house.officers, one.account)
    const token = await serviceToken(other)
    const info = (credentialID: string | undefined) =>
      house.signing.service({
        method: 'POST',
        path: '/csc/v2/credentials/info',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: Buffer.from(JSON.stringify({ credentialID })),
      })
    const [own] = await house.keys.credentials(house.officers, other.account)
    expect((await info(own?.id)).status).toBe(200)
    const refused = await info(key?.id)
    expect([refused.status, Buffer.from(refused.body).toString()]).toEqual([
      400,
      expect.stringContaining('Invalid parameter credentialID'),
    ])
  })
})

describe('confirming on another device (POST /desk/signing/confirm/:ticket/phone, POST /desk/signing/confirm/:ticket/phone/done)', () => {
  it('is for the account whose request it is, and signs nothing with the key of another', async () => {
    const [one, other] = [await house.officer(dopa, ['signer']), await house.officer(dopa, ['signer'])]
    const { ticket } = await house.begin(one)
    await house.elsewhere.send(ticket, other.account)
    const { link = '' } = house.told.at(-1) ?? {}
    const question = link.split('/').at(-1) ?? ''
    expect(await outcome(house.elsewhere.goOn(ticket, one.account))).toBe('signing-not-confirmed')
    await house.elsewhere.decide({ ...house.visitor(other), session: 's' }, question, 'approve')
    expect(await outcome(house.elsewhere.goOn(ticket, one.account))).toBe('signing-not-confirmed')
    const back = new URL(await house.elsewhere.goOn(ticket, other.account)).searchParams
    expect([back.get('error_description'), back.has('code')]).toEqual([
      'Invalid parameter credentialID',
      false,
    ])
  })
})

/** A token of scope `service`, which another signature application would hold. */
async function serviceToken(who: TestOfficer): Promise<string> {
  const { createHash, randomBytes } = await import('node:crypto')
  const verifier = randomBytes(32).toString('base64url')
  const client = { client_id: 'sapan-desk', redirect_uri: 'http://localhost:4402/desk/signing/return' }
  const asked = new URLSearchParams({
    ...client,
    response_type: 'code',
    scope: 'service',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  })
  const { handler } = house.signing.authorization
  const begun = await handler({
    method: 'GET',
    path: '/oauth2/authorize',
    query: asked.toString(),
    headers: {},
    body: new Uint8Array(),
  })
  const ticket = begun.headers.location?.split('/').at(-1) ?? ''
  const code = new URL(await house.signing.confirm(ticket, house.visitor(who))).searchParams.get('code') ?? ''
  const form = new URLSearchParams({
    ...client,
    grant_type: 'authorization_code',
    code,
    code_verifier: verifier,
  })
  const { body } = await handler({
    method: 'POST',
    path: '/oauth2/token',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: Buffer.from(form.toString()),
  })
  return JSON.parse(Buffer.from(body).toString()).access_token
}
