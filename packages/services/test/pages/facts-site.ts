import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Casework, caseworkMigrations, createCasework, questionRoutes } from '@sapan/casework'
import type { Need, Visitor } from '@sapan/identity'
import { createJobs, createLogger } from '@sapan/kernel'
import { Sealer } from '@sapan/trust'
import { createSite, renderPage, type SiteRoute } from '@sapan/ui'
import { testDatabase } from '../../../kernel/test/database.ts'
import type { ServiceDefinition } from '../../src/definition/definition.ts'
import { definitionsOf } from '../../src/definition/load.ts'
import type { Drafts } from '../../src/draft/draft.ts'
import { createDrafts } from '../../src/draft/drafts.ts'
import { servicesMigrations } from '../../src/index.ts'
import { checkRoutes } from '../../src/pages/check/routes.ts'
import { disputeTask } from '../../src/pages/facts/dispute-task.ts'
import type { FactsPagesOptions } from '../../src/pages/facts/options.ts'
import { factsRoutes } from '../../src/pages/facts/routes.ts'
import { formRoutes } from '../../src/pages/form/routes.ts'
import { disputeKind } from '../../src/prefill/dispute.ts'
import { forgetFacts } from '../../src/prefill/forget.ts'
import { places } from '../form/made.ts'
import { days, type Register } from '../prefill/register.ts'
import { Browser } from './browser.ts'

export const mali = '01890000-0000-7000-8000-000000000001'
export const noi = '01890000-0000-7000-8000-000000000003'
export const number = '1101700207030'

export interface FactsSite extends AsyncDisposable {
  readonly origin: string
  readonly drafts: Drafts
  readonly casework: Casework
  browser(account?: string): Browser
  forget(draft: string): Promise<void>
}

/** Forms, facts and checks of one service on a site of their own, with real drafts, tasks and jobs. */
export async function factsSite(definition: ServiceDefinition, register: Register): Promise<FactsSite> {
  const database = await testDatabase({ casework: caseworkMigrations, services: servicesMigrations })
  const { clock, ask, rooms } = register.ground
  const log = createLogger({
    name: 'test',
    destination: { write: (line: string) => void register.lines.push(line) },
  })
  const jobs = await createJobs({ pool: database.pool, log, zone: 'Asia/Bangkok' })
  const sealer = new Sealer(new Map([[1, randomBytes(32)]]), 1)
  const officers = { colleagues: async () => [], nameOf: async () => undefined }
  const tell = async () => {}
  const base = { pool: database.pool, clock, log, sealer, jobs, hashKey: randomBytes(32), days }
  const casework = createCasework({ ...base, officers, tell })
  const drafts = createDrafts(base)
  const definitions = definitionsOf([definition])
  const ground = {
    ...base,
    ask,
    casework,
    definitions,
    rooms: identityRooms(rooms),
    ...names,
    cases: { byId: async () => undefined },
  }
  const options: FactsPagesOptions = { ground, drafts, places, waiting: { patience: 300 } }
  const server = createServer((request, response) => site.handler(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const questions = questionRoutes<Visitor, Need>({
    casework,
    days,
    clock,
    names: { kinds: { [disputeKind]: disputeTask(() => undefined) }, duties: {}, agency: names.memberName },
    accountOf: ({ account }) => account,
    needs: {},
  })
  const routes = [...formRoutes(options), ...factsRoutes(options), ...checkRoutes(options), ...questions]
  const site = createSite<Visitor | undefined, Need>({
    origin,
    cookiePrefix: 'test',
    cookieSecret: Buffer.alloc(32, 7),
    frame: ({ language, title, languages, body, scripts }) =>
      renderPage({ language, title, languages, body, scripts, home: '/' }),
    routes: routes as SiteRoute<Visitor | undefined, Need>[],
    admit: ({ cookies }, needs) => {
      const who = visitorOf(cookies ?? '')
      return who === undefined && needs !== undefined
        ? { kind: 'redirect', to: '/sign-in' }
        : { kind: 'in', who }
    },
    log,
  })
  return {
    origin,
    drafts,
    casework,
    browser: (account = mali) => new Browser(origin, `who=${account}`),
    forget: (draft) => forgetFacts({ ...base, definitions }, draft),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await site.close()
      await jobs.stop()
      await database.drop()
    },
  }
}

const names = {
  memberName: () => ({ th: 'กรมการปกครอง', en: 'Department of Provincial Administration' }),
  lawName: () => ({ th: 'พระราชบัญญัติสมมติ', en: 'Made-up Act' }),
  purposeName: () => ({ th: 'บริการประชาชน', en: 'Service to the citizen' }),
}

function visitorOf(cookies: string): Visitor | undefined {
  const account = /who=([0-9a-f-]{36})/.exec(cookies)?.[1]
  if (account === undefined) return undefined
  return { account, name: 'มะลิ', session: 'session', level: { ial: '2.1', aal: '2.1' }, authenticatedAt: 0 }
}

/** Who somebody is and who is an officer, identity knows; here it is told. */
function identityRooms(rooms: Register['ground']['rooms']) {
  return {
    ...rooms,
    accounts: {
      find: async (id: string) => ({ id, name: { th: 'มะลิ ใจดี', en: 'Mali Jaidee' } }),
      identifiersOf: async () => [{ scheme: 'national-id', value: number, proved: true }],
    },
    mandates: {},
    officers: {
      holdersOf: async (agency: string, duty: string) =>
        agency === 'TH/GOV/DOPA' && duty === 'case-officer' ? [mali] : [],
    },
  } as never
}
