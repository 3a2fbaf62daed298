import { button } from '@sapan/ui'
import { type ComponentChildren, h } from 'preact'

/** A form that asks and changes nothing: what is looked for stands in the address. */
export function searchForm(
  { action, label, submit }: { readonly action: string; readonly label: string; readonly submit: string },
  ...fields: ComponentChildren[]
) {
  return h(
    'form',
    { method: 'get', action, role: 'search', 'aria-label': label, class: 'form column', noValidate: true },
    ...fields,
    button({ text: submit, kind: 'secondary' }),
  )
}
