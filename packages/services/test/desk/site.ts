import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Case, type Cases, type Colleague, createCases, type Officer } from '@sapan/casework'
import type { Need, Visitor } from '@sapan/identity'
import { createSite, renderPage, type SiteRoute } from '@sapan/ui'
import type { DraftContent } from '../../src/application/application.ts'
import type { ServiceDefinition } from '../../src/definition/definition.ts'
import type { DeskCasesOptions } from '../../src/desk/options.ts'
import { deskCaseRoutes } from '../../src/desk/routes.ts'
import { createDeskSigning } from '../../src/desk/sign-outputs.ts'
import { paidFor } from '../../src/effects/paid.ts'
import { waitingEffects } from '../../src/effects/waiting.ts'
import type { ServicesGround } from '../../src/ground.ts'
import { askAgain } from '../../src/prefill/again.ts'
import { createConcerns } from '../../src/submission/concerns.ts'
import { places } from '../form/made.ts'
import { agency } from '../submission/made.ts'
import { type BoatOffice, boatOffice } from '../submission/office.ts'
import { duties, officeLicence } from './boats.ts'
import { DeskBrowser } from './browser.ts'
import { type SigningRoom, signingRoom } from './signing-room.ts'

export interface Desk extends AsyncDisposable {
  readonly office: BoatOffice
  readonly cases: Cases
  /** What the desk logged. */
  readonly lines: string[]
  /** Holders of whichever duty, for whoever asks for colleagues. */
  readonly colleagues: Colleague[]
  /** For whom an officer acts in their own life: accounts by accounts. */
  readonly actsFor: Map<string, string>
  /** Registers of mandates that do not answer. */
  readonly silent: Set<'company' | 'child'>
  /** What the register of hulls answers. */
  hull: { status: number; body: unknown } | 'down'
  readonly signing: SigningRoom
  /** The browser of an officer who is signed in. */
  as(officer: Officer): DeskBrowser
  /** A case that was handed in. */
  open: (content?: Partial<DraftContent>) => Promise<Case>
  read(id: string): Promise<Case>
}

/** Somebody who works for the agency. */
export function officer(...held: string[]): Officer {
  return { account: randomUUID(), agency, duties: held }
}

/** The officers' pages of cases on a site of their own, over real cases. */
export async function desk(over: Partial<ServiceDefinition> = {}): Promise<Desk> {
  const office = await boatOffice(officeLicence(over))
  const officers = new Map<string, Officer>()
  const made = { hull: { status: 200, body: { length: '4' } } as Desk['hull'] }
  const colleagues: Colleague[] = []
  const actsFor = new Map<string, string>()
  const silent = new Set<'company' | 'child'>()
  const ground = groundOf(office, made, { actsFor, silent })
  const cases = createCases({
    ...ground,
    officers: { colleagues: async () => colleagues, nameOf: async () => undefined },
    concerns: createConcerns(ground),
  })
  const signing = signingRoom()
  const server = createServer((request, response) => site.handler(request, response))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const site = createSite<Visitor, Need>({
    origin,
    cookiePrefix: 'test',
    cookieSecret: Buffer.alloc(32, 7),
    frame: ({ language, title, body, languages }) =>
      renderPage({ language, title, body, languages, home: '/' }),
    routes: [...deskCaseRoutes(optionsOf(ground, cases, office, signing)), formKeyRoute],
    admit: ({ cookies }) => {
      const found = officers.get(/who=([0-9a-f-]{36})/.exec(cookies ?? '')?.[1] ?? '')
      return found === undefined ? { kind: 'redirect', to: '/sign-in' } : { kind: 'in', who: visitor(found) }
    },
    log: office.ground.log,
  })
  const read = async (id: string) => {
    const found = await cases.byId(office.ground.pool, id)
    if (found === undefined) throw new Error('there is no such case')
    return found
  }
  return Object.assign(made, {
    ...{ office, cases, colleagues, actsFor, silent, signing, read, lines: office.lines },
    as: (who: Officer) => {
      officers.set(who.account, who)
      return new DeskBrowser(origin, who.account)
    },
    open: async (content: Partial<DraftContent> = {}) =>
      await read(await office.submit(await office.draft({ done: ['boat', 'partner', 'photo'], ...content }))),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await site.close()
      await office[Symbol.asyncDispose]()
    },
  })
}

/** A page with a form for officers whose lists have none. */
const formKeyRoute: SiteRoute<Visitor, Need> = {
  method: 'GET',
  path: '/form-key',
  needs: {},
  handle: ({ formKey }) => ({ kind: 'page', title: 'form', body: formKey }),
}

function visitor({ account, agency: member, duties: held }: Officer): Visitor {
  const level = { ial: '2.3', aal: '2.2' }
  const officer = { appointment: account, agency: member, duties: held }
  return { account, name: 'เจ้าหน้าที่', session: 'session', level, authenticatedAt: 0, officer }
}

/** What identity and the register know, beside what the office has. */
function groundOf(
  { ground }: BoatOffice,
  made: Pick<Desk, 'hull'>,
  { actsFor, silent }: Pick<Desk, 'actsFor' | 'silent'>,
): ServicesGround {
  const given = (account: string) =>
    [...actsFor].filter(([one]) => one === account).map(([, giver]) => ({ giver, content: {} }))
  const names = { company: 'the company register', child: 'the population register' }
  const rooms: object = {
    ...ground.rooms,
    mandates: {
      of: async (account: string) => given(account),
      interests: async (account: string) => ({
        held: given(account),
        silent: [...silent].map((source) => ({ source, name: { th: names[source], en: names[source] } })),
      }),
      mayBeUnderAge: async () => false,
    },
    actorToken: async () => ({ token: 'token' }),
    nameOf: async () => ({ th: 'สมหญิง รักษ์น้ำ', en: 'Somying Raknam' }),
    officers: { appointmentsOf: async () => [{ agency, title: { th: 'นายทะเบียนเรือ', en: 'Registrar' } }] },
  }
  return {
    ...ground,
    rooms: rooms as ServicesGround['rooms'],
    ask: async (question) => {
      if (question.method !== 'GET') return await ground.ask(question)
      if (made.hull === 'down') throw new Error('nobody is there')
      return { ...made.hull, exchange: 'x1' }
    },
  }
}

function optionsOf(
  ground: ServicesGround,
  cases: Cases,
  { drafts }: BoatOffice,
  documents: SigningRoom,
): DeskCasesOptions {
  return {
    ...{ cases, definitions: ground.definitions, days: ground.days, clock: ground.clock, places },
    nameOf: async () => undefined,
    dutyName: (duty) => ({ th: duty, en: duty }),
    memberName: ground.memberName,
    lawName: ground.lawName,
    officerOf: ({ account, officer: held }) => ({
      account,
      agency: held?.agency ?? '',
      duties: held?.duties ?? [],
    }),
    needs: { duties: Object.values(duties) },
    askAgain: ({ ...definition }, application, { who, case: number }) =>
      askAgain(ground, definition, application, {
        ...{ kind: 'officer', account: who.account, session: who.session, level: who.level },
        ...{ appointment: who.account, agency, duty: 'boats', case: number },
      }),
    paidFor: (id) => paidFor(ground, id),
    waitingFor: (id) => waitingEffects(ground, id),
    fileOf: ({ draft }, file) => drafts.file({ id: draft }, file),
    signing: createDeskSigning({ ground, cases, documents }),
  }
}
