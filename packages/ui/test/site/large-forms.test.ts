import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { siteProblems } from '../../src/index.ts'
import { type ServedSite, serveSite } from './serve.ts'

let site: ServedSite
beforeAll(async () => {
  site = await serveSite({
    routes: [
      {
        method: 'POST',
        path: '/files',
        needs: 'member',
        uploadBytes: 1_000_000,
        handle: ({ who }) => ({ kind: 'page', title: 'in', body: who }),
      },
    ],
    admit: ({ cookies }, needs) => {
      const who = /who=(\w+)/.exec(cookies ?? '')?.[1]
      return needs === undefined || who === 'member'
        ? { kind: 'in', who }
        : { kind: 'redirect', to: '/sign-in' }
    },
  })
})
afterAll(() => site.close())

const head = { 'content-type': 'multipart/form-data; boundary=b', 'sec-fetch-site': 'same-origin' }

function send(headers: Readonly<Record<string, string>>) {
  const sent = request(`${site.origin}/files`, { method: 'POST', headers: { ...head, ...headers } })
  const seen = { isAnswered: false }
  const status = new Promise<number | undefined>((resolve) =>
    sent.on('response', (answer) => {
      seen.isAnswered = true
      answer.resume()
      resolve(answer.statusCode)
    }),
  )
  sent.on('error', () => {})
  sent.flushHeaders()
  return { sent, seen, status }
}

/** How a form is answered of which nothing but its head ever comes. */
async function answerToHead(headers: Readonly<Record<string, string>>): Promise<number | undefined> {
  const { sent, status } = send(headers)
  const answered = await status
  sent.destroy()
  return answered
}

/** How it is answered once its body is there; before that it must not be. */
async function answerToBody(length: number, headers: Readonly<Record<string, string>>) {
  const { sent, seen, status } = send({ 'content-length': String(length), ...headers })
  // Whole requests that came later are answered.
  for (let round = 0; round < 3; round++) await fetch(`${site.origin}/files`, { method: 'POST' })
  expect(seen.isAnswered).toBe(false)
  sent.end(Buffer.alloc(length, '--b--\r\n'))
  return await status
}

describe('a large form', () => {
  it('of somebody who may not send it is not taken in first', async () => {
    expect(await answerToHead({ 'content-length': '900000' })).toBe(303)
    expect(await answerToHead({ 'transfer-encoding': 'chunked' })).toBe(303)
    expect(await answerToHead({ 'content-length': '900000', cookie: 'who=stranger' })).toBe(303)
  })

  it('of somebody who may is waited for, and so is a small one of anybody', async () => {
    const { status } = siteProblems['form-expired']
    expect(await answerToBody(900_000, { cookie: 'who=member' })).toBe(status)
    expect(await answerToBody(900, {})).toBe(status)
  })

  it('from elsewhere is refused as any other', async () => {
    const { status } = siteProblems['form-from-elsewhere']
    expect(await answerToHead({ 'content-length': '900000', 'sec-fetch-site': 'cross-site' })).toBe(status)
  })

  it('that is broken off is no fault of ours, and none is logged', async () => {
    const before = site.logged.length
    for (const most of ['900000', '900']) {
      const { sent } = send({ 'content-length': most, cookie: 'who=member' })
      await new Promise((resolve) => sent.write('--b', resolve))
      await fetch(`${site.origin}/files`, { method: 'POST' })
      sent.destroy()
      await new Promise((resolve) => sent.on('close', resolve))
    }
    for (let round = 0; round < 3; round++) await fetch(`${site.origin}/files`, { method: 'POST' })
    expect(site.logged.slice(before).filter((line) => JSON.parse(line).level >= 50)).toEqual([])
  })
})
