import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createLogger } from '@sapan/kernel'
import { createSite, renderPage, type Site } from '@sapan/ui'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deskTaskRoutes, type Officer, questionRoutes, type TaskNames } from '../src/index.ts'
import { days, type Office, office, officer } from './office.ts'

let here: Office
let site: Site
let server: Server
let origin: string
const [malee, somchai] = [officer(), officer()]
const people: Record<string, Officer> = { malee, somchai }

const names: TaskNames = {
  kinds: {
    'access-question': {
      name: { th: 'คำถามการเข้าถึง', en: 'Question about an access' },
      asked: (detail) => JSON.stringify(detail),
    },
    'decided-elsewhere': {
      name: { th: 'ตัดสินที่อื่น', en: 'Decided elsewhere' },
      page: (task) => `/desk/elsewhere/${task}`,
    },
  },
  duties: { 'data-protection': { th: 'คุ้มครองข้อมูล', en: 'Data protection' } },
  agency: () => ({ th: 'กรมสรรพากร', en: 'Revenue Department' }),
}

beforeAll(async () => {
  here = await office()
  const officers = { nameOf: async (account: string) => (account === malee.account ? 'มาลี' : undefined) }
  const ground = { casework: here.casework, days, clock: () => here.at, names, needs: 'in' }
  server = createServer((request, response) => site.handler(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  site = createSite<Officer, string>({
    origin,
    cookiePrefix: 'test',
    cookieSecret: Buffer.alloc(32, 7),
    frame: ({ language, title, body, languages }) =>
      renderPage({ language, title, body, languages, home: '/' }),
    routes: [
      ...deskTaskRoutes<Officer, string>({ ...ground, officers, officerOf: (who) => who }),
      ...questionRoutes<Officer, string>({ ...ground, accountOf: (who) => who.account }),
    ],
    admit: ({ cookies }) => ({
      kind: 'in',
      who: people[/who=(\w+)/.exec(cookies ?? '')?.[1] ?? ''] ?? malee,
    }),
    log: createLogger({ name: 'site', level: 'silent' }),
  })
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await site.close()
  await here[Symbol.asyncDispose]()
})

let jar = ''
async function get(path: string, who = 'malee', language = 'th') {
  const headers = { cookie: `who=${who}; ${jar}`, 'accept-language': language }
  const response = await fetch(origin + path, { headers, redirect: 'manual' })
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0]
  if (cookie !== undefined) jar = cookie
  return { status: response.status, text: await response.text() }
}

async function post(path: string, fields: Record<string, string>, key: string, who = 'malee') {
  const response = await fetch(origin + path, {
    method: 'POST',
    headers: { cookie: `who=${who}; ${jar}`, origin },
    body: new URLSearchParams({ ...fields, 'form-key': key }),
    redirect: 'manual',
  })
  return { status: response.status, to: response.headers.get('location') ?? '', text: await response.text() }
}

const keyIn = (text: string) => /name="form-key" value="([^"]+)"/.exec(text)?.[1] ?? ''

