import type { Case } from '@sapan/casework'
import type { Language } from '@sapan/kernel'
import { details, plainTime, type SummaryRow, summaryList } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { type AnswerReader, noAnswer } from '../application/answer-text.ts'
import type { Application } from '../application/application.ts'
import type { FieldMark } from '../application/fact.ts'
import { type HandedInAnswer, handedIn } from '../application/handed-in.ts'
import { applicationNow, applicationOf } from '../application/of-case.ts'
import type { ServiceDefinition } from '../definition/definition.ts'
import type { ServicesGround } from '../ground.ts'
import { trackingWords as words } from './words.ts'

type Names = Pick<ServicesGround, 'memberName' | 'days'>

/** What was handed in, folded, with where each answer comes from. */
export function handedInSection(
  ground: Names,
  definition: ServiceDefinition,
  found: Case,
  reader: AnswerReader,
): ComponentChild {
  const { language } = reader
  const application = applicationNow(definition, found, ground.days)
  const day = ground.days.dateOf(application.submittedAt)
  const { pages, results } = handedIn(definition, application, { ...reader, day })
  const row = (answer: HandedInAnswer) =>
    answerRow(ground, definition, application, { answer, found, language })
  return details(
    { summary: words.handedIn[language] },
    ...pages.map(({ title, answers }) => [
      h('p', null, h('strong', null, title)),
      summaryList(answers.map(row)),
    ]),
    results.length === 0
      ? null
      : [
          h('p', null, h('strong', null, words.calculated[language])),
          summaryList(results.map(({ label, text }) => ({ key: label, value: text }))),
        ],
  )
}

function answerRow(
  ground: Names,
  definition: ServiceDefinition,
  application: Application,
  { answer, found, language }: { answer: HandedInAnswer; found: Case; language: Language },
): SummaryRow {
  const { label, text = noAnswer, mark, file } = answer
  const source = mark && sourceOf(ground, definition, application, mark, language)
  const value =
    file === undefined
      ? h('span', { class: 'as-written', dir: 'auto' }, text)
      : h('a', { href: `/me/applications/${found.id}/files/${file.id}` }, h('bdi', null, file.name))
  return { key: label, value, ...(source === undefined ? {} : { source }) }
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
