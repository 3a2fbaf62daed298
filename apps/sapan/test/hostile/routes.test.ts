import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isApi } from './api.ts'
import { ApiSiege } from './api-siege.ts'
import { type FaceName, type OpenHouse, openFaces } from './house.ts'
import { programRoutes } from './programs.ts'
import { ownServices } from './services.ts'
import { isFault, Siege } from './siege.ts'
import { HostileVisitor } from './visitor.ts'

let open: OpenHouse
let siege: Siege
beforeAll(async () => {
  open = await openFaces()
  siege = new Siege(open)
  await siege.begin()
}, 120_000)
afterAll(() => open?.stop())

describe('somebody whose name, agency and helpers would mislead', () => {
  it('has pages of every kind at portal and desk', () => {
    expect(siege.pages.size).toBeGreaterThan(45)
  })

  it('is nowhere markup', () => {
    expect(siege.pagesWith(/<img src=x/)).toEqual([])
  })

  it('turns, hides or moves nothing outside their own name', () => {
    const turning = /[\u200b\u202a-\u202e\u2060-\u2069\ufeff]/
    // What stands in a field that is filled in moves nothing beside it.
    const inside = /<bdi[^>]*>.*?<\/bdi>|<[^>]* dir="auto".*?<\/|<textarea.*?<\/textarea>| value="[^"]*"/gs
    expect(siege.pagesWith(turning, (page) => page.replace(inside, ''))).toEqual([])
  })
})

/** A line of the log that says who asked for what is not theirs. */
function isRefusal(line: { level?: number; account?: unknown; by?: unknown; officer?: unknown }): boolean {
  return line.level === 40 && (line.account ?? line.by ?? line.officer) !== undefined
}

/** Of the attacks on one route, `each`; together those of all routes are of every kind. Whole: `routes.faults.test.ts`. */
const some =
  (each: number, at: number) =>
  <Attack>(attacks: readonly Attack[]): Attack[] =>
    Array.from(
      { length: Math.min(each, attacks.length) },
      (_, i) => (at * 7 + i * 31) % attacks.length,
    ).flatMap((place) => attacks.slice(place, place + 1))

describe('somebody else, an officer of another agency', () => {
  it('finds nothing of theirs by its address, and the attempt is logged', async () => {
    const stranger = new HostileVisitor(open)
    await stranger.signIn('TH/GOV/RD')
    const wrong: string[] = []
    for (const [key, { target, fields }] of siege.found) {
      const [face = 'portal', method = 'GET', path = ''] = key.split(' ') as [
        FaceName,
        'GET' | 'POST',
        string,
      ]
      if (!/^\/(me|desk|services\/[^:]*drafts)\/.*:/.test(path)) continue
      const before = open.logged.length
      const { status } =
        method === 'GET'
          ? await stranger.send(face, { method, target })
          : await stranger.submit(face, target, fields)
      const isLogged = open.logged.slice(before).some((line) => isRefusal(JSON.parse(line)))
      if (status !== 404 || !isLogged) wrong.push(`${key}: ${status}${isLogged ? '' : ', not logged'}`)
    }
    expect(wrong).toEqual([])
  })
})

describe('requests that nobody sends by accident', () => {
  it('are taken by no page as forms of its own (CSRF)', async () => {
    for (const route of siege.routes) {
      await siege.attack(route, (attacks) => attacks.filter(({ isForged }) => isForged === true))
    }
    expect(siege.wrong.splice(0)).toEqual([])
  }, 60_000)

  it('are answered by every page of issuer, portal and desk with what is wrong, never with a fault', async () => {
    for (const [at, route] of siege.routes.entries()) await siege.attack(route, some(1, at))
    expect(siege.wrong.splice(0)).toEqual([])
    expect(siege.sent).toBeGreaterThan(250)
  }, 90_000)

  it('are answered by every door for programs, never with a fault', async () => {
    for (const [at, route] of programRoutes.entries()) await siege.attack(route, some(4, at))
    expect(siege.wrong).toEqual([])
  }, 60_000)

  it('are answered by every operation of the API with a problem, also to a program that has a right to it', async () => {
    const service = ownServices(open)[0]
    const programs = new ApiSiege(open)
    await programs.begin()
    await programs.attack(service ?? '', (attacks, at) => some(6, at)(attacks))
    expect(programs.wrong).toEqual([])
    expect(programs.sent).toBeGreaterThan(60)
    // Some were taken, and some refused for what they are.
    for (const status of [200, 400, 401, 404, 422]) expect(programs.statuses.has(status)).toBe(true)
  }, 60_000)

  it('are of every method that a route has', () => {
    expect(new Set(open.routes.map(({ method }) => method))).toEqual(
      new Set(['GET', 'POST', 'PUT', 'DELETE']),
    )
    expect(open.routes.filter(({ method }) => /PUT|DELETE/.test(method)).every(isApi)).toBe(true)
  })

  it('are no fault in the log either', () => {
    expect(open.logged.filter(isFault)).toEqual([])
  })
})

describe('after all that', () => {
  it('the log, at its lowest level, has nobody’s name, number or words in it', () => {
    expect(open.logged.length).toBeGreaterThan(1000)
    expect(open.logged.filter(namesSomebody)).toEqual([])
  })

  it('nor have jobs, what became of them included', async () => {
    const { rows } = await open.house.ground.pool.query<{ job: string }>(
      'select concat(data, output) as job from jobs.job',
    )
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.map(({ job }) => job).filter(namesSomebody)).toEqual([])
  })
})

/** A newcomer’s name or words, or a number of a person: a masked one has reached the log, too. */
function namesSomebody(text: string): boolean {
  return /ใจดี|กกกก|onerror=|\{\{7\*7/.test(text) || /\b1100\d{9}\b|\b1100\dxxxxx\d{3}\b/.test(text)
}
