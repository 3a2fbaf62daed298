import type { Visitor } from '@sapan/identity'
import { inTransaction } from '@sapan/kernel'
import type { Admitted, Visit } from '@sapan/ui'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { House } from '../src/identity/house.ts'
import { rememberingLanguage } from '../src/identity/remember-language.ts'
import { operatorHouse } from './operator-house.ts'

let opened: Awaited<ReturnType<typeof operatorHouse>>
let house: House
let who: Visitor

beforeAll(async () => {
  opened = await operatorHouse()
  house = opened.house
  const { accounts } = house.rooms
  const { id: account } = await inTransaction(house.ground.pool, (client) =>
    accounts.create(client, { language: 'th' }),
  )
  who = { account, name: 'x', session: 's', level: { ial: '1.1', aal: '2.2' }, authenticatedAt: 0 }
}, 60_000)
afterAll(() => opened?.close())

const spoken = async () => (await house.rooms.accounts.find(who.account))?.language

function visit(target: string, language: 'th' | 'en'): Visit {
  const form = new URLSearchParams()
  return {
    method: 'GET',
    target,
    language,
    cookies: undefined,
    headers: {},
    form,
    userAgent: '',
    address: '',
  }
}

/** A visit to a face that admits so. */
const visited = (admission: Admitted<Visitor | undefined>, of: Visit) =>
  rememberingLanguage(house, async () => admission)(of, {})

describe('the language in which somebody is written to', () => {
  it('stays while a page only comes in another, and is what they choose', async () => {
    await visited({ kind: 'in', who }, visit('/me', 'en'))
    expect(await spoken()).toBe('th')
    await visited({ kind: 'in', who }, visit('/me?lang=en', 'en'))
    expect(await spoken()).toBe('en')
    await visited({ kind: 'in', who }, visit('/me/inbox?page=2&lang=th', 'th'))
    expect(await spoken()).toBe('th')
  })

  it('is chosen by nobody who is not signed in', async () => {
    expect(await visited({ kind: 'in', who: undefined }, visit('/?lang=en', 'en'))).toMatchObject({
      kind: 'in',
    })
    expect(await visited({ kind: 'redirect', to: '/x' }, visit('/me?lang=en', 'en'))).toMatchObject({
      kind: 'redirect',
    })
    expect(await spoken()).toBe('th')
  })

  it('keeps nobody out where it cannot be remembered', async () => {
    const broken = { ...who, account: 'no account' }
    const admission = { kind: 'in', who: broken } as const
    expect(await visited(admission, visit('/me?lang=en', 'en'))).toEqual(admission)
  })
})
