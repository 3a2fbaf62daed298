import type { Finding } from '../finding.ts'
import { objectOf, resolve } from '../openapi/operations.ts'
import { leafPaths, schemaAt } from '../openapi/schema-path.ts'
import { isWithin } from './calls.ts'
import type { Rule } from './rule.ts'

type Read = Parameters<Rule>[0]
type Evidence = Read['definition']['evidence'][number]

/** No more is asked of a register than is shown or read (PDPA s.22), and no table lies there for nothing. */
export const nothingIsUnused: Rule = (read) => {
  const reads = read.expressions.flatMap(({ expression }) => expression.reads)
  const evidence = read.definition.evidence.flatMap((one, index) => {
    const used = usedOf(read, one, reads)
    return one.fields.flatMap((field, at): readonly Finding[] => {
      const unused = unusedOf(read, one, field, used)
      if (unused.length === 0) return []
      const names = unused.join(', ')
      const reason = {
        th: `ขอ ${names} มาแต่ไม่ได้แสดงหรือใช้`,
        en: `${names} ${unused.length === 1 ? 'is' : 'are'} asked for, but neither shown nor read.`,
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

/** What is shown or read of an answer, as paths within it; `*` where an expression reads all of it. */
function usedOf(read: Read, { id, shows }: Evidence, reads: readonly string[]): readonly string[] {
  const { lists, items } = listReads(read)
  // That a page has an entry for each of a list uses of them what its fields take.
  const others = [...reads]
  for (const list of lists) if (others.includes(list)) others.splice(others.indexOf(list), 1)
  const paths = [...others, ...items].flatMap((path) =>
    path === `facts.${id}` ? ['*'] : path.startsWith(`facts.${id}.`) ? [path.slice(id.length + 7)] : [],
  )
  const all = [...paths, ...shows.map(({ field }) => field)]
  // A list that is gone through or counted uses of its entries what is read of them.
  return all.filter((path) => !all.some((one) => one.startsWith(`${path}.`)) || !isList(read, id, path))
}

/** Of a field, what is neither shown nor read: all of it, or some of what is below it. */
function unusedOf(
  { names }: Read,
  { service, operation }: Evidence,
  field: string,
  used: readonly string[],
): readonly string[] {
  const isUsed = (path: string) => isWithin(path, used) || used.some((one) => isWithin(one, [path]))
  if (!isUsed(field)) return [field]
  const asked = names.operation(service, operation)
  const leaves = asked?.answer === undefined ? [] : leafPaths(asked.document, asked.answer, field)
  return leaves.filter((leaf) => !isUsed(leaf) && !used.some((one) => isSameText(one, leaf)))
}

const language = /\.(th|en)$/

/** A text in its two languages is one. */
function isSameText(one: string, other: string): boolean {
  return (
    language.test(one) && language.test(other) && one.replace(language, '') === other.replace(language, '')
  )
}

/**
 * The lists with which repeated pages begin, and what fields of these take of their entries: `item.name` as
 * `facts.household.children.name`.
 */
function listReads(read: Read): { readonly lists: readonly string[]; readonly items: readonly string[] } {
  const found = read.definition.form.pages.flatMap(({ repeat, fields }) => {
    const taken = fields.flatMap(({ from }) => (from?.reads ?? []).filter((path) => path.startsWith('item.')))
    return (repeat?.from?.reads ?? []).map((list) => ({
      list,
      items: taken.map((path) => `${list}${path.slice('item'.length)}`).filter((path) => isThere(read, path)),
    }))
  })
  const lists = found.filter(({ items }) => items.length > 0)
  return { lists: lists.map(({ list }) => list), items: lists.flatMap(({ items }) => items) }
}

function isThere(read: Read, path: string): boolean {
  const [, id = '', ...within] = path.split('.')
  return placeAt(read, id, within.join('.')) !== undefined
}

function isList(read: Read, evidence: string, path: string): boolean {
  const found = placeAt(read, evidence, path)
  return found !== undefined && objectOf(resolve(found.document, found.schema)).items !== undefined
}

/** What an evidence's description says of a place in its answer. */
function placeAt({ names, definition }: Read, evidence: string, path: string) {
  const one = definition.evidence.find(({ id }) => id === evidence)
  const asked = one && names.operation(one.service, one.operation)
  if (asked?.answer === undefined) return undefined
  const schema = schemaAt(asked.document, asked.answer, path.split('.'))
  return schema === undefined ? undefined : { document: asked.document, schema }
}
