import { Problem } from '@sapan/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFreezing, type Freezing } from '../../src/account/freezing.ts'
import { createDevices } from '../../src/authenticators/devices.ts'
import { proofingProblems } from '../../src/problems/proofing.ts'
import type { Finding } from '../../src/proofing/settle.ts'
import { createRecovery, type Proofed, type Recovery } from '../../src/recovery/recovery.ts'
import { type AuthenticatorTest, authenticatorTest, origin, signInWith } from '../authenticators/ground.ts'
import { SoftwareAuthenticator } from '../software-authenticator.ts'

let test: AuthenticatorTest
let recovery: Recovery
let freezing: Freezing
/** What other rooms were told, in order. */
let told: string[]
/** What recoveries wrote down of what proofing found. */
const settled: [string, Finding][] = []
let refused = false

const hour = 3_600_000

beforeAll(async () => {
  test = await authenticatorTest()
  told = []
  const tell = (what: string) => async (one: unknown, other?: unknown) =>
    void told.push(`${what} ${typeof one === 'string' ? one : other}`)
  const ports = {
    accounts: test.accounts,
    devices: createDevices(test.ground),
    revokeSessions: tell('revoke'),
    settle: async (_: unknown, account: string, finding: Finding) => {
      if (refused) throw new Problem(proofingProblems['proofing-number-in-use'])
      settled.push([account, finding])
    },
    statuses: { suspendAll: tell('suspend statuses'), resumeAll: tell('resume statuses') },
    mandates: { suspendAll: tell('suspend mandates'), resumeAll: tell('resume mandates') },
  }
  recovery = createRecovery(test.ground, ports)
  freezing = createFreezing(test.ground, ports)
})
afterAll(() => test.ground.database.drop())

/** Somebody was proved to be the account's owner, and adds a passkey of theirs. */
async function recover(account: string, how: Proofed['how'] = 'remote', keepsFormer = false) {
  const device = new SoftwareAuthenticator(origin)
  const owner = { account, label: 'x', bound: 'counter' }
  const { ceremony, options } = await test.authenticators.beginPasskey(owner)
  const answer = { ceremony, response: device.create(options), bound: 'counter', name: 'ใหม่', keepsFormer }
  return { device, waiting: await recovery.begin({ account, how, evidence: 'e1' }, answer) }
}

const kinds = async (account: string) =>
  (await test.ground.history.list(account, { limit: 50 })).map(({ kind }) => kind)

