import type { RequestListener } from 'node:http'
import { createServer } from 'node:https'
import { afterEach, describe, expect, it } from 'vitest'
import {
  type CscKeyOptions,
  createRoot,
  cscKey,
  exportPem,
  generateSigner,
  issueCertificate,
  type JsonPost,
  nodeListener,
  toPem,
} from '../src/index.ts'
import { day } from './authority.ts'
import { ServiceDesk } from './signing-service-desk.ts'
import { codeOf } from './test-keys.ts'

const content = Buffer.from('หนังสือรับรอง')

interface Sent {
  readonly method: string
  readonly token: string | undefined
  readonly body: string
}

/** Posts straight to a desk, remembers what was sent, and lets `meddle` answer in its place. */
class Line {
  readonly sent: Sent[] = []
  readonly desk: ServiceDesk
  meddle: (method: string, times: number) => Awaited<ReturnType<JsonPost>> | undefined = () => undefined

  constructor(desk: ServiceDesk) {
    this.desk = desk
  }

  get post(): JsonPost {
    return async ({ url, headers, body }) => {
      const path = new URL(url).pathname
      const method = path.split('/').slice(-2).join('/')
      this.sent.push({ method, token: headers.authorization, body })
      const meddled = this.meddle(method, this.times(method))
      return meddled ?? this.desk.service({ method: 'POST', path, headers, body: Buffer.from(body) })
    }
  }

  times(method: string): number {
    return this.sent.filter((each) => each.method === method).length
  }

  key(more: Partial<CscKeyOptions> = {}) {
    return cscKey({
      baseUrl: 'https://signing.example/',
      credentialId: 'seal',
      token: () => 'officer',
      authorize: () => ({ pin: '1234' }),
      post: this.post,
      againAfterMs: 1,
      askEveryMs: 1,
      ...more,
    })
  }
}

const answer = (status: number, body: object = {}) => ({ status, body: Buffer.from(JSON.stringify(body)) })

async function line(...given: Parameters<typeof ServiceDesk.open>): Promise<Line> {
  return new Line(await ServiceDesk.open(...given))
}

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

describe('each refusal of a service has words of its own, in Thai and in English', () => {
  const request = (error_description: string) => ({ error: 'invalid_request', error_description })
  const cases: [number, object, string, RegExp, RegExp][] = [
    [400, { error: 'invalid_pin' }, 'signing-not-authorized', /PIN ไม่ถูกต้อง/, /PIN is wrong/],
    [400, { error: 'invalid_otp' }, 'signing-not-authorized', /OTP ไม่ถูกต้อง/, /OTP is wrong/],
    [400, { error: 'invalid_authentication_data' }, 'signing-not-authorized', /ไม่ถูกต้อง/, /is wrong/],
    [403, { error: 'access_denied' }, 'signing-not-authorized', /ไม่อนุญาต/, /denied/],
    [400, request('Credential locked'), 'signing-not-authorized', /ถูกปิด/, /closed/],
    [400, request('PIN locked'), 'signing-not-authorized', /ถูกปิด/, /closed/],
    [401, { error: 'invalid_token' }, 'signing-service-token-refused', /โทเค็น/, /not valid/],
    [401, { error: 'expired_token' }, 'signing-service-token-refused', /หมดอายุ/, /expired/],
    [403, { error: 'insufficient_scope' }, 'signing-service-token-refused', /ไม่มีสิทธิ์/, /cover/],
    [400, request('SAD expired'), 'signing-service-refused', /หมดอายุก่อน/, /ran out/],
    [400, request('Invalid parameter SAD'), 'signing-service-refused', /ใช้ไปแล้ว/, /was used/],
    [400, request('Hash is not authorized by the SAD'), 'signing-service-refused', /ไม่อยู่ใน/, /not authorise/],
    [400, request('Signing certificate is expired'), 'signing-service-refused', /หมดอายุ/, /expired/],
    [
      400,
      request('The credential identified by credentialID is disabled'),
      'signing-service-refused',
      /ระงับ/,
      /disabled/,
    ],
    [400, request('Numbers of signatures is too high'), 'signing-service-refused', /จำนวน/, /More/],
    [400, request('Invalid parameter signAlgo'), 'signing-service-refused', /อัลกอริทึม/, /algorithm/],
    [429, {}, 'signing-service-unavailable', /./, /./],
    [503, { error: 'temporarily_unavailable' }, 'signing-service-unavailable', /ชั่วคราว/, /moment/],
    [302, {}, 'signing-service-answer-invalid', /./, /./],
  ]

  it.each(cases)('%i %j', async (status, body, code, th, en) => {
    const there = await line()
    const key = await there.key()
    there.meddle = () => answer(status, body)
    const problem = await key.sign(content).catch((error: unknown) => error)
    expect(problem).toMatchObject({ code })
    const { detail, type } = problem as {
      detail?: { th: string; en: string }
      type: { title: { th: string; en: string } }
    }
    expect(detail?.th ?? type.title.th).toMatch(th)
    expect(detail?.en ?? type.title.en).toMatch(en)
  })
})

