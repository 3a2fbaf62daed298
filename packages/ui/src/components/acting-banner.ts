import type { Language, Text } from '@sapan/kernel'
import { type ComponentChild, type ComponentChildren, h } from 'preact'

export interface ActingBannerOptions {
  readonly language: Language
  /** For whom they act. */
  readonly name: string
  /** What of this page is not theirs for whom they act. */
  readonly note?: string | undefined
  /** A form or a link that ends it. */
  readonly end?: ComponentChildren
}

const words = {
  label: { th: 'ทำการแทนผู้อื่น', en: 'Acting for another' },
  text: { th: 'คุณกำลังทำการแทน', en: 'You are acting for' },
} as const satisfies Record<string, Text>

/** On every page while somebody acts for another. */
export function actingBanner({ language, name, note, end }: ActingBannerOptions): ComponentChild {
  return h(
    'section',
    { class: 'acting', 'aria-label': words.label[language] },
    h(
      'div',
      { class: 'inner' },
      h('p', null, `${words.text[language]} `, h('strong', { dir: 'auto' }, name)),
      note === undefined ? null : h('p', { class: 'quiet' }, note),
      end,
    ),
  )
}
