import type { Language, Text } from '@sapan/kernel'
import { button, type SiteFile } from '@sapan/ui'
import { type ComponentChild, type ComponentChildren, h } from 'preact'

export interface PasskeyFormOptions {
  /** Adds a passkey, or uses one. */
  readonly kind: 'create' | 'get'
  readonly id: string
  /** Where the options come from (POST, with the form's fields), and where the answer goes. */
  readonly options: string
  readonly action: string
  readonly formKey: ComponentChildren
  readonly language: Language
  readonly text: string
  /** Fields that stand above the button. */
  readonly fields?: ComponentChildren
}

const words = {
  waiting: { th: 'กำลังรอคำตอบจากอุปกรณ์ของคุณ…', en: 'Waiting for your device…' },
  failed: {
    th: 'อุปกรณ์ไม่ได้ยืนยัน ลองอีกครั้ง หรือใช้วิธีอื่น',
    en: 'Your device did not confirm. Try again, or use another way.',
  },
  noScript: {
    th: 'พาสคีย์ใช้ได้เมื่อเบราว์เซอร์เปิดใช้ JavaScript',
    en: 'Passkeys need a browser with JavaScript.',
  },
} as const satisfies Record<string, Text>

/** A button that asks for a passkey. Hidden until the script has made sure that the browser knows them. */
export function passkeyForm(asked: PasskeyFormOptions): ComponentChild {
  const { kind, id, options, action, formKey, language, text, fields } = asked
  return h(
    'div',
    null,
    h(
      'form',
      {
        method: 'post',
        action,
        id,
        hidden: true,
        class: 'form',
        'data-passkey': kind,
        'data-options': options,
        'data-waiting': words.waiting[language],
        'data-failed': words.failed[language],
      },
      formKey,
      h('input', { type: 'hidden', name: 'ceremony' }),
      h('input', { type: 'hidden', name: 'response' }),
      fields,
      button({ text }),
      h('p', { role: 'status' }),
    ),
    h('noscript', null, h('p', null, words.noScript[language])),
  )
}

/** What the script asks for, as JSON. */
export function begunAnswer(begun: { readonly ceremony: string; readonly options: unknown }): SiteFile {
  return { kind: 'file', contentType: 'application/json', body: JSON.stringify(begun) }
}
