import type { SiteFile } from '@sapan/ui'
import { visiblePages } from '../form/pages.ts'
import { openProblems } from '../form/problems.ts'
import type { OpenedDraft } from '../pages/form/options.ts'
import { standingsOf } from '../prefill/standing.ts'
import { type AnswerParts, json } from './answer.ts'
import { draftTag } from './precondition.ts'

type Shown = Pick<OpenedDraft, 'definition' | 'draft' | 'today'>

/** The answer with which each draft is read and changed, under its entity tag. */
export function draftAnswer(shown: Shown, { headers, ...parts }: AnswerParts = {}): SiteFile {
  return json(draftView(shown), { ...parts, headers: { ...headers, etag: draftTag(shown.draft) } })
}

/** A draft as a program sees it: what is filled in, where it comes from, what is asked, and what stands against it. */
function draftView({ definition, draft, today }: Shown) {
  const { content, id, service, version, revision, changedAt } = draft
  return {
    ...{ id, service, version, revision, changedAt: new Date(changedAt).toISOString() },
    answers: content.answers,
    marks: content.marks,
    pages: visiblePages(definition, content, today).map(({ page, fields }) => ({
      ...{ id: page.id, title: page.title, isRepeated: page.repeat !== undefined },
      isDone: content.done.includes(page.id),
      fields: fields.map((field) => field.id),
    })),
    facts: standingsOf(definition, content, today).map(({ evidence, state, fact, missing }) => ({
      ...{ id: evidence.id, name: evidence.name, state, missing },
      ...(fact && {
        askedAt: new Date(fact.askedAt).toISOString(),
        exchange: fact.exchange,
        data: fact.data,
        disputed: Object.keys(fact.disputes ?? {}),
      }),
    })),
    problems: openProblems(definition, content, today),
    declaration: definition.form.declaration,
  }
}