describe('recovery of an account', () => {
  it('takes effect only after its time, and then in place of what was lost', async () => {
    const account = await test.open()
    const lost = await test.passkey(account)
    const { device, waiting } = await recover(account)
    expect(waiting.readyAt - waiting.begunAt).toBe(72 * hour)
    test.ground.pass(71 * hour)
    expect(await recovery.ripen()).toBe(0)
    await expect(signInWith(test, device)).rejects.toMatchObject({ code: 'passkey-refused' })
    await expect(signInWith(test, lost)).resolves.toMatchObject({ account })

    test.ground.pass(hour)
    expect(await recovery.ripen()).toBe(1)
    await expect(signInWith(test, device)).resolves.toMatchObject({ account })
    await expect(signInWith(test, lost)).rejects.toMatchObject({ code: 'passkey-refused' })
    expect(told).toContain(`revoke ${account}`)
    expect(await recovery.waiting(account)).toBeUndefined()
  })

  it('keeps what was there where its owner wants that', async () => {
    const account = await test.open()
    const former = await test.passkey(account)
    const { device } = await recover(account, 'remote', true)
    test.ground.pass(72 * hour)
    await recovery.ripen()
    for (const one of [former, device])
      await expect(signInWith(test, one)).resolves.toMatchObject({ account })
  })

  it('waits less for who came in person', async () => {
    const { waiting } = await recover(await test.open(), 'in-person')
    expect(waiting.readyAt - waiting.begunAt).toBe(2 * hour)
    test.ground.pass(2 * hour)
    expect(await recovery.ripen()).toBe(1)
  })

  it('keeps the history', async () => {
    const account = await test.open()
    await test.passkey(account)
    await recover(account)
    test.ground.pass(72 * hour)
    await recovery.ripen()
    expect(await kinds(account)).toEqual(['recovery-completed', 'recovery-begun', 'authenticator-added'])
  })

  it('by an attacker is told to the owner at once, and comes to nothing when they cancel it', async () => {
    const account = await test.open()
    const own = await test.passkey(account)
    const { device: attackers, waiting } = await recover(account)
    expect(test.notices.filter((notice) => notice.account === account).at(-1)?.title.en).toContain('72 hours')
    test.ground.pass(70 * hour)
    await expect(signInWith(test, own)).resolves.toMatchObject({ account })
    await recovery.cancel(account, waiting.id, 'session')
    test.ground.pass(100 * hour)
    expect(await recovery.ripen()).toBe(0)
    await expect(signInWith(test, attackers)).rejects.toMatchObject({ code: 'passkey-refused' })
    await expect(signInWith(test, own)).resolves.toMatchObject({ account })
    expect((await kinds(account))[0]).toBe('recovery-cancelled')
    const { rows } = await test.ground.pool.query(
      'select content_sealed from identity.recovery where id = $1',
      [waiting.id],
    )
    expect(rows).toEqual([{ content_sealed: null }])
  })

  it('is cancelled by nobody else, and not twice', async () => {
    const [account, other] = [await test.open(), await test.open()]
    const { waiting } = await recover(account)
    const unknown = { code: 'recovery-not-found', type: { status: 404 } }
    await expect(recovery.cancel(other, waiting.id)).rejects.toMatchObject(unknown)
    await recovery.cancel(account, waiting.id)
    await expect(recovery.cancel(account, waiting.id)).rejects.toMatchObject(unknown)
  })

  it('is one at a time', async () => {
    const account = await test.open()
    const first = await recover(account)
    await expect(recover(account)).rejects.toMatchObject({ code: 'recovery-waiting' })
    await recovery.cancel(account, first.waiting.id)
    await expect(recover(account)).resolves.toBeDefined()
  })

  it('is completed once, though many processes look for what is due', async () => {
    const account = await test.open()
    await recover(account)
    test.ground.pass(72 * hour)
    const completed = await Promise.all([recovery.ripen(), recovery.ripen(), recovery.ripen()])
    expect(completed.reduce((sum, one) => sum + one, 0)).toBeGreaterThan(0)
    expect((await kinds(account)).filter((kind) => kind === 'recovery-completed')).toHaveLength(1)
  })

  it('of nobody’s account does not begin', async () => {
    const begun = recover('00000000-0000-0000-0000-000000000000')
    await expect(begun).rejects.toMatchObject({ code: 'account-not-found' })
  })
})

describe('what a recovery was proved with', () => {
  const finding: Finding = {
    method: 'population-register',
    identifiers: [{ scheme: 'national-id', value: '1234567890121' }],
    exchanges: ['x1'],
    detail: { card: 'JE1' },
    repeatKey: 'act-1',
  }
  async function recoverWith(account: string) {
    const owner = { account, label: 'x', bound: 'counter' }
    const device = new SoftwareAuthenticator(origin)
    const { ceremony, options } = await test.authenticators.beginPasskey(owner)
    const answer = {
      ceremony,
      response: device.create(options),
      bound: 'counter',
      name: 'x',
      keepsFormer: false,
    }
    await recovery.begin({ account, how: 'remote', evidence: 'x1', finding }, answer)
    return device
  }

  it('is written down with its completion, not before, and never where it is cancelled', async () => {
    const [account, other] = [await test.open(), await test.open()]
    await recoverWith(account)
    await recoverWith(other)
    await recovery.cancel(other, (await recovery.waiting(other))?.id ?? '')
    expect(settled).toEqual([])
    test.ground.pass(72 * hour)
    await recovery.ripen()
    expect(settled).toEqual([[account, finding]])
  })

  it('keeps nobody out where it cannot be written down any more', async () => {
    const account = await test.open()
    const device = await recoverWith(account)
    test.ground.pass(72 * hour)
    refused = true
    expect(await recovery.ripen()).toBe(1)
    refused = false
    await expect(signInWith(test, device)).resolves.toMatchObject({ account })
  })
})

