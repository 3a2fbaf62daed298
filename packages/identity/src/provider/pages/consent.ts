import { Problem, type Text } from '@sapan/kernel'
import { button, buttonGroup, checkbox, type SitePage, type SiteRequest, type SiteRoute } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { providerProblems } from '../../problems/provider.ts'
import type { SignIn } from '../interactions.ts'
import type { IdentityProvider } from '../provider.ts'
import type { ScopesCountry } from '../scopes.ts'
import { type Asked, type AskedClaim, askedClaims, kindWords } from './asked.ts'

export interface SignInPagesOptions {
  readonly provider: Pick<IdentityProvider, 'interactions' | 'agree'>
  readonly scopes: ScopesCountry
  /** What a member is called. */
  readonly memberName?: (member: string) => Text | undefined
}

const words = {
  title: { th: 'ให้บริการนี้รู้ข้อมูลของคุณหรือไม่', en: 'May this service know this about you?' },
  agency: { th: 'หน่วยงาน', en: 'Agency' },
  purpose: { th: 'เพื่อ', en: 'What for' },
  asks: { th: 'ข้อมูลที่ขอ', en: 'What it asks for' },
  nothing: { th: 'รู้เพียงว่าเป็นคุณคนเดิม ไม่รู้ว่าคุณคือใคร', en: 'Only that it is you again, not who you are' },
  choose: { th: 'เลือกได้ว่าจะให้หรือไม่', en: 'You may leave this out' },
  from: { th: 'มาจาก', en: 'from' },
  away: {
    th: 'บริการขอดูข้อมูลนี้ได้แม้คุณไม่ได้เปิดใช้อยู่',
    en: 'The service asks to look at this also while you are not using it.',
  },
  till: {
    th: 'ใช้ได้ไม่เกิน # วัน ถอนได้ทุกเมื่อที่หน้า "ความยินยอม" ของคุณ',
    en: 'It holds for # days at most. You can take it back at any time, on your page "Consents".',
  },
  agree: { th: 'ให้ข้อมูลและเข้าใช้', en: 'Share this and sign in' },
  refuse: { th: 'ไม่ให้ข้อมูล', en: 'Do not share' },
} as const satisfies Record<string, Text>

/** The page on which a person agrees to what an agency's client is told of them: claim by claim. */
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
  const asked = askedClaims(country, signIn).claims
  const refused = asked.filter(({ term }) => term.optional && form.get(fieldOf(term.code)) !== 'yes')
  const grant = await provider.agree({
    account: signIn.session.account,
    client: signIn.client.id,
    scopes: signIn.scopes,
    claims: signIn.claims,
    shown: asked.flatMap(({ codes }) => codes),
    refused: refused.flatMap(({ codes }) => codes),
  })
  return { kind: 'redirect', to: await finish(raw.request, raw.response, { consent: { grant } }) } as const
}

function page(options: SignInPagesOptions, request: SiteRequest<unknown>, signIn: SignIn): SitePage {
  const { language, formKey, path } = request
  const { client } = signIn
  const asked = askedClaims(options.scopes, signIn)
  const member = client.member === undefined ? undefined : options.memberName?.(client.member)
  return {
    kind: 'page',
    title: words.title[language],
    formTargets: [client.origin],
    body: h(
      'form',
      { method: 'post', action: path, class: 'column' },
      formKey,
      h('h1', null, words.title[language]),
      h(
        'dl',
        { class: 'facts' },
        fact(words.agency[language], `${client.names[language]}${member ? ` (${member[language]})` : ''}`),
        client.purpose ? fact(words.purpose[language], client.purpose[language]) : null,
      ),
      h('h2', null, words.asks[language]),
      claimList(asked, language),
      asked.whileAway ? h('p', null, words.away[language]) : null,
      h('p', null, words.till[language].replace('#', String(options.scopes.consentDays))),
      buttonGroup(
        button({ text: words.agree[language], name: 'decision', value: 'agree' }),
        button({ text: words.refuse[language], kind: 'secondary', name: 'decision', value: 'refuse' }),
      ),
    ),
  }
}

function fact(name: string, value: string): ComponentChild {
  return [h('dt', null, name), h('dd', { dir: 'auto' }, value)]
}

function claimList({ claims }: Asked, language: 'th' | 'en'): ComponentChild {
  if (claims.length === 0) return h('p', null, words.nothing[language])
  return h(
    'ul',
    null,
    claims.map((claim) =>
      h('li', null, claim.term.optional ? choice(claim, language) : plain(claim, language)),
    ),
  )
}

function plain({ term }: AskedClaim, language: 'th' | 'en'): ComponentChild {
  return [h('strong', null, term.name[language]), ` (${aboutOf(term, language)})`]
}

function choice({ term }: AskedClaim, language: 'th' | 'en'): ComponentChild {
  return checkbox({
    name: fieldOf(term.code),
    label: term.name[language],
    hint: `${words.choose[language]} (${aboutOf(term, language)})`,
    isChecked: true,
  })
}

function aboutOf(term: AskedClaim['term'], language: 'th' | 'en'): string {
  return `${kindWords[term.kind][language]} ${words.from[language]}${language === 'en' ? ' ' : ''}${term.source[language]}`
}

function fieldOf(code: string): string {
  return `claim-${code}`
}
