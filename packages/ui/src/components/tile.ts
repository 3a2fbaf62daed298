import { type ComponentChild, type ComponentChildren, h } from 'preact'

export interface TileOptions {
  readonly title: string
  readonly href: string
  readonly body: ComponentChildren
  /** A tag: what needs attention. */
  readonly state?: ComponentChildren
}

/** One of several ways to go on, with what is there. */
export function tile({ title, href, body, state }: TileOptions): ComponentChild {
  return h(
    'li',
    { class: 'tile' },
    h('h2', null, h('a', { href }, title)),
    h('p', null, body),
    state === undefined ? null : h('p', null, state),
  )
}

/** Tiles beside each other, below each other on a phone. */
export function tiles(...children: ComponentChildren[]): ComponentChild {
  return h('ul', { class: 'tiles' }, ...children)
}
