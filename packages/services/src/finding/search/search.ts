import type { Text } from '@sapan/kernel'
import MiniSearch, { type SearchResult } from 'minisearch'
import type { Catalogue } from '../catalogue.ts'
import type { Entry, LifeEvent } from '../entry.ts'
import { askedWords } from './asked-words.ts'
import { tokensOf } from './tokens.ts'

/** What was found, the likeliest first. */
export interface Found {
  readonly services: readonly Entry[]
  readonly lifeEvents: readonly LifeEvent[]
}

export interface Search {
  /** Finds by what people say, in either language. Nothing where too little of the question was met. */
  find(question: string, limit?: number): Found
}

/** A phrase by which something is found: rows of one thing compete, so that a thing of many phrases is not worse off. */
interface Row {
  readonly id: number
  /** `service <id>`, `event <code>` */
  readonly of: string
  readonly text: string
  /** What is said of a thing tells less than what it is called. */
  readonly worth: number
}

/** So much of a question has to be met for an answer to be one, by how much each piece of it tells. */
const leastMet = 0.25
/** What scores less than this share of the best is no answer beside it. */
const leastOfBest = 0.3
const summaryWorth = 0.4

/** An index in memory: even a whole country has some thousands of services. */
export function createSearch({ entries, lifeEvents }: Pick<Catalogue, 'entries' | 'lifeEvents'>): Search {
  const rows = [
    ...entries.flatMap((entry) => phrasesOf(`service ${entry.id}`, entry, entry.summary)),
    ...lifeEvents.flatMap((event) => phrasesOf(`event ${event.code}`, event, event.about)),
  ].map((row, id): Row => ({ id, ...row }))
  const index = new MiniSearch<Row>({
    fields: ['text'],
    storeFields: ['of', 'worth'],
    tokenize: tokensOf,
    processTerm: (term) => term,
  })
  index.addAll(rows)
  const weightOf = weights(rows)
  const services = new Map(entries.map((entry) => [`service ${entry.id}`, entry]))
  const events = new Map(lifeEvents.map((event) => [`event ${event.code}`, event]))
  return {
    find: (question, limit = 10) => {
      const asked = askedWords(question)
      const found = met(index.search(asked), weightOf, new Set(tokensOf(asked)))
      return {
        services: likeliest(found, services).slice(0, limit),
        lifeEvents: likeliest(found, events).slice(0, 3),
      }
    },
  }
}

function phrasesOf(
  of: string,
  { name, says }: Pick<Entry, 'name' | 'says'>,
  summary: Text,
): Omit<Row, 'id'>[] {
  const called = [name.th, name.en, ...says.th, ...says.en].map((text) => ({ of, text, worth: 1 }))
  return [...called, ...[summary.th, summary.en].map((text) => ({ of, text, worth: summaryWorth }))]
}

type Weight = (token: string) => number

/** A piece that few rows have tells more than one that many have (inverse document frequency); one that none has, the most. */
function weights(rows: readonly Row[]): Weight {
  const counts = new Map<string, number>()
  for (const { text } of rows)
    for (const token of new Set(tokensOf(text))) counts.set(token, (counts.get(token) ?? 0) + 1)
  return (token) => Math.log(1 + rows.length / ((counts.get(token) ?? 0) + 0.5))
}

/** What the rows are of, each with the score of its best row. */
function met(
  found: readonly SearchResult[],
  weightOf: Weight,
  asked: ReadonlySet<string>,
): ReadonlyMap<string, number> {
  const sum = (tokens: Iterable<string>) => [...tokens].reduce((total, token) => total + weightOf(token), 0)
  const whole = sum(asked)
  const scores = new Map<string, number>()
  for (const { of, worth, score, queryTerms } of found) {
    if (sum(new Set(queryTerms)) / whole < leastMet) continue
    scores.set(String(of), Math.max(scores.get(String(of)) ?? 0, score * Number(worth)))
  }
  return scores
}

/** Of one kind, those that are not far behind the best. */
function likeliest<T>(scores: ReadonlyMap<string, number>, things: ReadonlyMap<string, T>): T[] {
  const found = [...scores].filter(([of]) => things.has(of))
  const best = Math.max(0, ...found.map(([, score]) => score))
  return found
    .filter(([, score]) => score >= best * leastOfBest)
    .sort(([, one], [, other]) => other - one)
    .flatMap(([of]) => things.get(of) ?? [])
}
