import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, it, vi } from 'vitest'
import { type Checking, type CheckingOptions, createChecking } from '../src/checking/checking.ts'

const program = new URL('./fixtures/misbehaving-process.ts', import.meta.url)
let checking: Checking | undefined

afterEach(async () => {
  await checking?.close()
  checking = undefined
})

function start(options: Partial<CheckingOptions> = {}): (order: string) => Promise<unknown> {
  const made = createChecking({ anchors: [], program, ...options })
  checking = made
  return (order) => made.check({ bytes: Buffer.from(order), picture: false }).then(({ report }) => report)
}

it('checks one file after the other in the same process', async () => {
  const check = start()
  expect(await Promise.all(['a', 'b', 'c'].map(check))).toEqual([{ said: 'a' }, { said: 'b' }, { said: 'c' }])
})

it.each(['write', 'spawn', 'connect'])(
  'keeps what checks a file from what it has no need of: to %s',
  async (what) => {
    const folder = await mkdtemp(join(tmpdir(), 'sapan-overreach-'))
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const place = { write: join(folder, 'file'), spawn: 'true', connect: port }[what]
    expect(await start()(`${what} ${place}`)).toEqual({ said: 'ERR_ACCESS_DENIED' })
    const isAllowed = start({ network: {} })
    expect(await isAllowed(`${what} ${place}`)).toEqual({
      said: what === 'connect' ? 'done' : 'ERR_ACCESS_DENIED',
    })
    server.close()
    await rm(folder, { recursive: true })
  },
)

it('leaves no process behind when its own is killed, not even one that is busy', async () => {
  const script = new URL('./fixtures/killed-while-checking.ts', import.meta.url)
  const child = spawn(process.execPath, [fileURLToPath(script)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [number] = await once(child.stdout, 'data')
  child.kill('SIGKILL')
  await vi.waitFor(() => expect(() => process.kill(Number(number), 0)).toThrow('ESRCH'), 20_000)
})

it('ends a file that takes too long, and checks the next one', async () => {
  const check = start({ timeoutMs: 500 })
  await expect(check('loop')).rejects.toThrow('check-took-too-long')
  expect(await start()('next')).toEqual({ said: 'next' })
})

it('ends a file that takes too much memory', async () => {
  await expect(start()('memory')).rejects.toThrow('check-took-too-long')
})

it.each(['throw', 'exit'])('survives a process that does %s', async (order) => {
  const check = start()
  await expect(check(order)).rejects.toThrow('portal-fault')
  expect(await check('next')).toEqual({ said: 'next' })
})

it('says that it is busy instead of letting everybody wait', async () => {
  const check = start({ waiting: 1, timeoutMs: 1_000 })
  const [first, second] = [check('loop'), check('waits')]
  await expect(check('too many')).rejects.toThrow('checker-busy')
  await expect(first).rejects.toThrow('check-took-too-long')
  expect(await second).toEqual({ said: 'waits' })
})
