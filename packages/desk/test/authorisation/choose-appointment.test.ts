import type { RelyingParty, Visitor } from '@sapan/identity'
import { createLogger } from '@sapan/kernel'
import { describe, expect, it } from 'vitest'
import { deskPages } from '../../src/pages.ts'

const title = { th: 'นิติกร', en: 'Legal officer' }
const held: Readonly<Record<string, string>> = { malee: 'a1', somchai: 'a2' }
const lines: string[] = []
const chosen: string[] = []
const relyingParty: RelyingParty = {
  admit: () => ({ kind: 'in', who: undefined }),
  routes: [],
  formTargets: [],
  choose: async ({ account }, { appointment }) => void chosen.push(`${account} ${appointment}`),
  endAll: async () => {},
}
const pages = deskPages({
  origin: 'http://localhost',
  cookieSecret: Buffer.alloc(32),
  relyingParty,
  appointmentsOf: async (account) => {
    const id = held[account]
    return id === undefined ? [] : [{ id, agency: 'TH/GOV/RD', agencyName: title, title, duties: [] }]
  },
  routes: [],
  links: [],
  log: createLogger({ name: 'test', destination: { write: (line: string) => void lines.push(line) } }),
})

async function choose(account: string, appointment: string) {
  const route = pages.find(({ method, path }) => method === 'POST' && path === '/desk/appointments')
  const level = { ial: '2.3', aal: '2.2' }
  const who: Visitor = { account, name: '', session: 's', level, authenticatedAt: 0 }
  return await route?.handle({
    method: 'POST',
    path: '/desk/appointments',
    parameters: {},
    query: new URLSearchParams(),
    form: new URLSearchParams({ appointment }),
    language: 'th',
    who,
    formKey: null,
    userAgent: '',
    address: '',
  })
}

describe('choosing as what one works (POST /desk/appointments)', () => {
  it('is for whose appointment it is, now', async () => {
    expect(await choose('malee', 'a1')).toEqual({ kind: 'redirect', to: '/' })
    expect(chosen).toEqual(['malee a1'])
  })

  it.each([
    ['another’s', 'malee', 'a2'],
    ['one that has ended, or never was', 'nobody', 'a1'],
    ['none', 'malee', ''],
  ])('is not for %s, which is logged', async (_what, who, appointment) => {
    const before = chosen.length
    await expect(choose(who, appointment)).rejects.toMatchObject({ code: 'desk-appointment-unknown' })
    expect(chosen).toHaveLength(before)
    expect(lines.at(-1)).toContain(`"account":"${who}"`)
  })
})
