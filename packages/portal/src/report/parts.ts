import { type ComponentChild, h } from 'preact'
import type { Tone } from './words.ts'

/** A term and what is said of it. */
export type Pair = readonly [term: string, value: ComponentChild]

/** Terms with their values, below each other on a phone. */
export function facts(pairs: readonly Pair[]): ComponentChild {
  return h(
    'dl',
    { class: 'facts' },
    ...pairs.flatMap(([term, value]) => [h('dt', null, term), h('dd', { class: 'break' }, value)]),
  )
}

const shapes: Readonly<Record<Tone, string>> = {
  good: 'M5 12.5l5 5L19 7.5',
  bad: 'M6.5 6.5l11 11M17.5 6.5l-11 11',
  unsure: 'M12 5.5v8.5M12 18v.5',
  none: 'M6 12h12',
}

/** A sign beside a word: decorative, since the word says the same. */
export function toneMark(tone: Tone): ComponentChild {
  return h(
    'svg',
    {
      class: `sign ${tone}`,
      viewBox: '0 0 24 24',
      width: 24,
      height: 24,
      fill: 'none',
      stroke: 'currentColor',
      'stroke-width': 3,
      'stroke-linecap': 'round',
      'stroke-linejoin': 'round',
      'aria-hidden': 'true',
      focusable: 'false',
    },
    h('path', { d: shapes[tone] }),
  )
}
