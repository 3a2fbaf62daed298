import { h, type VNode } from 'preact'
import { colours } from './colours.ts'

/** The mark: a bridge of two arcs and a deck. Decorative: the name stands beside it. */
export function Mark(): VNode {
  return h(
    'svg',
    {
      viewBox: '0 0 64 40',
      fill: 'none',
      'stroke-linecap': 'round',
      'aria-hidden': 'true',
      focusable: 'false',
    },
    h('path', { d: 'M6 30a13 16 0 0 1 26 0a13 16 0 0 1 26 0', stroke: colours.saffron, 'stroke-width': 4 }),
    h('path', { d: 'M3 32H61', stroke: colours.paper, 'stroke-width': 4 }),
  )
}
