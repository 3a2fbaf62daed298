import type { Text } from '@sapan/kernel'
import type { Grant } from '../../grant/grant.ts'
import type { Operation, ServiceDescription, SubjectPointer } from '../../service/description.ts'
import type { SubjectCategory } from './activity.ts'

/** Whose data it is, as the description finds them in what a grant allows; each place once. */
export function subjectCategories(
  { operations }: Grant,
  description: ServiceDescription | null,
): readonly SubjectCategory[] {
  const found = new Map<string, SubjectCategory>()
  for (const operation of description?.operations ?? []) {
    if (operations[operation.id] === undefined) continue
    for (const pointer of operation.subjects) {
      const category = categoryOf(pointer, operation)
      found.set(JSON.stringify(category), category)
    }
  }
  return [...found.values()]
}

function categoryOf(pointer: SubjectPointer, { parameters, fieldTexts }: Operation): SubjectCategory {
  switch (pointer.in) {
    case 'request':
      return { whom: 'sent', text: null }
    case 'answer': {
      const path = fieldAt(pointer.pointer)
      return { whom: 'answered', text: fieldTexts.find((field) => field.path === path)?.text ?? null }
    }
    default:
      return { whom: 'asked', text: parameterText(parameters, pointer) }
  }
}

function parameterText(
  parameters: Operation['parameters'],
  { in: place, name }: Extract<SubjectPointer, { name: string }>,
): Text | null {
  return parameters.find((one) => one.in === place && one.name === name)?.text ?? null
}

/** The dotted path of a pointer, in which arrays are transparent. */
function fieldAt(pointer: string): string {
  const names = pointer.split('/').slice(1)
  return names
    .filter((name) => name !== '*')
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join('.')
}
