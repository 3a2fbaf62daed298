import type { JsonValue } from '@sapan/casework'
import type { Text } from '@sapan/kernel'
import type { DraftContent } from '../application/application.ts'
import type { Fact, FieldMarks } from '../application/fact.ts'
import type { Evidence, FactKind, ServiceDefinition } from '../definition/definition.ts'
import type { Field, FieldType } from '../definition/form.ts'
import { isBlank } from './fill-field.ts'
import { leavesOf, valueAt } from './paths.ts'
import { isSame } from './told.ts'

/** What somebody says otherwise than somebody else. */
export interface Difference {
  readonly evidence: string
  readonly label: Text
  readonly as?: FactKind | FieldType
  /** What its codes mean. */
  readonly options?: Field['options']
  /** What was known: of the register earlier, or what the applicant wrote. Absent: nothing. */
  readonly before?: JsonValue
  /** What the register says now. Absent: nothing any more. */
  readonly now?: JsonValue
  readonly of: 'register' | 'applicant'
  /** The field of the form, by the key of its mark; only where the applicant wrote it. */
  readonly field?: string
}

/** What a register says now otherwise than before, by what the definition shows of it. Pure. */
export function factDifferences(
  { id, shows }: Pick<Evidence, 'id' | 'shows'>,
  before: JsonValue | undefined,
  now: JsonValue | undefined,
): readonly Difference[] {
  return shows.flatMap(({ field, label, as, words }) => {
    const options = Object.entries(words ?? {}).map(([value, text]) => ({ value, text }))
    const kind = as ?? (options.length > 0 ? ('choice' as const) : undefined)
    const paths = new Set([...leavesOf(before, field), ...leavesOf(now, field)].map(({ path }) => path))
    return [...paths].flatMap((path): Difference[] => {
      const [was, is] = [valueAt(before, path), valueAt(now, path)]
      if (isSame(was, is)) return []
      return [
        {
          evidence: id,
          label,
          of: 'register',
          ...(kind && { as: kind }),
          ...(options.length > 0 && { options }),
          ...known('before', was),
          ...known('now', is),
        },
      ]
    })
  })
}

/** What changed at the register since the applicant agreed to it, while they have not said yet. Pure. */
export function pendingChanges(
  evidence: Pick<Evidence, 'id' | 'shows'>,
  { agreed, before, data }: Fact,
): readonly Difference[] {
  if (agreed !== undefined || before === undefined) return []
  return factDifferences(evidence, before.data, data)
}

/** Where the applicant wrote something else than a register says. Pure. */
export function ownDifferences(
  { form }: Pick<ServiceDefinition, 'form'>,
  { answers, marks }: Pick<DraftContent, 'answers' | 'marks'>,
): readonly Difference[] {
  return form.pages.flatMap((page) => {
    if (page.repeat === undefined)
      return page.fields.flatMap((field) => own(field, answers[field.id], marks, field.id))
    const list = answers[page.id]
    const entries = Array.isArray(list) ? list : []
    return entries.flatMap((entry: JsonValue, at) =>
      page.fields.flatMap((field) =>
        own(field, valueAt(entry, field.id), marks, `${page.id}.${at}.${field.id}`),
      ),
    )
  })
}

function own(
  { label, type, options }: Pick<Field, 'label' | 'type' | 'options'>,
  answer: JsonValue | undefined,
  marks: FieldMarks,
  key: string,
): Difference[] {
  const { origin, was, evidence } = marks[key] ?? {}
  if (origin !== 'applicant' || was === undefined || evidence === undefined || isSame(answer, was)) return []
  const before = isBlank(answer) ? undefined : answer
  return [
    { evidence, label, as: type, options, of: 'applicant', now: was, field: key, ...known('before', before) },
  ]
}

function known<K extends 'before' | 'now'>(
  name: K,
  value: JsonValue | undefined,
): { [key in K]?: JsonValue } {
  return value === undefined ? {} : ({ [name]: value } as { [key in K]?: JsonValue })
}
