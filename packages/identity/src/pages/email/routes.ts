import { Problem, type Text } from '@sapan/kernel'
import {
  backLink,
  button,
  errorSummary,
  form,
  type SiteAnswer,
  type SitePage,
  type SiteRequest,
  type SiteRoute,
  textField,
} from '@sapan/ui'
import { type ComponentChildren, h } from 'preact'
import type { EmailAddresses } from '../../account/email.ts'
import type { Need, Visitor } from '../../visitor.ts'

export interface EmailPagesOptions {
  readonly emails: EmailAddresses
  /** Of the country: how long ago a person may have proved themselves who changes what they sign in with. */
  readonly freshSeconds: number
}

/** Where a person says and proves their address. */
export const emailPath = '/me/notices/email'

const words = {
  title: { th: 'อีเมลของคุณ', en: 'Your e-mail address' },
  hint: {
    th: 'ใช้บอกว่ามีข้อความถึงคุณ และใช้เป็นชื่อเข้าสู่ระบบเมื่อมีรหัสผ่าน เราส่งรหัส 6 หลักไปที่อีเมลเพื่อยืนยันก่อน',
    en: 'It tells you that there is a message, and is a name to sign in with beside a password. We first send six digits there, to know that it is yours.',
  },
  now: { th: 'อีเมลที่ยืนยันแล้ว', en: 'Your confirmed address' },
  address: { th: 'อีเมล', en: 'E-mail address' },
  other: { th: 'เปลี่ยนเป็นอีเมล', en: 'Change it to' },
  send: { th: 'ส่งรหัสไปที่อีเมลนี้', en: 'Send a code there' },
  remove: { th: 'ลบอีเมล', en: 'Remove the address' },
  removeHint: {
    th: 'หลังลบ เราบอกคุณในกล่องข้อความและอุปกรณ์เท่านั้น',
    en: 'After that you are told in your inbox and on your devices alone.',
  },
  code: { th: 'รหัส 6 หลักจากอีเมล', en: 'The six digits in our letter' },
  codeHint: {
    th: 'รหัสใช้ได้ 15 นาที หากไม่พบ ดูในถังขยะของอีเมล หรือกลับไปส่งใหม่',
    en: 'They can be used for 15 minutes. If there is no letter, look in the spam folder, or go back and send it again.',
  },
  confirm: { th: 'ยืนยันอีเมล', en: 'Confirm the address' },
} as const satisfies Record<string, Text>

type Request = SiteRequest<Visitor>
const done: SiteAnswer = { kind: 'redirect', to: '/me/notices?done' }

/** `/me/notices/email…`, without a script. An address is a way to sign in: each change asks for a fresh proof. */
export function emailPages(options: EmailPagesOptions): SiteRoute<Visitor, Need>[] {
  const needs: Need = { freshSeconds: options.freshSeconds }
  const check = `${emailPath}/:check`
  return [
    { method: 'GET', path: emailPath, needs, handle: (request) => addressPage(options, request) },
    { method: 'POST', path: emailPath, needs, handle: (request) => ask(options, request) },
    { method: 'POST', path: `${emailPath}/remove`, needs, handle: (request) => remove(options, request) },
    { method: 'GET', path: check, needs, handle: (request) => codePage(request) },
    { method: 'POST', path: check, needs, handle: (request) => confirm(options, request) },
  ]
}

async function addressPage(
  { emails }: EmailPagesOptions,
  { language, formKey, who, form: sent }: Request,
  wrong?: { readonly field: 'address' | 'remove'; readonly text: string },
): Promise<SitePage> {
  const now = await emails.of(who.account)
  const body = [
    h('h1', null, words.title[language]),
    h('p', null, words.hint[language]),
    now === undefined
      ? null
      : h('p', null, `${words.now[language]}: `, h('bdi', null, h('strong', null, now))),
    form(
      { action: emailPath, formKey },
      textField({
        name: 'address',
        label: (now === undefined ? words.address : words.other)[language],
        type: 'email',
        autocomplete: 'email',
        value: sent.get('address') ?? '',
        longest: 254,
        ...(wrong?.field === 'address' && { error: wrong.text }),
      }),
      button({ text: words.send[language] }),
    ),
    now === undefined
      ? null
      : form(
          { action: `${emailPath}/remove`, formKey },
          h('p', null, words.removeHint[language]),
          button({ text: words.remove[language], kind: 'danger', id: 'remove' }),
        ),
  ]
  return page(language, '/me/notices', wrong, body)
}

async function ask(options: EmailPagesOptions, request: Request): Promise<SiteAnswer> {
  const { who, form: sent, language } = request
  try {
    const question = { address: sent.get('address') ?? '', language, page: `${emailPath}/:check` }
    const check = await options.emails.ask(who, question)
    return { kind: 'redirect', to: `${emailPath}/${check}` }
  } catch (error) {
    return addressPage(options, request, { field: 'address', text: spoken(error, language) })
  }
}

function codePage({ language, formKey, parameters }: Request, text?: string): SitePage {
  const field = textField({
    name: 'code',
    label: words.code[language],
    hint: words.codeHint[language],
    isHeading: true,
    inputMode: 'numeric',
    autocomplete: 'one-time-code',
    width: 6,
    longest: 20,
    ...(text !== undefined && { error: text }),
  })
  const action = `${emailPath}/${encodeURIComponent(parameters.check ?? '')}`
  const body = form({ action, formKey }, field, button({ text: words.confirm[language] }))
  return page(language, emailPath, text === undefined ? undefined : { field: 'code', text }, body)
}

async function confirm({ emails }: EmailPagesOptions, request: Request): Promise<SiteAnswer> {
  const { who, form: sent, parameters, language } = request
  try {
    await emails.confirm(who, { check: parameters.check ?? '', code: sent.get('code') ?? '' })
    return done
  } catch (error) {
    return codePage(request, spoken(error, language))
  }
}

async function remove(options: EmailPagesOptions, request: Request): Promise<SiteAnswer> {
  try {
    await options.emails.remove(request.who)
    return done
  } catch (error) {
    return addressPage(options, request, { field: 'remove', text: spoken(error, request.language) })
  }
}

/** What the person can mend, in words of the page; anything else is thrown on. */
function spoken(error: unknown, language: Request['language']): string {
  if (!(error instanceof Problem) || error.type.status >= 500) throw error
  return `${error.type.title[language]}${language === 'en' ? '.' : ''} ${error.type.next[language]}`
}

function page(
  language: Request['language'],
  back: string,
  wrong: { readonly field: string; readonly text: string } | undefined,
  body: ComponentChildren,
): SitePage {
  return {
    kind: 'page',
    title: words.title[language],
    status: wrong === undefined ? 200 : 422,
    body: h(
      'div',
      { class: 'column' },
      backLink(back, language),
      errorSummary(wrong === undefined ? [] : [wrong], language),
      body,
    ),
  }
}
