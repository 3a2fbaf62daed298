import { questionRoutes } from '@sapan/casework'
import {
  consentPages,
  createEmailAddresses,
  dataPages,
  emailPages,
  emailPath,
  identityAssets,
  mandateRoutes,
  type Need,
  proofingPages,
  type RolePort,
  securityRoutes,
  signingQuestionRoutes,
  usagePages,
  type Visitor,
  waitingPath,
  waitingRoutes,
} from '@sapan/identity'
import { noticeRoutes } from '@sapan/notices'
import { type PortalSiteOptions, type PortalTile, portalCookies } from '@sapan/portal'
import type { SiteRoute } from '@sapan/ui'
import { proxiesOf } from '../config/identity.ts'
import { servicesApi } from '../services/api.ts'
import { servicesHome, servicesRoutes, servicesTiles } from '../services/portal.ts'
import type { House } from './house.ts'
import { outsideProvider } from './outside-provider.ts'
import { signInAt } from './relying-party.ts'
import { rememberingLanguage } from './remember-language.ts'
import { taskNames } from './task-names.ts'

/** The portal's pages of people, of the rooms behind my page. */
export async function portalSite(house: House): Promise<PortalSiteOptions> {
  const { ground } = house
  const { file, country, keys } = ground
  const relyingParty = await signInAt(house, {
    face: 'portal',
    origin: file.portal,
    cookiePrefix: portalCookies,
    names: { th: 'พอร์ทัลสะพาน', en: 'Sapan portal' },
    roleOf: portalRole(house),
  })
  const operator = country.members.find(({ id }) => id === file.operator)
  return {
    origin: file.portal,
    cookieSecret: await keys.loadOrCreateSecret('forms-portal'),
    relyingParty: { ...relyingParty, admit: rememberingLanguage(house, relyingParty.admit) },
    proxies: proxiesOf(file),
    routes: routesOf(house),
    assets: identityAssets(),
    tiles: [waitingTile(house), ...(house.services ? servicesTiles : []), ...tiles],
    ...(house.services && { home: servicesHome(house.services) }),
    operator: {
      name: operator?.name ?? { th: file.operator, en: file.operator },
      ...file.contact,
    },
  }
}

/** For whom a visitor acts; a mandate that ran out in the middle of a visit is not acted under any more. */
function portalRole({ rooms }: House): RolePort {
  return async ({ account, session }, language) => {
    const acting = await rooms.mandates.acting.of({ account, session })
    if (acting === undefined || acting === 'ended') return {}
    return { acting: { mandate: acting.mandate, name: acting.name[language] || acting.name.th } }
  }
}

function routesOf(house: House): SiteRoute<Visitor, Need>[] {
  const { rooms, notices, casework, usage, ground } = house
  const { clock, days, country } = ground
  const { words } = house
  const { identity } = country
  const { freshSeconds } = identity.authentication
  const accountOf = (who: Visitor) => who.account
  const memberName = (id: string) => country.members.find((member) => member.id === id)?.name
  const emails = createEmailAddresses(rooms.authenticatorGround, { accounts: rooms.accounts, notices })
  const outside = outsideProvider(house, `${ground.file.portal}/me/proofing/outside/back`)
  return [
    ...(house.services ? [...servicesRoutes(house.services), ...servicesApi(house, house.services)] : []),
    ...securityRoutes({ ...rooms, clock, freshSeconds }),
    ...proofingPages({ ground: rooms.proofingGround, ...(outside && { outside }) }),
    ...consentPages({
      consents: rooms.consents,
      claims: {
        consents: rooms.provider.consents,
        clients: rooms.clients,
        scopes: identity.scopes,
        memberName,
      },
      words,
      clock,
      law: (code) => country.laws.find((law) => law.code === code)?.act,
    }),
    ...mandateRoutes({
      mandates: rooms.mandates,
      country: identity.mandates,
      clock,
      agencies: country.members.map(({ id, name }) => ({ id, name })),
      ...(house.declarations && { declarations: house.declarations }),
    }),
    ...(house.signing
      ? signingQuestionRoutes({ ...house.signing, country: house.ground.country.identity.officers })
      : []),
    ...waitingRoutes({
      backchannel: rooms.provider.backchannel,
      help: rooms.mandates.help,
      clients: rooms.clients,
      consents: rooms.provider.consents,
      scopes: identity.scopes,
      memberName,
      freshSeconds: identity.authentication.freshSeconds,
    }),
    ...usagePages({ usage, words }),
    ...emailPages({ emails, freshSeconds }),
    ...dataPages({
      ground: rooms.proofingGround,
      authenticators: rooms.authenticators,
      history: rooms.history,
      memberName,
      more: {
        consents: rooms.consents.of,
        signInConsents: rooms.provider.consents.of,
        mandates: rooms.mandates.of,
      },
      freshSeconds,
    }),
    ...noticeRoutes<Visitor, Need>({
      notices,
      accountOf,
      needs: {},
      pushKey: house.pushKey,
      mayGet: async ({ account }, kind) =>
        kind !== 'task' || (await rooms.officers.appointmentsOf(account, clock())).length > 0,
      ...(ground.file.mail && { email: { page: emailPath, of: emails.of } }),
      scripts: ['portal/push.js'],
    }),
    ...questionRoutes<Visitor, Need>({
      casework,
      days,
      clock,
      names: taskNames(country, words),
      accountOf,
      needs: {},
    }),
  ]
}

