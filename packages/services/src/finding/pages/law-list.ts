import type { Language, Text } from '@sapan/kernel'
import { details } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import type { ServiceDefinition } from '../../definition/definition.ts'
import { words } from './words.ts'

/** The law's name and section, for those who want it. */
export function lawList(
  { laws }: ServiceDefinition,
  lawName: (code: string) => Text | undefined,
  language: Language,
): ComponentChild {
  return details(
    { summary: words.law[language] },
    h(
      'ul',
      null,
      ...laws.map(({ law, section, about }) =>
        h(
          'li',
          null,
          `${lawName(law)?.[language] ?? law} ${words.section[language]} ${section}: ${about[language]}`,
        ),
      ),
    ),
  )
}
