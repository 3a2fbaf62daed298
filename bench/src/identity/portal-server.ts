// The portal, a process of its own: its real frame, home page and `/me`. Who is signed in is told by a cookie, since what is
// measured is the frame, not the database behind it.
import { createServer } from 'node:http'
import type { RelyingParty, Visitor } from '@sapan/identity'
import { createLogger } from '@sapan/kernel'
import { createPortal, type PortalTile } from '@sapan/portal'

const port = Number(process.argv[2])

const visitor: Visitor = {
  account: '0199b1c2-0000-7000-8000-000000000001',
  name: 'สมหญิง ใจดี',
  session: 's',
  level: { ial: '2.3', aal: '2.2' },
  authenticatedAt: 0,
}

const relyingParty: RelyingParty = {
  admit: ({ cookies }) => ({ kind: 'in', who: cookies?.includes('in=1') ? visitor : undefined }),
  routes: [],
  formTargets: [],
  choose: async () => {},
  endAll: async () => {},
}

const portal = createPortal({
  anchors: [],
  docs: new URL('../../../docs/problems/', import.meta.url),
  log: createLogger({ name: 'portal', level: 'error' }),
  site: {
    origin: `http://localhost:${port}`,
    cookieSecret: Buffer.alloc(32, 1),
    relyingParty,
    routes: [],
    tiles: [
      tile(
        '/me/inbox',
        'กล่องข้อความ',
        'Inbox',
        'ข้อความและเอกสารจากหน่วยงาน',
        'Messages and documents from agencies',
      ),
      tile(
        '/me/security',
        'ความปลอดภัย',
        'Security',
        'พาสคีย์ การเข้าใช้ และประวัติ',
        'Passkeys, sign-ins and history',
      ),
      tile('/me/consents', 'ความยินยอม', 'Consents', 'สิ่งที่คุณอนุญาต', 'What you allow'),
      tile('/me/mandates', 'ทำการแทน', 'Acting for others', 'ใครทำการแทนใคร', 'Who acts for whom'),
      tile('/me/usage', 'ใครดูข้อมูลของฉัน', 'Who looked at my data', 'ทุกครั้งที่มีคนดู', 'Every look'),
      tile('/me/proofing', 'พิสูจน์ตัวตน', 'Who you are', 'ระดับและวิธี', 'Level and ways'),
    ],
    operator: {
      name: { th: 'สำนักงานสะพาน', en: 'the Sapan Office' },
      email: 'help@sapan.example',
      dataProtection: 'dpo@sapan.example',
    },
  },
})

createServer((request, response) => portal.handler(request, response)).listen(port, '127.0.0.1')

function tile(path: string, th: string, en: string, aboutTh: string, aboutEn: string): PortalTile {
  return {
    path,
    title: { th, en },
    about: { th: aboutTh, en: aboutEn },
    state: async (_who, language) => ({ text: language === 'th' ? 'ใหม่ 2' : '2 new', kind: 'info' }),
  }
}
