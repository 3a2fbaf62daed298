import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { TokenProcess } from '../src/signing/token/token-process.ts'
import { codeOf } from './test-keys.ts'

const program = fileURLToPath(new URL('./fixtures/token/process.ts', import.meta.url))
const running: TokenProcess[] = []

/** Milliseconds that pass only where a test says so: how busy the machine is ends nothing. */
const timeoutMs = 5000

async function started(behaviour: string): Promise<TokenProcess> {
  const token = new TokenProcess({ environment: {}, timeoutMs, program })
  running.push(token)
  await token.ask('load', behaviour)
  return token
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
  for (const token of running.splice(0)) token.close()
})

describe('the process that holds a token', () => {
  it('has its time for each question, however many wait', async () => {
    const token = await started('answers')
    const asked = Array.from({ length: 40 }, async () => {
      const answer = await token.ask('slots')
      vi.advanceTimersByTime(timeoutMs / 5)
      return answer
    })
    expect(await Promise.all(asked)).toEqual(Array.from({ length: 40 }, () => 'slots'))
    expect(token.isRunning).toBe(true)
  })

  it('that does not answer is ended, and all who wait are told', async () => {
    const token = await started('hangs')
    const codes = Promise.all([1, 2, 3].map(() => codeOf(() => token.ask('slots'))))
    await vi.advanceTimersByTimeAsync(timeoutMs - 1)
    expect(token.isRunning).toBe(true)
    await vi.advanceTimersByTimeAsync(1)
    expect(await codes).toEqual(Array.from({ length: 3 }, () => 'token-unavailable'))
    expect(token.isRunning).toBe(false)
  })

  it('that is killed in the middle leaves nobody waiting', async () => {
    const token = await started('killed')
    const codes = await Promise.all([1, 2, 3].map(() => codeOf(() => token.ask('slots'))))
    expect(codes).toEqual(Array.from({ length: 3 }, () => 'token-unavailable'))
    expect(await codeOf(() => token.ask('slots'))).toBe('token-unavailable')
  })

  it('that is closed in the middle leaves nobody waiting', async () => {
    const token = await started('slow')
    const asked = codeOf(() => token.ask('slots'))
    token.close()
    expect(await asked).toBe('token-unavailable')
  })

  it('is not there, and that is told', async () => {
    const token = new TokenProcess({ environment: {}, timeoutMs, program: `${program}.none` })
    expect(await codeOf(() => token.ask('load', 'x'))).toBe('token-unavailable')
  })
})
