import { execFileSync, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import {
  type Country,
  client,
  service,
  startAgencies,
} from '../../../../packages/exchange/test/gateway/agencies.ts'
import { sendRaw } from '../../../../packages/exchange/test/gateway/raw.ts'
import { registerDescription, somebody } from '../../../../packages/exchange/test/gateway/register.ts'
import { leftIn } from '../../../../packages/exchange/test/gateway/spilled.ts'
import { type Postgres, startPostgres } from '../../src/postgres/index.ts'
import { letIn } from '../postgres/homes.ts'

let country: Country
afterEach(() => country?.stop())

const person = `/persons/${somebody}`
const lines = (...more: string[]) =>
  [`/r1/${service}${person} HTTP/1.1`, 'Host: x', `X-Road-Client: ${client}`, ...more].join('\r\n')

describe('connections on which nothing is said', { timeout: 120_000 }, () => {
  it('ten thousand of them keep nobody from being served, cost little, and are ended', async () => {
    country = await startAgencies({ rd: { settings: { timeouts: { headers: 20 } } } })
    expect((await country.ask(person)).status).toBe(200)
    const before = process.memoryUsage().rss
    const program = fileURLToPath(new URL('idle-connections.ts', import.meta.url))
    const idle = fork(program, [new URL(country.rd.edge).port, '10000'], { execArgv: [] })
    try {
      const [opened] = await once(idle, 'message')
      expect(opened).toBe(10_000)
      for (let n = 0; n < 50; n++) expect((await country.ask(person)).status).toBe(200)
      const each = (process.memoryUsage().rss - before) / 10_000
      expect(each).toBeLessThan(30 * 1024)
      await expect
        .poll(
          async () => {
            idle.send('?')
            return (await once(idle, 'message'))[0]
          },
          { timeout: 60_000, interval: 1_000 },
        )
        .toBe(0)
      expect((await country.ask(person)).status).toBe(200)
    } finally {
      idle.kill()
    }
  })
})

describe('a connection of which one half is closed', () => {
  it('behind a whole request takes it back, and nobody is kept from the next', async () => {
    country = await startAgencies()
    const bytes = `PUT ${lines('Content-Length: 2')}\r\n\r\n{}`
    await sendRaw(country.rd.edge, bytes, { thenEnd: true }).catch(() => {})
    expect((await country.ask(person, { method: 'PUT', body: '{}' })).status).toBe(200)
    expect(country.register.asked).toHaveLength(1)
  })

  it('in the middle of a request is ended, and nothing is sent on', async () => {
    country = await startAgencies()
    await sendRaw(country.rd.edge, `PUT ${lines('Content-Length: 9')}\r\n\r\n{"a"`, { thenEnd: true }).catch(
      () => {},
    )
    expect(country.register.asked).toEqual([])
    expect((await country.ask(person)).status).toBe(200)
  })

  it('by the provider’s system, behind its answer, is no fault', async () => {
    country = await startAgencies()
    country.register.answering = (request) => {
      request.socket.end(
        'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{"nationalId":"1"}',
      )
    }
    expect(await (await country.ask(person)).json()).toEqual({ nationalId: '1' })
  })
})

/** A file system that is full when this much lies in it. Only root makes one. */
function smallDisk(megabytes: number): { folder: string; fill(): void; free(): void; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'sapan-small-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0755`, 'tmpfs', folder])
  const ballast = join(folder, 'ballast')
  return {
    folder,
    fill: () => {
      const piece = Buffer.alloc(64 * 1024)
      try {
        for (;;) writeFileSync(ballast, piece, { flag: 'a' })
      } catch {
        // Full.
      }
    },
    free: () => rmSync(ballast, { force: true }),
    remove: () => {
      execFileSync('umount', ['-l', folder])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

describe.runIf(process.getuid?.() === 0)('a disk that is full', { timeout: 180_000 }, () => {
  it('of a gateway’s database: nothing is answered that is not proven, and service resumes when there is room', async () => {
    const disk = smallDisk(220)
    let postgres: Postgres | undefined
    try {
      await letIn(disk.folder)
      postgres = await startPostgres({ directory: join(disk.folder, 'postgres') })
      const url = await postgres.ensureDatabase('gateway')
      country = await startAgencies({ dopa: { throughDatabase: async () => url } })
      expect((await country.ask(person)).status).toBe(200)
      disk.fill()
      const kept: string[] = []
      const outcomes = new Map<number, number>()
      const until = Date.now() + 20_000
      while (Date.now() < until && (outcomes.get(503) ?? 0) < 20) {
        const answer = await country.ask(`/photos/${somebody}`, { method: 'POST', body: 'x'.repeat(200_000) })
        outcomes.set(answer.status, (outcomes.get(answer.status) ?? 0) + 1)
        if (answer.status < 300) kept.push(answer.headers.get('sapan-exchange') ?? '')
        await answer.arrayBuffer()
      }
      expect(outcomes.get(503) ?? 0).toBeGreaterThan(0)
      expect([...outcomes.keys()].every((status) => status < 300 || status === 503)).toBe(true)
      disk.free()
      await expect
        .poll(async () => (await country.ask(person)).status, { timeout: 60_000, interval: 250 })
        .toBe(200)
      for (const exchange of kept) {
        const { records } = await country.dopa.operator('GET', `/v1/evidence/${exchange}`)
        expect(records).toHaveLength(2)
      }
    } finally {
      await country.stop()
      await postgres?.stop()
      disk.remove()
    }
  })
})

/** A system that speaks as it is told, byte for byte, from the moment that somebody connects. */
async function rawSystem(speak: (socket: Socket) => void): Promise<{ url: string; close(): void }> {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    speak(socket)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() }
}

/** Two agencies, of which the provider's system is that one. */
async function before(system: { url: string }): Promise<void> {
  country = await startAgencies({ timeoutMs: 20_000, dopa: { settings: { limits: { bodyBytes } } } })
  const [{ id }] = (await country.dopa.operator('GET', '/v1/services')).services as [{ id: string }]
  expect(id).toBe(service)
  await country.dopa.operator('POST', '/v1/services', {
    subsystem: 'TH/GOV/DOPA/main',
    openapi: registerDescription,
    url: system.url,
    timeoutMs: 20_000,
  })
}

/** Of an answer, at most. */
const bodyBytes = 50_000_000
const early = 'HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\nContent-Length: 2\r\n\r\nok'

describe('a provider’s system that', { timeout: 60_000 }, () => {
  it.each<[string, (socket: Socket) => void, number[]]>([
    ['answers before it reads anything, and never does', (socket) => socket.pause().write(early), [200]],
    ['answers before it reads anything, and closes', (socket) => socket.pause().end(early), [200, 502]],
    [
      'resets in the middle of what it is sent',
      (socket) => socket.once('data', () => socket.resetAndDestroy()),
      [502],
    ],
    ['resets at once', (socket) => socket.resetAndDestroy(), [502]],
  ])('%s ends its own exchange and no other', async (_, speak, statuses) => {
    const system = await rawSystem(speak)
    try {
      await before(system)
      const large = { method: 'POST', body: Buffer.alloc(40_000_000) }
      const answer = await country.ask(`/photos/${somebody}`, large)
      expect(statuses).toContain(answer.status)
      await answer.arrayBuffer()
      await expect.poll(() => leftIn(country.dopa.spillDirectory)).toEqual([])
      await expect.poll(() => leftIn(country.rd.spillDirectory)).toEqual([])
    } finally {
      system.close()
    }
  })

  it.each([
    ['10 GB, and says so', 'Content-Length: 10000000000'],
    ['10 GB, and does not say so', 'Transfer-Encoding: chunked'],
  ])('sends %s is cut off at the limit', async (_, length) => {
    let sent = 0
    const piece = Buffer.alloc(1024 * 1024)
    const chunk = Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n')])
    const system = await rawSystem((socket) => {
      const bytes = length.startsWith('C') ? piece : chunk
      const more = () => {
        while (!socket.destroyed && sent < 10_000_000_000) {
          sent += bytes.length
          if (!socket.write(bytes)) return
        }
      }
      socket.once('data', () => {
        socket.write(`HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\n${length}\r\n\r\n`)
        socket.on('drain', more)
        more()
      })
    })
    try {
      await before(system)
      const rss = process.memoryUsage().rss
      const answer = await country.ask(`/photos/${somebody}`)
      expect([answer.status, (await answer.text()).includes('provider-answer-too-large')]).toEqual([
        502,
        true,
      ])
      expect(sent).toBeLessThan(bodyBytes + 32 * piece.length)
      expect(process.memoryUsage().rss - rss).toBeLessThan(150 * piece.length)
      expect(await leftIn(country.dopa.spillDirectory)).toEqual([])
    } finally {
      system.close()
    }
  })
})
