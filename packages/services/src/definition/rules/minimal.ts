import type { Finding } from '../finding.ts'
import { isWithin } from './calls.ts'
import type { Rule } from './rule.ts'

/** No more is asked of a register than is shown or read (PDPA s.22), and no table lies there for nothing. */
export const nothingIsUnused: Rule = (read) => {
  const reads = read.expressions.flatMap(({ expression }) => expression.reads)
  const items = itemReads(read)
  const evidence = read.definition.evidence.flatMap(({ id, fields, shows }, index) => {
    const used = [
      ...[...reads, ...items]
        .filter((path) => path.startsWith(`facts.${id}.`))
        .map((path) => path.slice(id.length + 7)),
      ...shows.map(({ field }) => field),
    ]
    const isWhole = reads.includes(`facts.${id}`)
    return fields.flatMap((field, at): readonly Finding[] => {
      if (isWhole || used.some((path) => path === field || isWithin(path, [field]))) return []
      const reason = {
        th: `ขอ ${field} มาแต่ไม่ได้ใช้`,
        en: `${field} is asked for, but neither shown nor read.`,
      }
      return [read.service.source.note(`/evidence/${index}/fields/${at}`, 'unused', reason)]
    })
  })
  const tables = Object.keys(read.service.file.tables ?? {}).filter(
    (name) => !reads.some((path) => path === `tables.${name}` || path.startsWith(`tables.${name}.`)),
  )
  return [
    ...evidence,
    ...tables.map((name) =>
      read.service.source.note(`/tables/${name}`, 'unused', {
        th: 'ไม่มีนิพจน์ใดอ่านตารางนี้',
        en: 'No expression reads this table.',
      }),
    ),
  ]
}

/** What fields of repeated pages take of the list with which the page begins: `item.name` as `facts.household.children.name`. */
function itemReads({ definition }: Parameters<Rule>[0]): readonly string[] {
  return definition.form.pages.flatMap(({ repeat, fields }) => {
    const [list] = repeat?.from?.reads ?? []
    if (list === undefined) return []
    return fields.flatMap(({ from }) =>
      (from?.reads ?? [])
        .filter((path) => path.startsWith('item'))
        .map((path) => `${list}${path.slice('item'.length)}`),
    )
  })
}
