import { filled, Problem, type Text } from '@sapan/kernel'
import { button, buttonGroup, type SitePage, type SiteRequest, type SiteRoute } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { providerProblems } from '../../problems/provider.ts'
import type { SignIn } from '../interactions.ts'
import type { IdentityProvider } from '../provider.ts'
import type { ScopesCountry } from '../scopes.ts'
import { askedClaims } from './asked.ts'
import { chosenClaims, claimChoices } from './claim-choices.ts'

export interface SignInPagesOptions {
  readonly provider: Pick<IdentityProvider, 'interactions' | 'agree'>
  readonly scopes: ScopesCountry
  /** What a member is called. */
  readonly memberName?: (member: string) => Text | undefined
}

const words = {
  title: { th: 'ให้บริการนี้รู้ข้อมูลของคุณหรือไม่', en: 'May this service know this about you?' },
  actTitle: { th: 'ให้บริการนี้ทำรายการในนามของคุณหรือไม่', en: 'May this service act in your name?' },
  agency: { th: 'หน่วยงาน', en: 'Agency' },
  purpose: { th: 'เพื่อ', en: 'What for' },
  asks: { th: 'ข้อมูลที่ขอ', en: 'What it asks for' },
  away: {
    th: 'บริการขอดูข้อมูลนี้ได้แม้คุณไม่ได้เปิดใช้อยู่',
    en: 'The service asks to look at this also while you are not using it.',
  },
  actAway: {
    th: 'บริการขอดูและทำเช่นนี้ได้แม้คุณไม่ได้เปิดใช้อยู่',
    en: 'The service asks to look at this and to act so also while you are not using it.',
  },
  till: {
    th: 'ใช้ได้ไม่เกิน {days} วัน ถอนได้ทุกเมื่อที่หน้า "ความยินยอม" ของคุณ',
    en: 'It holds for {days|day|days} at most. You can take it back at any time, on your page "Consents".',
  },
  agree: { th: 'ให้ข้อมูลและเข้าใช้', en: 'Share this and sign in' },
  refuse: { th: 'ไม่ให้ข้อมูล', en: 'Do not share' },
  allow: { th: 'อนุญาตและเข้าใช้', en: 'Allow this and sign in' },
  forbid: { th: 'ไม่อนุญาต', en: 'Do not allow' },
} as const satisfies Record<string, Text>

/** The page on which a person agrees to what a client is told of them, claim by claim, and to what it does in their name. */
export function consentRoutes<Who, Need>(options: SignInPagesOptions): SiteRoute<Who, Need>[] {
  const path = '/sign-in/:uid/consent'
  return [
    {
      method: 'GET',
      path,
      handle: async (request) => page(options, request, await waiting(options, request)),
    },
    { method: 'POST', path, handle: (request) => decide(options, request) },
  ]
}

async function waiting({ provider }: SignInPagesOptions, { raw }: SiteRequest<unknown>): Promise<SignIn> {
  const signIn = raw && (await provider.interactions.details(raw.request, raw.response))
  if (signIn?.prompt !== 'consent' || !signIn.session) throw new Problem(providerProblems['sign-in-over'])
  return signIn
}

async function decide(options: SignInPagesOptions, request: SiteRequest<unknown>) {
  const { provider, scopes: country } = options
  const signIn = await waiting(options, request)
  const { raw, form } = request
  if (!raw || !signIn.session) throw new Problem(providerProblems['sign-in-over'])
  const finish = provider.interactions.finish
  if (form.get('decision') !== 'agree') {
    return { kind: 'redirect', to: await finish(raw.request, raw.response, { cancelled: true }) } as const
  }
  const grant = await provider.agree({
    account: signIn.session.account,
    client: signIn.client.id,
    scopes: signIn.scopes,
    claims: signIn.claims,
    ...chosenClaims(askedClaims(country, signIn), form),
  })
  return { kind: 'redirect', to: await finish(raw.request, raw.response, { consent: { grant } }) } as const
}

function page(options: SignInPagesOptions, request: SiteRequest<unknown>, signIn: SignIn): SitePage {
  const { language, formKey, path } = request
  const { client } = signIn
  const asked = askedClaims(options.scopes, signIn)
  const acts = asked.acts.length > 0
  const title = words[acts ? 'actTitle' : 'title'][language]
  const member = client.member === undefined ? undefined : options.memberName?.(client.member)
  return {
    kind: 'page',
    title,
    formTargets: [client.origin],
    body: h(
      'form',
      { method: 'post', action: path, class: 'column' },
      formKey,
      h('h1', null, title),
      h(
        'dl',
        { class: 'facts' },
        fact(words.agency[language], `${client.names[language]}${member ? ` (${member[language]})` : ''}`),
        client.purpose ? fact(words.purpose[language], client.purpose[language]) : null,
      ),
      h('h2', null, words.asks[language]),
      claimChoices(asked, language),
      asked.whileAway ? h('p', null, words[acts ? 'actAway' : 'away'][language]) : null,
      h('p', null, filled(words.till[language], { days: options.scopes.consentDays })),
      buttonGroup(
        button({ text: words[acts ? 'allow' : 'agree'][language], name: 'decision', value: 'agree' }),
        button({
          text: words[acts ? 'forbid' : 'refuse'][language],
          kind: 'secondary',
          name: 'decision',
          value: 'refuse',
        }),
      ),
    ),
  }
}

function fact(name: string, value: string): ComponentChild {
  return [h('dt', null, name), h('dd', { dir: 'auto' }, value)]
}