describe('“this wasn’t me”', () => {
  it('stops everything in one press, and tells', async () => {
    const account = await test.open()
    await test.passkey(account)
    told = []
    await freezing.freeze(account, 'session')
    expect((await test.accounts.find(account))?.state).toBe('frozen')
    expect(told).toEqual([`revoke ${account}`, `suspend statuses ${account}`, `suspend mandates ${account}`])
    expect((await kinds(account))[0]).toBe('frozen')
    await freezing.freeze(account)
    expect((await kinds(account)).filter((kind) => kind === 'frozen')).toHaveLength(1)
  })

  it('is undone with a passkey that was there long enough before', async () => {
    const account = await test.open()
    const old = await test.passkey(account)
    test.ground.pass(72 * hour)
    const young = await test.passkey(account)
    await freezing.freeze(account)
    const late = await test.passkey(account)
    for (const thiefs of [young, late]) {
      const undone = freezing.unfreeze(await signInWith(test, thiefs))
      await expect(undone).rejects.toMatchObject({ code: 'unfreeze-refused' })
    }
    told = []
    await freezing.unfreeze(await signInWith(test, old))
    expect((await test.accounts.find(account))?.state).toBe('open')
    expect(told).toEqual([`resume statuses ${account}`, `resume mandates ${account}`])
  })

  it('leaves a thief nothing to come back with, once it is undone', async () => {
    const account = await test.open()
    const old = await test.passkey(account)
    test.ground.pass(72 * hour)
    const thiefs = await test.passkey(account)
    await freezing.freeze(account)
    await freezing.unfreeze(await signInWith(test, old))
    await expect(signInWith(test, thiefs)).rejects.toMatchObject({ code: 'passkey-refused' })
    await expect(signInWith(test, old)).resolves.toMatchObject({ account })
    expect(await kinds(account)).toContain('authenticator-removed')
  })

  it('ends a recovery that waits, which nobody could cancel afterwards', async () => {
    const account = await test.open()
    const owners = await test.passkey(account)
    const { device } = await recover(account)
    await freezing.freeze(account)
    expect(await recovery.waiting(account)).toBeUndefined()
    test.ground.pass(73 * hour)
    await recovery.ripen()
    expect((await test.accounts.find(account))?.state).toBe('frozen')
    await expect(signInWith(test, device)).rejects.toMatchObject({ code: 'passkey-refused' })
    await expect(signInWith(test, owners)).resolves.toMatchObject({ account })
    expect((await kinds(account)).slice(0, 2).sort()).toEqual(['frozen', 'recovery-cancelled'])
  })

  it('is undone by recovery, which nobody can cancel meanwhile with what they hold', async () => {
    const account = await test.open()
    await test.passkey(account)
    await freezing.freeze(account)
    const { device, waiting } = await recover(account, 'in-person')
    await expect(recovery.cancel(account, waiting.id)).rejects.toMatchObject({ code: 'account-frozen' })
    test.ground.pass(2 * hour)
    await recovery.ripen()
    // Nothing goes on before its owner has come, and looked at what was given.
    expect((await test.accounts.find(account))?.state).toBe('frozen')
    told = []
    const proof = await signInWith(test, device)
    expect(await freezing.mayOpen(proof)).toBeDefined()
    await freezing.unfreeze(proof)
    expect((await test.accounts.find(account))?.state).toBe('open')
    expect(told).toEqual([`resume statuses ${account}`, `resume mandates ${account}`])
    await expect(signInWith(test, device)).resolves.toMatchObject({ account })
  })

  it('leaves everything as it was where a part of it fails', async () => {
    const account = await test.open()
    const broken = createFreezing(test.ground, {
      accounts: test.accounts,
      devices: createDevices(test.ground),
      revokeSessions: async () => {},
      statuses: { suspendAll: () => Promise.reject(new Error('down')), resumeAll: async () => {} },
      mandates: { suspendAll: async () => {} },
    })
    await expect(broken.freeze(account)).rejects.toThrow('down')
    expect((await test.accounts.find(account))?.state).toBe('open')
    expect(await kinds(account)).toEqual([])
  })
})