/** What was asked from elsewhere waits for minutes only: how much there is stands on the tile. */
function waitingTile({ rooms }: House): PortalTile {
  const { mandates, provider } = rooms
  return {
    path: waitingPath,
    title: { th: 'คำขอที่รอคุณตอบ', en: 'Waiting for your answer' },
    about: {
      th: 'คำขอเข้าสู่ระบบจากที่อื่น และเจ้าหน้าที่ที่ขอช่วยคุณ',
      en: 'Sign-ins asked for elsewhere, and officers who ask to help you.',
    },
    state: async (who, language) => {
      const [questions, help] = await Promise.all([
        provider.backchannel.pendingOf(who.account),
        mandates.help.waiting(who),
      ])
      const count = questions.filter(({ kind }) => kind === 'sign-in').length + help.length
      if (count === 0) return undefined
      return { text: language === 'th' ? `รอ ${count} เรื่อง` : `${count} waiting`, kind: 'warning' }
    },
  }
}

const tiles: readonly PortalTile[] = [
  {
    path: '/me/usage',
    title: { th: 'ใครดูข้อมูลของฉัน', en: 'Who looked at my data' },
    about: { th: 'ทุกครั้งที่หน่วยงานเปิดดู พร้อมหลักฐาน', en: 'Each look of an agency, with its proof.' },
  },
  {
    path: '/me/inbox',
    title: { th: 'กล่องข้อความ', en: 'Inbox' },
    about: { th: 'เรื่องที่หน่วยงานแจ้งคุณ', en: 'What agencies tell you.' },
  },
  {
    path: '/me/security',
    title: { th: 'ความปลอดภัย', en: 'Security' },
    about: {
      th: 'วิธีเข้าสู่ระบบ อุปกรณ์ ประวัติ และ “นี่ไม่ใช่ฉัน”',
      en: 'How you sign in, devices, history, and “this wasn’t me”.',
    },
  },
  {
    path: '/me/proofing',
    title: { th: 'พิสูจน์ตัวตน', en: 'Prove who you are' },
    about: { th: 'ระดับที่คุณมี และวิธีเพิ่มระดับ', en: 'The level that you have, and how to raise it.' },
  },
  {
    path: '/me/consents',
    title: { th: 'ความยินยอม', en: 'Consents' },
    about: { th: 'สิ่งที่คุณอนุญาต และถอนได้ทุกเมื่อ', en: 'What you allow, and can withdraw at any time.' },
  },
  {
    path: '/me/mandates',
    title: { th: 'ทำการแทน', en: 'Acting for others' },
    about: {
      th: 'แทนบริษัท บุตร หรือผู้อื่น และผู้ที่ทำแทนคุณ',
      en: 'For a company, a child, another person; and who acts for you.',
    },
  },
  {
    path: '/me/data',
    title: { th: 'ข้อมูลของฉัน', en: 'My data' },
    about: {
      th: 'สิ่งที่เราเก็บเกี่ยวกับคุณ มาจากที่ใด และนำไปได้',
      en: 'What we keep about you, where it is from, and a file to take.',
    },
  },
  {
    path: '/me/questions',
    title: { th: 'คำถามของฉัน', en: 'What I asked' },
    about: { th: 'คำถามถึงหน่วยงานและคำตอบ', en: 'Questions to agencies, and their answers.' },
  },
]
