import type { DataDifference, Report } from '@sapan/documents/check'
import type { Language } from '@sapan/kernel'
import { type ComponentChild, h } from 'preact'
import type { CarriedData } from '../checking/carried-data.ts'
import { type AgreementWords, agreementWords } from './agreement-words.ts'
import { nameOfData } from './data-words.ts'
import { expiryNote } from './expiry.ts'
import { facts, toneMark } from './parts.ts'
import { plainDay, plainTime } from './time.ts'
import { words } from './words.ts'

/** The data inside the document, to be read beside its page, and whether both say the same. */
export function dataView(
  carried: readonly CarriedData[],
  report: Report,
  language: Language,
): ComponentChild {
  const agreement = agreementWords(report)
  return h(
    'section',
    { class: 'data', 'aria-labelledby': 'data' },
    h(
      'h3',
      null,
      h('span', { id: 'data' }, words.embedded[language]),
      agreement === undefined ? null : agreementTag(agreement, language),
    ),
    expiryNote(carried, report, language),
    agreement?.tone === 'bad' ? differences(report.document?.embedded?.differences ?? [], language) : null,
    ...carried.map((each) => oneData(each, carried.length > 1, language)),
  )
}

function agreementTag({ tone, text }: AgreementWords, language: Language): ComponentChild {
  return h('span', { class: `tag ${tone}` }, toneMark(tone), text[language])
}

function differences(found: readonly DataDifference[], language: Language): ComponentChild {
  return h(
    'ul',
    { class: 'differences' },
    ...found.map(({ text, expected, shown }) =>
      h(
        'li',
        { class: 'break' },
        h('strong', null, text[language]),
        expected === undefined
          ? null
          : facts([
              [words.inData[language], h('span', { lang: 'th' }, expected || '–')],
              [words.onPage[language], h('span', { lang: 'th' }, shown || '–')],
            ]),
      ),
    ),
  )
}

/** What a page shows of one value, so that no file makes a page without end. */
const most = { depth: 8, values: 600, letters: 600 } as const

function oneData(
  { name, value, text }: CarriedData,
  isOneOfMany: boolean,
  language: Language,
): ComponentChild {
  if (text !== undefined) {
    return h(
      'details',
      null,
      h('summary', { class: 'break' }, name),
      h('pre', { class: 'carried', tabIndex: 0 }, h('code', null, text)),
    )
  }
  return h(
    'div',
    null,
    isOneOfMany ? h('p', { class: 'quiet break' }, name) : null,
    valueView(value, { language, depth: 0, left: { values: most.values } }),
  )
}

interface Place {
  readonly language: Language
  readonly depth: number
  /** Counted down over the whole of one file. */
  readonly left: { values: number }
}

function valueView(value: unknown, place: Place): ComponentChild {
  const { left, depth } = place
  if (left.values-- <= 0 || depth > most.depth) return '…'
  const inner = { ...place, depth: depth + 1 }
  if (Array.isArray(value)) return listView(value, inner)
  if (typeof value === 'object' && value !== null) {
    return facts(
      entriesOf(value, left).map(([key, each]) => [nameOfData(key, place.language), valueView(each, inner)]),
    )
  }
  if (value === null || value === '') return '–'
  return plainText(String(value), place.language)
}

const isoDay = /^\d{4}-\d{2}-\d{2}$/
const isoMoment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/

/** Days and moments as people write them, as on the page; everything else as it is. */
function plainText(said: string, language: Language): ComponentChild {
  const time = isoDay.test(said)
    ? plainDay(said, language)
    : isoMoment.test(said)
      ? plainTime(said, language)
      : ''
  if (time !== '') return h('time', { dateTime: said }, time)
  return said.length > most.letters ? `${said.slice(0, most.letters)}…` : said
}

/** Rows of alike things as a table, a single thing as itself, everything else as a list. */
function listView(items: readonly unknown[], place: Place): ComponentChild {
  if (items.length === 0) return '–'
  const columns = columnsOf(items)
  if (columns !== undefined) return tableView(items, columns, place)
  if (items.length === 1) return valueView(items[0], place)
  return h('ul', null, ...within(items, place.left).map((item) => h('li', null, valueView(item, place))))
}

function columnsOf(items: readonly unknown[]): string[] | undefined {
  const rows = items.filter((item) => typeof item === 'object' && item !== null && !Array.isArray(item))
  if (rows.length < items.length || items.length < 2) return undefined
  const isPlain = rows.every((row) => Object.values(Object(row)).every((cell) => typeof cell !== 'object'))
  if (!isPlain) return undefined
  const columns = [...new Set(rows.flatMap((row) => Object.keys(Object(row))))]
  return columns.length <= 6 ? columns : undefined
}

function tableView(rows: readonly unknown[], columns: readonly string[], place: Place): ComponentChild {
  const { language, left } = place
  return h(
    'div',
    { class: 'scroll', tabIndex: 0, role: 'group', 'aria-label': words.rows[language] },
    h(
      'table',
      null,
      h(
        'thead',
        null,
        h('tr', null, ...columns.map((key) => h('th', { scope: 'col' }, nameOfData(key, language)))),
      ),
      h(
        'tbody',
        null,
        ...within(rows, left).map((row) =>
          h('tr', null, ...columns.map((key) => h('td', null, valueView(own(row, key) ?? null, place)))),
        ),
      ),
    ),
  )
}

const own = (row: unknown, key: string): unknown =>
  Object.hasOwn(Object(row), key) ? Reflect.get(Object(row), key) : undefined

function within<T>(items: readonly T[], left: Place['left']): readonly T[] {
  return items.slice(0, Math.max(1, left.values))
}

function entriesOf(value: object, left: Place['left']): [string, unknown][] {
  return Object.entries(value).slice(0, Math.max(1, left.values))
}
