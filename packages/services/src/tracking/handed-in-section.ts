import type { Case } from '@sapan/casework'
import type { Language } from '@sapan/kernel'
import { details, plainTime, type SummaryRow, summaryList } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import type { Application } from '../application/application.ts'
import type { FieldMark } from '../application/fact.ts'
import { applicationOf } from '../application/of-case.ts'
import type { ServiceDefinition } from '../definition/definition.ts'
import type { ServicesGround } from '../ground.ts'
import { type HandedInEntry, handedIn } from '../submission/handed-in.ts'
import { trackingWords as words } from './words.ts'

type Names = Pick<ServicesGround, 'memberName' | 'days'>

/** What was handed in, folded, with where each answer comes from. */
export function handedInSection(
  ground: Names,
  definition: ServiceDefinition,
  found: Case,
  language: Language,
): ComponentChild {
  const application = applicationOf(found)
  const { entries } = handedIn(definition, application, ground.days, language)
  const rows = entries.map((entry) => entryRow(ground, definition, application, { entry, found, language }))
  return details({ summary: words.handedIn[language] }, summaryList(rows))
}

function entryRow(
  ground: Names,
  definition: ServiceDefinition,
  application: Application,
  { entry, found, language }: { entry: HandedInEntry; found: Case; language: Language },
): SummaryRow {
  const source = entry.mark && sourceOf(ground, definition, application, entry.mark, language)
  const file = entry.file
  const value =
    file === undefined
      ? h('span', { class: entry.isLong ? 'as-written' : undefined }, entry.value)
      : h('a', { href: `/me/applications/${found.id}/files/${file.id}` }, file.name)
  return { key: entry.label, value, ...(source === undefined ? {} : { source }) }
}

function sourceOf(
  ground: Names,
  { evidence }: ServiceDefinition,
  { facts }: Application,
  mark: FieldMark,
  language: Language,
): string | undefined {
  if (mark.unverified === true) return words.unverified[language]
  if (mark.origin === 'applicant') return mark.was === undefined ? undefined : words.changed[language]
  const known = evidence.find(({ id }) => id === mark.evidence)
  const fact = facts[mark.evidence ?? '']
  if (known === undefined || fact === undefined) return undefined
  return `${words.from[language]} ${holderName(ground, known.service, language)} · ${words.fetched[language]} ${plainTime(fact.askedAt, language)}`
}

/** Which registers were asked, when, and under which number of the exchange. */
export function factsSection(
  ground: Names,
  { evidence }: ServiceDefinition,
  found: Case,
  language: Language,
): ComponentChild {
  const { facts } = applicationOf(found)
  const rows = evidence.flatMap(({ id, name, service }): SummaryRow[] => {
    const fact = facts[id]
    if (fact === undefined) return []
    const when = `${words.fetched[language]} ${plainTime(fact.askedAt, language)}`
    const where = holderName(ground, service, language)
    return [{ key: name[language], value: words.fact[fact.state][language], source: `${where} · ${when}` }]
  })
  return rows.length === 0 ? null : details({ summary: words.facts[language] }, summaryList(rows))
}

function holderName({ memberName }: Names, service: string, language: Language): string {
  const member = service.split('/').slice(0, 3).join('/')
  return memberName(member)?.[language] ?? member
}
