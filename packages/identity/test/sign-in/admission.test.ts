import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createDevices } from '../../src/authenticators/devices.ts'
import { type Admission, createAdmission, type Door } from '../../src/sign-in/admission.ts'
import { rules } from '../authenticators/rules.ts'
import { type TestGround, testGround } from '../ground.ts'

let ground: TestGround
let admission: Admission

beforeAll(async () => {
  ground = await testGround()
  admission = createAdmission({ ...ground, devices: createDevices(ground) }, rules.doors)
})
afterAll(() => ground.database.drop())
// So that what a test counted is forgotten.
beforeEach(() => ground.pass(3_600_000))

let visits = 0
/** What comes of asking: `in`, or the problem's code. */
async function ask(
  address: string,
  { door = 'open', device, visit = `v${visits++}` }: { door?: Door; device?: string; visit?: string } = {},
): Promise<string> {
  return admission.admit(door, { address, device, visit }).then(
    () => 'in',
    (error) => error.code,
  )
}

async function problemOf(address: string, visit: string) {
  return admission.admit('open', { address, device: undefined, visit }).then(
    () => undefined,
    (error) => error,
  )
}

/** A device from which somebody signed in. */
async function knownDevice(): Promise<string> {
  const id = `00000000-0000-7000-8000-${String(visits++).padStart(12, '0')}`
  await ground.pool.query(
    `insert into identity.account (id, state, ial, created_at, changed_at) values ($1, 'open', '1.1', now(), now())`,
    [id],
  )
  return createDevices(ground).remember(ground.pool, id, undefined, 'x')
}

describe('what strangers may begin', () => {
  it('is counted by their network, and told with the time after which it goes on', async () => {
    for (let i = 0; i < 4; i++) expect(await ask('203.0.113.1')).toBe('in')
    const problem = await problemOf('203.0.113.1', 'x')
    expect(problem).toMatchObject({ code: 'asked-too-often', type: { status: 429 } })
    const seconds = Number(problem.extensions.retryAfter)
    expect(seconds).toBe(15)
    expect(problem.detail).toEqual({
      th: 'ลองใหม่ได้ในอีก 15 วินาที',
      en: 'You can go on in 15 seconds.',
    })
    ground.pass(seconds * 1000 - 1)
    expect(await ask('203.0.113.1')).toBe('asked-too-often')
    ground.pass(1)
    expect(await ask('203.0.113.1')).toBe('in')
  })

  it('of one network takes nothing from another', async () => {
    for (let i = 0; i < 9; i++) await ask('203.0.113.2')
    expect(await ask('203.0.113.3')).toBe('in')
  })

  it('counts the network of one customer as one, whatever its addresses', async () => {
    for (let i = 0; i < 4; i++) await ask(`2001:db8:1:2::${i}`)
    expect(await ask('2001:db8:1:2:ffff::9')).toBe('asked-too-often')
    expect(await ask('2001:db8:1:3::1')).toBe('in')
  })

  it('lets no more in though many ask at once', async () => {
    const asked = await Promise.all(Array.from({ length: 12 }, () => ask('203.0.113.4', { door: 'start' })))
    expect(asked.filter((one) => one === 'in')).toHaveLength(12)
    const opened = await Promise.all(Array.from({ length: 12 }, () => ask('203.0.113.5')))
    expect(opened.filter((one) => one === 'in')).toHaveLength(4)
  })
})

describe('a device from which somebody signed in before', () => {
  it('is let in though its network and the whole house are full', async () => {
    const device = await knownDevice()
    for (let i = 0; i < 20; i++) await ask(`198.51.100.${i}`)
    for (let i = 0; i < 9; i++) await ask('203.0.113.6')
    expect(await ask('203.0.113.6')).toBe('asked-too-often')
    expect(await ask('203.0.113.6', { device })).toBe('in')
  })

  it('has a limit of its own, which is not got around by changing the network', async () => {
    const device = await knownDevice()
    const asked = []
    for (let i = 0; i < 4; i++) asked.push(await ask(`203.0.113.${20 + i}`, { device }))
    expect(asked).toEqual(['in', 'in', 'asked-too-often', 'asked-too-often'])
  })

  it('is none because its cookie says so', async () => {
    for (let i = 0; i < 4; i++) await ask('203.0.113.7', { device: 'A'.repeat(43) })
    expect(await ask('203.0.113.7', { device: 'A'.repeat(43) })).toBe('asked-too-often')
  })
})

describe('the valve of the house', () => {
  const flood = async (many: number) => {
    for (let i = 0; i < many; i++) await ask(`192.0.2.${i}`)
  }

  it('only slows: who has to wait is given a place, and comes in at its time, however many come meanwhile', async () => {
    await flood(10)
    const problem = await problemOf('203.0.113.8', 'honest')
    expect(problem).toMatchObject({ code: 'place-in-line' })
    const seconds = Number(problem.extensions.retryAfter)
    expect(seconds).toBe(50)
    ground.pass(seconds * 500)
    // Asking again in between neither helps nor harms.
    const again = await problemOf('203.0.113.8', 'honest')
    expect(again).toMatchObject({ code: 'place-in-line', extensions: { retryAfter: seconds / 2 } })
    await flood(60)
    ground.pass(seconds * 500)
    expect(await ask('203.0.113.8', { visit: 'honest' })).toBe('in')
  })

  it('gives a place once', async () => {
    await flood(6)
    expect(await ask('203.0.113.9', { visit: 'twice' })).toBe('place-in-line')
    ground.pass(10_000)
    const both = await Promise.all([1, 2].map(() => ask('203.0.113.9', { visit: 'twice' })))
    expect(both.filter((one) => one === 'in')).toHaveLength(1)
  })

  it('makes nobody wait longer than ten minutes', async () => {
    await flood(250)
    const problem = await problemOf('203.0.113.10', 'patient')
    expect(problem.extensions.retryAfter).toBe(600)
    ground.pass(600_000)
    expect(await ask('203.0.113.10', { visit: 'patient' })).toBe('in')
  })

  it('is no other door’s', async () => {
    await flood(30)
    expect(await ask('203.0.113.11', { door: 'reproof' })).toBe('in')
    expect(await ask('203.0.113.11', { door: 'start' })).toBe('in')
  })
})

describe('what was counted', () => {
  it('is cleared once it is of no use', async () => {
    await ask('203.0.113.12')
    const rows = async () =>
      (
        await ground.pool.query(
          `select from identity.admission union all select from identity.admission_place`,
        )
      ).rowCount
    expect(await rows()).toBeGreaterThan(0)
    ground.pass(3_600_000)
    await admission.clear()
    expect(await rows()).toBe(0)
  })
})
