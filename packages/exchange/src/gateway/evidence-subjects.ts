import { Problem } from '@sapan/kernel'
import { queryParameterValues } from '../address.ts'
import { pointerValues } from '../fields/pointer.ts'
import { exchangeProblem } from '../problems.ts'
import type { MatchedOperation, SubjectPointer } from '../service/description.ts'
import type { GatewayGround } from './ground.ts'
import type { Body } from './transport/body.ts'

/** Where an operation's description may point for the people that it concerns. */
export interface SubjectSources {
  readonly matched: MatchedOperation
  readonly query: string
  readonly request: Body
  readonly answer: Body | null
}

/** The people whom an exchange concerns, as keyed hashes: found by the service's own description, never by a caller. */
export async function evidenceSubjects(ground: GatewayGround, sources: SubjectSources): Promise<Buffer[]> {
  if (sources.matched.operation.subjects.length === 0) return []
  return ground.subjects.hash(await subjectValues(ground, sources))
}

/** The same people by their identifiers, as they stand in the messages: never to be kept or logged. */
export async function subjectValues(ground: GatewayGround, sources: SubjectSources): Promise<string[]> {
  const { subjects } = sources.matched.operation
  const found = await Promise.all(subjects.map((pointer) => pointedAt(ground, pointer, sources)))
  return found.flat()
}

/** Whether some of the people are named only by the answer; else the request tells them all. */
export function answerNamesSubjects({ operation }: MatchedOperation): boolean {
  return operation.subjects.some((pointer) => pointer.in === 'answer')
}

async function pointedAt(
  ground: GatewayGround,
  pointer: SubjectPointer,
  { matched, query, request, answer }: SubjectSources,
): Promise<string[]> {
  if ('name' in pointer) {
    if (pointer.in === 'query') return queryParameterValues(query, pointer.name)
    const value = matched.pathParameters[pointer.name]
    return value === undefined ? [] : [value]
  }
  const body = pointer.in === 'request' ? request : answer
  if (body === null || body.bytes === 0) return []
  // A body must not hide its subject by its size.
  if (body.bytes > ground.settings.limits.filterBytes) {
    throw exchangeProblem(pointer.in === 'request' ? 'body-too-large' : 'provider-answer-too-large')
  }
  try {
    return pointerValues(await body.content(), [pointer.pointer], pointer.in)
  } catch (error) {
    // An answer that is no JSON has no places to point at. A request, or a key said twice, could hide its subject.
    if (error instanceof Problem && error.code === 'answer-not-json') return []
    throw error
  }
}
