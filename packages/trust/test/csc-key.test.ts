import { createServer, type RequestListener } from 'node:http'
import { describe, expect, it } from 'vitest'
import {
  type CscKeyOptions,
  cscKey,
  type Handler,
  type JsonPost,
  nodeListener,
  verifyKeySignature,
} from '../src/index.ts'
import { TestDocumentAuthority } from './document-authority.ts'
import { ServiceDesk } from './signing-service-desk.ts'
import { codeOf } from './test-keys.ts'

const content = Buffer.from('หนังสือรับรอง')

/** Posts straight to a handler; `change` may alter each answer on its way. */
function postTo(
  handler: Handler,
  change: (url: string, body: object) => unknown = (_, body) => body,
): JsonPost {
  return async ({ url, headers, body }) => {
    const path = new URL(url).pathname
    const answer = await handler({ method: 'POST', path, headers, body: Buffer.from(body) })
    if (answer.status !== 200) return answer
    const changed = change(path, JSON.parse(Buffer.from(answer.body).toString()))
    return { status: 200, body: Buffer.from(JSON.stringify(changed)) }
  }
}

const options = (post: JsonPost, more: Partial<CscKeyOptions> = {}): CscKeyOptions => ({
  baseUrl: 'https://signing.example/',
  credentialId: 'seal',
  token: () => 'officer',
  authorize: () => ({ pin: '1234' }),
  post,
  ...more,
})

const authority = () => TestDocumentAuthority.create('rsa-pkcs1-sha256')

describe('a key that a signing service keeps', () => {
  it.each(['v1', 'v2'] as const)('signs, by %s of the API', async (version) => {
    const desk = await ServiceDesk.open()
    const key = await cscKey(options(postTo(desk.service), { version, description: 'ใบอนุญาต' }))
    const { publicKey } = await (await authority()).digestKey()
    expect(verifyKeySignature(key.algorithm, publicKey, content, await key.sign(content))).toBe(true)
    expect(desk.asked).toMatchObject([{ description: 'ใบอนุญาต', count: 1 }])
    expect(key.chain).toHaveLength(2)
  })

  it.each(['rsa-pss-sha256', 'rsa-pkcs1-sha512'] as const)('signs with %s where asked', async (algorithm) => {
    const desk = await ServiceDesk.open()
    const key = await cscKey(options(postTo(desk.service), { algorithm }))
    const { publicKey } = await (await authority()).digestKey()
    expect(verifyKeySignature(algorithm, publicKey, content, await key.sign(content))).toBe(true)
  })

  it('signs many in as many authorisations as the credential needs, in order', async () => {
    const desk = await ServiceDesk.open()
    const key = await cscKey(options(postTo(desk.service)))
    const contents = Array.from({ length: 10 }, (_, at) => Buffer.from(`${at}`))
    const signatures = (await key.signMany?.(contents)) ?? []
    const { publicKey } = await (await authority()).digestKey()
    const holds = contents.filter((each, at) =>
      verifyKeySignature(key.algorithm, publicKey, each, signatures[at] ?? Buffer.alloc(0)),
    )
    expect(holds).toHaveLength(10)
    expect(desk.asked.map(({ count }) => count)).toEqual([4, 4, 2])
  })

  it('asks for what the credential needs, and has the OTP sent', async () => {
    let sent = 0
    const desk = await ServiceDesk.open(
      { otp: { type: 'online' } },
      {
        sendOtp: async () => {
          sent++
        },
      },
    )
    const authorize: CscKeyOptions['authorize'] = async ({ needs, sendOtp, hashes }) => {
      expect(needs).toEqual({ pin: true, otp: true })
      expect(hashes).toHaveLength(1)
      await sendOtp()
      return { pin: '1234', otp: '999999' }
    }
    for (const version of ['v1', 'v2'] as const) {
      const key = await cscKey(options(postTo(desk.service), { authorize, version }))
      await key.sign(content)
    }
    expect(sent).toBe(2)
  })

  it('works over HTTP', async () => {
    const desk = await ServiceDesk.open()
    await withServer(nodeListener(desk.service, { prefix: '/signing' }), async (base) => {
      const { post: _, ...plain } = options(postTo(desk.service), { baseUrl: `${base}/signing` })
      const key = await cscKey(plain)
      expect(await key.sign(content)).toHaveLength(256)
    })
  })
})

