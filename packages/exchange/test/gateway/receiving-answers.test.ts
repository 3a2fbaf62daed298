import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { Agent } from 'undici'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Answer, AnswerTooLate, receiveAnswer } from '../../src/gateway/transport/answer.ts'
import { connecting, NotConnected } from '../../src/gateway/transport/connecting.ts'
import { Deadlines } from '../../src/gateway/transport/deadlines.ts'
import { readBody, requestBodyProblems } from '../../src/gateway/transport/read-body.ts'
import { Spill } from '../../src/gateway/transport/spill.ts'
import { exchangeProblems } from '../../src/problems.ts'
import { leftIn } from './spilled.ts'

const memoryBytes = 64 * 1024
const large = Buffer.alloc(4 * 1024 * 1024, 'สมชาย')
const patient = 20_000

let folder: string
let server: Server
let agent: Agent
let answering: (socket: Socket) => void
let origin: string
let sockets: Socket[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sapan-answers-'))
  server = createServer((socket) => {
    sockets.push(socket.on('error', () => {}))
    socket.once('data', () => answering(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  agent = new Agent({ connections: 1, pipelining: 1, connect: connecting({ timeout: 3_000 }) })
})
afterEach(async () => {
  vi.restoreAllMocks()
  await agent.destroy()
  for (const socket of sockets) socket.destroy()
  sockets = []
  await new Promise((resolve) => server.close(resolve))
  await rm(folder, { recursive: true })
})

interface Asking {
  readonly method?: 'GET' | 'HEAD' | 'POST'
  readonly body?: Readable | null
  readonly timeoutMs?: number
  readonly bodyAnew?: boolean
  readonly bodyBytes?: number
  readonly spillDirectory?: string
}

function ask(answer: (socket: Socket) => void, asking: Asking = {}): Promise<Answer> {
  answering = answer
  const { method = 'GET', body = null, timeoutMs = patient, bodyAnew = true } = asking
  const { bodyBytes = 100_000_000, spillDirectory = folder } = asking
  const limits = { bodyBytes, memoryBytes, spillDirectory }
  const bounds = { limits, tooLarge: exchangeProblems['provider-answer-too-large'], timeoutMs, bodyAnew }
  return receiveAnswer(agent, { origin, path: '/', method, headers: [], body }, bounds, new Deadlines())
}

const head = (bytes: number) => `HTTP/1.1 200 OK\r\nContent-Length: ${bytes}\r\n\r\n`

/** The disk is behind until the test says otherwise. */
function slowDisk() {
  let catchUp = () => {}
  const caughtUp = new Promise<void>((resolve) => {
    catchUp = resolve
  })
  const waiting = vi.spyOn(Spill.prototype, 'drained').mockReturnValue(caughtUp)
  return { catchUp: () => catchUp(), waiting }
}

const pauseOfTheLoop = () => new Promise((resolve) => setTimeout(resolve, 100))

describe('an answer', () => {
  it('that is small stays in memory', async () => {
    const { status, rawHeaders, body } = await ask((socket) => socket.write(`${head(2)}{}`))
    expect([status, rawHeaders]).toEqual([200, ['content-length', '2']])
    expect([body.memory?.toString(), body.bytes]).toEqual(['{}', 2])
  })

  it('keeps headers that are there more than once, and strange ones', async () => {
    const { rawHeaders } = await ask((socket) =>
      socket.write(
        'HTTP/1.1 200 OK\r\nA: 1\r\nb: \xe9\r\na: 2\r\n__proto__: 3\r\nConstructor: 4\r\ncontent-length: 0\r\n\r\n',
        'latin1',
      ),
    )
    expect(rawHeaders).toEqual([
      'a',
      '1',
      'a',
      '2',
      'b',
      'é',
      '__proto__',
      '3',
      'constructor',
      '4',
      'content-length',
      '0',
    ])
  })

  it('comes after informational ones, which are passed over', async () => {
    const early = 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'
    const { status, rawHeaders } = await ask((socket) => socket.write(`${early}${early}${head(2)}{}`))
    expect([status, rawHeaders]).toEqual([200, ['content-length', '2']])
  })

  it.each([
    ['to HEAD', 'HEAD', head(100)],
    ['204', 'GET', 'HTTP/1.1 204 No Content\r\n\r\n'],
    ['304', 'GET', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 100\r\n\r\n'],
  ] as const)('%s has no body', async (_, method, bytes) => {
    const { body } = await ask((socket) => socket.write(bytes), { method })
    expect(body.bytes).toBe(0)
  })

  it('that is large goes into a file as it comes', async () => {
    const { body } = await ask((socket) => {
      socket.write(head(large.length))
      socket.write(large)
    })
    expect([body.memory, body.bytes]).toEqual([null, large.length])
    expect(body.sha256).toEqual(createHash('sha256').update(large).digest())
    expect((await body.content()).equals(large)).toBe(true)
    await body.dispose()
    expect(await leftIn(folder)).toEqual([])
  })

  it('waits with its sender while the disk is behind', async () => {
    const disk = slowDisk()
    const answer = ask((socket) => {
      socket.write(head(large.length))
      socket.write(large)
    })
    await expect.poll(() => disk.waiting.mock.calls.length).toBe(1)
    await pauseOfTheLoop()
    expect(disk.waiting).toHaveBeenCalledTimes(1)
    disk.catchUp()
    const { body } = await answer
    expect((await body.content()).equals(large)).toBe(true)
    await body.dispose()
  })

  it.each([
    ['by its length', head(large.length)],
    ['by the end of its connection', 'HTTP/1.1 200 OK\r\n\r\n'],
  ])('is whole where it ends %s, and its connection, while the disk is behind', async (_, start) => {
    const disk = slowDisk()
    const some = large.subarray(0, 200_000)
    const answer = ask((socket) => {
      socket.write(start.replace(String(large.length), String(some.length)))
      socket.end(some)
    })
    await expect.poll(() => disk.waiting.mock.calls.length).toBeGreaterThan(0)
    await pauseOfTheLoop()
    disk.catchUp()
    const { body } = await answer
    expect((await body.content()).equals(some)).toBe(true)
    await body.dispose()
  })

  it('beyond the limit is given up, and nothing of it is kept', async () => {
    const answer = ask(
      (socket) => {
        socket.write(head(large.length))
        socket.write(large)
      },
      { bodyBytes: large.length - 1 },
    )
    await expect(answer).rejects.toMatchObject({ code: 'provider-answer-too-large' })
    expect(await leftIn(folder)).toEqual([])
  })

  it('for which there is no room is given up', async () => {
    const answer = ask(
      (socket) => {
        socket.write(head(large.length))
        socket.write(large)
      },
      { spillDirectory: join(folder, 'missing') },
    )
    await expect(answer).rejects.toMatchObject({ code: 'gateway-without-room' })
  })
})

describe('a sender that', () => {
  const silences: [when: string, sent: string | Buffer][] = [
    ['before it answers', ''],
    ['after an informational answer', 'HTTP/1.1 103 Early Hints\r\n\r\n'],
    ['behind the head', head(10)],
    ['in the middle of a small body', `${head(10)}{`],
    ['in the middle of a large body', Buffer.concat([Buffer.from(head(2 * large.length)), large])],
  ]
  it.each(silences)('goes silent %s is given up, and nothing of it is kept', async (_, sent) => {
    const answer = ask((socket) => socket.write(sent), { timeoutMs: 300 })
    await expect(answer).rejects.toBeInstanceOf(AnswerTooLate)
    expect(await leftIn(folder)).toEqual([])
  })

  it.each([true, false])('drips is given up, with as long again for the body: %s', async (bodyAnew) => {
    let dripping: NodeJS.Timeout | undefined
    const answer = ask(
      (socket) => {
        socket.write(head(1_000_000))
        dripping = setInterval(() => socket.write(' '), 50)
      },
      { timeoutMs: 300, bodyAnew },
    )
    await expect(answer).rejects.toBeInstanceOf(AnswerTooLate)
    clearInterval(dripping)
  })

  it('is given up while the disk is behind leaves nothing', async () => {
    const disk = slowDisk()
    const answer = ask(
      (socket) => {
        socket.write(head(large.length))
        socket.write(large)
      },
      { timeoutMs: 300 },
    )
    await expect(answer).rejects.toBeInstanceOf(AnswerTooLate)
    expect(await leftIn(folder)).toEqual([])
    disk.catchUp()
    await pauseOfTheLoop()
    expect(await leftIn(folder)).toEqual([])
  })

  it('breaks off in the middle of a large body leaves nothing', async () => {
    const answer = ask((socket) => {
      socket.write(head(2 * large.length))
      socket.write(large, () => socket.destroy())
    })
    await expect(answer).rejects.toMatchObject({ code: expect.stringMatching(/^(UND_ERR_|ECONNRESET)/) })
    expect(await leftIn(folder)).toEqual([])
  })

  it('was given up is not asked again on the same connection', async () => {
    await expect(ask(() => {}, { timeoutMs: 300 })).rejects.toBeInstanceOf(AnswerTooLate)
    const { body } = await ask((socket) => socket.write(`${head(2)}{}`))
    expect([body.memory?.toString(), sockets.length]).toEqual(['{}', 2])
  })
})

describe('a request’s body', () => {
  const endless = () => new Readable({ read() {} })

  it('is closed where no connection comes about', async () => {
    server.close()
    const body = endless()
    await expect(ask(() => {}, { method: 'POST', body })).rejects.toBeInstanceOf(NotConnected)
    expect(body.destroyed).toBe(true)
  })

  it('that breaks while it waits for a connection ends its request and no other', async () => {
    let finish = () => {}
    const first = ask((socket) => {
      finish = () => socket.write(`${head(2)}{}`)
    })
    await expect.poll(() => sockets[0]?.bytesRead).toBeGreaterThan(0)
    const body = endless()
    const second = ask(() => {}, { method: 'POST', body })
    body.destroy(new Error('the disk is gone'))
    await expect(second).rejects.toThrow('the disk is gone')
    finish()
    expect((await first).status).toBe(200)
  })

  it('that is spilled leaves nothing where the answer comes before all of it was sent', async () => {
    const limits = { bodyBytes: 100_000_000, memoryBytes, spillDirectory: folder }
    const body = await readBody(Readable.from([large, large, large]), limits, requestBodyProblems)
    const sent = body.open()
    if (Buffer.isBuffer(sent)) throw new Error('the body is in memory')
    const answer = await ask(
      (socket) => {
        socket.pause()
        socket.write(`${head(2)}{}`)
      },
      { method: 'POST', body: sent },
    )
    expect(answer.status).toBe(200)
    await body.dispose()
    expect(sent.destroyed).toBe(true)
    expect(await leftIn(folder)).toEqual([])
  })

  it('may take longer to send than an answer may take to come', async () => {
    const body = Readable.from(slowly(8))
    const answer = await ask(
      (socket) => {
        socket.on('data', (data) => {
          if (data.toString('latin1').endsWith('0\r\n\r\n')) socket.write(`${head(2)}{}`)
        })
      },
      { method: 'POST', body, timeoutMs: 600 },
    )
    expect(answer.status).toBe(200)
  })
})

async function* slowly(pieces: number): AsyncGenerator<Buffer> {
  for (let n = 0; n < pieces; n++) {
    yield Buffer.from('x')
    await pauseOfTheLoop()
    await pauseOfTheLoop()
  }
}
