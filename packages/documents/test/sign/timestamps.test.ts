import { createHash } from 'node:crypto'
import { timestampRequest } from '@sapan/trust'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type HttpTimestamperOptions, httpTimestamper, signPdf } from '../../src/sign/index.ts'
import { buildPdf, onePage } from '../pdf/build.ts'
import { now, TestPki } from './authority.ts'
import { type Answer, StandIn } from './server.ts'

let pki: TestPki
const running: StandIn[] = []
const digest = createHash('sha256').update('a document').digest()

beforeAll(async () => {
  pki = await TestPki.create()
})

afterEach(() => {
  for (const each of running.splice(0)) each.stop()
})

async function service(answer: (body: Buffer) => Answer | Promise<Answer>): Promise<StandIn> {
  const started = await StandIn.start(answer)
  running.push(started)
  return started
}

const quick: HttpTimestamperOptions = { retries: 1, pauseMs: 1, timeoutMs: 30_000, clock: () => now }

function stampFrom(url: string, options: HttpTimestamperOptions = {}) {
  return httpTimestamper(url, { ...quick, ...options }).stamp(digest, 'sha256')
}

const honest = (body: Buffer) => pki.timestampAuthority().respond(body)

describe('a time-stamp over HTTP', () => {
  it('comes from an authority that answers', async () => {
    const tsa = await service(honest)
    const token = await stampFrom(tsa.url)
    expect(Buffer.from(token).includes(digest)).toBe(true)
  })

  it('comes for longer digests too', async () => {
    const tsa = await service(honest)
    const longer = createHash('sha512').update('a document').digest()
    const token = await httpTimestamper(tsa.url, quick).stamp(longer, 'sha512')
    expect(Buffer.from(token).includes(longer)).toBe(true)
  })

  it('is asked for again when the authority fails for a moment', async () => {
    let calls = 0
    const tsa = await service((body) => (++calls === 1 ? 503 : honest(body)))
    await stampFrom(tsa.url)
    expect(tsa.calls).toBe(2)
  })

  it('is not there when nobody listens', async () => {
    await expect(stampFrom('http://127.0.0.1:9/')).rejects.toMatchObject({
      code: 'signing-stamp-unavailable',
    })
  })

  it('is not there when the authority is too slow', async () => {
    let calls = 0
    // Answers nothing ever: only the limit ends a call, however long the machine takes for it.
    const fetch: HttpTimestamperOptions['fetch'] = (_, { signal }) => {
      calls++
      return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
    }
    const stamped = stampFrom('http://tsa.invalid/', { timeoutMs: 1, fetch })
    await expect(stamped).rejects.toMatchObject({
      code: 'signing-stamp-unavailable',
      detail: { en: 'tsa.invalid: no answer within 1 ms' },
    })
    expect(calls).toBe(2)
  })

  it('is refused for good with a status that says so, and not asked for again', async () => {
    const tsa = await service(() => 403)
    await expect(stampFrom(tsa.url)).rejects.toMatchObject({ code: 'signing-stamp-refused' })
    expect(tsa.calls).toBe(1)
  })

  it("is refused with the authority's own words", async () => {
    const tsa = await service(honest)
    const stamped = stampFrom(tsa.url, { policy: '1.2.3.4' })
    await expect(stamped).rejects.toMatchObject({
      code: 'signing-stamp-refused',
      detail: { en: 'This authority does not stamp under that policy.' },
    })
  })

  it.each([
    ['a web page', async () => Buffer.from('<html>')],
    ['nothing', async () => Buffer.alloc(0)],
    ['a token that is cut off', async (body: Buffer) => (await honest(body)).subarray(0, 100)],
    ['a stamp over other data', () => honest(timestampRequest(createHash('sha256').update('x').digest()))],
    ['an answer to another request', () => honest(timestampRequest(digest, { nonce: 7n }))],
    ['an answer without the nonce', () => honest(timestampRequest(digest))],
    ['a stamp whose signature was changed', async (body: Buffer) => lastByteChanged(await honest(body))],
  ])('is not taken for one when it is %s', async (_, answer) => {
    const tsa = await service(answer)
    await expect(stampFrom(tsa.url)).rejects.toMatchObject({ code: 'signing-stamp-invalid' })
  })

  it('is not taken when it has no end', async () => {
    const tsa = await service(() => Buffer.alloc(3 * 1024 * 1024))
    await expect(stampFrom(tsa.url)).rejects.toMatchObject({ code: 'signing-stamp-unavailable' })
    expect(tsa.calls).toBe(1)
  })

  it.each([
    ['the future', 3_600_000],
    ['the past', -3_600_000],
  ])('is not taken when it is from %s', async (_, difference) => {
    const authority = pki.timestampAuthority(() => now + difference)
    const tsa = await service((body) => authority.respond(body))
    await expect(stampFrom(tsa.url)).rejects.toMatchObject({ code: 'signing-stamp-time-wrong' })
  })
})

function lastByteChanged(response: Buffer): Buffer {
  const copy = Buffer.from(response)
  const last = copy.length - 1
  copy[last] = (copy[last] ?? 0) ^ 1
  return copy
}

describe('a document that is signed with a time-stamp over HTTP', () => {
  const plain = buildPdf(onePage())

  it('costs one stamp more than it has, once for an authority', async () => {
    const tsa = await service(honest)
    const timestamper = httpTimestamper(tsa.url, quick)
    const options = { key: await pki.signingKey(), level: 'B-T', time: now, timestamper } as const
    await signPdf(plain, options)
    await signPdf(plain, options)
    expect(tsa.calls).toBe(3)
  })

  it('is not signed at all when the authority goes away in between', async () => {
    let calls = 0
    const tsa = await service((body) => (++calls === 1 ? honest(body) : 500))
    const timestamper = httpTimestamper(tsa.url, quick)
    const key = await pki.signingKey()
    await expect(signPdf(plain, { key, level: 'B-T', time: now, timestamper })).rejects.toMatchObject({
      code: 'signing-stamp-unavailable',
    })
  })

  it('says so when stamps grow, and has room for them the next time', async () => {
    const grown = { calls: 0 }
    const small = pki.timestamper()
    const timestamper = {
      stamp: small.stamp,
      mostBytes: async () => (++grown.calls === 1 ? 100 : 8000),
    }
    const options = { key: await pki.signingKey(), level: 'B-T', time: now, timestamper } as const
    await expect(signPdf(plain, options)).rejects.toMatchObject({ code: 'signing-stamp-invalid' })
    expect((await signPdf(plain, options)).length).toBeGreaterThan(plain.length)
  })

  it.each([
    ['future', 3_600_000],
    ['past', -3_600_000],
  ])('takes no stamp from the %s, whoever made it', async (_, difference) => {
    const timestamper = pki.timestamper(() => now + difference)
    const key = await pki.signingKey()
    await expect(signPdf(plain, { key, level: 'B-T', time: now, timestamper })).rejects.toMatchObject({
      code: 'signing-stamp-time-wrong',
    })
  })
})