describe('the certificate of the service', () => {
  const environment = process.env.NODE_TLS_REJECT_UNAUTHORIZED
  afterEach(() => {
    if (environment === undefined) delete process.env.NODE_TLS_REJECT_UNAUTHORIZED
    else process.env.NODE_TLS_REJECT_UNAUTHORIZED = environment
  })

  const now = Date.now() - day
  const root = createRoot({
    subject: { commonName: 'Root' },
    signer: generateSigner('ecdsa-p256-sha256'),
    now,
    years: 1,
  })

  async function withService(
    ips: string[],
    listener: RequestListener,
    use: (baseUrl: string) => Promise<void>,
  ) {
    const signer = generateSigner('ecdsa-p256-sha256')
    const subject = { commonName: 'Signing service' }
    const options = { publicKey: signer.publicKey, profile: 'tls', subject, ips, now, days: 9 } as const
    const certificate = issueCertificate(root, options)
    const server = createServer({ key: exportPem(signer), cert: toPem(certificate) }, listener)
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve)
    })
    const address = server.address()
    try {
      await use(`https://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`)
    } finally {
      server.closeAllConnections()
      server.close()
    }
  }

  it('must be one of an authority that is trusted, whatever the environment says', async () => {
    const { desk, key } = await opened()
    let heard = 0
    const listener: RequestListener = (request, response) => {
      heard++
      return nodeListener(desk.service)(request, response)
    }
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'
    await withService(['127.0.0.1'], listener, async (baseUrl) => {
      await expect(key({ baseUrl })).rejects.toMatchObject({
        code: 'signing-service-unavailable',
        detail: { en: expect.stringContaining('certificate is not trusted') },
      })
      expect(heard).toBe(0)
      const signing = await key({ baseUrl, authorities: [toPem(root.certificate)] })
      expect(await signing.sign(content)).toHaveLength(256)
    })
  })

  it('must be for the name by which the service is called', async () => {
    const { desk, key } = await opened()
    await withService(['127.0.0.2'], nodeListener(desk.service), async (baseUrl) => {
      const authorities = [toPem(root.certificate)]
      expect(await codeOf(() => key({ baseUrl, authorities }))).toBe('signing-service-unavailable')
    })
  })

  async function opened() {
    const there = await line()
    const { desk } = there
    const key = (more: Partial<CscKeyOptions>) =>
      cscKey({
        credentialId: 'seal',
        token: () => 'officer',
        authorize: () => ({ pin: '1234' }),
        baseUrl: '',
        againAfterMs: 1,
        ...more,
      })
    return { desk, key }
  }
})

it('an address with a user, a query or a fragment is none', async () => {
  const there = await line()
  for (const end of ['?a=b', '#x']) {
    await expect(there.key({ baseUrl: `https://signing.example/${end}` })).rejects.toThrow(TypeError)
  }
  await expect(there.key({ baseUrl: 'https://a:b@signing.example' })).rejects.toThrow(TypeError)
})
