import { readFileSync } from 'node:fs'
import {
  type Application,
  applyFacts,
  openProblems,
  type ServiceDefinition,
  visiblePages,
} from '@sapan/services'
import { accountOf, uuid } from '../identity/people.ts'
import { nationalIdOf } from '../identity/population.ts'
import type { ServicesHouse } from './house.ts'

type Content = Omit<
  Application,
  'service' | 'version' | 'digest' | 'draft' | 'language' | 'calculated' | 'submittedAt'
>

export type Field = ServiceDefinition['form']['pages'][number]['fields'][number]

/** What everybody hands in. Data, since no code names a service. */
export interface Filing {
  readonly service: string
  /** The page of its form that is measured. */
  readonly page: string
  readonly facts: Readonly<Record<string, Exclude<Content['facts'][string]['data'], undefined>>>
  /** What the person types. */
  readonly typed: Content['answers']
}

export const filing = JSON.parse(readFileSync(new URL('filing.json', import.meta.url), 'utf8')) as Filing

/** A form filled in by registers and its person, ready to be handed in. Throws where something stands against it. */
export function filledIn({ ground }: Pick<ServicesHouse, 'ground'>): {
  readonly definition: ServiceDefinition
  readonly content: Content
} {
  const definition = ground.definitions.find(filing.service)
  if (definition === undefined) throw new Error(`nobody gives ${filing.service}`)
  const today = ground.days.dateOf(ground.clock())
  const facts = Object.entries(filing.facts).map(([id, data]) => [
    id,
    { state: 'fetched' as const, askedAt: ground.clock(), agreed: true, data },
  ])
  const empty = {
    applicant: applicantOf(0),
    answers: {},
    facts: Object.fromEntries(facts),
    marks: {},
    done: [],
  }
  const prefilled = applyFacts(definition, empty)
  const content = { ...prefilled, answers: { ...prefilled.answers, ...filing.typed } }
  const done = visiblePages(definition, content, today).map(({ page }) => page.id)
  const whole = { ...content, done }
  const open = openProblems(definition, whole, today)
  if (open.length > 0)
    throw new Error(
      `the form cannot be handed in: ${open.map(({ field, text }) => `${field}: ${text.en}`).join('; ')}`,
    )
  return { definition, content: whole }
}

export function applicantOf(person: number): Content['applicant'] {
  return {
    account: accountOf(person),
    kind: 'person',
    id: nationalIdOf(person),
    scheme: 'national-id',
    name: { th: 'สมหญิง ใจดี', en: 'Somying Jaidee' },
  }
}

/** The id of the draft that a person has. */
export function draftOf(person: number): string {
  return uuid('draft', person)
}
