import type { DraftContent } from '../application/application.ts'
import type { Fact, Facts } from '../application/fact.ts'
import type { ServiceDefinition } from '../definition/definition.ts'
import { applyFacts } from './apply.ts'
import { isObject } from './paths.ts'
import { isUndecided, keptFacts } from './usable.ts'

type Parts = Pick<ServiceDefinition, 'evidence' | 'tables' | 'form'>

/** What a person says of a piece of evidence, by its id. */
export type Words = Readonly<Record<string, 'yes' | 'no'>>

/** Notes which registers the person does not want to be asked. What was agreed to before goes with it. Pure. */
export function decline(facts: Facts, words: Words, now: number): Facts {
  const declined = Object.keys(words).filter((id) => words[id] === 'no')
  const entries = declined.map((id): [string, Fact] => [id, { state: 'declined', askedAt: now }])
  return { ...facts, ...Object.fromEntries(entries) }
}

/**
 * Uses what the person agreed to, and forgets what they did not. A no to what changed leaves nothing of what was agreed
 * before: the register does not say that any more. Pure.
 */
export function agree(definition: Parts, content: DraftContent, words: Words): DraftContent {
  const facts = Object.fromEntries(
    Object.entries(content.facts).map(([id, fact]): [string, Fact] => {
      const word = words[id]
      if (word === undefined || fact.state !== 'fetched') return [id, fact]
      const { before: _, ...now } = fact
      return [id, { ...now, agreed: word === 'yes' }]
    }),
  )
  return applyFacts(definition, { ...content, facts: keptFacts(facts, { isOver: false }) })
}

/** Writes what the register says over what the person had typed, because they say so. Pure. */
export function takeFromRegister(definition: Parts, content: DraftContent, field: string): DraftContent {
  const mark = content.marks[field]
  if (mark?.was === undefined) return content
  const answers = { ...content.answers, ...written(content, field) }
  const marks = { ...content.marks, [field]: { ...mark, origin: 'register' as const } }
  return applyFacts(definition, { ...content, answers, marks })
}

function written({ answers, marks }: DraftContent, field: string): DraftContent['answers'] {
  const was = marks[field]?.was
  const [page = '', at, name] = field.split('.')
  if (was === undefined) return {}
  if (at === undefined || name === undefined) return { [field]: was }
  const list = answers[page]
  if (!Array.isArray(list)) return {}
  return {
    [page]: list.map((entry, place) =>
      place === Number(at) && isObject(entry) ? { ...entry, [name]: was } : entry,
    ),
  }
}

/** Marks a value of a register as disputed, with the task about it. Pure. */
export function dispute(
  definition: Parts,
  content: DraftContent,
  { evidence, path, task }: { readonly evidence: string; readonly path: string; readonly task: string },
): DraftContent {
  const fact = content.facts[evidence]
  if (fact === undefined) return content
  const disputed = { ...fact, disputes: { ...fact.disputes, [path]: task } }
  return applyFacts(definition, { ...content, facts: { ...content.facts, [evidence]: disputed } })
}

/** Evidence that waits for the person's word. */
export function undecided({ facts }: Pick<DraftContent, 'facts'>): readonly string[] {
  return Object.keys(facts).filter((id) => isUndecided(facts[id]))
}
