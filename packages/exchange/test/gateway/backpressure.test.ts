import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Country, startAgencies } from './agencies.ts'
import { answerPerson, somebody } from './register.ts'

let country: Country
let release: () => void = () => {}

beforeAll(async () => {
  country = await startAgencies({
    rd: { settings: { limits: { inFlight: 4, waiting: 2 } } },
    dopa: { settings: { limits: { inFlight: 2, waiting: 1 } } },
  })
})
afterAll(() => country?.stop())
beforeEach(() => {
  country.register.asked.length = 0
  country.register.answering = answerPerson
})

/** DOPA's system answers when the test says so. */
function hold() {
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  country.register.answering = (request, response, body) => {
    void held.then(() => answerPerson(request, response, body))
  }
}

async function ask() {
  const answer = await country.ask(`/persons/${somebody}`)
  return {
    status: answer.status,
    code: /\(([a-z0-9-]+)\)","detail"/.exec(await answer.text())?.[1],
    retryAfter: answer.headers.get('retry-after'),
  }
}

describe('more than a gateway can take', () => {
  it('is refused at once by the provider, in signed words that reach the caller, while the rest is served', async () => {
    hold()
    const asking = Array.from({ length: 4 }, ask)
    const first = await Promise.race(asking)
    expect(first).toEqual({ status: 503, code: 'gateway-busy', retryAfter: '1' })
    release()
    const answers = await Promise.all(asking)
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 503])
    expect(country.register.asked.length).toBe(3)
  })

  it('is refused at once by the consumer’s own gateway', async () => {
    hold()
    const asking = Array.from({ length: 9 }, ask)
    const refused = await Promise.race(asking)
    expect(refused).toMatchObject({ status: 503, code: 'gateway-busy', retryAfter: '1' })
    release()
    const answers = await Promise.all(asking)
    expect(answers.every(({ status, code }) => status === 200 || code === 'gateway-busy')).toBe(true)
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(3)
  })

  it('leaves nothing occupied', async () => {
    for (let n = 0; n < 6; n++) expect((await ask()).status).toBe(200)
  })
})
