import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { officerProblems } from '../../src/problems/officers.ts'
import type { Role } from '../../src/relying-party/index.ts'
import { signsIn, startIssuer, type TestIssuer } from '../provider/issuer.ts'
import { asked, startFace, type TestFace } from './face.ts'
import { TestVisitor } from './visitor.ts'

let issuer: TestIssuer
let face: TestFace
let account: string
let role: Role = {}
let visitor: TestVisitor

/** As a country calls them. */
const duties = [
  { code: 'tasks', name: { th: 'รับเรื่องประชาชน', en: 'Cases of citizens' } },
  { code: 'proofing', name: { th: 'พิสูจน์ตัวตน', en: 'Proofing' } },
]

beforeAll(async () => {
  // Its own rule keeps it from asking this machine.
  issuer = await startIssuer({
    fetch: (url, { method, headers, body } = {}) =>
      fetch(url, { method: method ?? 'GET', headers: headers ?? {}, body: body ?? null }),
  })
  face = await startFace(issuer, { roleOf: async () => role, duties })
})
afterAll(async () => {
  await face.stop()
  await issuer.stop()
})
beforeEach(async () => {
  account = await issuer.person()
  issuer.act = signsIn(issuer, account)
  role = {}
  visitor = new TestVisitor()
})

const callback = '/sign-in/callback'
const anyPageOfTheIssuer = /^\/sign-in\/[\w-]+$/

/** Makes what the face has of everybody older. The issuer's library has a clock of its own, which no test moves. */
async function age(minutes: number): Promise<void> {
  const { pool } = issuer.ground
  const by = `interval '${minutes} minutes'`
  await pool.query(
    `update portal.session set seen_at = seen_at - ${by}, expires_at = expires_at - ${by},
       began_at = began_at - ${by}, authenticated_at = authenticated_at - ${by}`,
  )
  await pool.query(`update portal.attempt set expires_at = expires_at - ${by}`)
}

