import type { Visitor } from '@sapan/identity'
import { button, form, type SiteRequest, type SummaryRow, summaryList, tag } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { type AnswerReader, answerText } from '../../application/answer-text.ts'
import type { Application } from '../../application/application.ts'
import { type HandedInAnswer, handedIn } from '../../application/handed-in.ts'
import { lawText } from '../../application/law-text.ts'
import type { DeskCasesOptions } from '../options.ts'
import { actionsFor } from './actions-for.ts'
import type { OpenCase } from './case-page.ts'
import { requirementRows } from './requirement-rows.ts'
import { words } from './words.ts'

/** What was handed in: each answer with where it comes from, what was calculated, and whether conditions are met. */
export function handedInSection(
  { days, lawName, places }: DeskCasesOptions,
  { language, formKey }: SiteRequest<Visitor>,
  { case: found, definition, officer }: OpenCase,
  application: Application,
): ComponentChild {
  const day = days.dateOf(application.submittedAt)
  const { pages, results } = handedIn(definition, application, { day, language, places })
  const conditions = requirementRows(definition, application, day, language)
  return [
    h('h2', null, words.handedIn[language]),
    ...pages.flatMap(({ title, answers }) => [
      h('h3', null, title),
      summaryList(answers.map((answer) => answerRow(answer, found.id, { language, places }))),
    ]),
    ...(results.length === 0
      ? []
      : [
          h('h2', null, words.results[language]),
          summaryList(results.map(({ label, text }) => ({ key: label, value: text }))),
        ]),
    ...(conditions.length === 0
      ? []
      : [
          h('h2', null, words.requirements[language]),
          summaryList(
            conditions.map(({ requirement, mark }) => ({
              key: requirement.name[language],
              value: mark,
              source: lawText(requirement.law, lawName, language),
            })),
          ),
        ]),
    definition.evidence.some(({ again }) => again) && actionsFor(found, officer).has('ask')
      ? form(
          { action: `/desk/cases/${found.id}/ask-again`, formKey, inline: true },
          button({ text: words.askAgain[language], kind: 'secondary' }),
          h('p', { class: 'hint' }, words.askAgainHint[language]),
        )
      : null,
  ]
}

function answerRow(answer: HandedInAnswer, caseId: string, reader: AnswerReader): SummaryRow {
  const { label, text, file } = answer
  return {
    key: label,
    value: file
      ? h('a', { href: `/desk/cases/${caseId}/files/${file.id}` }, h('bdi', null, file.name))
      : h('span', { class: 'as-written', dir: 'auto' }, text ?? words.noAnswer[reader.language]),
    source: markOf(answer, reader),
  }
}

/** Where an answer comes from, and what speaks against it. */
function markOf({ mark, field, text }: HandedInAnswer, reader: AnswerReader): ComponentChild {
  if (mark === undefined) return null
  const { language } = reader
  // What the register said stays in the mark where it was taken over; only what reads otherwise is worth a look.
  const said = answerText(field, mark.was, reader)
  const was = said === text ? undefined : said
  const marks = [
    mark.origin === 'register' && was === undefined ? tag(words.fromRegister[language], 'success') : null,
    was === undefined ? null : tag(words.was[language].replace('{was}', was), 'warning'),
    mark.unverified === true ? tag(words.unverified[language], 'warning') : null,
    mark.dispute === undefined ? null : tag(words.disputed[language], 'info'),
  ].filter((one) => one !== null)
  return marks.length === 0 ? null : marks
}
