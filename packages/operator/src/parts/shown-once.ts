import type { Text } from '@sapan/kernel'
import { confirmation, inset, linkButton, type SitePage } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import type { OperatorRequest } from '../visitor.ts'

export interface ShownOnce {
  readonly title: Text
  /** That it is not shown again, and who keeps what of it. Absent: there was no secret. */
  readonly once: Text | undefined
  readonly back: { readonly path: string; readonly text: Text }
}

/** The answer to a form that made a secret: no address leads to it, so it is seen this once. */
export function shownOnce(
  { language }: Pick<OperatorRequest, 'language'>,
  { title, once, back }: ShownOnce,
  ...shown: ComponentChild[]
): SitePage {
  const body = confirmation({
    title: title[language],
    next: [
      ...shown,
      once && inset(h('p', null, once[language])),
      linkButton({ text: back.text[language], href: back.path, kind: 'secondary' }),
    ],
  })
  return { kind: 'page', title: title[language], body }
}
