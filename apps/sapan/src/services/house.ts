import { type Cases, createCases, newHolidays } from '@sapan/casework'
import { createDocumentBox, type DocumentBoxHouse } from '@sapan/documentbox'
import { createJobs } from '@sapan/kernel'
import {
  createPayments,
  type PaymentPagesOptions,
  type PaymentsHouse,
  type PaymentsOptions,
  paymentsQueues,
} from '@sapan/payments'
import {
  type AskAs,
  type Catalogue,
  countedDrafts,
  createCatalogue,
  createConcerns,
  createDrafts,
  createFigures,
  createSearch,
  type Drafts,
  documentsWithin,
  type Figures,
  followCases,
  followedActions,
  followedQueues,
  forgetApiAnswers,
  forgetOnTime,
  keepVersions,
  type Places,
  type References,
  type Search,
  type ServicesGround,
  silentOf,
  tellOfMoney,
} from '@sapan/services'
import { loadDivisions, readLifeEvents, readListedServices } from '@sapan/thailand'
import { templates } from '../documents/templates.ts'
import type { OperatorDocuments } from '../identity/documents-authority.ts'
import type { OperatorGround } from '../identity/ground.ts'
import type { House } from '../identity/house.ts'
import { officerName } from '../identity/officer-name.ts'
import { agencyEdges } from './ask-as.ts'
import { bankOf } from './bank.ts'
import { hostedDefinitions, packFolder } from './definitions.ts'
import { placesOf } from './places.ts'
import { type Description, referencesOf } from './references.ts'
import { agencySeals } from './seals.ts'

/** Whose holders decide on money. */
export const cashier = 'cashier'

/** What gives people services: the rooms of services with cases, payments and the document box. */
export interface ServicesHouse {
  readonly ground: ServicesGround
  readonly cases: Cases
  readonly payments: PaymentsHouse
  readonly bankPage?: BankPage
  readonly documentbox: DocumentBoxHouse
  readonly drafts: Drafts
  readonly places: Places
  readonly catalogue: Catalogue
  readonly search: Search
  readonly figures: Figures
  /** What definitions may name. */
  readonly references: References
  /** Where definitions lie. */
  readonly folder: string
  /** Begins the work behind the pages; in one of the operator's processes, or in several. */
  work(): Promise<void>
  close(): Promise<void>
}

/** Where the agencies' money lies. */
export interface MoneyHouse {
  /** The bank's subsystem: `TH/COM/0107540990014/account`. */
  readonly subsystem: string
  /** The number under which each member is paid. */
  readonly billers: ReadonlyMap<string, string>
  /** The keys with which the bank signs what it tells. */
  readonly keys: PaymentsOptions['bankKeys']
  /** A bank that takes a payment's code by a form, as a demonstration's does. */
  readonly page?: BankPage
}

type BankPage = NonNullable<PaymentPagesOptions<unknown, unknown>['bankPage']>

export interface ServicesHouseOptions {
  readonly documents?: OperatorDocuments | undefined
  /** How agencies describe what definitions name. */
  readonly description: Description
  /** Where definitions lie; the country pack by default. */
  readonly folder?: string | undefined
  /** A demonstration's definitions may be mended while cases run under them. */
  readonly isTrial?: boolean
  /** Absent: nothing can be paid, and no money goes back. */
  readonly money?: MoneyHouse | undefined
}

type Parts = Pick<House, 'ground' | 'rooms' | 'notices' | 'casework'>

/**
 * Puts the rooms of services together for the agencies that the operator hosts. Throws `definitions-refused` where
 * something stands against a definition, `definition-changed` where one is not any more what cases run under.
 */
