import { randomUUID } from 'node:crypto'
import { generateSigner } from '@sapan/trust'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ShownAccess, signSubjectToken, verifyExport } from '../../src/index.ts'
import { type Country, client, startAgencies } from './agencies.ts'
import { answerPerson, somebody } from './register.ts'

const issuer = 'https://id.example'
const identity = generateSigner('ecdsa-p256-sha256')
const person = '3000000000111'
let country: Country

beforeAll(async () => {
  const jwk = { ...identity.publicKey.export({ format: 'jwk' }) }
  country = await startAgencies({ country: { subjectTokens: [{ issuer, jwk }] } })
})
afterAll(() => country?.stop())

const rd = 'TH/GOV/RD/gateway-1'
const dopa = 'TH/GOV/DOPA/gateway-1'

function token(audience: string, subject = person): string {
  const claims = { issuer, subject, audience, tokenId: randomUUID() }
  return signSubjectToken(claims, { signer: identity, now: Date.now() })
}

/** As the page of a person asks, whose system stands behind RD's gateway. */
async function door(
  path: string,
  body?: object,
  headers: Record<string, string> = { 'x-road-client': client },
) {
  const answer = await fetch(`${country.rd.edge}/sapan/v1/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const bytes = Buffer.from(await answer.arrayBuffer())
  const isJson = answer.headers.get('content-type')?.includes('json') === true
  return { status: answer.status, bytes, json: isJson ? JSON.parse(bytes.toString()) : undefined }
}

async function accesses(gateway: string, subject = person): Promise<ShownAccess[]> {
  const { json } = await door('usage', { gateway, token: token(gateway, subject) })
  return json.accesses
}

describe('the door for a person’s page', () => {
  it('tells which operators there are to be asked, and for whom each speaks', async () => {
    const { json } = await door('operators')
    expect(json.operators).toContainEqual({
      owner: 'TH/GOV/DOPA',
      gateways: [dopa],
      members: [{ id: 'TH/GOV/DOPA', name: { th: 'DOPA', en: 'DOPA' } }],
    })
  })

  it('asks another member’s gateway, and its own, each with a token of its own', async () => {
    await country.ask(`/persons/${person}`)
    for (const [gateway, side] of [
      [rd, 'consumer'],
      [dopa, 'provider'],
    ] as const) {
      const [access] = await accesses(gateway)
      expect(access).toMatchObject({ operation: 'getPerson', side, actor: null, consent: null })
    }
  })

  it('passes on what the other gateway refuses', async () => {
    const used = token(dopa)
    await door('usage', { gateway: dopa, token: used })
    const again = await door('usage', { gateway: dopa, token: used })
    expect([again.status, again.json.code]).toEqual([409, 'message-replayed'])
    const wrong = await door('usage', { gateway: dopa, token: token(rd) })
    expect([wrong.status, wrong.json.code]).toEqual([401, 'subject-token-invalid'])
  })

  it('is for the member’s own systems, and knows no gateway that the directory does not', async () => {
    const question = { gateway: dopa, token: token(dopa) }
    expect((await door('usage', question, {})).json.code).toBe('client-header-missing')
    expect((await door('usage', question, { 'x-road-client': 'TH/GOV/DOPA/main' })).json.code).toBe(
      'client-unknown',
    )
    expect((await door('usage', { ...question, gateway: 'TH/GOV/XX/gateway-1' })).json.code).toBe(
      'gateway-unknown',
    )
    expect((await door('usage', { token: 7 })).json.code).toBe('request-invalid')
  })
})

describe('the proof of one access', () => {
  const proofOf = async (gateway: string, { exchange, member, side }: ShownAccess, subject = person) =>
    door('usage-proof', { gateway, token: token(gateway, subject), exchange, member, side })

  it('is the whole evidence where nobody else was concerned, and verifies offline', async () => {
    await country.ask(`/persons/${person}`)
    for (const gateway of [rd, dopa]) {
      const [access] = await accesses(gateway)
      if (!access) throw new Error('no access')
      const { bytes } = await proofOf(gateway, access)
      const report = verifyExport(bytes, { roots: [country.rootFingerprint] })
      expect(report.findings.filter(({ passed }) => !passed)).toEqual([])
      expect([report.valid, bytes.includes('answer.body')]).toEqual([true, true])
    }
  })

  it('is without what was said where others were concerned too, and still verifies', async () => {
    const other = '3000000000222'
    country.register.answering = (_request, response) => {
      const persons = [{ nationalId: person }, { nationalId: other }]
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ persons }))
    }
    await country.ask('/persons?family=a')
    country.register.answering = answerPerson
    const [access] = await accesses(dopa)
    if (!access) throw new Error('no access')
    expect(access.operation).toBe('findPersons')
    const { bytes } = await proofOf(dopa, access)
    expect(bytes.includes(other)).toBe(false)
    const report = verifyExport(bytes, { roots: [country.rootFingerprint] })
    expect(report.findings.filter(({ passed }) => !passed)).toEqual([])
    expect(report.findings.map(({ check }) => check)).toContain('left-out')
  })

  it('is given to nobody else, as if there were none', async () => {
    await country.ask(`/persons/${person}`)
    const [access] = await accesses(dopa)
    if (!access) throw new Error('no access')
    const { status, json } = await proofOf(dopa, access, somebody)
    expect([status, json.code]).toEqual([404, 'exchange-unknown'])
  })
})
