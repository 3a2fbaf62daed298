import type { Language } from '@sapan/kernel'
import { button, details, form, textField } from '@sapan/ui'
import { type ComponentChild, type ComponentChildren, h } from 'preact'
import { words } from './words.ts'

/** What can be done about one thing: each has its own address below `/desk/payments`. */
export interface Deed {
  readonly what: 'note-difference' | 'book' | 'note' | 'return' | 'accept' | 'give-back' | 'again'
  readonly text: string
}

export interface SettleFormOptions {
  readonly subject: string
  readonly day: string
  readonly deeds: readonly Deed[]
  readonly language: Language
  readonly formKey: ComponentChildren
}

/** One reason, and a button for each deed; folded, so that a table stays one. */
export function settleForm({ subject, day, deeds, language, formKey }: SettleFormOptions): ComponentChild {
  return details(
    { summary: words.settle[language] },
    form(
      { action: '/desk/payments/settle', formKey },
      h('input', { type: 'hidden', name: 'subject', value: subject }),
      h('input', { type: 'hidden', name: 'day', value: day }),
      textField({ name: `why-${subject}`, label: words.why[language], longest: 2000 }),
      deeds.map(({ what, text }) =>
        button({ text, kind: 'secondary', name: 'what', value: what, label: `${text}: ${subject}` }),
      ),
    ),
  )
}
