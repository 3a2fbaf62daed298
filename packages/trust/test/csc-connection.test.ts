import { describe, expect, it } from 'vitest'
import type { CscKeyOptions, JsonPost } from '../src/index.ts'
import { answer, line } from './csc-line.ts'
import { codeOf } from './test-keys.ts'

const content = Buffer.from('หนังสือรับรอง')

describe('what is asked again', () => {
  it('is what changes nothing, where the service is not there for the moment', async () => {
    const there = await line()
    there.meddle = (method, times) => {
      if (method !== 'credentials/info' || times > 2) return undefined
      if (times === 1) throw new Error('connection lost')
      return answer(503)
    }
    await there.key()
    expect(there.times('credentials/info')).toBe(3)
  })

  it('is asked three times at most, and not at all where it was refused', async () => {
    const down = await line()
    down.meddle = () => answer(503)
    expect(await codeOf(() => down.key())).toBe('signing-service-unavailable')
    expect(down.sent).toHaveLength(3)
    const refused = await line()
    refused.meddle = () => answer(400)
    expect(await codeOf(() => refused.key())).toBe('signing-service-refused')
    expect(refused.sent).toHaveLength(1)
  })

  it.each([
    ['credentials/authorize', 503],
    ['credentials/authorize', 0],
    ['signatures/signHash', 503],
    ['signatures/signHash', 0],
  ])('is not %s, which may have been done, whatever came back: %i', async (method, status) => {
    const there = await line()
    const key = await there.key()
    there.meddle = (asked) => {
      if (asked !== method) return undefined
      if (status === 0) throw new Error('connection lost')
      return answer(status)
    }
    expect(await codeOf(() => key.sign(content))).toBe('signing-service-unavailable')
    expect(there.times(method)).toBe(1)
  })

  it('a request to sign without an answer is told as what it is: perhaps signed', async () => {
    const there = await line()
    const key = await there.key()
    there.meddle = (method) => {
      if (method === 'signatures/signHash') throw new Error('connection lost')
      return undefined
    }
    await expect(key.sign(content)).rejects.toMatchObject({
      detail: { th: expect.stringContaining('ไม่ทราบว่า'), en: expect.stringContaining('not known') },
    })
  })

  it('what the caller’s own functions throw is no failure of the service', async () => {
    const there = await line()
    const token = () => {
      throw new Error('no token file')
    }
    await expect(there.key({ token })).rejects.toThrow('no token file')
    expect(there.sent).toEqual([])
  })
})

describe('an access token that ran out', () => {
  it('is renewed, and the request that it was refused for goes again with the new one', async () => {
    const there = await line()
    let current = 'officer'
    const asked: (string | undefined)[] = []
    const token: CscKeyOptions['token'] = ({ refused }) => {
      asked.push(refused)
      if (refused !== undefined) current = 'officer'
      return current
    }
    const key = await there.key({ token })
    there.sent.length = 0
    current = 'over'
    await key.sign(content)
    const tokens = there.sent.map((each) => `${each.method} ${each.token}`)
    expect(tokens).toEqual([
      'credentials/authorize Bearer over',
      'credentials/authorize Bearer officer',
      'signatures/signHash Bearer officer',
    ])
    expect(asked).toContain('over')
    expect(there.desk.asked).toHaveLength(1)
  })

  it('is told when there is no other, and the service is asked no more', async () => {
    const there = await line()
    expect(await codeOf(() => there.key({ token: () => 'over' }))).toBe('signing-service-token-refused')
    expect(there.sent).toHaveLength(1)
    let number = 0
    expect(await codeOf(() => there.key({ token: () => `over-${++number}` }))).toBe(
      'signing-service-token-refused',
    )
    expect(there.sent).toHaveLength(3)
  })
})

describe('a signature that the service makes later', () => {
  it('is fetched once it is there', async () => {
    const there = await line()
    const key = await there.key({ later: true })
    there.meddle = (method, times) =>
      method === 'signatures/signPolling' && times < 3
        ? answer(202, { error: 'accepted_request' })
        : undefined
    expect(await key.sign(content)).toHaveLength(256)
    expect(there.times('signatures/signPolling')).toBeGreaterThanOrEqual(3)
    expect(there.times('signatures/signHash')).toBe(1)
  })

  it('and does not in the end is told', async () => {
    const there = await line()
    const key = await there.key({ later: true, laterMs: 30 })
    there.meddle = (method) => (method === 'signatures/signPolling' ? answer(202) : undefined)
    expect(await codeOf(() => key.sign(content))).toBe('signing-service-answer-invalid')
  })

  it('also where the signer is still to confirm', async () => {
    const there = await line()
    const key = await there.key()
    let given: Buffer | undefined
    const post: JsonPost = async (request) => {
      if (request.url.endsWith('credentials/authorize')) {
        const { body } = await there.post(request)
        given = Buffer.from(body)
        return answer(202, { handle: 'h1' })
      }
      if (!request.url.endsWith('authorizeCheck')) return there.post(request)
      expect(JSON.parse(request.body)).toEqual({ handle: 'h1' })
      return { status: 200, body: given ?? Buffer.alloc(0) }
    }
    expect(await (await there.key({ post })).sign(content)).toEqual(await key.sign(content))
  })
})

describe('authentication objects', () => {
  it('are given under the ids that the service chose', async () => {
    const there = await line()
    const objects = [
      { type: 'Password', id: 'secret-1', label: 'รหัส' },
      { type: 'Password', id: 'code-2', generator: 'totp' },
    ]
    const post: JsonPost = async (request) => {
      const came = await there.post(request)
      if (!request.url.endsWith('credentials/info')) return came
      const body = JSON.parse(Buffer.from(came.body).toString())
      return answer(200, { ...body, auth: { mode: 'explicit', expression: 'secret-1 AND code-2', objects } })
    }
    const key = await there.key({ post, authorize: () => ({ pin: '1234', otp: '999999' }) })
    await codeOf(() => key.sign(content))
    const { body } = there.sent.find(({ method }) => method === 'credentials/authorize') ?? { body: '{}' }
    expect(JSON.parse(body).authData).toEqual([
      { id: 'secret-1', value: '1234' },
      { id: 'code-2', value: '999999' },
    ])
  })

  it('are not asked for where the signer authorised elsewhere', async () => {
    const there = await line()
    const key = await there.key({ authorize: () => ({ sad: 'a token of scope credential' }) })
    expect(await codeOf(() => key.sign(content))).toBe('signing-service-refused')
    expect(there.times('credentials/authorize')).toBe(0)
    expect(there.sent.at(-1)?.body).toContain('"SAD":"a token of scope credential"')
  })
})

it('an address with a user, a query or a fragment is none', async () => {
  const there = await line()
  for (const end of ['?a=b', '#x']) {
    await expect(there.key({ baseUrl: `https://signing.example/${end}` })).rejects.toThrow(TypeError)
  }
  await expect(there.key({ baseUrl: 'https://a:b@signing.example' })).rejects.toThrow(TypeError)
})
