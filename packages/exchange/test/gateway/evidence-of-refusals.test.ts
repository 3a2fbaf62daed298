import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Country, startAgencies } from './agencies.ts'
import type { TestGateway } from './country.ts'
import { answerPerson, somebody } from './register.ts'
import { codeOf, craft, header, sendTo } from './wire.ts'

let country: Country

beforeAll(async () => {
  country = await startAgencies()
})
afterAll(() => country?.stop())
beforeEach(() => {
  country.register.answering = answerPerson
})

async function records({ pool }: TestGateway, exchange: string | undefined) {
  const { rows } = await pool.query(
    `select kind, status, problem, operation, client, peer from evidence.whole_record
     where exchange = $1 order by kind desc`,
    [exchange],
  )
  return rows
}

async function count({ pool }: TestGateway): Promise<number> {
  const { rows } = await pool.query('select count(*)::int as n from evidence.record')
  return rows[0]?.n ?? 0
}

async function send(crafted: Parameters<typeof craft>[1]) {
  const message = craft(country, crafted)
  const answer = await sendTo(country.dopa.peer, country.rd.membership.tls(), message)
  return { code: codeOf(answer), exchange: header(message, 'sapan-exchange') }
}

describe('a refusal of a message that is proven to be its sender’s', () => {
  it.each([
    ['no-grant', { fields: { 'sapan-grant': '0'.repeat(64) } }],
    ['operation-unknown', { path: '/nothing' }],
    ['query-not-granted', { path: '/persons?born=1980' }],
    ['purpose-not-granted', { fields: { 'sapan-purpose': 'curiosity' } }],
  ])('is kept by the provider: %s', async (code, crafted) => {
    const sent = await send(crafted)
    expect(sent.code).toBe(code)
    const common = { client: 'TH/GOV/RD/main', peer: 'TH/GOV/RD' }
    expect(await records(country.dopa, sent.exchange)).toEqual([
      expect.objectContaining({ ...common, kind: 'request', problem: null }),
      expect.objectContaining({ ...common, kind: 'answer', problem: code }),
    ])
  })

  it('is kept by both sides where the consumer could not see it coming', async () => {
    country.register.answering = (request) => request.socket.destroy()
    const answer = await country.ask(`/persons/${somebody}`)
    const exchange = answer.headers.get('sapan-exchange') ?? ''
    for (const gateway of [country.rd, country.dopa]) {
      expect(await records(gateway, exchange)).toEqual([
        expect.objectContaining({ kind: 'request' }),
        expect.objectContaining({ kind: 'answer', status: 502, problem: 'provider-connection-lost' }),
      ])
    }
  })

  it('shows on the person’s side that nothing was handed over', async () => {
    country.register.answering = (request) => request.socket.destroy()
    const answer = await country.ask(`/persons/${somebody}`)
    const { pool } = country.dopa
    const { rows } = await pool.query(
      `select fields from evidence.record where exchange = $1 and kind = 'answer'`,
      [answer.headers.get('sapan-exchange')],
    )
    expect(rows[0]?.fields).toBe('[]')
  })
})

describe('what proves nothing about anybody is not kept', () => {
  it.each([
    ['signature-key-unknown', { speaker: 'nobody' }],
    ['message-stale', { created: Math.floor(Date.now() / 1000) - 600 }],
    ['message-from-future', { created: Math.floor(Date.now() / 1000) + 600 }],
    ['signature-invalid', { fields: { 'sapan-sender': 'TH/GOV/DOPA' } }],
    ['message-for-another', { fields: { 'sapan-receiver': 'TH/GOV/RD' } }],
  ])('%s', async (code, crafted) => {
    const before = await count(country.dopa)
    const [own] = country.rd.membership.signers()
    if (!own) throw new Error('RD has no signer')
    const speaker = { signer: own.signer, keyId: '0'.repeat(64) }
    const sent = await send('speaker' in crafted ? { speaker } : crafted)
    expect(sent.code).toBe(code)
    expect(await count(country.dopa)).toBe(before)
  })

  it('nor a message that was replayed: what it said is kept already', async () => {
    const message = craft(country)
    await sendTo(country.dopa.peer, country.rd.membership.tls(), message)
    const before = await count(country.dopa)
    const again = await sendTo(country.dopa.peer, country.rd.membership.tls(), message)
    expect([codeOf(again), await count(country.dopa)]).toEqual(['message-replayed', before])
  })

  it('nor a call that never left the consumer’s gateway', async () => {
    const before = await count(country.rd)
    await country.ask('/nothing')
    await country.ask('/persons?born=1980')
    expect(await count(country.rd)).toBe(before)
  })
})

describe('evidence of an exchange', () => {
  it('whose number a dishonest consumer used before stays as it was', async () => {
    const message = craft(country)
    const first = await sendTo(country.dopa.peer, country.rd.membership.tls(), message)
    expect(first.status).toBe(200)
    const exchange = header(message, 'sapan-exchange')
    const before = await records(country.dopa, exchange)
    const sent = await send({ fields: { 'sapan-exchange': exchange }, path: '/persons/9999999999999' })
    expect(sent.code).toBe('message-replayed')
    const refused = await send({ fields: { 'sapan-exchange': exchange }, path: '/nothing' })
    expect(refused.code).toBe('evidence-duplicate')
    expect(await records(country.dopa, exchange)).toEqual(before)
  })

  it('names no person in clear', async () => {
    await country.ask(`/persons/${somebody}`)
    for (const { pool } of [country.rd, country.dopa]) {
      const { rows } = await pool.query('select * from evidence.whole_record')
      const clear = rows.map(({ content: _, ...rest }) => rest)
      expect(JSON.stringify(clear)).not.toContain(somebody)
      for (const { content } of rows) expect(content.includes(somebody)).toBe(false)
    }
  })
})
