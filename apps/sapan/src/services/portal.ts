import { documentRoutes } from '@sapan/documentbox'
import type { Need, Visitor } from '@sapan/identity'
import { paymentRoutes } from '@sapan/payments'
import type { PortalTile } from '@sapan/portal'
import {
  applicationRoutes,
  checkRoutes,
  documentsWithin,
  factsRoutes,
  findingHome,
  findingRoutes,
  formRoutes,
  paymentsWithin,
  silentOf,
} from '@sapan/services'
import type { SiteRoute } from '@sapan/ui'
import type { ServicesHouse } from './house.ts'

/** The portal's first page begins with the search and the events of life. */
export function servicesHome({ catalogue }: ServicesHouse) {
  return (language: 'th' | 'en') => findingHome(catalogue, language)
}

/** What people do with services: find them, fill in forms, follow their applications, pay, keep documents. */
export function servicesRoutes(services: ServicesHouse): SiteRoute<Visitor, Need>[] {
  const { ground, drafts, places, payments, documentbox, catalogue } = services
  const forms = { ground, drafts, places }
  const accountOf = (who: Visitor) => who.account
  const silent = (who: Visitor) => silentOf(ground, who.account)
  return [
    ...findingRoutes({ ...services, memberName: ground.memberName, lawName: ground.lawName }),
    ...checkRoutes(forms),
    ...formRoutes(forms),
    ...factsRoutes(forms),
    ...applicationRoutes({ ground, drafts, places, needs: {} }),
    ...paymentRoutes<Visitor, Need>({
      ...{ payments, clock: ground.clock, accountOf, memberName: ground.memberName },
      ...{ reachOf: (who: Visitor) => paymentsWithin(ground, who.account), silentOf: silent },
      ...(services.bankPage && { bankPage: services.bankPage }),
      needs: {},
    }),
    ...documentRoutes<Visitor, Need>({
      documentbox,
      clock: ground.clock,
      accountOf,
      reachOf: (who) => documentsWithin(ground, who.account),
      memberName: ground.memberName,
      evidenceFor: (kind) => evidenceFor(catalogue, kind),
      needs: {},
    }),
  ]
}

/** Of which services a document is the evidence: `income-tax-return/assessment`. */
function evidenceFor({ find }: ServicesHouse['catalogue'], kind: string) {
  const [service = '', output = ''] = kind.split('/')
  const named = find(service)?.definition?.outputs.find(({ id }) => id === output)?.evidenceFor ?? []
  return named.flatMap((to) => {
    const entry = find(to.service)
    return entry === undefined
      ? []
      : [{ title: entry.name, path: `/services/${entry.id}`, ...(to.when && { when: to.when }) }]
  })
}

/** On my page. */
export const servicesTiles: readonly PortalTile[] = [
  {
    path: '/me/applications',
    title: { th: 'เรื่องที่ฉันยื่น', en: 'My applications' },
    about: { th: 'คำขอที่กรอกค้างไว้และที่ยื่นแล้ว พร้อมกำหนดเวลา', en: 'Begun and handed in, with their deadlines.' },
  },
  {
    path: '/me/documents',
    title: { th: 'เอกสารของฉัน', en: 'My documents' },
    about: {
      th: 'เอกสารที่หน่วยงานออกให้คุณ ใครก็ตรวจได้',
      en: 'What agencies issued to you; anyone can check it.',
    },
  },
]
