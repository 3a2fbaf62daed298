import type { Grant } from '../../grant/grant.ts'
import type { Operation, ServiceDescription } from '../../service/description.ts'
import type { DataCategory } from './activity.ts'

/** What of somebody's data a grant lets through, each field once; a question is one thing, whatever it is asked with. */
export function dataCategories(
  { operations }: Grant,
  description: ServiceDescription | null,
): readonly DataCategory[] {
  const found = new Map<string, DataCategory>()
  for (const [id, { fields }] of Object.entries(operations)) {
    const operation = description?.operations.find((one) => one.id === id)
    const categories = operation?.question
      ? [{ field: id, text: operation.summary, term: null }]
      : fields.flatMap((field) => categoriesOf(field, operation))
    for (const category of categories) {
      if (!found.has(category.field)) found.set(category.field, category)
    }
  }
  return [...found.values()]
}

/** Whether a grant gives nothing but answers to questions. */
export function givesAnswersOnly({ operations }: Grant, description: ServiceDescription | null): boolean {
  if (!description) return false
  return Object.keys(operations).every(
    (id) => description.operations.find((one) => one.id === id)?.question != null,
  )
}

/** A granted field stands for itself and for all below it. */
function categoriesOf(field: string, operation: Operation | undefined): readonly DataCategory[] {
  const below = (operation?.fieldTexts ?? []).filter(
    ({ path }) => field === '*' || path === field || path.startsWith(`${field}.`),
  )
  if (below.length === 0) return [{ field, text: null, term: null }]
  return below.map(({ path, text, term }) => ({ field: path, text, term }))
}
