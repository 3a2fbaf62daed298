import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { ClientLink, LinkRefused } from '../../src/gateway/link/client-link.ts'
import {
  endsBody,
  type Frame,
  FrameReader,
  frameHead,
  frameOf,
  frameType,
  LinkFault,
  longestFrame,
  mostStreams,
} from '../../src/gateway/link/frame.ts'
import {
  decodeAnswerHead,
  decodeRequestHead,
  encodeAnswerHead,
  encodeRequestHead,
} from '../../src/gateway/link/head.ts'
import { ServerLink, type ServerLinkOptions } from '../../src/gateway/link/server-link.ts'
import type { TakeMessage } from '../../src/gateway/peer/exchange-route.ts'
import { AnswerTooLate } from '../../src/gateway/transport/answer.ts'
import { memoryBody } from '../../src/gateway/transport/body.ts'
import { Deadlines } from '../../src/gateway/transport/deadlines.ts'
import { requestBodyProblems } from '../../src/gateway/transport/read-body.ts'
import { exchangeProblems } from '../../src/problems.ts'
import { leftIn } from './spilled.ts'

const line = fc.string({ unit: fc.integer({ min: 0x20, max: 0x7e }).map((n) => String.fromCharCode(n)) })
const token = fc.stringMatching(/^[a-z0-9-]{1,20}$/)

describe('frames', () => {
  it('are the same however the bytes are cut', () => {
    const frame = fc.record({
      type: fc.constantFrom(...Object.values(frameType)),
      stream: fc.integer({ min: 0, max: 0xffffffff }),
      flags: fc.integer({ min: 0, max: 255 }),
      content: fc.uint8Array({ maxLength: 300 }),
    })
    fc.assert(
      fc.property(
        fc.array(frame, { maxLength: 12 }),
        fc.infiniteStream(fc.integer({ min: 1, max: 40 })),
        (all, cuts) => {
          const bytes = Buffer.concat(
            all.map(({ type, stream, flags, content }) => frameOf(type, stream, flags, Buffer.from(content))),
          )
          const reader = new FrameReader()
          const read: Frame[] = []
          for (let at = 0; at < bytes.length; ) {
            const size = cuts.next().value ?? 1
            reader.read(bytes.subarray(at, at + size), ({ content, ...rest }) =>
              read.push({ ...rest, content: Buffer.from(content) }),
            )
            at += size
          }
          expect(reader.isInside).toBe(false)
          expect(read).toEqual(all.map((one) => ({ ...one, content: Buffer.from(one.content) })))
        },
      ),
    )
  })

  it('longer than any may be are refused by their head alone', () => {
    const head = Buffer.alloc(frameHead)
    head.writeUInt32BE(longestFrame + 1, 0)
    expect(() => new FrameReader().read(head, () => {})).toThrow(LinkFault)
  })
})

describe('heads', () => {
  it('say what they were made of', () => {
    fc.assert(
      fc.property(token, token, line, fc.array(fc.tuple(token, line)), (method, authority, rest, headers) => {
        const head = { method, authority, target: `/${rest}`, headers: headers.flat() }
        expect(decodeRequestHead(encodeRequestHead(head))).toEqual(head)
      }),
    )
    const answer = { status: 404, headers: ['content-type', 'application/json', 'x', ''] }
    expect(decodeAnswerHead(encodeAnswerHead(answer))).toEqual(answer)
  })

  it('hold no line feed in a value: it would be another header', () => {
    expect(() => encodeAnswerHead({ status: 200, headers: ['a', 'b\nc: d'] })).toThrow(RangeError)
  })

  it.each([
    '',
    'POST\n',
    'POST\nhost\n/path\nname\n',
    'POST\nhost\n/path',
    'POST\nhost\n/pa\rth\n',
    'POST\nhost\n/\0\n',
  ])('that are none are refused: %j', (text) =>
    expect(() => decodeRequestHead(Buffer.from(text))).toThrow(LinkFault),
  )

  it.each(['', '20\n', '200', 'OK\n', '2000\n', '200\nname\n'])('of answers too: %j', (text) =>
    expect(() => decodeAnswerHead(Buffer.from(text))).toThrow(LinkFault),
  )
})

let folder: string
let server: Server
let take: TakeMessage
let serverOptions: Partial<ServerLinkOptions> = {}
/** Where nothing is about time: a disk that others use may be busy for longer than the deadlines of the other tests. */
const patient = { frameTimeout: 20_000, bodyTimeout: 20_000 }
let faults: unknown[] = []
const sockets = new Set<Socket>()
const links = new Set<ServerLink>()
let running = 0

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sapan-link-'))
  server = createServer((socket) => {
    sockets.add(socket)
    links.add(
      new ServerLink(socket, {
        certificate: Buffer.from('certificate'),
        deadlines: new Deadlines(),
        frameTimeout: 300,
        bodyTimeout: 500,
        take: (message) => take(message),
        failed: (error) => faults.push(error),
        running: () => {
          running++
          return () => {
            running--
          }
        },
        ...serverOptions,
      }),
    )
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
})
afterEach(async () => {
  expect(await leftIn(folder)).toEqual([])
  for (const socket of sockets) socket.destroy()
  sockets.clear()
  links.clear()
  faults = []
  serverOptions = {}
  await expect.poll(() => running).toBe(0)
})
afterAll(async () => {
  server.close()
  await rm(folder, { recursive: true })
})