export async function openServices(parts: Parts, options: ServicesHouseOptions): Promise<ServicesHouse> {
  const { ground, rooms, notices, casework } = parts
  const { file, country, pool, log, clock, days, sealer, hashKey } = ground
  const { description, folder = packFolder() } = options
  const hosted = file.agencies.map(({ member }) => member)
  const references = referencesOf(description, options.money?.subsystem)
  const definitions = await hostedDefinitions({ hosted, references, folder })
  await keepVersions({ pool, clock, definitions }, options)
  const jobs = await createJobs({
    ...{ pool, log, zone: country.identity.mandates.timeZone },
    queues: [...followedQueues, ...paymentsQueues, 'services.forget-facts'],
  })
  const edges = agencyEdges(file)
  const payments = createPayments({ ...ground, jobs, ...moneyOf(ground, options.money, edges.ask) })
  const documentbox = createDocumentBox({
    ...ground,
    reachOf: (account) => documentsWithin({ rooms, hashKey, definitions }, account),
    silentOf: (account) => silentOf({ rooms }, account),
  })
  const cases = createCases({
    ...{ pool, clock, days, sealer, log, jobs },
    officers: {
      colleagues: (agency, duty) => rooms.officers.holdersOf(agency, duty, clock()),
      nameOf: (account, language) => officerName(rooms, account, language),
    },
    concerns: createConcerns({ rooms, hashKey }),
    announced: followedActions,
  })
  const places = placesOf(await loadDivisions())
  const services: ServicesGround = {
    ...{ pool, clock, log, days, sealer, hashKey, jobs, definitions, rooms, casework, cases, payments },
    ...{ documentbox, notices, places },
    ask: edges.ask,
    seals: agencySeals(options.documents, clock),
    memberName: (member) => country.members.find(({ id }) => id === member)?.name,
    lawName: (code) => country.laws.find((law) => law.code === code)?.act,
    purposeName: (code) => country.purposes.find((purpose) => purpose.code === code)?.name,
    templates: templates(),
    portal: file.portal,
  }
  const finding = findingOf(services)
  const drafts = countedDrafts(createDrafts(services), finding.figures, pool)
  return {
    ...{ ground: services, cases, payments, documentbox, drafts },
    ...finding,
    ...{ places, references, folder },
    ...(options.money?.page && { bankPage: options.money.page }),
    work: () => work(services, payments, drafts),
    close: async () => {
      await jobs.stop()
      edges.close()
    },
  }
}

function findingOf(services: ServicesGround) {
  const { definitions, memberName } = services
  const catalogue = createCatalogue({
    definitions,
    listed: readListedServices(),
    lifeEvents: readLifeEvents(),
    memberName,
  })
  const search = createSearch(catalogue)
  return { catalogue, search, figures: createFigures(services) }
}

/** Without a bank nobody is paid: what is to be paid names no account. */
function moneyOf(
  { country }: OperatorGround,
  money: MoneyHouse | undefined,
  ask: AskAs,
): Pick<PaymentsOptions, 'bank' | 'billers' | 'bankKeys'> {
  if (money === undefined)
    return { bank: bankOf(country, '', ask), billers: new Map(), bankKeys: { keys: [] } }
  return { bank: bankOf(country, money.subsystem, ask), billers: money.billers, bankKeys: money.keys }
}

async function work(services: ServicesGround, payments: PaymentsHouse, drafts: Drafts): Promise<void> {
  const { jobs, cases, pool, days, clock } = services
  await followCases(services)
  await tellOfMoney(services, cashier)
  await forgetOnTime(services)
  await payments.work()
  await jobs.schedule('services.clock', '*/5 * * * *', async () => {
    await cases.markOverdue()
    await cases.lapse()
    // All at once: a day that the cabinet makes a holiday may be the next one.
    while ((await cases.postpone()) > 0);
    const holidays = await newHolidays(pool, days, clock())
    while ((await payments.postpone(holidays)) > 0);
  })
  await jobs.schedule('services.api-answers', '10 * * * *', async () => {
    await forgetApiAnswers(services)
  })
  await jobs.schedule('services.drafts', '40 3 * * *', async () => {
    await drafts.clear()
  })
}
