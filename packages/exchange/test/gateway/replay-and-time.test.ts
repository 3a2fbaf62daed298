import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { ClockWatch } from '../../src/gateway/clock-watch.ts'
import { SeenMessages } from '../../src/gateway/seen-messages.ts'
import { type Country, startAgencies } from './agencies.ts'
import { somebody } from './register.ts'
import { codeOf, craft, sendTo, type WireMessage } from './wire.ts'

let country: Country
let skew = 0

beforeAll(async () => {
  country = await startAgencies({ rd: { clock: () => Date.now() + skew } })
})
afterAll(() => country?.stop())
beforeEach(() => {
  skew = 0
  country.register.asked.length = 0
})

const seconds = () => Math.floor(Date.now() / 1000)

function send(message: Omit<WireMessage, 'status'>, to = country.dopa.peer): Promise<WireMessage> {
  return sendTo(to, country.rd.membership.tls(), message)
}

async function codeFor(crafted: Parameters<typeof craft>[1]): Promise<string> {
  return codeOf(await send(craft(country, crafted)))
}

describe('a message', () => {
  it('and its answer tell either gateway of the other’s clock, also where they come too far from the future', async () => {
    const hear = vi.spyOn(ClockWatch.prototype, 'hear')
    onTestFinished(() => hear.mockRestore())
    expect((await country.ask(`/persons/${somebody}`)).status).toBe(200)
    const second = expect.closeTo(seconds(), -1)
    expect(hear.mock.calls).toEqual([
      ['TH/GOV/RD/gateway-1', second],
      ['TH/GOV/DOPA/gateway-1', second],
    ])
    skew = 60_000
    await country.ask(`/persons/${somebody}`)
    expect(hear.mock.calls[2]).toEqual(['TH/GOV/RD/gateway-1', expect.closeTo(seconds() + 60, -1)])
  })

  it('is answered once, however often it is sent', async () => {
    const message = craft(country)
    expect((await send(message)).status).toBe(200)
    const again = await send(message)
    expect([again.status, codeOf(again)]).toEqual([409, 'message-replayed'])
    expect(country.register.asked.length).toBe(1)
  })

  it('sent many times at once is answered once', async () => {
    const message = craft(country)
    const answers = await Promise.all(Array.from({ length: 12 }, () => send(message)))
    expect(answers.filter(({ status }) => status === 200).length).toBe(1)
    expect(answers.filter((answer) => codeOf(answer) === 'message-replayed').length).toBe(11)
    expect(country.register.asked.length).toBe(1)
  })

  it('is answered once by all gateways of the operator together', async () => {
    const twin = await country.dopa.twin()
    const message = craft(country)
    const answers = await Promise.all([send(message), send(message, twin.peer)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(country.register.asked.length).toBe(1)
    await twin.stop()
  })

  it('is remembered over a restart', async () => {
    const message = craft(country)
    expect((await send(message)).status).toBe(200)
    await country.dopa.restart()
    expect(codeOf(await send(message))).toBe('message-replayed')
  })

  it('is another one when only its nonce is the same and another member sends it', async () => {
    const dbd = await country.join('DBD')
    await country.dopa.gateway.directory.refresh()
    const [speaker] = dbd.membership.signers()
    if (!speaker) throw new Error('no signer')
    const nonce = 'a-nonce-that-is-not-so-random'
    const fields = { 'x-road-client': 'TH/GOV/DBD/main', 'sapan-sender': 'TH/GOV/DBD' }
    const first = await sendTo(
      country.dopa.peer,
      dbd.membership.tls(),
      craft(country, { speaker, fields, nonce }),
    )
    expect(codeOf(first)).toBe('no-grant')
    expect((await send(craft(country, { nonce }))).status).toBe(200)
  })

  it('may use the caller’s X-Road-Id again: that is how callers retry', async () => {
    const headers = { 'x-road-id': 'the-same' }
    expect((await country.ask(`/persons/${somebody}`, { headers })).status).toBe(200)
    expect((await country.ask(`/persons/${somebody}`, { headers })).status).toBe(200)
  })

  it('with an exchange id of before is refused, though its nonce is new, and harms nobody beside it', async () => {
    const message = craft(country)
    expect((await send(message)).status).toBe(200)
    const exchange = message.headers.find(([name]) => name === 'sapan-exchange')?.[1] ?? ''
    const bad = () => send(craft(country, { fields: { 'sapan-exchange': exchange } }))
    const good = () => country.ask(`/persons/${somebody}`)
    const answers = await Promise.all([bad(), good(), bad(), good(), bad(), good()])
    const codes = answers.map((answer) => (answer instanceof Response ? answer.status : codeOf(answer)))
    expect(codes).toEqual(['message-replayed', 200, 'message-replayed', 200, 'message-replayed', 200])
    expect(country.register.asked.length).toBe(4)
  })
})

describe('time', () => {
  it('of a message from the future is refused', async () => {
    expect(await codeFor({ created: seconds() + 30 })).toBe('message-from-future')
  })

  it('of a message that has lapsed is refused', async () => {
    expect(await codeFor({ created: seconds() - 120 })).toBe('message-stale')
  })

  it('of a message that gives itself too long a life is refused', async () => {
    expect(await codeFor({ expires: seconds() + 3600 })).toBe('message-stale')
  })

  it('of a message that ends before it begins is refused', async () => {
    expect(await codeFor({ expires: seconds() - 1 })).toBe('message-stale')
  })

  it('may differ by a few seconds between two gateways', async () => {
    skew = 3_000
    expect((await country.ask(`/persons/${somebody}`)).status).toBe(200)
    skew = -3_000
    expect((await country.ask(`/persons/${somebody}`)).status).toBe(200)
  })

  it('that differs by minutes is told to the caller, whichever clock is wrong', async () => {
    skew = 180_000
    expect((await (await country.ask(`/persons/${somebody}`)).json()).message).toContain(
      '(message-from-future)',
    )
    skew = -180_000
    expect((await (await country.ask(`/persons/${somebody}`)).json()).message).toContain('(message-stale)')
    expect(country.register.asked).toEqual([])
  })
})

describe('the messages that a gateway has seen', () => {
  it('are forgotten when they could not be accepted any more', () => {
    const seen = new SeenMessages()
    expect([seen.add('a', 1000), seen.add('b', 2000), seen.add('a', 1000)]).toEqual([true, true, false])
    seen.sweep(1000)
    expect(seen.size).toBe(2)
    seen.sweep(1001)
    expect([seen.size, seen.add('a', 3000), seen.add('b', 2000)]).toEqual([1, true, false])
  })
})
