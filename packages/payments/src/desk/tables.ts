import type { Language, Text } from '@sapan/kernel'
import { plainTime, table, tag } from '@sapan/ui'
import { type ComponentChild, type ComponentChildren, h } from 'preact'
import { bareBaht, plainBaht } from '../pages/amount.ts'
import { refundNames, stateMark } from '../pages/states.ts'
import type { Payment } from '../payments.ts'
import { paymentsProblems } from '../problems.ts'
import type { DaySums } from '../reconcile/compare.ts'
import type { DeskDay } from './day.ts'
import { type Deed, settleForm } from './settle-form.ts'
import { differenceNames, differenceSteps, nextSteps, outcomeNames, refundFault, words } from './words.ts'

/** What the tables of a day need beside it. */
export interface Setting {
  readonly language: Language
  readonly formKey: ComponentChildren
}

type Cells = readonly ComponentChildren[]

function listed(
  caption: Text,
  columns: readonly Text[],
  rows: readonly Cells[],
  { language }: Setting,
): ComponentChild {
  if (rows.length === 0) return h('p', null, words.none[language])
  return table({
    caption: caption[language],
    isCaptionHidden: true,
    columns: columns.map((text) => ({ title: text[language], isNumber: text === words.amount })),
    rows,
  })
}

/** What to do about it. */
function advice(text: Text | undefined, { language }: Setting): ComponentChild {
  return text === undefined ? null : h('p', { class: 'quiet' }, text[language])
}

function stepFor({ state, stays }: Payment): Text | undefined {
  if (state === 'late' || state === 'overpaid') return nextSteps[state]
  if (stays) return nextSteps.owed
  return state === 'partly-paid' ? nextSteps[state] : undefined
}

const deedTexts: Readonly<Record<Deed['what'], Text>> = {
  'note-difference': words.note,
  book: words.book,
  note: words.note,
  return: words.return,
  accept: words.accept,
  'give-back': words.giveBack,
  again: words.again,
}

function settling({ day }: DeskDay, subject: string, whats: readonly Deed['what'][], setting: Setting) {
  const deeds = whats.map((what) => ({ what, text: deedTexts[what][setting.language] }))
  return settleForm({ subject, day, deeds, ...setting })
}

/** In and out, ours beside the bank's. */
export function sumsTable({ compared }: DeskDay, { language }: Setting): ComponentChild {
  if (compared === undefined) return null
  const { ours, theirs } = compared
  const of = (sums: DaySums, way: 'in' | 'out') => `${bareBaht(sums[way])} (${sums[`${way}Count`]})`
  const columns = [words.ours, words.theirs, words.differs]
  return table({
    caption: `${words.comparedAt[language]} ${plainTime(compared.at, language)}`,
    columns: [
      { title: words.flow[language] },
      ...columns.map((text) => ({ title: text[language], isNumber: true })),
    ],
    rows: (['in', 'out'] as const).map((way) => [
      words[way][language],
      of(ours, way),
      of(theirs, way),
      plainBaht(theirs[way] - ours[way], language),
    ]),
  })
}

export function differenceTable(desk: DeskDay, setting: Setting): ComponentChild {
  const { language } = setting
  if (desk.differences.length === 0) return h('p', null, words.noDifferences[language])
  const rows = desk.differences.map(({ id, day, kind, transaction, state, ours, theirs }): Cells => {
    const mayBook = kind === 'unknown-here' && theirs?.direction === 'in'
    return [
      [transaction, h('p', { class: 'quiet' }, day)],
      [differenceNames[kind][language], advice(differenceSteps[kind], setting)],
      [ours, theirs].map((one) => (one === undefined ? '–' : bareBaht(one.amount))).join(' / '),
      state === 'settled'
        ? tag(words.settled[language], 'success')
        : settling(desk, id, mayBook ? ['book', 'note-difference'] : ['note-difference'], setting),
    ]
  })
  const both = { th: 'ของเรา / ของธนาคาร', en: 'Ours / the bank’s' }
  return listed(words.differences, [words.transaction, words.what, both, words.settle], rows, setting)
}

export function strayTable(desk: DeskDay, setting: Setting): ComponentChild {
  const { language } = setting
  const rows = desk.stray.map((one): Cells => {
    const mayReturn = one.isOurs && one.outcome !== 'credited' && one.currency === 'THB'
    const name = one.isContradicted ? words.contradicted : outcomeNames[one.outcome]
    return [
      [one.transaction, h('p', { class: 'quiet' }, `${one.reference} · ${plainTime(one.paidAt, language)}`)],
      [name[language], advice(one.isContradicted ? nextSteps.contradicted : nextSteps.stray, setting)],
      `${bareBaht(one.amount)} ${one.currency}`,
      settling(desk, one.transaction, mayReturn ? ['return', 'note'] : ['note'], setting),
    ]
  })
  return listed(words.stray, [words.transaction, words.what, words.amount, words.settle], rows, setting)
}

export function paymentTable(desk: DeskDay, setting: Setting): ComponentChild {
  const { language } = setting
  const rows = desk.payments.map(
    (one): Cells => [
      [one.bankReference, h('p', { class: 'quiet' }, one.reference)],
      [stateMark(one.state, language), advice(stepFor(one), setting)],
      `${bareBaht(one.paid)} / ${bareBaht(one.amount)}`,
      one.paid === 0
        ? '–'
        : settling(desk, one.id, one.state === 'late' ? ['accept', 'give-back'] : ['give-back'], setting),
    ],
  )
  const paid = { th: 'ได้รับ / ต้องชำระ', en: 'Received / asked for' }
  const reference = { th: 'เลขอ้างอิง', en: 'Reference' }
  return listed(words.payments, [reference, words.state, paid, words.settle], rows, setting)
}

export function refundTable(desk: DeskDay, setting: Setting): ComponentChild {
  const { language } = setting
  const rows = desk.refunds.map(
    (one): Cells => [
      [one.reference, h('p', { class: 'quiet' }, plainTime(one.orderedAt, language))],
      [
        refundNames[one.state][language],
        one.why === undefined ? null : h('p', { class: 'quiet' }, refundFault(one.why, language)),
        advice(one.state === 'failed' ? nextSteps.failed : undefined, setting),
      ],
      bareBaht(one.amount),
      one.state === 'failed' ? settling(desk, one.id, ['again'], setting) : '–',
    ],
  )
  const reference = { th: 'เลขอ้างอิง', en: 'Reference' }
  return listed(words.refunds, [reference, words.state, words.amount, words.settle], rows, setting)
}

/** A message is refused for a problem, which has a title; its code is what its page is found by. */
function refusal(reason: string, { language }: Setting): ComponentChild {
  const known = Object.values(paymentsProblems).find(({ code }) => code === reason)
  const code = h('code', { class: 'quiet' }, reason)
  return known === undefined ? code : [known.title[language], ' ', code]
}

export function refusedTable({ refused }: DeskDay, setting: Setting): ComponentChild {
  const rows = refused.map(({ reason, count }): Cells => [refusal(reason, setting), String(count)])
  return listed(words.refused, [words.what, words.count], rows, setting)
}