describe('signing in at a face', () => {
  it('leads to the issuer and back to the page that was asked for', async () => {
    const { at, text } = await visitor.open(`${face.origin}/me?a=1&b=%E0%B8%81`)
    expect(at.href).toBe(`${face.origin}/me?a=1&b=%E0%B8%81`)
    expect(text).toContain(account)
    expect(text).toContain('สมหญิง ใจดี')
  })

  it('tells the browser nothing but an opaque token, of which the database has the hash alone', async () => {
    await visitor.open(`${face.origin}/me`)
    const token = visitor.cookie('session') ?? ''
    expect(token).toMatch(/^[\w-]{43}$/)
    const { rows } = await issuer.ground.pool.query('select * from portal.session where account_id = $1', [
      account,
    ])
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toContain('สมหญิง')
    expect(JSON.stringify(rows[0]?.token_hash)).not.toContain(token)
  })

  it('sends its request on a way that no browser sees', async () => {
    const { at } = await visitor.open(`${face.origin}/me`, {}, '/oidc/authorize')
    expect([...at.searchParams.keys()].sort()).toEqual(['client_id', 'request_uri'])
  })

  it.each(['en', 'th'] as const)(
    'who chose a language there (%s) has the pages of the issuer in it',
    async (language) => {
      const other = language === 'en' ? 'th' : 'en'
      await visitor.open(`${face.origin}/open?lang=${language}`)
      const headers = { 'accept-language': other }
      const first = await visitor.open(`${face.origin}/me`, { headers }, anyPageOfTheIssuer)
      expect(first.at.pathname + first.at.search).toMatch(new RegExp(`^/sign-in/[\\w-]+\\?lang=${language}$`))
    },
  )

  it('who chose it with the link that they follow has it too', async () => {
    const { at } = await visitor.open(`${face.origin}/me?lang=en`, {}, anyPageOfTheIssuer)
    expect(at.search).toBe('?lang=en')
  })

  it('who never chose a language has the one that the issuer knows of them', async () => {
    const { at } = await visitor.open(
      `${face.origin}/me`,
      { headers: { 'accept-language': 'en' } },
      anyPageOfTheIssuer,
    )
    expect(at.pathname).toMatch(/^\/sign-in\//)
    expect(at.search).toBe('')
  })

  it('is new each time: a token that somebody put there beforehand is of no use', async () => {
    visitor.setCookie('session', 'A'.repeat(43))
    await visitor.open(`${face.origin}/me`)
    expect(visitor.cookie('session')).not.toBe('A'.repeat(43))
    const first = visitor.cookie('session') ?? ''
    await age(2)
    await visitor.open(`${face.origin}/fresh`)
    expect(visitor.cookie('session')).not.toBe(first)
    const old = new TestVisitor()
    old.setCookie('session', first)
    expect((await old.open(`${face.origin}/open`)).text).toContain('nobody')
  })

  it.each([
    ['another state', 'state', 'x'.repeat(43)],
    ['no state', 'state', undefined],
    ['another code', 'code', 'x'.repeat(43)],
    ['another issuer', 'iss', 'https://evil.example'],
  ])('is not finished with %s', async (_, parameter, value) => {
    const { at } = await visitor.open(`${face.origin}/me`, {}, callback)
    if (value === undefined) at.searchParams.delete(parameter)
    else at.searchParams.set(parameter, value)
    expect((await visitor.open(at)).status).toBe(400)
    expect(visitor.cookie('session')).toBeUndefined()
  })

  it('is not finished with a code that was given to somebody else (code injection)', async () => {
    const thief = new TestVisitor()
    issuer.act = signsIn(issuer, await issuer.person('ผู้บุกรุก'))
    const stolen = await thief.open(`${face.origin}/me`, {}, callback)
    issuer.act = signsIn(issuer, account)
    const { at } = await visitor.open(`${face.origin}/me`, {}, callback)
    at.searchParams.set('code', stolen.at.searchParams.get('code') ?? '')
    expect((await visitor.open(at)).status).toBe(400)
    expect(visitor.cookie('session')).toBeUndefined()
  })

  it('is not finished by another browser', async () => {
    const { at } = await visitor.open(`${face.origin}/me`, {}, callback)
    const other = new TestVisitor()
    expect((await other.open(at)).status).toBe(400)
    expect(other.cookie('session')).toBeUndefined()
  })

  it('is finished once', async () => {
    const { at } = await visitor.open(`${face.origin}/me`, {}, callback)
    expect((await visitor.open(at)).status).toBe(200)
    expect((await visitor.open(at)).status).toBe(400)
  })

  it('is over after half an hour', async () => {
    const { at } = await visitor.open(`${face.origin}/me`, {}, callback)
    await age(31)
    expect((await visitor.open(at)).text).toContain('face-sign-in-over')
  })

  it('that is cancelled says so', async () => {
    issuer.act = () => ({ cancelled: true })
    const { status, text } = await visitor.open(`${face.origin}/me`)
    expect([status, text.includes('face-sign-in-cancelled')]).toEqual([400, true])
  })

  it.each([
    '//evil.example',
    'https://evil.example/',
    '/\\evil.example',
    'javascript:alert(1)',
    '/%09//evil.example',
  ])('leads nowhere else: %s', async (next) => {
    const { at } = await visitor.open(`${face.origin}/sign-in?next=${encodeURIComponent(next)}`)
    expect(at.origin).toBe(face.origin)
  })
})

describe('a session at a face', () => {
  it('ends with the next request when it is revoked at the issuer', async () => {
    await visitor.open(`${face.origin}/me`)
    await issuer.provider.revokeSessions(account)
    expect((await visitor.open(`${face.origin}/open`)).text).toContain('nobody')
    const { at } = await visitor.open(`${face.origin}/me`, {}, '/oidc/authorize')
    expect(at.pathname).toBe('/oidc/authorize')
  })

  it('is its own person’s, however many ask in the same moment', async () => {
    const people: { readonly account: string; readonly cookie: string }[] = []
    for (let count = 0; count < 4; count++) {
      const one = await issuer.person()
      issuer.act = signsIn(issuer, one)
      const browser = new TestVisitor()
      await browser.open(`${face.origin}/me`)
      people.push({ account: one, cookie: browser.cookie('session') ?? '' })
    }
    const [gone] = people
    const { pool } = issuer.ground
    await pool.query('delete from portal.session where account_id = $1', [gone?.account])
    const shown = await Promise.all(
      [...people, ...people].map(async ({ account: own, cookie }) => {
        const browser = new TestVisitor()
        browser.setCookie('session', cookie)
        const { text } = await browser.open(`${face.origin}/me`, {}, '/oidc/authorize')
        return {
          own,
          of: people.filter((one) => text.includes(one.account)).map((one) => one.account),
        }
      }),
    )
    for (const { own, of } of shown) expect(of).toEqual(own === gone?.account ? [] : [own])
  })

  it('ends where the issuer says so behind the browser', async () => {
    await visitor.open(`${face.origin}/me`)
    const count = async () =>
      (await issuer.ground.pool.query('select from portal.session where account_id = $1', [account])).rowCount
    expect(await count()).toBe(1)
    await issuer.provider.revokeSessions(account)
    await issuer.provider.deliverLogouts()
    await expect.poll(count).toBe(0)
  })

  it('is not ended by a word that is not of the issuer', async () => {
    const body = new URLSearchParams({ logout_token: 'eyJhbGciOiJub25lIn0.e30.' })
    const response = await fetch(`${face.origin}/sign-in/backchannel-logout`, { method: 'POST', body })
    expect(response.status).toBe(400)
  })

  it('ends when the person signs out, here and at the issuer', async () => {
    const { text } = await visitor.open(`${face.origin}/me`)
    const { at } = await visitor.post(`${face.origin}/sign-out`, {}, text)
    expect(at.pathname).toBe('/signed-out')
    expect(visitor.cookie('session')).toBeUndefined()
    expect(await issuer.provider.sessionsOf(account)).toEqual([])
  })

  it('ends after half an hour without a request, and after twelve hours whatever happens', async () => {
    await visitor.open(`${face.origin}/me`)
    for (let passed = 0; passed < 11.5 * 60; passed += 29) {
      await age(29)
      expect((await visitor.open(`${face.origin}/open`)).text).toContain(account)
    }
    await age(29)
    expect((await visitor.open(`${face.origin}/open`)).text).toContain('nobody')
    await visitor.open(`${face.origin}/me`)
    await age(31)
    expect((await visitor.open(`${face.origin}/open`)).text).toContain('nobody')
  })
})

describe('a page that needs more', () => {
  it('sends those who proved themselves long ago to do it again, and then shows itself', async () => {
    await visitor.open(`${face.origin}/me`)
    await age(2)
    const { at, status } = await visitor.open(`${face.origin}/fresh`)
    expect([at.pathname, status]).toEqual(['/fresh', 200])
  })

  it('sends those to prove themselves who did it just now, but before they were asked to confirm', async () => {
    await visitor.open(`${face.origin}/me`)
    let signedIn = 0
    const act = signsIn(issuer, account)
    issuer.act = (signIn) => {
      if (signIn.prompt === 'login') signedIn += 1
      return act(signIn)
    }
    // Three seconds ago, which is just now for whatever asks for no more.
    await age(0.05)
    await visitor.open(`${face.origin}/confirm/asked`)
    expect(signedIn).toBe(0)
    asked.set('/confirm/asked', Date.now())
    const { at, status } = await visitor.open(`${face.origin}/confirm/asked`)
    expect([at.pathname, status, signedIn]).toEqual(['/confirm/asked', 200, 1])
  })

  it('keeps a form that was sent meanwhile, for this person to send again', async () => {
    const { text } = await visitor.open(`${face.origin}/fresh`)
    await age(2)
    const offered = await visitor.post(`${face.origin}/fresh`, { amount: '500 บาท' }, text)
    expect(offered.at.pathname).toMatch(/^\/sign-in\/continue\//)
    expect(offered.text).toContain('value="500 บาท"')
    const done = await visitor.post(`${face.origin}/fresh`, { amount: '500 บาท' }, offered.text)
    expect(done.text).toBe('done 500 บาท')

    const other = new TestVisitor()
    issuer.act = signsIn(issuer, await issuer.person('อื่น'))
    expect((await other.open(offered.at)).text).toContain('face-kept-form-over')
  })

  it.each([
    ['ran out', async () => await age(31)],
    ['was revoked at the issuer', async () => await issuer.provider.revokeSessions(account)],
    [
      'was ended behind the browser',
      async () => {
        await issuer.provider.revokeSessions(account)
        await issuer.provider.deliverLogouts()
      },
    ],
  ])('keeps a form whose session %s, for the same person alone', async (_how, end) => {
    const { text } = await visitor.open(`${face.origin}/fresh`)
    await end()
    const offered = await visitor.post(`${face.origin}/fresh`, { amount: '500 บาท' }, text)
    expect(offered.at.pathname).toMatch(/^\/sign-in\/continue\//)
    expect(offered.text).toContain('value="500 บาท"')
    const done = await visitor.post(`${face.origin}/fresh`, { amount: '500 บาท' }, offered.text)
    expect(done.text).toBe('done 500 บาท')
    const { rows } = await issuer.ground.pool.query('select content_sealed from portal.kept_form')
    for (const row of rows) expect(Buffer.from(row.content_sealed).includes('500')).toBe(false)
  })

  it('shows a form whose session is over to nobody else who signs in in that browser', async () => {
    const { text } = await visitor.open(`${face.origin}/fresh`)
    await issuer.provider.revokeSessions(account)
    issuer.act = signsIn(issuer, await issuer.person('อื่น'))
    const offered = await visitor.post(`${face.origin}/fresh`, { amount: '500 บาท' }, text)
    expect(offered.text).toContain('face-kept-form-over')
    expect(offered.text).not.toContain('500')
  })

  it('asks for a stronger authenticator, and says so where there is none', async () => {
    await visitor.open(`${face.origin}/me`)
    issuer.act = signsIn(issuer, account, '3')
    expect((await visitor.open(`${face.origin}/strong`)).status).toBe(200)
    const weak = new TestVisitor()
    issuer.act = signsIn(issuer, account, '2.1')
    await weak.open(`${face.origin}/me`)
    const { status, text } = await weak.open(`${face.origin}/strong`)
    expect([status, text.includes('face-level-too-low')]).toEqual([403, true])
    expect((await weak.open(`${face.origin}/me`)).text).toContain(account)
  })

  it('of a duty lets in who has it now', async () => {
    expect((await visitor.open(`${face.origin}/desk`)).text).toContain('officer-appointment-missing')
    role = { officer: { appointment: 'a', agency: 'TH/GOV/DOPA', duties: ['proofing'] } }
    const { status, text } = await visitor.open(`${face.origin}/desk?lang=en`)
    expect([status, text]).toEqual([
      403,
      expect.stringContaining(officerProblems['officer-duty-missing'].code),
    ])
    // Which one: of those that are asked for, as the country calls them.
    expect(text).toContain('officers with this duty: Cases of citizens')
    expect((await visitor.open(`${face.origin}/desk?lang=th`)).text).toContain('มีหน้าที่ รับเรื่องประชาชน')
    role = { officer: { appointment: 'a', agency: 'TH/GOV/DOPA', duties: ['tasks'] } }
    expect((await visitor.open(`${face.origin}/desk`)).status).toBe(200)
  })
})

describe('what a visitor chose to be', () => {
  it('is asked at each request, with what was chosen', async () => {
    const asked: unknown[] = []
    const other = await startFace(issuer, {
      roleOf: async (of) => {
        asked.push(of)
        return of.mandate ? { acting: { mandate: of.mandate, name: 'บริษัท ก จำกัด' } } : {}
      },
    })
    const { text } = await visitor.open(`${other.origin}/me`)
    const session = /"session":"([^"]+)"/.exec(text.replaceAll('&quot;', '"'))?.[1] ?? ''
    await other.relyingParty.choose({ account, session }, { mandate: 'm-1' })
    expect((await visitor.open(`${other.origin}/me`)).text).toContain('บริษัท ก จำกัด')
    await other.relyingParty.choose({ account, session }, { mandate: null })
    expect((await visitor.open(`${other.origin}/me`)).text).not.toContain('บริษัท')
    expect(asked.length).toBeGreaterThanOrEqual(3)
    await other.stop()
  })
})

describe('a level of identity', () => {
  it('that is too low leads to where it is raised, with the way back', async () => {
    let ial = '1.1'
    const other = await startFace(issuer, {
      proofingPath: '/me/proofing',
      sessionState: async () => ({ lives: true, ial }),
    })
    const { at } = await visitor.open(`${other.origin}/proofed?x=1`, {}, '/me/proofing')
    expect(at.searchParams.get('next')).toBe('/proofed?x=1')
    ial = '2.3'
    expect((await visitor.open(`${other.origin}/proofed?x=1`)).status).toBe(200)
    await other.stop()
  })
})

describe('without its issuer or its database', () => {
  it('a face shows what needs nobody, and says what is down for the rest', async () => {
    const alone = await startFace(issuer, { issuer: 'http://localhost:9' })
    expect((await visitor.open(`${alone.origin}/open`)).status).toBe(200)
    const { status, text } = await visitor.open(`${alone.origin}/me`)
    expect([status, text.includes('face-issuer-unavailable')]).toEqual([503, true])
    await alone.stop()
  })

  it('lets people in as nobody where it cannot be told who they are', async () => {
    const broken = await startFace(issuer, {
      sessionState: async () => {
        throw new Error('connection lost')
      },
    })
    await visitor.open(`${broken.origin}/me`, {}, '/me')
    const { status, text } = await visitor.open(`${broken.origin}/open`)
    expect([status, text.includes('nobody')]).toEqual([200, true])
    expect(broken.logged.join()).toContain('comes in as nobody')
    await broken.stop()
  })
})
