import { calendarRoutes, deskTaskRoutes } from '@sapan/casework'
import { createDesk, type DeskAppointment, type DeskLink, deskCookies } from '@sapan/desk'
import {
  type Appointment,
  accessRoutes,
  clientRoutes,
  counterPages,
  createAgencyClients,
  createImportJobs,
  helpingRoutes,
  type Need,
  officerRoutes,
  questionDuty,
  type RolePort,
  signingRoutes,
  type Visitor,
} from '@sapan/identity'
import { deskExchangeRoutes } from '@sapan/operator'
import type { Phase, SiteRoute } from '@sapan/ui'
import { proxiesOf } from '../config/identity.ts'
import { serviceDeskRoutes, servicesLinks } from '../services/desk.ts'
import { officerOf } from './desk-officer.ts'
import { exchangePlaces } from './exchange-places.ts'
import type { House } from './house.ts'
import type { Face } from './issuer.ts'
import { officerName } from './officer-name.ts'
import { signInAt } from './relying-party.ts'
import { agencyName } from './signing.ts'
import { taskNames } from './task-names.ts'

export interface DeskFaceOptions {
  readonly phase?: Phase
  /** What a demonstration adds. */
  readonly routes?: readonly SiteRoute<Visitor, Need>[]
}

/** The officers' desk. */
export async function openDesk(house: House, { phase, routes = [] }: DeskFaceOptions = {}): Promise<Face> {
  const { ground } = house
  const { file, keys, log } = ground
  const relyingParty = await signInAt(house, {
    face: 'desk',
    origin: file.desk,
    cookiePrefix: deskCookies,
    names: { th: 'โต๊ะทำงานเจ้าหน้าที่', en: "Officers' desk" },
    roleOf: deskRole(house),
  })
  return createDesk({
    origin: file.desk,
    cookieSecret: await keys.loadOrCreateSecret('forms-desk'),
    proxies: proxiesOf(file),
    relyingParty,
    appointmentsOf: async (account) =>
      (await house.rooms.officers.appointmentsOf(account, ground.clock())).map((one) => shown(house, one)),
    agencyName: (agency) => agencyName(ground, agency),
    routes: [...deskRoutes(house), ...routes],
    links: linksOf(house),
    log,
    ...(phase && { phase }),
  })
}

function shown({ ground }: House, { id, agency, title, duties }: Appointment): DeskAppointment {
  return { id, agency, agencyName: agencyName(ground, agency) ?? { th: agency, en: agency }, title, duties }
}

/** The appointment that the officer chose and still has, or their first one. New ones arrive as they come to the desk. */
function deskRole({ rooms, ground }: House): RolePort {
  return async ({ account, appointment, session }, language) => {
    let held = await rooms.officers.appointmentsOf(account, ground.clock())
    if (held.length === 0) {
      await rooms.officers.arrive(account)
      held = await rooms.officers.appointmentsOf(account, ground.clock())
    }
    const chosen = held.find(({ id }) => id === appointment) ?? held[0]
    if (chosen === undefined) return {}
    const officer = { appointment: chosen.id, agency: chosen.agency, duties: chosen.duties }
    const acting = await rooms.mandates.acting.of({ account, session })
    if (acting === undefined || acting === 'ended') return { officer }
    return { officer, acting: { mandate: acting.mandate, name: acting.name[language] || acting.name.th } }
  }
}

/** All that officers can open at the desk, of all rooms. */
export function deskRoutes(house: House): SiteRoute<Visitor, Need>[] {
  const { rooms, casework, ground, signing } = house
  const { country, days, clock, file, log } = ground
  const { identity } = country
  const officersGround = { ...ground, country: identity.officers }
  return [
    ...deskTaskRoutes<Visitor, Need>({
      casework,
      officers: { nameOf: (account, language) => officerName(rooms, account, language) },
      days,
      clock,
      names: taskNames(country, house.words),
      officerOf,
      needs: { duties: identity.officers.duties.map(({ code }) => code) },
    }),
    ...counterPages({
      ground: rooms.proofingGround,
      counter: rooms.counter,
      enrolAddress: `${file.issuer}/enrol`,
    }),
    ...helpingRoutes({ mandates: rooms.mandates, country: identity.mandates, clock }),
    ...officerRoutes({
      ground: officersGround,
      officers: rooms.officers,
      imports: createImportJobs(officersGround, rooms.officers),
      register: { ask: ground.ask, agencyName: (agency) => agencyName(ground, agency) },
    }),
    ...clientRoutes({
      clients: createAgencyClients({ clients: rooms.clients, officers: rooms.officers, log }),
      choices: {
        scopes: identity.scopes.scopes,
        ial: identity.levels.ial.map(choice),
        aal: identity.levels.aal.map(choice),
      },
      country: identity.officers,
    }),
    ...calendarRoutes<Visitor, Need>({
      calendar: ground.calendar,
      clock,
      operator: file.operator,
      officerOf,
      nameOf: (account, language) => officerName(rooms, account, language),
      needs: { duties: [identity.officers.administrator] },
    }),
    ...deskExchangeRoutes<Visitor, Need>({
      needs: { duties: [exchangeDuty] },
      placesOf: (who) => exchangePlaces(house, who),
    }),
    ...accessRoutes({ casework, words: house.words, subjects: rooms.subjects }),
    ...(signing ? signingRoutes({ ...signing, country: identity.officers }) : []),
    ...(house.services ? serviceDeskRoutes(house, house.services) : []),
  ]
}

