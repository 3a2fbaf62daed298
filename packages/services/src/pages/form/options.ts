import type { Visitor } from '@sapan/identity'
import type { SiteRequest } from '@sapan/ui'
import type { ServiceDefinition } from '../../definition/definition.ts'
import type { Draft, DraftOwner, Drafts } from '../../draft/draft.ts'
import type { FileScanner } from '../../draft/upload/scanner.ts'
import type { Places } from '../../form/places.ts'
import type { Country, ReadingContext } from '../../form/reading.ts'
import type { ServicesGround } from '../../ground.ts'

/** What the pages of forms stand on. */
export interface FormPagesOptions {
  readonly ground: Pick<
    ServicesGround,
    'clock' | 'days' | 'log' | 'definitions' | 'memberName' | 'lawName' | 'pool' | 'hashKey'
  > & {
    readonly cases: Pick<ServicesGround['cases'], 'byId'>
    readonly rooms: Pick<ServicesGround['rooms'], 'accounts'> & {
      readonly mandates: Pick<ServicesGround['rooms']['mandates'], 'own' | 'of'>
    }
  }
  readonly drafts: Drafts
  readonly places: Places
  /** Countries by ISO 3166-1 by default. */
  readonly countries?: readonly Country[]
  /** Looks at files that are sent; the built-in check always comes first. */
  readonly scanner?: FileScanner
}

/** A draft as a page sees it: with the definition under which it stands now. */
export interface OpenedDraft {
  readonly definition: ServiceDefinition
  readonly draft: Draft
  readonly owner: DraftOwner
  /** `2026-11-22`, in the country's time. */
  readonly today: string
  /** The task list's address, below which all others lie. */
  readonly base: string
}

export type FormRequest = SiteRequest<Visitor>

export function readingContext(
  { places, countries = [] }: FormPagesOptions,
  { language }: Pick<FormRequest, 'language'>,
  today: string,
): ReadingContext & { readonly today: string } {
  return { places, countries, language, today }
}
