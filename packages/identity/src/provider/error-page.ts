import { type Language, preferredLanguage, type Text } from '@sapan/kernel'
import { renderPage } from '@sapan/ui'
import type { Configuration, KoaContextWithOIDC } from 'oidc-provider'
import { type ComponentChildren, h } from 'preact'
import { providerProblems } from '../problems/provider.ts'

const words = {
  code: { th: 'รหัสสำหรับผู้ดูแลบริการ', en: 'Code for those who run the service' },
  over: { th: 'ออกจากระบบแล้ว', en: 'You are signed out' },
  overText: {
    th: 'คุณออกจากระบบแล้ว ปิดหน้านี้ได้',
    en: 'You are signed out. You can close this page.',
  },
  leave: { th: 'ออกจากระบบหรือไม่', en: 'Do you want to sign out?' },
  leaveText: {
    th: 'คุณจะออกจากระบบในทุกบริการที่เข้าใช้ด้วยเบราว์เซอร์นี้',
    en: 'You will be signed out of every service that you use in this browser.',
  },
  yes: { th: 'ออกจากระบบ', en: 'Sign out' },
  no: { th: 'อยู่ต่อ', en: 'Stay signed in' },
} as const satisfies Record<string, Text>

/** What a person did not cause is theirs to begin again; what a client did, is the client's to mend. */
const lapsed = new Set(['SessionNotFound', 'InvalidRequestUri'])

/** oidc-provider's `renderError`: our page, with the protocol's code and nothing of what happened inside. */
export const renderError: NonNullable<Configuration['renderError']> = (ctx, out, error) => {
  const problem = providerProblems[lapsed.has(error.name) ? 'sign-in-over' : 'sign-in-request-refused']
  page(ctx, (language) => ({
    title: problem.title[language],
    body: [
      h('p', null, problem.next[language]),
      h('p', null, `${words.code[language]}: `, h('code', null, out.error)),
      out.error === 'server_error' || out.error_description === undefined
        ? null
        : h('p', { lang: 'en' }, out.error_description),
    ],
  }))
}

/** oidc-provider's pages at the end of a session (OpenID Connect RP-Initiated Logout 1.0). */
export const logoutPages = {
  logoutSource(ctx: KoaContextWithOIDC, form: string): undefined {
    page(ctx, (language) => ({
      title: words.leave[language],
      body: [
        h('p', null, words.leaveText[language]),
        h('div', { dangerouslySetInnerHTML: { __html: form } }),
        h(
          'button',
          { type: 'submit', form: 'op.logoutForm', name: 'logout', value: 'yes' },
          words.yes[language],
        ),
        ' ',
        h('button', { type: 'submit', form: 'op.logoutForm', class: 'quiet' }, words.no[language]),
      ],
    }))
  },
  postLogoutSuccessSource(ctx: KoaContextWithOIDC): undefined {
    page(ctx, (language) => ({
      title: words.over[language],
      body: h('p', null, words.overText[language]),
    }))
  },
}

interface Content {
  readonly title: string
  readonly body: ComponentChildren
}

/** In the language that the request names (`ui_locales`), or the browser. */
function page(ctx: KoaContextWithOIDC, content: (language: Language) => Content): void {
  const asked =
    typeof ctx.query.ui_locales === 'string' ? ctx.query.ui_locales.replaceAll(' ', ',') : undefined
  const language = preferredLanguage(asked ?? ctx.get('accept-language'))
  const { title, body } = content(language)
  ctx.type = 'html'
  ctx.body = renderPage({
    language,
    title,
    languages: { th: '?ui_locales=th', en: '?ui_locales=en' },
    home: '/',
    body: h('article', { class: 'column' }, h('h1', null, title), body),
  })
}
