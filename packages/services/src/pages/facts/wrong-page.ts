import { filled, type Text } from '@sapan/kernel'
import { backLink, button, errorSummary, form, inset, type SitePage, textArea } from '@sapan/ui'
import { h } from 'preact'
import { disputeDays } from '../../prefill/dispute.ts'
import type { ShownValue } from '../../prefill/shown.ts'
import type { EvidenceStanding } from '../../prefill/standing.ts'
import { ownerName, sourceLine, valueText } from './fact-words.ts'
import type { FactsShown } from './sections.ts'
import { wrongWords as words } from './words.ts'

/** What was written and could not be taken, and why. */
export interface UnsentWords {
  readonly text: string
  readonly error: Text
}

/** Where a person says what is wrong with a value of a register, and what is right. */
export function wrongPage(
  page: FactsShown,
  { evidence, fact }: EvidenceStanding,
  shown: ShownValue,
  sent?: UnsentWords,
): SitePage {
  const { language, ground, base, formKey } = page
  const agency = ownerName(ground, evidence.service, language)
  const error = sent?.error[language]
  return {
    kind: 'page',
    title: words.title[language],
    ...(error === undefined ? {} : { status: 422 }),
    body: h(
      'div',
      { class: 'column' },
      backLink(base, language, words.back[language]),
      errorSummary(error === undefined ? [] : [{ field: 'words', text: error }], language),
      h('h1', null, words.title[language]),
      h('p', null, `${words.says[language]} · ${shown.label[language]}`),
      inset(
        h('p', { class: 'as-written' }, valueText(shown.as, shown.value, page, shown.options)),
        fact && sourceLine(ground, evidence, fact, language),
      ),
      form(
        { action: `${base}/wrong/${evidence.id}/${shown.path}`, formKey },
        textArea({
          name: 'words',
          label: words.question[language],
          hint: words.hint[language],
          error,
          value: sent?.text,
        }),
        h('p', null, filled(words.receives[language], { agency, days: disputeDays })),
        button({ text: words.send[language] }),
      ),
    ),
  }
}
