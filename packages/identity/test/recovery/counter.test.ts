import { renderPage, type SiteAnswer } from '@sapan/ui'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFreezing } from '../../src/account/freezing.ts'
import { createDevices } from '../../src/authenticators/devices.ts'
import { type EnrolmentPagesOptions, enrolmentPages } from '../../src/pages/proofing/enrol.ts'
import { createRecovery, type Recovery } from '../../src/recovery/recovery.ts'
import { type AuthenticatorTest, authenticatorTest, origin, signInWith } from '../authenticators/ground.ts'
import { SoftwareAuthenticator } from '../software-authenticator.ts'

let test: AuthenticatorTest
let recovery: Recovery
let options: EnrolmentPagesOptions
/** To whom the officer gave the code. */
let holder: string

const nothing = async () => {}
const id = 'a'.repeat(64)

beforeAll(async () => {
  test = await authenticatorTest()
  const { ground, accounts, authenticators } = test
  const devices = createDevices(ground)
  recovery = createRecovery(ground, { accounts, devices, revokeSessions: nothing, settle: nothing })
  const known = async () => ({ id, account: holder })
  options = {
    accounts,
    authenticators,
    recovery,
    counter: { lookAtCode: known, codeOfId: known, takeCode: known },
    nameOf: async () => ({ th: 'สมใจ', en: 'Somjai' }),
    hashKey: ground.hashKey,
  }
})
afterAll(() => test.ground.database.drop())

async function ask(path: string, form: Record<string, string>): Promise<SiteAnswer> {
  const route = enrolmentPages<undefined, never>(options).find(
    (one) => one.method === 'POST' && one.path === path,
  )
  if (route === undefined) throw new Error(`no route ${path}`)
  return route.handle({
    method: 'POST',
    path,
    parameters: { code: id },
    query: new URLSearchParams(),
    form: new URLSearchParams(form),
    language: 'en',
    who: undefined,
    formKey: null,
    userAgent: '',
    address: '203.0.113.5',
  })
}

function html(answer: SiteAnswer): string {
  if (answer.kind !== 'page') throw new Error(`${answer.kind} is no page`)
  return renderPage({
    language: 'en',
    title: '',
    languages: { th: '', en: '' },
    home: '/',
    body: answer.body,
  })
}

/** Adds a passkey with the officer's code; gives the pages before and after. */
async function enrol(device: SoftwareAuthenticator, more: Record<string, string> = {}) {
  const before = html(await ask('/enrol', { code: 'AAAAA-AAAAA' }))
  const begun = await ask('/enrol/:code/options', {})
  if (begun.kind !== 'file') throw new Error('no options')
  const { ceremony, options: created } = JSON.parse(String(begun.body))
  const sent = { code: 'AAAAA-AAAAA', ceremony, response: device.create(created), name: 'New', ...more }
  return { before, after: html(await ask('/enrol/:code', sent)) }
}

describe('a passkey with a code from a counter', () => {
  it('counts at once in an account that nobody could enter', async () => {
    holder = await test.open()
    const device = new SoftwareAuthenticator(origin)
    const { before, after } = await enrol(device)
    expect(before).not.toContain('short wait')
    expect(after).toContain('The passkey was added')
    await expect(signInWith(test, device)).resolves.toMatchObject({ account: holder })
  })

  it('waits where somebody could object, who is told and can cancel it', async () => {
    holder = await test.open()
    const owner = await test.passkey(holder)
    const device = new SoftwareAuthenticator(origin)
    const { before, after } = await enrol(device)
    expect(before).toContain('short wait')
    expect(after).toContain('The recovery has begun')
    expect(test.notices.at(-1)).toMatchObject({ account: holder, kind: 'security' })
    const waiting = await recovery.waiting(holder)
    expect(waiting).toMatchObject({ how: 'in-person', keepsFormer: false })
    await recovery.cancel(holder, waiting?.id ?? '')
    test.ground.pass(2 * 3_600_000)
    await recovery.ripen()
    await expect(signInWith(test, device)).rejects.toMatchObject({ code: 'passkey-refused' })
    await expect(signInWith(test, owner)).resolves.toMatchObject({ account: holder })
  })

  it('counts after two hours, and the former ones stay where it is asked', async () => {
    holder = await test.open()
    const former = await test.passkey(holder)
    const device = new SoftwareAuthenticator(origin)
    await enrol(device, { 'keeps-former': 'yes' })
    test.ground.pass(2 * 3_600_000)
    await recovery.ripen()
    for (const one of [former, device])
      await expect(signInWith(test, one)).resolves.toMatchObject({ account: holder })
  })

  it('opens a frozen account again, after the wait', async () => {
    holder = await test.open()
    const freezing = createFreezing(test.ground, {
      accounts: test.accounts,
      devices: createDevices(test.ground),
      revokeSessions: nothing,
      statuses: { suspendAll: nothing, resumeAll: nothing },
      mandates: { suspendAll: nothing },
    })
    await freezing.freeze(holder)
    const device = new SoftwareAuthenticator(origin)
    await enrol(device)
    expect(await test.accounts.find(holder)).toMatchObject({ state: 'frozen' })
    test.ground.pass(2 * 3_600_000)
    await recovery.ripen()
    await freezing.unfreeze(await signInWith(test, device))
    expect(await test.accounts.find(holder)).toMatchObject({ state: 'open' })
  })
})
