import type { Text } from '@sapan/kernel'
import { breadcrumbs, type SitePage } from '@sapan/ui'
import { type ComponentChildren, h } from 'preact'
import type { OperatorRequest } from '../visitor.ts'

export interface PageParts {
  readonly title: string
  readonly lead?: Text
  /** The list that this page is one of. */
  readonly above?: { readonly path: string; readonly text: Text }
  /** For the window's title alone: the heading stands in the body. */
  readonly withoutHeading?: boolean
}

/** A page with its heading, and the way back above it. */
export function operatorPage(
  { language }: Pick<OperatorRequest, 'language'>,
  { title, lead, above, withoutHeading = false }: PageParts,
  ...body: ComponentChildren[]
): SitePage {
  return {
    kind: 'page',
    title,
    body: [
      above && breadcrumbs([{ href: above.path, text: above.text[language] }], language),
      withoutHeading ? null : h('h1', null, title),
      lead && h('p', { class: 'lead' }, lead[language]),
      ...body,
    ],
  }
}
