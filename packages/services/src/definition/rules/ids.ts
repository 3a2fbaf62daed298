import type { Text } from '@sapan/kernel'
import type { Finding } from '../finding.ts'
import type { ReadDefinition } from '../read/read-definition.ts'
import type { Source } from '../read/source.ts'
import type { References } from '../references.ts'
import { type Rule, thereIsNo } from './rule.ts'

/** Names of one kind are not there twice, and what names another part of the definition finds it. */
export const idsAreSound: Rule = (read, references) => [
  ...givenOnce(read, references),
  ...namesOnce(read),
  ...namesOfPages(read),
  ...namesFound(read),
]

/** People would find it twice under one address: once to apply for, once as given elsewhere. */
function givenOnce(
  { definition: { id }, service }: ReadDefinition,
  { listed: elsewhere }: References,
): readonly Finding[] {
  if (!elsewhere?.has(id)) return []
  return [
    service.source.note('/name', 'taken-id', {
      th: `“${id}” อยู่ใน listed.yaml ว่าให้บริการที่อื่น ให้ลบออกจาก listed.yaml หรือตั้งชื่อโฟลเดอร์ของบริการใหม่`,
      en: `“${id}” stands in listed.yaml as given elsewhere: take it out there, or call the folder of the service otherwise.`,
    }),
  ]
}

interface Named {
  readonly id: string
  readonly pointer: string
}

const listed = (items: readonly { readonly id: string }[] | undefined, pointer: string): readonly Named[] =>
  (items ?? []).map(({ id }, index) => ({ id, pointer: `${pointer}/${index}/id` }))

function namesOnce({ service, form, workflow }: ReadDefinition): readonly Finding[] {
  const { pages } = form.file
  // Answers of pages and the lists of repeated ones lie side by side; expressions of a repeated page say `item`.
  const answers = pages.flatMap((page, index) => {
    const fields = listed(page.fields, `/pages/${index}/fields`)
    return page.repeat === undefined ? fields : [{ id: page.id, pointer: `/pages/${index}/id` }]
  })
  const inEntries = pages.flatMap((page, index) =>
    page.repeat === undefined ? [] : listed(page.fields, `/pages/${index}/fields`),
  )
  return [
    ...twice(form.source, listed(form.file.sections, '/sections')),
    ...twice(form.source, listed(pages, '/pages')),
    ...twice(form.source, [...answers, ...inEntries]),
    ...twice(form.source, listed(form.file.calculated, '/calculated')),
    ...twice(service.source, listed(service.file.evidence, '/evidence')),
    ...twice(service.source, listed(service.file.requirements, '/requirements')),
    ...twice(service.source, listed(service.file.outputs, '/outputs')),
    ...twice(workflow.source, listed(workflow.file.decisions, '/decisions')),
    ...twice(workflow.source, listed(workflow.file.effects, '/effects')),
    ...twice(workflow.source, listed(workflow.file.consents, '/consents')),
    ...workflow.file.decisions.flatMap((one, index) => [
      ...twice(workflow.source, listed(one.reasons, `/decisions/${index}/reasons`)),
      ...twice(workflow.source, listed(one.asks, `/decisions/${index}/asks`)),
    ]),
  ]
}

/** What pages on which fields stand call inputs of their own: of forms and replies, and of a decision. */
const ofForms: ReadonlySet<string> = new Set([
  ...['text', 'more', 'version', 'place'],
  ...['after', 'from', 'list', 'seen'],
])
const ofDecisions: ReadonlySet<string> = new Set(['words', 'reason', 'version', 'settled', 'silent'])

function namesOfPages({ form, workflow }: ReadDefinition): readonly Finding[] {
  const fields = form.file.pages.flatMap(({ fields: all }, index) => listed(all, `/pages/${index}/fields`))
  const asks = workflow.file.decisions.flatMap(({ asks: all }, index) =>
    listed(all, `/decisions/${index}/asks`),
  )
  return [...keptFor(form.source, fields, ofForms), ...keptFor(workflow.source, asks, ofDecisions)]
}

function keptFor(source: Source, names: readonly Named[], kept: ReadonlySet<string>): readonly Finding[] {
  return names
    .filter(({ id }) => kept.has(id))
    .map(({ id, pointer }) =>
      source.note(pointer, 'taken-id', {
        th: `ชื่อ “${id}” เป็นของหน้าเว็บที่ช่องนี้อยู่ ตั้งชื่ออื่น เช่น ${id}Given`,
        en: `The page on which this field stands has a “${id}” of its own: choose another, such as ${id}Given.`,
      }),
    )
}

function twice(source: Source, names: readonly Named[]): readonly Finding[] {
  const seen = new Set<string>()
  return names.flatMap(({ id, pointer }) => {
    if (!seen.has(id)) {
      seen.add(id)
      return []
    }
    return [source.note(pointer, 'taken-id', { th: `มีชื่อ “${id}” แล้ว`, en: `The name “${id}” is taken.` })]
  })
}

function namesFound({ service, form, workflow }: ReadDefinition): readonly Finding[] {
  const ids = (items: readonly { readonly id: string }[] | undefined): readonly string[] =>
    (items ?? []).map(({ id }) => id)
  const plain = form.file.pages.flatMap((page) => (page.repeat === undefined ? ids(page.fields) : []))
  const sections = ids(form.file.sections)
  return [
    ...form.file.pages.flatMap((page, index) => [
      ...found(form.source, `/pages/${index}/section`, page.section, sections, section),
      ...(page.repeat === undefined
        ? []
        : found(
            form.source,
            `/pages/${index}/repeat/titleField`,
            page.repeat.titleField,
            ids(page.fields),
            field,
          )),
    ]),
    ...(service.file.requirements ?? []).flatMap(({ asks }, index) =>
      (asks ?? []).flatMap((id, at) =>
        found(service.source, `/requirements/${index}/asks/${at}`, id, plain, field),
      ),
    ),
    ...(service.file.once?.freedBy ?? []).flatMap((id, at) =>
      found(service.source, `/once/freedBy/${at}`, id, ids(workflow.file.decisions), decision),
    ),
    ...workflow.file.decisions.flatMap((one, index) => [
      ...(one.effects ?? []).flatMap((id, at) =>
        found(workflow.source, `/decisions/${index}/effects/${at}`, id, ids(workflow.file.effects), effect),
      ),
      ...(one.outputs ?? []).flatMap((id, at) =>
        found(workflow.source, `/decisions/${index}/outputs/${at}`, id, ids(service.file.outputs), output),
      ),
    ]),
  ]
}

const section = { th: 'ส่วนของแบบ', en: 'section' }
const field = { th: 'ช่องในแบบ', en: 'field' }
const decision = { th: 'ผลการพิจารณา (decisions)', en: 'decision' }
const effect = { th: 'ผลต่อทะเบียน (effects)', en: 'effect' }
const output = { th: 'เอกสารผลลัพธ์ (outputs)', en: 'output' }

function found(
  source: Source,
  pointer: string,
  id: string,
  known: readonly string[],
  what: Text,
): readonly Finding[] {
  return known.includes(id) ? [] : [source.note(pointer, 'unknown-id', thereIsNo(what, id, known))]
}