async function raw(): Promise<Socket> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  sockets.add(socket)
  await once(socket, 'connect')
  return socket.on('error', () => {})
}

async function opened(): Promise<ClientLink> {
  return new ClientLink(await raw(), new Deadlines())
}

const limits = () => ({ bodyBytes: 50_000_000, memoryBytes: 64 * 1024, spillDirectory: folder })
const head = { method: 'POST', authority: 'gateway.example:4102', target: '/r1/x', headers: ['a', 'b'] }
const bounds = (timeoutMs = 20_000) => ({
  ...{ limits: limits(), tooLarge: exchangeProblems['provider-answer-too-large'] },
  ...{ timeoutMs, bodyAnew: true },
})

/** Answers with what came. */
const echo: TakeMessage = async ({ request, answer }) => {
  const body = await request.body.read(limits(), requestBodyProblems)
  await answer(200, [['x-target', request.rawTarget]], body)
  await body.dispose()
}

const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

async function asked(link: ClientLink, body: Buffer | Readable | null, timeoutMs?: number) {
  const answer = await link.request(head, body, bounds(timeoutMs))
  const content = await answer.body.content()
  await answer.body.dispose()
  return { status: answer.status, headers: answer.rawHeaders, content }
}

describe('a link', () => {
  it('tells who is there, what is asked, and brings the answer', async () => {
    let seen: unknown
    take = async (message) => {
      const { body: _, ...request } = message.request
      seen = request
      await echo(message)
    }
    const answer = await asked(await opened(), Buffer.from('{"a":1}'))
    expect(answer).toEqual({ status: 200, headers: ['x-target', '/r1/x'], content: Buffer.from('{"a":1}') })
    expect(seen).toEqual({
      ...{ method: 'POST', authority: head.authority, rawTarget: '/r1/x', rawHeaders: ['a', 'b'] },
      connection: { certificate: Buffer.from('certificate') },
    })
  })

  it.each([0, 1, 64 * 1024, 64 * 1024 + 1, 256 * 1024, 256 * 1024 + 1, 5_000_000])(
    'carries bodies of %d bytes both ways, from memory and from a stream',
    async (size) => {
      take = echo
      serverOptions = patient
      const link = await opened()
      const bytes = randomBytes(size)
      for (const body of [bytes, Readable.from([bytes.subarray(0, 7), bytes.subarray(7)])])
        expect(digest((await asked(link, size === 0 ? null : body)).content)).toBe(digest(bytes))
    },
  )

  it('lets small messages through between the pieces of large ones', async () => {
    take = echo
    serverOptions = patient
    const link = await opened()
    const order: string[] = []
    const large = asked(link, randomBytes(20_000_000)).then(() => order.push('large'))
    const small = Promise.all(Array.from({ length: 50 }, (_, n) => asked(link, Buffer.from(String(n)))))
    const contents = (await small).map(({ content }) => content.toString())
    order.push('small')
    await large
    expect(contents).toEqual(Array.from({ length: 50 }, (_, n) => String(n)))
    expect(order).toEqual(['small', 'large'])
  })

  it('is told an answer that does not wait for the body, and goes on', async () => {
    take = async ({ answer }) => await answer(413, [], memoryBody(Buffer.from('too large')))
    const link = await opened()
    const endless = Readable.from(
      (function* () {
        for (;;) yield Buffer.alloc(64 * 1024)
      })(),
    )
    expect((await asked(link, endless)).status).toBe(413)
    take = echo
    expect((await asked(link, Buffer.from('next'))).content.toString()).toBe('next')
  })

  it('does not send more than the other side has taken', async () => {
    let sent = 0
    const release = Promise.withResolvers<void>()
    take = async (message) => {
      await release.promise
      await echo(message)
    }
    const source = Readable.from(
      (function* () {
        for (let n = 0; n < 100; n++) {
          sent += 64 * 1024
          yield Buffer.alloc(64 * 1024)
        }
      })(),
    )
    const answer = asked(await opened(), source)
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(sent).toBeLessThan(2_000_000)
    release.resolve()
    expect((await answer).content.length).toBe(6_553_600)
  })

  it('refuses a stream beyond those that it takes, of which nothing was done', async () => {
    const release = Promise.withResolvers<void>()
    let begun = 0
    take = async (message) => {
      begun++
      await release.promise
      await echo(message)
    }
    const link = await opened()
    const all = Array.from({ length: mostStreams }, () => asked(link, null))
    await expect.poll(() => begun).toBe(mostStreams)
    expect(link.isOpen).toBe(false)
    await expect(asked(link, null)).rejects.toBeInstanceOf(LinkRefused)
    release.resolve()
    expect(await Promise.all(all)).toHaveLength(mostStreams)
    expect(link.isOpen).toBe(true)
  })

  it('that the other side closes takes nothing more, and what is open ends well', async () => {
    const release = Promise.withResolvers<void>()
    take = async (message) => {
      await release.promise
      await echo(message)
    }
    const link = await opened()
    const open = asked(link, Buffer.from('last'))
    await expect.poll(() => running).toBe(1)
    for (const one of links) one.close()
    await expect.poll(() => link.isOpen).toBe(false)
    release.resolve()
    expect((await open).content.toString()).toBe('last')
    await expect.poll(() => link.isEnded).toBe(true)
  })

  it('breaks off what is open when its connection is gone', async () => {
    take = () => new Promise((resolve) => setTimeout(resolve, 50))
    const link = await opened()
    const open = asked(link, Buffer.from('x'))
    await expect.poll(() => running).toBe(1)
    for (const socket of sockets) socket.destroy()
    await expect(open).rejects.toThrow()
    expect(link.isEnded).toBe(true)
  })

  it('is not waited for longer than was said, and is still there for others', async () => {
    take = async (message) => {
      if (message.request.rawTarget === '/slow') await new Promise((resolve) => setTimeout(resolve, 1_000))
      await echo(message)
    }
    const link = await opened()
    const slow = link.request({ ...head, target: '/slow' }, null, bounds(100))
    await expect(slow).rejects.toBeInstanceOf(AnswerTooLate)
    expect((await asked(link, Buffer.from('x'))).status).toBe(200)
  })

  it('says that a message could not be answered, and logs why', async () => {
    take = async () => {
      throw new Error('a fault')
    }
    await expect(asked(await opened(), null)).rejects.toThrow('reset')
    expect(faults).toHaveLength(1)
  })

  it('leaves nothing of a body that is too large for whoever asked', async () => {
    take = async ({ answer }) => await answer(200, [], memoryBody(Buffer.alloc(2_000_000)))
    const link = await opened()
    const small = { ...bounds(), limits: { ...limits(), bodyBytes: 1_000_000 } }
    await expect(link.request(head, null, small)).rejects.toMatchObject({ code: 'provider-answer-too-large' })
    take = echo
    expect((await asked(link, Buffer.from('x'))).status).toBe(200)
  })
})

