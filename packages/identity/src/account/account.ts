import type { Language, PoolClient, Text } from '@sapan/kernel'
import type { Identifier, Scheme } from './identifier.ts'
import { seenName } from './seen-name.ts'

/** One human being, whatever they come as. */
export interface Account {
  readonly id: string
  readonly state: 'open' | 'frozen' | 'closed'
  readonly language: Language
  /** What proofing has reached: a code of the country's list. */
  readonly ial: string
  /** Milliseconds since 1970. */
  readonly createdAt: number
  /** Given name and family name out of the profile; empty where they are not known. */
  readonly name: Text
}

/** What is known of the person, and where from. */
export interface Profile {
  readonly givenName: Text
  readonly familyName: Text
  /** ISO 8601, of the Gregorian calendar: `1997-02-28`. */
  readonly birthDate?: string
  readonly sex?: string
  /** ISO 3166-1 alpha-3. */
  readonly nationality?: string
  /** The member or provider that said it: `TH/GOV/DOPA`. */
  readonly source: string
  /** Milliseconds since 1970. */
  readonly fetchedAt: number
}

export interface OwnIdentifier extends Identifier {
  readonly proved: boolean
}

/** The accounts of a country. Whatever takes a client runs in the transaction of its caller. */
export interface Accounts {
  /** A new account of the lowest level, without any way to sign in. `id` where it was promised before: a UUID. */
  create(client: PoolClient, by: { readonly language: Language; readonly id?: string }): Promise<Account>
  find(id: string): Promise<Account | undefined>
  /** By what was proved; what was only said finds nobody. A value that is no identifier finds nobody either. */
  findByIdentifier(scheme: Scheme, value: string): Promise<Account | undefined>
  /** Adds an identifier as proved, in place of the account's former one of the scheme. Throws `identifier-taken`, `identifier-invalid`. */
  prove(client: PoolClient, accountId: string, identifier: Identifier): Promise<void>
  /** Adds an identifier that the person only says to have. One that is proved stays. Throws `identifier-invalid`. */
  say(client: PoolClient, accountId: string, identifier: Identifier): Promise<void>
  /** Takes an identifier away; one that is not there changes nothing. */
  forget(client: PoolClient, accountId: string, scheme: Scheme): Promise<void>
  identifiersOf(id: string): Promise<readonly OwnIdentifier[]>
  profileOf(id: string): Promise<Profile | undefined>
  /** Replaces the profile. */
  saveProfile(client: PoolClient, id: string, profile: Profile): Promise<void>
  /** Raises the identity assurance level; one that is not higher changes nothing. Throws `account-not-found`. */
  raiseIal(client: PoolClient, id: string, ial: string): Promise<void>
  speak(client: PoolClient, id: string, language: Language): Promise<void>
  /** Throws `account-not-found`. */
  setState(client: PoolClient, id: string, state: Account['state']): Promise<void>
}

/** A person's name as people say it, without what cannot be seen; empty where nothing is known. */
export function nameOf(profile: Profile | undefined): Text {
  if (profile === undefined) return { th: '', en: '' }
  const { givenName, familyName } = profile
  return {
    th: seenName(`${givenName.th} ${familyName.th}`),
    en: seenName(`${givenName.en} ${familyName.en}`),
  }
}
