import type { DeskLink } from '@sapan/desk'
import type { Need, Visitor } from '@sapan/identity'
import { paymentDeskRoutes } from '@sapan/payments'
import { askAgain, createDeskSigning, deskCaseRoutes, paidFor, waitingEffects } from '@sapan/services'
import type { SiteRoute } from '@sapan/ui'
import { officerOf } from '../identity/desk-officer.ts'
import type { House } from '../identity/house.ts'
import { officerName } from '../identity/officer-name.ts'
import { authoringDeskRoutes, definitionsLink } from './authoring.ts'
import { cashier, type ServicesHouse } from './house.ts'

/** Duties whose holders handle cases. */
export const caseDuties = ['case-officer', 'registrar', 'endorser', 'approver', 'signer', 'appeals'] as const

/** What officers do with cases, what cashiers do with money, and what authors of services look at. */
export function serviceDeskRoutes(house: House, services: ServicesHouse): SiteRoute<Visitor, Need>[] {
  const { ground } = services
  return [
    ...caseRoutes(house, services),
    ...paymentDeskRoutes<Visitor, Need>({
      payments: services.payments,
      clock: ground.clock,
      dateOf: (at) => ground.days.dateOf(at),
      officerOf,
      needs: { duties: [cashier] },
    }),
    ...authoringDeskRoutes(services),
  ]
}

function caseRoutes(house: House, services: ServicesHouse): SiteRoute<Visitor, Need>[] {
  const { ground, cases, places, drafts } = services
  const { identity } = house.ground.country
  const duties = new Map(identity.officers.duties.map(({ code, name }) => [code, name]))
  return deskCaseRoutes({
    cases,
    definitions: ground.definitions,
    days: ground.days,
    clock: ground.clock,
    nameOf: (account, language) => officerName(house.rooms, account, language),
    dutyName: (duty) => duties.get(duty) ?? { th: duty, en: duty },
    memberName: ground.memberName,
    lawName: ground.lawName,
    officerOf,
    needs: { duties: [...caseDuties] },
    askAgain: (definition, application, { who, case: number }) =>
      askAgain(ground, definition, application, askerOf(who, number)),
    paidFor: (id) => paidFor(ground, id),
    waitingFor: (id) => waitingEffects(ground, id),
    fileOf: ({ draft }, file) => drafts.file({ id: draft }, file),
    places,
    ...(house.signing && {
      signing: createDeskSigning({ ground, cases, documents: house.signing.documents }),
    }),
  })
}

/** The officer under the appointment with which they work now. */
function askerOf({ account, session, level, officer }: Visitor, number: string) {
  const { appointment = '', agency = '', duties = [] } = officer ?? {}
  const duty = caseDuties.find((one) => duties.includes(one)) ?? ''
  return { kind: 'officer', account, session, level, appointment, agency, duty, case: number } as const
}

/** In the desk's menu. */
export const servicesLinks: readonly DeskLink[] = [
  {
    path: '/desk/cases',
    text: { th: 'คำขอ', en: 'Cases' },
    about: {
      th: 'คำขอของประชาชนถึงหน่วยงาน พร้อมกำหนดตามกฎหมาย',
      en: 'What people applied for, with the time by law.',
    },
    key: 'k',
    needs: { duties: [...caseDuties] },
  },
  {
    path: '/desk/payments',
    text: { th: 'การเงิน', en: 'Payments' },
    about: { th: 'ยอดของวันเทียบกับธนาคาร และเงินที่รอตัดสินใจ', en: "The day beside the bank's, and what waits." },
    key: 'm',
    needs: { duties: [cashier] },
  },
  definitionsLink,
]