describe('a gateway that does not keep to it', () => {
  const request = (stream: number, flags = endsBody) => {
    const text = encodeRequestHead(head)
    const length = Buffer.alloc(4)
    length.writeUInt32BE(text.length)
    return frameOf(frameType.request, stream, flags, length, text)
  }

  it.each<[string, () => Buffer]>([
    ['an endless frame', () => Buffer.from('ffffffff01010000000100', 'hex')],
    ['another protocol', () => Buffer.from('POST /r1/x HTTP/1.1\r\nhost: x\r\n\r\n'.repeat(8))],
    ['a stream that nobody opened', () => frameOf(frameType.data, 9, 0, Buffer.from('x'))],
    ['a stream that was there', () => Buffer.concat([request(2), request(2)])],
    ['a stream number that goes back', () => Buffer.concat([request(5), request(4)])],
    [
      'more of a body that is over',
      () => Buffer.concat([request(1), frameOf(frameType.data, 1, 0, Buffer.from('x'))]),
    ],
    [
      'a head that is longer than its frame',
      () => frameOf(frameType.request, 1, 1, Buffer.from('0000ffff', 'hex')),
    ],
    [
      'a credit of two bytes',
      () => Buffer.concat([request(1), frameOf(frameType.credit, 1, 0, Buffer.alloc(2))]),
    ],
    ['a frame of no type', () => Buffer.concat([request(1), frameOf(99 as 1, 1, 0)])],
  ])('loses its link: %s', async (_, bytes) => {
    take = () => new Promise((resolve) => setTimeout(resolve, 20))
    const socket = await raw()
    const closed = once(socket, 'close')
    socket.resume().write(bytes())
    await closed
  })

  it('loses it where the rest of a frame does not come', async () => {
    const socket = await raw()
    const closed = once(socket, 'close')
    socket.resume().write(request(1).subarray(0, 20))
    await closed
  })

  it('is told where the rest of a body does not come', async () => {
    let failure: unknown
    take = async ({ request: { body }, answer }) => {
      failure = await body.read(limits(), requestBodyProblems).catch((error: unknown) => error)
      await answer(400, [], memoryBody(Buffer.alloc(0)))
    }
    const socket = await raw()
    socket.write(request(1, 0))
    await once(socket, 'data')
    expect(failure).toMatchObject({ code: 'request-incomplete' })
  })

  it('does not end the process with bytes at random', async () => {
    take = echo
    for (let n = 0; n < 40; n++) {
      const socket = await raw()
      socket.resume().write(Buffer.concat([request(1), randomBytes(200)]))
      socket.end()
      await once(socket, 'close')
    }
    expect((await asked(await opened(), Buffer.from('x'))).status).toBe(200)
  })
})
