import { filled } from '@sapan/kernel'
import { type SummaryRow, summaryList } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import type { AnswerReader } from '../../application/answer-text.ts'
import type { ShownValue } from '../../prefill/shown.ts'
import { valueText } from './fact-words.ts'
import { factsWords as words } from './words.ts'

/** The row of a value; `alone` is what it is called where it does not stand among those of its entry. */
export type RowOf = (shown: ShownValue, alone: string) => SummaryRow

/** What a register says: what is said once, then each entry of its lists by itself, under the name of whom it is about. */
export function valueGroups(
  values: readonly ShownValue[],
  reader: AnswerReader,
  rowOf: RowOf,
): ComponentChild {
  const groups = Map.groupBy(values, ({ entry }) => entry)
  return [...groups].map(([entry, group]) => {
    if (entry === undefined) return listOf(group, reader, rowOf)
    return h(
      'section',
      { class: 'fact-entry' },
      h('h4', null, titleOf(group, entry, reader)),
      listOf(group, reader, rowOf),
    )
  })
}

function listOf(group: readonly ShownValue[], reader: AnswerReader, rowOf: RowOf): ComponentChild {
  return summaryList(
    group.map((shown) => {
      const label = shown.label[reader.language]
      return rowOf(shown, shown.entry === undefined ? label : `${label} (${shown.entry})`)
    }),
  )
}

function titleOf(group: readonly ShownValue[], entry: number, reader: AnswerReader): string {
  const named = group.find(({ as }) => as === 'name' || as === 'person-name')
  const place = filled(words.entry[reader.language], { n: entry })
  return named === undefined ? place : `${place}: ${valueText(named.as, named.value, reader, named.options)}`
}