async function withServer(listener: RequestListener, use: (base: string) => Promise<void>): Promise<void> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  try {
    await use(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

describe('what can go wrong with one has its own problem', () => {
  it('a wrong PIN, and a signer who says no', async () => {
    const desk = await ServiceDesk.open()
    const key = await cscKey(options(postTo(desk.service), { authorize: () => ({ pin: '0000' }) }))
    expect(await codeOf(() => key.sign(content))).toBe('signing-not-authorized')
    const strict = await ServiceDesk.open({}, { authorize: async () => 'denied' })
    const other = await cscKey(options(postTo(strict.service)))
    expect(await codeOf(() => other.sign(content))).toBe('signing-not-authorized')
  })

  it('a token that is not valid', async () => {
    const desk = await ServiceDesk.open()
    const token = () => 'nobody'
    expect(await codeOf(() => cscKey(options(postTo(desk.service), { token })))).toBe(
      'signing-service-token-refused',
    )
  })

  it('a PIN goes over no connection that others can read', async () => {
    const desk = await ServiceDesk.open()
    for (const baseUrl of ['http://signing.example', 'ftp://127.0.0.1', 'http://127.0.0.1.example']) {
      await expect(cscKey(options(postTo(desk.service), { baseUrl }))).rejects.toThrow(TypeError)
    }
  })

  it("somebody else's credential", async () => {
    const desk = await ServiceDesk.open()
    const credentialId = 'not mine'
    expect(await codeOf(() => cscKey(options(postTo(desk.service), { credentialId })))).toBe(
      'signing-service-refused',
    )
  })

  it('a disabled credential, and an algorithm that it has not', async () => {
    const desk = await ServiceDesk.open({ enabled: false })
    expect(await codeOf(() => cscKey(options(postTo(desk.service))))).toBe('signing-key-unsupported')
    const other = await ServiceDesk.open()
    const algorithm = 'ecdsa-sha256'
    expect(await codeOf(() => cscKey(options(postTo(other.service), { algorithm })))).toBe(
      'signing-key-unsupported',
    )
  })

  it('no service there, one that is down, and one that takes too long', async () => {
    const nowhere: JsonPost = async () => {
      throw new Error('ECONNREFUSED')
    }
    expect(await codeOf(() => cscKey(options(nowhere)))).toBe('signing-service-unavailable')
    const down: JsonPost = async () => ({ status: 503, body: Buffer.from('<html>') })
    expect(await codeOf(() => cscKey(options(down)))).toBe('signing-service-unavailable')
    await withServer(
      () => {},
      async (baseUrl) => {
        const { post: _, ...slow } = options(nowhere, { baseUrl, timeoutMs: 50 })
        expect(await codeOf(() => cscKey(slow))).toBe('signing-service-unavailable')
      },
    )
  })

  it('a request to sign that got no answer is not sent again', async () => {
    const desk = await ServiceDesk.open()
    const sent: string[] = []
    const lossy: JsonPost = async (request) => {
      sent.push(request.url)
      if (request.url.endsWith('signHash')) throw new Error('connection lost')
      return postTo(desk.service)(request)
    }
    const key = await cscKey(options(lossy))
    expect(await codeOf(() => key.sign(content))).toBe('signing-service-unavailable')
    expect(sent.filter((url) => url.endsWith('signHash'))).toHaveLength(1)
  })

  const lies: [string, (url: string, body: object) => unknown][] = [
    [
      'a signature of something else',
      (url, body) => (url.endsWith('signHash') ? { signatures: ['AAAA'] } : body),
    ],
    ['one signature too few', (url, body) => (url.endsWith('signHash') ? { signatures: [] } : body)],
    [
      'signatures that are no list',
      (url, body) => (url.endsWith('signHash') ? { signatures: 'AAAA' } : body),
    ],
    ['no SAD', (url, body) => (url.endsWith('authorize') ? {} : body)],
    ['a list for an answer', (url, body) => (url.endsWith('authorize') ? [body] : body)],
  ]

  it.each(lies)('%s', async (_, change) => {
    const desk = await ServiceDesk.open()
    const key = await cscKey(options(postTo(desk.service, change)))
    expect(await codeOf(() => key.sign(content))).toBe('signing-service-answer-invalid')
  })

  it.each([
    ['no certificate', {}],
    ['no list of them', { certificates: 'AAAA' }],
    ['no Base64', { certificates: [7] }],
  ])('a credential with %s', async (_, cert) => {
    const desk = await ServiceDesk.open()
    const post = postTo(desk.service, (__, body) => ({ ...body, cert }))
    expect(await codeOf(() => cscKey(options(post)))).toBe('signing-service-answer-invalid')
  })

  it("a service's words are passed on short and plain, never as they came", async () => {
    const error_description = `\u001b[31m${'x'.repeat(5000)}`
    const post: JsonPost = async () => ({
      status: 400,
      body: Buffer.from(JSON.stringify({ error: '<script>', error_description })),
    })
    const error = await cscKey(options(post)).catch((problem: unknown) => problem)
    const text = error instanceof Error ? error.message : ''
    expect(text).toMatch(/^signing-service-refused: .*x{100}/)
    expect(text.length).toBeLessThan(400)
    expect(text).not.toMatch(/\p{C}|<script>/u)
  })
})

it('ECDSA signatures that come as r and s side by side are put into the form of CMS', async () => {
  const ca = await TestDocumentAuthority.create('ecdsa-sha256')
  const desk = await ServiceDesk.open({ key: await ca.digestKey() })
  const post = postTo(desk.service, (url, body) => {
    if (!url.endsWith('signHash') || !('signatures' in body) || !Array.isArray(body.signatures)) return body
    return { signatures: body.signatures.map(sideBySide) }
  })
  const key = await cscKey(options(post))
  const { publicKey } = await ca.digestKey()
  expect(verifyKeySignature('ecdsa-sha256', publicKey, content, await key.sign(content))).toBe(true)
})

function sideBySide(signature: string): string {
  const der = Buffer.from(signature, 'base64')
  const length = der[3] ?? 0
  const number = (bytes: Buffer) => Buffer.concat([Buffer.alloc(32), bytes]).subarray(-32)
  const [r, s] = [number(der.subarray(4, 4 + length)), number(der.subarray(6 + length))]
  return Buffer.concat([r, s]).toString('base64')
}
