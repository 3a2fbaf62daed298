import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Need, RelyingParty, Visitor } from '@sapan/identity'
import { createLogger } from '@sapan/kernel'
import { emptyState, type SiteRoute, sandboxPhase } from '@sapan/ui'
import { h } from 'preact'
import { createPortal } from '../src/index.ts'
import type { ServedPortal } from './serve.ts'

const visitor: Visitor = {
  account: '0199-1',
  name: 'สมหญิง ใจดี',
  session: 's',
  level: { ial: '2.3', aal: '2.2' },
  authenticatedAt: 0,
}

/** In place of an issuer: who has the cookie `in` is signed in, and with `acting` acts for a company. */
const relyingParty: RelyingParty = {
  admit: ({ cookies = '' }, needs) => {
    const acting = { mandate: 'm', name: 'บริษัท สะพานทดสอบ จำกัด' }
    const who = cookies.includes('in=1')
      ? { ...visitor, ...(cookies.includes('acting=1') && { acting }) }
      : undefined
    if (needs !== undefined && who === undefined) return { kind: 'redirect', to: '/sign-in' }
    return { kind: 'in', who }
  },
  routes: [],
  formTargets: [],
  choose: async () => {},
  endAll: async () => {},
}

const inbox: SiteRoute<Visitor, Need> = {
  method: 'GET',
  path: '/me/inbox',
  needs: {},
  handle: ({ who }) => ({
    kind: 'page',
    title: 'กล่องข้อความ',
    body: [h('h1', null, 'กล่องข้อความ'), emptyState(`ข้อความของ ${who.name}`)],
  }),
}

const document = (path: string, text: string): SiteRoute<Visitor, Need> => ({
  method: 'GET',
  path: `/me/documents${path}`,
  needs: {},
  handle: () => ({ kind: 'page', title: text, body: h('h1', null, text) }),
})

/** In place of the document box: a list, and documents that a device keeps or does not. */
const documents: readonly SiteRoute<Visitor, Need>[] = [
  document('', 'เอกสารของฉัน'),
  document('/:document/kept', 'เก็บแล้ว'),
  document('/:document/not-kept', 'ไม่เก็บแล้ว'),
  {
    method: 'GET',
    path: '/me/documents/:document/file',
    needs: {},
    handle: () => ({ kind: 'file', contentType: 'application/pdf', name: 'a.pdf', body: '%PDF-1.7' }),
  },
]

/** The portal with its site on a free port of `localhost`, which browsers trust with service workers. */
export async function serveSite(): Promise<ServedPortal> {
  const logged: string[] = []
  const server = createServer((request, response) => portal.handler(request, response))
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`
  const portal = createPortal({
    anchors: [],
    docs: new URL('../../../docs/problems/', import.meta.url),
    log: createLogger({ name: 'portal', destination: { write: (line: string) => void logged.push(line) } }),
    phase: sandboxPhase,
    site: {
      origin,
      cookieSecret: Buffer.alloc(32, 1),
      relyingParty,
      routes: [inbox, ...documents],
      tiles: [
        {
          path: '/me/inbox',
          title: { th: 'กล่องข้อความ', en: 'Inbox' },
          about: { th: 'ข้อความจากหน่วยงาน', en: 'Messages from agencies' },
          state: async (_who, language) => ({
            text: language === 'th' ? 'ใหม่ 2 ฉบับ' : '2 new',
            kind: 'info',
          }),
        },
        {
          path: '/me/security',
          title: { th: 'ความปลอดภัย', en: 'Security' },
          about: { th: 'พาสคีย์ การเข้าสู่ระบบ และประวัติ', en: 'Passkeys, sign-ins and history' },
          state: async () => {
            throw new Error('the room is down')
          },
        },
      ],
      operator: {
        name: { th: 'สำนักงานสะพาน', en: 'the Sapan Office' },
        email: 'help@sapan.example',
        phone: '02-000-0000',
        dataProtection: 'dpo@sapan.example',
      },
    },
  })
  return {
    origin,
    logged,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await portal.close()
    },
  }
}
