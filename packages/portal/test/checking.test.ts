import { afterEach, expect, it } from 'vitest'
import { type Checking, type CheckingOptions, createChecking } from '../src/checking/checking.ts'

const program = new URL('./fixtures/misbehaving-thread.ts', import.meta.url)
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

it('checks one file after the other on the same thread', async () => {
  const check = start()
  expect(await Promise.all(['a', 'b', 'c'].map(check))).toEqual([{ said: 'a' }, { said: 'b' }, { said: 'c' }])
})

it('ends a file that takes too long, and checks the next one', async () => {
  const check = start({ timeoutMs: 500 })
  await expect(check('loop')).rejects.toThrow('check-took-too-long')
  expect(await start()('next')).toEqual({ said: 'next' })
})

it('ends a file that takes too much memory', async () => {
  await expect(start()('memory')).rejects.toThrow('check-took-too-long')
})

it.each(['throw', 'exit'])('survives a thread that does %s', async (order) => {
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
