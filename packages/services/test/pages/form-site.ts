import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Need, Visitor } from '@sapan/identity'
import { WorkingDays } from '@sapan/kernel'
import { createSite, renderPage, type SiteRoute } from '@sapan/ui'
import type { ServiceDefinition } from '../../src/definition/definition.ts'
import { definitionsOf } from '../../src/definition/load.ts'
import type { FileScanner } from '../../src/draft/upload/scanner.ts'
import type { FormPagesOptions } from '../../src/pages/form/options.ts'
import { formRoutes } from '../../src/pages/form/routes.ts'
import { type DraftStore, draftStore } from '../draft/store.ts'
import { places } from '../form/made.ts'
import { Browser } from './browser.ts'

/** Two directors of one company, and somebody else. */
export const mali = '01890000-0000-7000-8000-000000000001'
export const somchai = '01890000-0000-7000-8000-000000000002'
export const noi = '01890000-0000-7000-8000-000000000003'
export const company = { id: '0105561234567', name: { th: 'บริษัท เรือทอง จำกัด', en: 'Golden Boat Ltd' } }

const people: Readonly<
  Record<string, { readonly number: string; readonly name: { th: string; en: string } }>
> = {
  [mali]: { number: '1101700207030', name: { th: 'มะลิ ใจดี', en: 'Mali Jaidee' } },
  [somchai]: { number: '3100600445635', name: { th: 'สมชาย ใจดี', en: 'Somchai Jaidee' } },
  [noi]: { number: '1101700207048', name: { th: 'น้อย ใจดี', en: 'Noi Jaidee' } },
}

export interface FormSite extends AsyncDisposable {
  readonly origin: string
  readonly store: DraftStore
  /** The versions that are known from now on. */
  setDefinitions(now: readonly ServiceDefinition[]): void
  /** Somebody's browser, signed in. */
  browser(account?: string, acting?: boolean): Browser
}

/** Forms of some definitions on a site of their own. */
export async function formSite(
  definitions: readonly ServiceDefinition[],
  { scanner, routes = [] }: { scanner?: FileScanner; routes?: readonly SiteRoute<Visitor, Need>[] } = {},
): Promise<FormSite> {
  const store = await draftStore()
  const server = createServer((request, response) => site.handler(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const known = { definitions }
  const options: FormPagesOptions = {
    ground: groundOf(store, () => known.definitions),
    drafts: store.drafts,
    places,
    ...(scanner && { scanner }),
  }
  const site = createSite<Visitor | undefined, Need>({
    origin,
    cookiePrefix: 'test',
    cookieSecret: Buffer.alloc(32, 7),
    frame: ({ language, title, languages, body, scripts }) =>
      renderPage({ language, title, languages, body, scripts, home: '/' }),
    routes: [...formRoutes(options), ...routes] as SiteRoute<Visitor | undefined, Need>[],
    admit: ({ cookies }, needs) => {
      const who = visitorOf(cookies ?? '')
      return who === undefined && needs !== undefined
        ? { kind: 'redirect', to: '/sign-in' }
        : { kind: 'in', who }
    },
    log: store.ground.log,
  })
  return {
    origin,
    store,
    setDefinitions: (now) => {
      known.definitions = now
    },
    browser: (account = mali, acting = false) => new Browser(origin, `who=${account}; acting=${acting}`),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await site.close()
      await store[Symbol.asyncDispose]()
    },
  }
}

function visitorOf(cookies: string): Visitor | undefined {
  const account = /who=([0-9a-f-]{36})/.exec(cookies)?.[1]
  if (account === undefined) return undefined
  return {
    account,
    name: people[account]?.name.th ?? '',
    session: 'session',
    level: { ial: '2.1', aal: '2.1' },
    authenticatedAt: 0,
    ...(cookies.includes('acting=true') ? { acting: { mandate: 'mandate', name: company.name.th } } : {}),
  }
}

function groundOf(
  store: DraftStore,
  definitions: () => readonly ServiceDefinition[],
): FormPagesOptions['ground'] {
  return {
    ...store.ground,
    cases: { byId: async () => undefined },
    days: new WorkingDays({
      offset: '+07:00',
      opens: '08:30',
      closes: '16:30',
      weekend: [0, 6],
      holidays: new Map(),
      workdays: new Set(),
      knownUntil: '2026-12-31',
    }),
    definitions: {
      current: () => definitionsOf(definitions()).current(),
      find: (id) => definitionsOf(definitions()).find(id),
      version: (id, version) => definitionsOf(definitions()).version(id, version),
    },
    memberName: () => ({ th: 'กรมการปกครอง', en: 'DOPA' }),
    lawName: () => undefined,
    // Who somebody is, identity knows; here it is told.
    rooms: {
      accounts: {
        find: async (id: string) => ({ id, name: people[id]?.name }),
        identifiersOf: async (id: string) => [
          { scheme: 'national-id', value: people[id]?.number, proved: true },
        ],
      },
      mandates: {
        own: async ({ account }: { account: string }, id: string) => ({
          id,
          holder: account,
          source: 'company',
          content: {
            number: company.id,
            name: company.name,
            scopes: account === noi ? ['pay'] : ['apply'],
            limits: {},
          },
        }),
      },
    } as never,
  }
}
