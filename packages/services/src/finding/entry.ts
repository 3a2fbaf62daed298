import type { Text } from '@sapan/kernel'
import type { Audience, ServiceChannel, ServiceDefinition } from '../definition/definition.ts'

/** A service that is applied for elsewhere: people find out here what it is, who gives it and where to go. */
export interface ListedService {
  readonly id: string
  readonly name: Text
  readonly summary: Text
  /** Who gives it, in words: it need not be a member. */
  readonly owner: Text
  readonly says: { readonly th: readonly string[]; readonly en: readonly string[] }
  readonly audience: readonly Audience[]
  readonly lifeEvents: readonly string[]
  readonly channels: readonly ServiceChannel[]
  /** Of the agency, where one can apply or read more. */
  readonly address?: string
}

/** Something that happens in a life or a company's, for which services are needed. */
export interface LifeEvent {
  /** `birth`: in addresses. */
  readonly code: string
  readonly name: Text
  readonly about: Text
  readonly audience: readonly Audience[]
  /** What people call it. */
  readonly says: { readonly th: readonly string[]; readonly en: readonly string[] }
}

/** What can be found: services of both kinds, as lists show them. */
export interface Entry {
  readonly id: string
  readonly name: Text
  readonly summary: Text
  readonly owner: Text
  readonly says: { readonly th: readonly string[]; readonly en: readonly string[] }
  readonly audience: readonly Audience[]
  readonly lifeEvents: readonly string[]
  /** Set where one can apply here. */
  readonly definition?: ServiceDefinition
  readonly listed?: ListedService
}

/** The entry of a service that one can apply for here. */
export function entryOf(definition: ServiceDefinition, owner: Text): Entry {
  const { id, name, summary, says, audience, lifeEvents } = definition
  return { id, name, summary, owner, says, audience, lifeEvents, definition }
}

export function listedEntry(listed: ListedService): Entry {
  const { id, name, summary, owner, says, audience, lifeEvents } = listed
  return { id, name, summary, owner, says, audience, lifeEvents, listed }
}