/** Whoever looks after their agency's part of the exchange. */
const exchangeDuty = 'exchange-operator'

/** A level says by its code what it is, in any language. */
const choice = ({ code }: { readonly code: string }) => ({ value: code, text: code })

function linksOf({ ground, signing, services }: House): DeskLink[] {
  const { administrator, signer, duties } = ground.country.identity.officers
  const all = duties.map(({ code }) => code)
  return [
    ...(services ? servicesLinks : []),
    {
      path: '/desk/tasks',
      text: { th: 'งาน', en: 'Tasks' },
      about: { th: 'คิวงานของหน่วยงาน พร้อมกำหนดเวลา', en: 'The queue of your agency, with its deadlines.' },
      key: 't',
      needs: { duties: all },
    },
    {
      path: '/desk/proofing',
      text: { th: 'พิสูจน์ตัวตน', en: 'Proofing' },
      about: { th: 'พิสูจน์ตัวตนผู้มาติดต่อที่เคาน์เตอร์', en: 'Prove who somebody at the counter is.' },
      key: 'p',
      needs: { duties: ['registrar'] },
    },
    {
      path: '/desk/helping',
      text: { th: 'ช่วยทำรายการ', en: 'Help' },
      about: {
        th: 'ทำการแทนผู้ที่อยู่ที่เคาน์เตอร์ เมื่อเจ้าตัวตกลง',
        en: 'Act for somebody at the counter, when they agree.',
      },
      key: 'h',
      needs: { duties: [ground.country.identity.mandates.helper.duty] },
    },
    ...(signing
      ? [
          {
            path: '/desk/signing',
            text: { th: 'ลงนาม', en: 'Sign' },
            about: { th: 'ลงนามเอกสารด้วยกุญแจของคุณ', en: 'Sign documents with a key of your own.' },
            key: 's',
            needs: { duties: [signer] },
          },
        ]
      : []),
    {
      path: '/desk/access',
      text: { th: 'การเข้าถึงที่ผิดปกติ', en: 'Unusual access' },
      about: {
        th: 'ตัดสินการเข้าถึงข้อมูลที่ต่างจากปกติ',
        en: 'Decide on accesses that are out of the usual.',
      },
      key: 'a',
      needs: { duties: [questionDuty] },
    },
    {
      path: '/desk/exchange',
      text: { th: 'การแลกเปลี่ยนข้อมูล', en: 'Data exchange' },
      about: {
        th: 'เปิดหน้าผู้ดูแลเกตเวย์ของหน่วยงาน',
        en: "Open the pages of your agency's gateway.",
      },
      key: 'e',
      needs: { duties: [exchangeDuty] },
    },
    {
      path: '/desk/officers',
      text: { th: 'เจ้าหน้าที่', en: 'Officers' },
      about: { th: 'ผู้ที่ทำงานในหน่วยงาน หน้าที่ และช่วงเวลา', en: 'Who works here, with which duties, and when.' },
      key: 'o',
      needs: { duties: [administrator] },
    },
    {
      path: '/desk/clients',
      text: { th: 'ระบบที่เชื่อมต่อ', en: 'Clients' },
      about: { th: 'ระบบของหน่วยงานที่ใช้ Digital ID', en: 'Systems of your agency that sign people in.' },
      key: 'c',
      needs: { duties: [administrator] },
    },
    {
      path: '/desk/calendar',
      text: { th: 'ปฏิทินวันทำการ', en: 'Calendar' },
      about: {
        th: 'วันหยุดและวันทำการที่คณะรัฐมนตรีกำหนดเพิ่ม',
        en: 'Holidays and working days that the cabinet added.',
      },
      needs: { duties: [administrator] },
    },
  ]
}
