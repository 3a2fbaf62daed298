import type { Text } from '@sapan/kernel'
import type { Finding } from '../finding.ts'
import type { Field, FieldType } from '../form.ts'
import { termsOf } from '../openapi/schema-path.ts'
import type { ReadDefinition } from '../read/read-definition.ts'
import type { References } from '../references.ts'
import type { FieldSource } from '../schema/field.ts'
import { isWithin } from './calls.ts'
import type { Rule } from './rule.ts'

/** What a field means by its type, whatever it is called. */
const NATURAL: Readonly<Partial<Record<FieldType, string>>> = {
  'national-id': 'person:nationalId',
  'foreigner-number': 'person:foreignerNumber',
  passport: 'person:passport',
  'juristic-id': 'juristic:id',
}

/**
 * The once-only rule: what an agency holds, and grants to the service, nobody is asked for again. A field may ask for it
 * all the same where it says why (`asksAlthough`): that it is about somebody else.
 */
export const askedOnce: Rule = (read, references) => {
  const held = heldTerms(read, references)
  return read.form.file.pages.flatMap((page, index) =>
    page.fields.flatMap((field, at): readonly Finding[] => {
      if (isFilled(read.definition.form.pages[index]?.fields[at]) || field.asksAlthough !== undefined)
        return []
      const term = field.term === 'none' ? meantTerm(field, references, held) : field.term
      const holder = term === undefined ? undefined : held.get(term)
      if (term === undefined || holder === undefined) return []
      const reason = field.term === 'none' ? looksLike(term, holder) : alreadyHeld(term, holder)
      return [read.form.source.note(`/pages/${index}/fields/${at}/term`, 'once-only', reason)]
    }),
  )
}

/** Whether a register can fill it in: what reads none is no source. */
function isFilled(field: Field | undefined): boolean {
  return field?.from?.reads.some((path) => /^(facts|item|applicant|calc)(\.|$)/.test(path)) ?? false
}

/** Terms that reach the service by grant, each with who holds it. */
function heldTerms(
  { definition, names }: ReadDefinition,
  { grants }: References,
): ReadonlyMap<string, string> {
  const held = new Map<string, string>()
  for (const grant of grants.filter(({ consumer }) => consumer === definition.consumer))
    for (const [id, { fields }] of Object.entries(grant.operations)) {
      const operation = names.operation(grant.service, id)
      if (operation?.method !== 'GET') continue
      for (const { path, term } of termsOf(operation.document, operation.answer))
        if (isWithin(path, fields) && !held.has(term)) held.set(term, `${grant.service} (${id})`)
    }
  return held
}

/** What a field without a term means all the same: by its type, or because it is called what a term is called. */
function meantTerm(
  { type, label }: FieldSource,
  { terms }: References,
  held: ReadonlyMap<string, string>,
): string | undefined {
  const natural = NATURAL[type]
  if (natural !== undefined) return natural
  const same = (one: string, other: string) => one.trim().toLowerCase() === other.trim().toLowerCase()
  return [...held.keys()].find((term) => {
    const name = terms.get(term)
    return name !== undefined && (same(name.th, label.th) || same(name.en, label.en))
  })
}

function alreadyHeld(term: string, holder: string): Text {
  return {
    th: `${holder} มี ${term} อยู่แล้ว: เติมด้วย from หรือบอกเหตุที่ต้องถาม (asksAlthough)`,
    en: `${holder} holds ${term}: fill it in with from, or say why it is asked (asksAlthough).`,
  }
}

function looksLike(term: string, holder: string): Text {
  return {
    th: `ช่องนี้คือ ${term} ซึ่ง ${holder} มีอยู่แล้ว ใส่ term แล้วเติมด้วย from หรือบอกเหตุ (asksAlthough)`,
    en: `This is ${term}, which ${holder} holds: give the term, and from, or why it is asked (asksAlthough).`,
  }
}
