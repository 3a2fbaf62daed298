import { type ChildProcess, fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, open, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Body } from '../../src/gateway/transport/body.ts'
import { BodyIntake } from '../../src/gateway/transport/body-intake.ts'
import { readBody, requestBodyProblems } from '../../src/gateway/transport/read-body.ts'
import { exchangeProblems } from '../../src/problems.ts'
import { handlesAreVisible, heldIn, leftIn } from './spilled.ts'

const large = Buffer.concat([Buffer.alloc(3 * 1024 * 1024, 'สมชาย'), Buffer.from('the end')])

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sapan-spill-'))
})
afterEach(async () => {
  vi.restoreAllMocks()
  await rm(folder, { recursive: true })
})

const limits = (bodyBytes = 100_000_000) => ({ bodyBytes, memoryBytes: 64 * 1024, spillDirectory: folder })

function pieces(content: Buffer, bytes = 50_000): Buffer[] {
  return Array.from({ length: Math.ceil(content.length / bytes) }, (_, n) =>
    content.subarray(n * bytes, (n + 1) * bytes),
  )
}

const spilled = (content = large): Promise<Body> =>
  readBody(Readable.from(pieces(content)), limits(), requestBodyProblems)

function reader(body: Body): Readable {
  const content = body.open()
  if (Buffer.isBuffer(content)) throw new Error('the body is in memory')
  return content
}

const isWhole = async (content: Readable) => (await buffer(content)).equals(large)

/** What every handle is: its methods are not exported. */
async function handleMethods() {
  const file = await open(fileURLToPath(import.meta.url))
  const methods = Object.getPrototypeOf(file) as typeof file
  await file.close()
  return methods
}

describe('a spilled body', () => {
  it.runIf(handlesAreVisible)('lies in a private file that has no name', async () => {
    const body = await spilled()
    expect(await readdir(folder)).toEqual([])
    const [handle = '', ...others] = await heldIn(folder)
    const { mode, nlink, size } = await stat(handle)
    expect([mode & 0o777, nlink, size, others]).toEqual([0o600, 0, large.length, []])
    await body.dispose()
  })

  it('is what came, by its digests and at once', async () => {
    const body = await spilled()
    expect([body.memory, body.bytes]).toEqual([null, large.length])
    expect(body.sha256).toEqual(createHash('sha256').update(large).digest())
    expect(await body.sha512()).toEqual(createHash('sha512').update(large).digest())
    expect((await body.content()).equals(large)).toBe(true)
    await body.dispose()
  })

  it('is whole for each who reads it, one after another and at once', async () => {
    const body = await spilled()
    expect(await isWhole(reader(body))).toBe(true)
    const together = [reader(body), reader(body), reader(body)].map(isWhole)
    expect(await Promise.all([...together, body.content().then((all) => all.equals(large))])).toEqual(
      Array(4).fill(true),
    )
    expect(await isWhole(reader(body))).toBe(true)
    await body.dispose()
    expect(await leftIn(folder)).toEqual([])
  })

  it('is whole for the next reader, and one in the middle, where a reader was given up', async () => {
    const body = await spilled()
    const inTheMiddle = reader(body)
    const givenUp = reader(body)
    await Promise.all([once(inTheMiddle, 'readable'), once(givenUp, 'readable')])
    givenUp.destroy()
    await once(givenUp, 'close')
    expect(await Promise.all([isWhole(inTheMiddle), isWhole(reader(body))])).toEqual([true, true])
    await body.dispose()
    expect(await leftIn(folder)).toEqual([])
  })

  it('that was disposed of fails for who still reads: nobody takes a part for the whole', async () => {
    const body = await spilled()
    const late = reader(body)
    await once(late, 'readable')
    await body.dispose()
    await expect(buffer(late)).rejects.toMatchObject({ code: 'EBADF' })
    await expect(buffer(reader(body))).rejects.toMatchObject({ code: 'EBADF' })
    await expect(body.content()).rejects.toMatchObject({ code: 'EBADF' })
  })

  it('fails for its reader where something cut the file', async () => {
    const body = await spilled()
    vi.spyOn(await handleMethods(), 'read').mockResolvedValue({ bytesRead: 0, buffer: Buffer.alloc(0) })
    await expect(buffer(reader(body))).rejects.toThrow('shorter')
    await expect(body.content()).rejects.toThrow('shorter')
    await body.dispose()
  })
})

describe.runIf(handlesAreVisible)('no handle is left', () => {
  it('of bodies that were read, are being read, were given up, or were never looked at', async () => {
    const ways: ((body: Body) => unknown)[] = [
      () => {},
      (body) => buffer(reader(body)),
      (body) => body.sha512(),
      (body) => reader(body),
      (body) => once(reader(body), 'readable'),
      (body) => reader(body).destroy(),
      (body) => void reader(body).once('readable', () => {}),
    ]
    const bodies = await Promise.all(ways.map(() => spilled()))
    expect((await heldIn(folder)).length).toBe(ways.length)
    await Promise.all(bodies.map((body, n) => ways[n]?.(body)))
    await Promise.all(bodies.map((body) => Promise.all([body.dispose(), body.dispose()])))
    await Promise.all(bodies.map((body) => body.dispose()))
    expect(await heldIn(folder)).toEqual([])
  })

  it('of a body that was given up on its way, at any moment of it', async () => {
    for (const before of [0, 1, 2, 5]) {
      const intake = new BodyIntake(limits(), exchangeProblems['body-too-large'])
      intake.take(large)
      for (let turn = 0; turn < before; turn++) await new Promise((resolve) => setImmediate(resolve))
      await intake.discard()
      await intake.discard()
      expect(await leftIn(folder)).toEqual([])
    }
  })

  it('of a body that is too large', async () => {
    const body = readBody(Readable.from(pieces(large)), limits(large.length - 1), requestBodyProblems)
    await expect(body).rejects.toMatchObject({ code: 'body-too-large' })
    expect(await leftIn(folder)).toEqual([])
  })

  it.each([
    ['with its first piece', 0],
    ['with its last piece', large.length - 1],
  ])('of a body for which the room runs out %s', async (_, room) => {
    const methods = await handleMethods()
    const write = methods.writeFile
    let written = 0
    vi.spyOn(methods, 'writeFile').mockImplementation(function (this: typeof methods, content) {
      written += (content as Buffer).length
      if (written > room) return Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' }))
      return write.call(this, content)
    })
    await expect(spilled()).rejects.toMatchObject({
      code: 'gateway-without-room',
      cause: { code: 'ENOSPC' },
    })
    expect(await leftIn(folder)).toEqual([])
  })
})

describe('a process that is killed', () => {
  let child: ChildProcess
  afterEach(() => child.kill('SIGKILL'))

  it('leaves nothing of the bodies it had spilled', async () => {
    const program = fileURLToPath(new URL('./fixtures/spill-bodies.ts', import.meta.url))
    child = fork(program, [folder], { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
    const [bytes] = await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(() => Promise.reject(new Error('it ended by itself'))),
    ])
    expect(bytes).toBe(4 * 1024 * 1024)
    if (handlesAreVisible) {
      const held = await Promise.all((await heldIn(folder, child.pid)).map((handle) => stat(handle)))
      expect(held.map(({ size }) => size)).toEqual([bytes, bytes])
    }
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    expect(await gone).toEqual([null, 'SIGKILL'])
    expect(await readdir(folder)).toEqual([])
  })
})
