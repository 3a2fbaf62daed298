import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { RelyingParty, Visitor } from '@sapan/identity'
import { createLogger } from '@sapan/kernel'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createDesk, type DeskAppointment, type DeskLink } from '../src/index.ts'

const appointment = (id: string, agency: string, duties: string[]): DeskAppointment => ({
  id,
  agency,
  agencyName: { th: `กรม ${agency}`, en: `Department ${agency}` },
  title: { th: `ตำแหน่ง ${id}`, en: `Officer ${id}` },
  duties,
})
const appointments = [appointment('a1', 'DOPA', ['tasks']), appointment('a2', 'DLT', ['clients'])]
const links: DeskLink[] = [
  {
    path: '/desk/tasks',
    text: { th: 'งาน', en: 'Tasks' },
    about: { th: 'คิวงาน', en: 'The queue' },
    needs: { duties: ['tasks'] },
    key: 't',
  },
  {
    path: '/desk/clients',
    text: { th: 'แอป', en: 'Clients' },
    about: { th: 'แอปที่ลงทะเบียน', en: 'Registered apps' },
    needs: { duties: ['clients'] },
  },
]

let current: DeskAppointment | undefined
let isIn = true
const relyingParty: RelyingParty = {
  admit: (_visit, needs) => {
    if (!isIn)
      return needs === undefined ? { kind: 'in', who: undefined } : { kind: 'redirect', to: '/sign-in' }
    const officer = current && { appointment: current.id, agency: current.agency, duties: current.duties }
    const who: Visitor = {
      account: 'x',
      name: 'สมชาย',
      session: 's',
      level: { ial: '2.3', aal: '2.2' },
      authenticatedAt: 0,
      ...(officer && { officer }),
    }
    return { kind: 'in', who }
  },
  routes: [],
  formTargets: [],
  choose: async (_of, role) => {
    current = appointments.find(({ id }) => id === role.appointment)
  },
  endAll: async () => {},
}

let origin: string
const server = createServer((request, response) => desk.handler(request, response))
let desk: ReturnType<typeof createDesk>
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  origin = `http://localhost:${(server.address() as AddressInfo).port}`
  desk = createDesk({
    origin,
    cookieSecret: Buffer.alloc(32, 1),
    relyingParty,
    appointmentsOf: async () => appointments,
    routes: [],
    links,
    log: createLogger({ name: 'desk', level: 'silent' }),
  })
})
afterAll(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await desk.close()
})
beforeEach(() => {
  current = appointments[0]
  isIn = true
})

async function choose(id: string): Promise<Response> {
  const page = await fetch(`${origin}/desk/appointments`)
  const cookie = page.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const key = /name="form-key" value="([^"]+)"/.exec(await page.text())?.[1] ?? ''
  const body = new URLSearchParams({ 'form-key': key, appointment: id })
  return fetch(`${origin}/desk/appointments`, {
    method: 'POST',
    body,
    headers: { cookie },
    redirect: 'manual',
  })
}

const text = async (path: string) => await (await fetch(`${origin}${path}`)).text()

describe('the desk', () => {
  it('shows what the duties of the appointment let one open, and no more', async () => {
    const html = await text('/')
    expect(html).toContain('/desk/tasks')
    expect(html).not.toContain('/desk/clients')
    expect(html).toContain('content="t=/desk/tasks"')
    current = undefined
    expect(await text('/')).not.toContain('/desk/tasks')
  })

  it('lets an officer change as what they work', async () => {
    expect((await choose('a2')).status).toBe(303)
    const html = await text('/?lang=en')
    expect(html).toContain('/desk/clients')
    expect(html).toContain('DLT')
  })

  it("knows nothing of another's appointment", async () => {
    expect((await choose('a9')).status).toBe(404)
    expect(current?.id).toBe('a1')
  })

  it('lists its keys', async () => {
    expect(await text('/desk/keys')).toContain('<kbd>t</kbd>')
  })

  it('says what it is to who is not signed in', async () => {
    isIn = false
    const html = await text('/')
    expect(html).toContain('href="/sign-in"')
    expect(html).not.toContain('/desk/tasks')
  })
})
