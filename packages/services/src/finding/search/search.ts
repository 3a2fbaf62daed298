import type { Language } from '@sapan/kernel'
import MiniSearch, { type SearchResult } from 'minisearch'
import type { Catalogue } from '../catalogue.ts'
import type { Entry, LifeEvent } from '../entry.ts'
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

interface Row {
  readonly key: string
  readonly name: string
  readonly says: string
  readonly summary: string
}

/** So much of a question (by the weight of nothing but number) has to be met for an answer to be one. */
const leastMet = 0.15
/** What scores less than this share of the best is no answer beside it. */
const leastOfBest = 0.3

/** An index in memory: even a whole country has some thousands of services. */
export function createSearch({ entries, lifeEvents }: Pick<Catalogue, 'entries' | 'lifeEvents'>): Search {
  const index = new MiniSearch<Row>({
    idField: 'key',
    fields: ['name', 'says', 'summary'],
    tokenize: tokensOf,
    processTerm: (term) => term,
    searchOptions: { boost: { name: 3, says: 3, summary: 1 } },
  })
  index.addAll([
    ...entries.map((entry) => row(`service ${entry.id}`, entry, entry.summary)),
    ...lifeEvents.map((event) => row(`event ${event.code}`, event, event.about)),
  ])
  const services = new Map(entries.map((entry) => [`service ${entry.id}`, entry]))
  const events = new Map(lifeEvents.map((event) => [`event ${event.code}`, event]))
  return {
    find: (question, limit = 10) => {
      const keys = keysOf(index.search(question), new Set(tokensOf(question)).size)
      return {
        services: keys.flatMap((key) => services.get(key) ?? []).slice(0, limit),
        lifeEvents: keys.flatMap((key) => events.get(key) ?? []).slice(0, 3),
      }
    },
  }
}

function row(key: string, named: Pick<Entry, 'name' | 'says'>, about: Record<Language, string>): Row {
  const { name, says } = named
  return {
    key,
    name: `${name.th}\n${name.en}`,
    says: [...says.th, ...says.en].join('\n'),
    summary: `${about.th}\n${about.en}`,
  }
}

function keysOf(found: readonly SearchResult[], tokens: number): string[] {
  const [best] = found
  if (best === undefined) return []
  return found
    .filter(({ queryTerms, score }) => {
      const met = new Set(queryTerms).size / tokens
      return met >= leastMet && score >= best.score * leastOfBest
    })
    .map(({ id }) => String(id))
}
