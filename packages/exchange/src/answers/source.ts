import type { Operation, ServiceDescription } from '../service/description.ts'
import type { Question } from './question.ts'

/** The operation whose answer a question reads; `checkQuestions` has seen that it is there. */
export function sourceOf({ operations }: ServiceDescription, { of }: Question): Operation {
  const source = operations.find(({ id }) => id === of)
  if (source === undefined) throw new Error('the question has no source')
  return source
}

/** The source's own path, with the segments of the question's as they came. */
export function sourcePath(question: Operation, source: Operation, servicePath: string): string {
  const raw = servicePath.split('/')
  const given = new Map(question.template.split('/').map((segment, n) => [segment, raw[n] ?? '']))
  return source.template
    .split('/')
    .map((segment) => (segment.startsWith('{') ? (given.get(segment) ?? '') : segment))
    .join('/')
}
