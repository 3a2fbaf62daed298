import type { Text } from '@sapan/kernel'
import { breadcrumbs, type SitePage } from '@sapan/ui'
import { type ComponentChildren, h } from 'preact'
import type { OperatorRequest } from '../visitor.ts'

export interface PageParts {
  readonly title: string
  readonly lead?: Text
  /** The list that this page is one of. */
  readonly above?: { readonly path: string; readonly text: Text }
  /** One thing to fill in: in one column, as wide as text is read. */
  readonly isTask?: boolean
}

/** A page with its heading, and the way back above it. */
export function operatorPage(
  { language }: Pick<OperatorRequest, 'language'>,
  { title, lead, above, isTask = false }: PageParts,
  ...body: ComponentChildren[]
): SitePage {
  const parts = [
    above && breadcrumbs([{ href: above.path, text: above.text[language] }], language),
    h('h1', null, title),
    lead && h('p', { class: 'lead' }, lead[language]),
    ...body,
  ]
  return { kind: 'page', title, body: isTask ? h('div', { class: 'column' }, parts) : parts }
}
