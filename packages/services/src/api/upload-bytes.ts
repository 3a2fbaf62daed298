import type { ServiceDefinition } from '../definition/definition.ts'
import { mostBytes } from '../draft/upload/take-file.ts'

/** Bytes around a file in a form, and of its other fields. */
const around = 64 * 1024
/** Of all that comes at once, whatever a definition says. */
export const mostOfAll = 40 * 1024 * 1024

/** Twice what the largest takes, so that what is too large is told in words, with what it may be. */
export function largest(definitions: readonly ServiceDefinition[]): number {
  const fields = definitions.flatMap(({ form }) => form.pages.flatMap((page) => page.fields))
  const sizes = fields.filter(({ type }) => type === 'file').map((field) => mostBytes(field, {}))
  return Math.min(mostOfAll, Math.max(0, ...sizes) * 2) + around
}
