import { type ComponentChild, h } from 'preact'

export interface Tab {
  readonly href: string
  readonly text: string
  readonly isCurrent: boolean
}

/** Pages beside each other, as links: each has its own address. `label` says what they are of. */
export function tabs(label: string, entries: readonly Tab[]): ComponentChild {
  const entry = ({ href, text, isCurrent }: Tab) =>
    h('li', null, h('a', { href, 'aria-current': isCurrent ? 'page' : undefined }, text))
  return h('nav', { class: 'tabs', 'aria-label': label }, h('ul', null, entries.map(entry)))
}
