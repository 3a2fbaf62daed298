import { type ComponentChild, h } from 'preact'

/** Recovery codes, to be read, printed and typed again. */
export function codeList(codes: readonly string[]): ComponentChild {
  return h(
    'ul',
    { class: 'inset codes', translate: false },
    codes.map((code) => h('li', null, h('code', null, code))),
  )
}
