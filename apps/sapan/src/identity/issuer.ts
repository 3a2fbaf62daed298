import type { IncomingMessage, ServerResponse } from 'node:http'
import {
  authorizationPath,
  consentRoutes,
  createEmailCodes,
  enrolmentPages,
  identityAssets,
  isProviderPath,
  outsideBack,
  proofingRoutes,
  type SignInAddition,
  signInRoutes,
} from '@sapan/identity'
import type { Text } from '@sapan/kernel'
import { nodeListener } from '@sapan/trust'
import {
  createCookies,
  createSite,
  type Phase,
  renderPage,
  type Site,
  type SiteCookies,
  type SiteFrame,
  type SiteRoute,
} from '@sapan/ui'
import { proxiesOf } from '../config/identity.ts'
import { consentsApi, consentsPath } from './consents-api.ts'
import type { House } from './house.ts'
import { outsideProvider } from './outside-provider.ts'
import { agencyName } from './signing.ts'

export interface Face {
  handler(request: IncomingMessage, response: ServerResponse): void
  close(): Promise<void>
}

export interface IssuerOptions {
  readonly phase?: Phase
  /** What a demonstration adds to the pages of signing in. */
  readonly addition?: SignInAddition
}

type Listener = (request: IncomingMessage, response: ServerResponse) => Promise<void>

const cookiePrefix = 'sapan-identity'

/** The issuer: the OpenID provider, the pages of signing in, status lists, and the officers' signing service. */
export async function openIssuer(house: House, options: IssuerOptions = {}): Promise<Face> {
  const site = await issuerSite(house, options)
  const listeners = listenersOf(house)
  return {
    handler: (request, response) => {
      const path = request.url?.split('?', 1)[0] ?? '/'
      const isStart = path === authorizationPath && request.method !== 'POST'
      if (isProviderPath(path) && !isStart) return void house.rooms.provider.handler(request, response)
      const found = listeners.find(({ prefix }) => path.startsWith(`${prefix}/`) || path === prefix)
      if (found) return void found.listener(request, response)
      site.handler(request, response)
    },
    close: () => site.close(),
  }
}

function listenersOf({ rooms, signing, ground }: House): { prefix: string; listener: Listener }[] {
  const onError = (error: unknown) => ground.log.error({ err: error }, 'issuer')
  const at = (prefix: string, handler: Parameters<typeof nodeListener>[0], mounted = prefix) => ({
    prefix,
    listener: nodeListener(handler, { prefix: mounted, onError }),
  })
  return [
    at('/status', rooms.statuses.handler),
    at(consentsPath, consentsApi({ rooms, ground })),
    ...(signing
      ? [
          at('/csc', signing.signing.service, ''),
          at('/oauth2', signing.signing.authorization.handler, ''),
          at('/ocsp', signing.signing.revocation.ocsp),
          at('/crl', signing.signing.revocation.crl),
        ]
      : []),
  ]
}

async function issuerSite(house: House, { phase, addition }: IssuerOptions): Promise<Site> {
  const { rooms, ground } = house
  const { file, keys, levels, country, log } = ground
  const { provider } = rooms
  const outside = outsideProvider(house, `${file.issuer}${outsideBack}`)
  const { proofing } = country.identity
  return createSite<unknown, unknown>({
    origin: file.issuer,
    cookiePrefix,
    proxies: proxiesOf(file),
    cookieSecret: await keys.loadOrCreateSecret('forms-identity'),
    frame: issuerFrame(file.portal, phase),
    routes: [
      beginning(house),
      ...signInRoutes<unknown, unknown>({
        ...rooms,
        pool: ground.pool,
        log,
        levels,
        interactions: provider.interactions,
        cookies: cookiesOf(house),
        ...(file.mail && { letters: lettersOf(house) }),
        recovering: {
          clock: ground.clock,
          ceremonies: rooms.authenticatorGround.ceremonies,
          reproofing: rooms.reproofing,
          recovery: rooms.recovery,
          cardCode: proofing.cardCode,
        },
        ...(outside && {
          outside: { name: proofing.outsideProvider.name, provider: outside, entering: rooms.entering },
        }),
        ...(addition && { addition }),
      }),
      ...consentRoutes<unknown, unknown>({
        provider,
        scopes: country.identity.scopes,
        memberName: (member) => agencyName(ground, member),
      }),
      ...proofingRoutes<unknown, unknown>({
        provider,
        levels,
        proofingAddress: () => `${file.portal}/me/proofing`,
      }),
      ...enrolmentPages({ ...rooms, hashKey: ground.hashKey }),
      { method: 'GET', path: '/', handle: () => ({ kind: 'redirect', to: file.portal }) },
    ],
    admit: () => ({ kind: 'in', who: undefined }),
    assets: identityAssets(),
    log,
  })
}

/** A sign-in begins here: as often as the country says, before anything is kept of it. */
function beginning(house: House): SiteRoute<unknown, unknown> {
  const { admission, provider } = house.rooms
  const cookies = cookiesOf(house)
  return {
    method: 'GET',
    path: authorizationPath,
    handle: async ({ address, raw }) => {
      if (raw === undefined) throw new Error('the provider answers bare requests')
      const { request, response } = raw
      const device = cookies.read(request.headers.cookie, 'device')
      await admission.admit('start', { address, device, visit: '' })
      await provider.handler(request, response)
      return { kind: 'answered' }
    },
  }
}

/** Codes by e-mail, where the operator sends letters. */
function lettersOf({ ground, rooms, notices }: House) {
  const { ceremonies } = rooms.authenticatorGround
  return { clock: ground.clock, ceremonies, codes: createEmailCodes({ ...ground, ...rooms, notices }) }
}

function cookiesOf({ ground }: House): SiteCookies {
  return createCookies(ground.file.issuer, cookiePrefix)
}

/** At the foot, what everybody may ask: the portal's pages, since the issuer has none of its own. */
function issuerFrame(portal: string, phase: Phase | undefined): SiteFrame<unknown> {
  return (page) => {
    const { language } = page
    const footer = ways.map(({ path, text }) => ({
      href: `${portal}${path}?lang=${language}`,
      text: text[language],
    }))
    return renderPage({ ...page, home: portal, line: words.line, phase, footer })
  }
}

const words = { line: { th: 'เข้าสู่ระบบ', en: 'sign in' } } as const satisfies Record<string, Text>

const ways: readonly { readonly path: string; readonly text: Text }[] = [
  { path: '/help', text: { th: 'ความช่วยเหลือ', en: 'Help' } },
  { path: '/accessibility', text: { th: 'การเข้าถึงเว็บไซต์', en: 'Accessibility' } },
  { path: '/privacy', text: { th: 'ความเป็นส่วนตัว', en: 'Privacy' } },
]
