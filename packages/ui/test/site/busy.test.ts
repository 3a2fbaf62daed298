import { kernelProblems, Problem } from '@sapan/kernel'
import { h } from 'preact'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SiteRoute } from '../../src/index.ts'
import { type ServedSite, serveSite, type Who } from './serve.ts'

let site: ServedSite
/** Called when a page of those that wait may be answered. */
let go: () => void
let gate = new Promise<void>((resolve) => {
  go = resolve
})
let inside = 0

const fault = async (error: unknown): Promise<never> => {
  throw error
}
const routes: SiteRoute<Who, string>[] = [
  {
    method: 'GET',
    path: '/slow',
    handle: async () => {
      inside++
      await gate
      return { kind: 'page', title: 'slow', body: h('p', null, 'let in') }
    },
  },
  { method: 'POST', path: '/sent', machine: true, handle: () => ({ kind: 'redirect', to: '/taken' }) },
  { method: 'GET', path: '/down', handle: () => fault(new Error('timeout exceeded when trying to connect')) },
  { method: 'POST', path: '/down', machine: true, handle: () => fault(new Problem(kernelProblems.busy)) },
]

beforeAll(async () => {
  site = await serveSite({ routes, limits: { atOnce: 2 } })
})
afterAll(() => site.close())

const get = (path: string, accept = 'text/html') =>
  fetch(site.origin + path, { headers: { accept, 'accept-language': 'en' } })
const post = (path: string) =>
  fetch(site.origin + path, {
    method: 'POST',
    redirect: 'manual',
    headers: { accept: 'text/html', 'accept-language': 'en' },
    body: new URLSearchParams(),
  })

describe('when more come than a site answers at once', () => {
  it('a page says when it tries again, does so without scripts, and is let in when there is room', async () => {
    const two = [get('/slow'), get('/slow')]
    await expect.poll(() => inside).toBe(2)
    const third = await get('/slow')
    const seconds = Number(third.headers.get('retry-after'))
    expect(third.status).toBe(503)
    expect(seconds).toBeGreaterThanOrEqual(10)
    expect(seconds).toBeLessThanOrEqual(20)
    expect(third.headers.get('refresh')).toBe(String(seconds))
    expect(third.headers.get('cache-control')).toContain('no-cache')
    const text = await third.text()
    expect(text).toContain(`tries again by itself in ${seconds} seconds`)
    expect(text).toContain('Nothing that was saved is lost')
    // Who is sent away fills no log, and was let in to nothing.
    expect([inside, site.logged]).toEqual([2, []])
    expect((await get('/slow', 'application/json')).headers.get('content-type')).toBe(
      'application/problem+json',
    )
    // What somebody sends is taken all the same: a deadline may be near.
    expect((await post('/sent')).headers.get('location')).toBe('/taken')
    go()
    for (const one of two) expect(await (await one).text()).toContain('let in')
    gate = Promise.resolve()
    expect((await get('/slow')).status).toBe(200)
  })
})

describe('when the database has no room, or is away for a moment', () => {
  it('a page says the same, and the cause is in the log with its number', async () => {
    const answer = await get('/down')
    expect(answer.status).toBe(503)
    expect(answer.headers.get('refresh')).toBe(answer.headers.get('retry-after'))
    const incident = /Number of the incident: <strong[^>]*>(\w+)</.exec(await answer.text())?.[1]
    expect(site.logged.join()).toContain(incident)
    expect(site.logged.join()).toContain('timeout exceeded')
  })

  it('what was sent is never sent again by itself', async () => {
    const answer = await post('/down')
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).not.toBeNull()
    expect(answer.headers.get('refresh')).toBeNull()
    expect(await answer.text()).toContain('may not have been taken')
  })
})
