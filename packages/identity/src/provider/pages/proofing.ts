import { Problem, type Text } from '@sapan/kernel'
import { button, buttonGroup, type SitePage, type SiteRequest, type SiteRoute } from '@sapan/ui'
import { h } from 'preact'
import type { Levels } from '../../levels/level.ts'
import { providerProblems } from '../../problems/provider.ts'
import type { SignIn } from '../interactions.ts'
import type { IdentityProvider } from '../provider.ts'

export interface ProofingPageOptions {
  readonly provider: Pick<IdentityProvider, 'interactions'>
  readonly levels: Levels
  /** Where a person proves who they are, to reach a level. */
  readonly proofingAddress: (ial: string) => string
}

const words = {
  title: { th: 'ต้องพิสูจน์ตัวตนก่อนใช้บริการนี้', en: 'Prove who you are to use this service' },
  needs: { th: 'บริการนี้ต้องการ', en: 'The service needs' },
  how: {
    th: 'พิสูจน์ตัวตนในหน้าใหม่ แล้วกลับมาที่หน้านี้เพื่อเข้าใช้ต่อ',
    en: 'Prove who you are on a page of its own, then come back here to go on.',
  },
  go: { th: 'ไปพิสูจน์ตัวตน', en: 'Prove who you are' },
  done: { th: 'พิสูจน์แล้ว เข้าใช้ต่อ', en: 'I have done it, sign me in' },
  back: { th: 'กลับไปที่บริการ', en: 'Go back to the service' },
} as const satisfies Record<string, Text>

/** The page that a person meets whose identity is not proved as surely as a client needs it. */
export function proofingRoutes<Who, Need>(options: ProofingPageOptions): SiteRoute<Who, Need>[] {
  const path = '/sign-in/:uid/proofing'
  return [
    {
      method: 'GET',
      path,
      handle: async (request) => page(options, request, await waiting(options, request)),
    },
    { method: 'POST', path, handle: (request) => goOn(options, request) },
  ]
}

async function waiting({ provider }: ProofingPageOptions, { raw }: SiteRequest<unknown>): Promise<SignIn> {
  const signIn = raw && (await provider.interactions.details(raw.request, raw.response))
  if (signIn?.prompt !== 'proofing') throw new Problem(providerProblems['sign-in-over'])
  return signIn
}

async function goOn(options: ProofingPageOptions, request: SiteRequest<unknown>) {
  await waiting(options, request)
  const { raw, form } = request
  if (!raw) throw new Problem(providerProblems['sign-in-over'])
  const result =
    form.get('decision') === 'done' ? ({ proofing: true } as const) : ({ cancelled: true } as const)
  const to = await options.provider.interactions.finish(raw.request, raw.response, result)
  return { kind: 'redirect', to } as const
}

function page(options: ProofingPageOptions, request: SiteRequest<unknown>, signIn: SignIn): SitePage {
  const { language, formKey, path } = request
  const ial = signIn.needs.ial ?? options.levels.lowest.ial
  const term = options.levels.term('ial', ial)
  const lines = [
    h('h1', null, words.title[language]),
    h('p', null, `${words.needs[language]}: `, h('strong', null, term?.name[language] ?? ial)),
    term ? h('p', null, term.about[language]) : null,
    h('p', null, words.how[language]),
    h('p', null, h('a', { href: options.proofingAddress(ial) }, words.go[language])),
  ]
  const buttons = buttonGroup(
    button({ text: words.done[language], name: 'decision', value: 'done' }),
    button({ text: words.back[language], kind: 'secondary', name: 'decision', value: 'back' }),
  )
  return {
    kind: 'page',
    title: words.title[language],
    formTargets: [signIn.client.origin],
    body: h('form', { method: 'post', action: path, class: 'column' }, formKey, ...lines, buttons),
  }
}