describe('the desk’s pages of tasks', () => {
  it('say what to expect where there is nothing', async () => {
    const { text } = await get('/desk/tasks')
    expect(text).toContain('ไม่มีงานในรายการนี้')
    expect((await get('/desk/tasks', 'malee', 'en')).text).toContain('There are no tasks in this list')
  })

  it('take the most urgent task by one press, answer it, and show what happened', async () => {
    const late = await here.open({ title: { th: 'งานด่วน', en: 'Urgent' }, clock: { workingDays: 1 } })
    await here.open({ title: { th: 'งานรอได้', en: 'Can wait' }, clock: { workingDays: 9 } })
    const queue = await get('/desk/tasks')
    expect(queue.text).toContain('เหลือ 1 วันทำการ')
    const taken = await post('/desk/tasks/next', {}, keyIn(queue.text))
    expect(taken).toMatchObject({ status: 303, to: `/desk/tasks/${late.id}?done` })
    const page = await get(`/desk/tasks/${late.id}`)
    const sent = { version: '2', answer: 'เพื่อประเมินภาษี\nตามที่ยื่น', reasons: 'ประมวลรัษฎากร' }
    expect(await post(`/desk/tasks/${late.id}/answer`, sent, keyIn(page.text))).toMatchObject({ status: 303 })
    const after = await get(`/desk/tasks/${late.id}`)
    expect(after.text).toContain('เพื่อประเมินภาษี')
    expect(after.text).toContain('ตอบ: <bdi>มาลี</bdi>')
  })

  it('say in words that a task is overdue', async () => {
    const { id } = await here.open({ clock: { workingDays: 1 } })
    here.at += 10 * 86_400_000
    expect((await get(`/desk/tasks/${id}`)).text).toContain('เลยกำหนด 7 วันทำการ')
    here.at -= 10 * 86_400_000
  })

  it('keep what was typed where it is not enough, or where somebody was faster', async () => {
    const { id } = await here.open()
    await here.casework.take(malee, { task: id, version: 1 })
    const key = keyIn((await get(`/desk/tasks/${id}`)).text)
    const missing = await post(
      `/desk/tasks/${id}/answer`,
      { version: '2', answer: 'พิมพ์ไว้แล้ว', reasons: '' },
      key,
    )
    expect(missing.status).toBe(422)
    expect(missing.text).toContain('พิมพ์ไว้แล้ว')
    expect(missing.text).toContain('href="#reasons"')
    const stale = await post(`/desk/tasks/${id}/note`, { version: '1', note: 'บันทึกที่พิมพ์' }, key)
    expect(stale.status).toBe(409)
    expect(stale.text).toContain('บันทึกที่พิมพ์')
    for (const version of ['', 'x', '-1', '99999999999999']) {
      expect((await post(`/desk/tasks/${id}/note`, { version, note: 'ก' }, key)).status).toBe(409)
    }
  })

  it('leave what has a page of its own to the rules of that page', async () => {
    const { id } = await here.open({ kind: 'decided-elsewhere', clock: { workingDays: 1 } })
    const key = keyIn((await get('/desk/tasks')).text)
    expect((await get(`/desk/tasks/${id}`)).status).toBe(303)
    const sent = { version: '1', answer: 'ก', reasons: 'ข', closing: 'ค', note: 'ง' }
    for (const action of ['take', 'answer', 'close', 'note', 'release']) {
      expect(await post(`/desk/tasks/${id}/${action}`, sent, key)).toMatchObject({
        status: 303,
        to: `/desk/elsewhere/${id}`,
      })
    }
    expect((await post('/desk/tasks/next', {}, key)).to).not.toContain(id)
    expect(await here.casework.find(malee, id)).toMatchObject({ state: 'open', version: 1 })
  })

  it('refuse a form of another site, and show nothing of a task about the officer', async () => {
    const { id } = await here.open({ subject: malee.account })
    const key = keyIn((await get('/desk/tasks')).text)
    expect((await get(`/desk/tasks/${id}`)).status).toBe(404)
    expect((await post(`/desk/tasks/${id}/take`, { version: '1' }, key)).status).toBe(404)
    expect((await post(`/desk/tasks/${id}/take`, { version: '1' }, 'wrong', 'somchai')).status).toBe(403)
    expect((await get('/desk/tasks?show=everything')).status).toBe(400)
  })

  it('write what people typed as text', async () => {
    const { id } = await here.open({
      title: { th: '<script>alert(1)</script>', en: '<b>x</b>' },
      detail: { words: '"><img src=x onerror=alert(1)>', list: [1, null, { deep: true }] },
    })
    const { text } = await get(`/desk/tasks/${id}`)
    expect(text).not.toMatch(/<script>alert|<img src=x/)
  })
})

describe('the person’s pages of what they asked', () => {
  it('show the state and the clock, and then the answer with its reasons', async () => {
    expect((await get('/me/questions', 'somchai')).text).toContain('คุณยังไม่ได้ถามเรื่องใด')
    const { id } = await here.open({ subject: somchai.account, detail: { words: 'ใครดูข้อมูลของฉัน' } })
    expect((await get('/me/questions', 'somchai')).text).toContain('เหลือ 3 วันทำการ')
    await here.casework.take(malee, { task: id, version: 1 })
    await here.casework.answer(malee, { task: id, version: 2 }, { text: 'คำตอบนี้', reasons: 'เหตุผลนี้' })
    const { text } = await get(`/me/questions/${id}`, 'somchai')
    expect(text).toContain('คำตอบนี้')
    expect(text).toContain('เหตุผลนี้')
    expect(text).toContain('สิ่งที่คุณถามหรือแจ้ง')
    expect(text).toContain('ใครดูข้อมูลของฉัน')
    expect(text).not.toContain('มาลี')
    expect((await get(`/me/questions/${id}`, 'malee')).status).toBe(404)
  })
})
