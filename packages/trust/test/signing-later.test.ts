import { createHash } from 'node:crypto'
import { Problem } from '@sapan/kernel'
import { describe, expect, it } from 'vitest'
import { type DigestKey, trustProblems } from '../src/index.ts'
import { TestDocumentAuthority } from './document-authority.ts'
import { ServiceDesk } from './signing-service-desk.ts'

const one = createHash('sha256').update('หนึ่ง').digest('base64')

/** A key that signs when it is told to. */
class SlowKey {
  readonly #key: DigestKey
  readonly #go: (() => void)[] = []
  fails: Error | undefined

  private constructor(key: DigestKey) {
    this.#key = key
  }

  static async create(): Promise<SlowKey> {
    return new SlowKey(await (await TestDocumentAuthority.create('rsa-pkcs1-sha256')).digestKey())
  }

  get key(): DigestKey {
    const signDigests: DigestKey['signDigests'] = async (...asked) => {
      await new Promise<void>((resolve) => this.#go.push(resolve))
      if (this.fails) throw this.fails
      return this.#key.signDigests(...asked)
    }
    return { ...this.#key, signDigests }
  }

  go(): void {
    for (const each of this.#go.splice(0)) each()
  }
}

async function begun(more: object = {}) {
  const slow = await SlowKey.create()
  const desk = await ServiceDesk.open({ key: slow.key })
  const asked = {
    credentialID: 'seal',
    SAD: await desk.sad([one]),
    hashes: [one],
    signAlgo: '1.2.840.113549.1.1.11',
    operationMode: 'A',
    ...more,
  }
  const { body } = await desk.call('v2/signatures/signHash', asked)
  const poll = (token?: string) =>
    desk.call('v2/signatures/signPolling', { requestID: body.responseID }, token)
  return { slow, desk, asked, body, poll }
}

describe('a signature that is asked for and fetched later', () => {
  it('is worked on until it is there, and may be fetched again', async () => {
    const { slow, body, poll } = await begun()
    expect(body.signatures).toBeUndefined()
    expect(body.responseID).toMatch(/^[\w-]{43}$/)
    expect(await poll()).toMatchObject({ status: 202, body: { error: 'accepted_request' } })
    slow.go()
    await expect.poll(async () => (await poll()).status).toBe(200)
    const { body: outcome } = await poll()
    expect(outcome.signatures).toHaveLength(1)
    expect((await poll()).body).toEqual(outcome)
  })

  it('uses its SAD up when it is asked for, and not twice', async () => {
    const { desk, asked } = await begun()
    const again = await desk.call('v2/signatures/signHash', asked)
    expect(again.body.error_description).toBe('Invalid parameter SAD')
  })

  it('is refused at once where it was not authorised', async () => {
    const other = createHash('sha256').update('สอง').digest('base64')
    const { body } = await begun({ hashes: [other] })
    expect(body.error_description).toBe('Hash is not authorized by the SAD')
  })

  it('is its own user’s', async () => {
    const { slow, poll } = await begun()
    slow.go()
    expect((await poll('somebody')).body.error_description).toBe('Invalid parameter requestID')
  })

  it('is kept for as long as was asked', async () => {
    const { slow, desk, poll } = await begun({ validity_period: 60_000 })
    slow.go()
    await expect.poll(async () => (await poll()).status).toBe(200)
    desk.time += 59_999
    expect((await poll()).status).toBe(200)
    desk.time += 1
    expect((await poll()).body.error_description).toBe('Invalid parameter requestID')
  })

  it('that cannot be made is told so, and the house why', async () => {
    const { slow, desk, poll } = await begun()
    slow.fails = new Problem(trustProblems['token-unavailable'])
    slow.go()
    await expect.poll(async () => (await poll()).status).toBe(503)
    expect(desk.faults).toEqual([slow.fails])
    const broken = await begun()
    broken.slow.fails = new Error('password=hunter2')
    broken.slow.go()
    await expect.poll(async () => (await broken.poll()).status).toBe(500)
    expect(JSON.stringify(await broken.poll())).not.toContain('hunter2')
    expect(broken.desk.faults).toHaveLength(1)
  })
})
