import type { Language, Text } from '@sapan/kernel'
import { type ComponentChild, type ComponentChildren, h } from 'preact'
import { button } from './button.ts'
import { form } from './form.ts'

export interface AccountMenuOptions {
  readonly language: Language
  /** Undefined while nobody is signed in. */
  readonly name: string | undefined
  readonly links: readonly { readonly href: string; readonly text: string }[]
  readonly formKey: ComponentChildren
  /** Where they come back to after signing in. */
  readonly path: string
}

const words = {
  signIn: { th: 'เข้าสู่ระบบ', en: 'Sign in' },
  signOut: { th: 'ออกจากระบบ', en: 'Sign out' },
  menu: { th: 'เมนูของ', en: 'Menu of' },
  unnamed: { th: 'บัญชีของฉัน', en: 'My account' },
} as const satisfies Record<string, Text>

/** In the header: the way to sign in, or one's name with what belongs to it. */
export function accountMenu(options: AccountMenuOptions): ComponentChild {
  const { language, name, links, formKey, path } = options
  if (name === undefined) {
    return h('a', { href: `/sign-in?${new URLSearchParams({ next: path })}` }, words.signIn[language])
  }
  const entries = links.map(({ href, text }) => h('li', null, h('a', { href }, text)))
  return h(
    'details',
    { class: 'account' },
    // Who has not said their name yet has an account all the same.
    name === ''
      ? h('summary', null, words.unnamed[language])
      : h('summary', { 'aria-label': `${words.menu[language]} ${name}` }, h('bdi', null, name)),
    h(
      'div',
      { class: 'popup' },
      h('ul', null, entries),
      form(
        { action: '/sign-out', formKey, inline: true },
        button({ text: words.signOut[language], kind: 'quiet' }),
      ),
    ),
  )
}
