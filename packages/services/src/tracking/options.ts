import type { Need, Visitor } from '@sapan/identity'
import type { SiteRequest } from '@sapan/ui'
import type { Drafts } from '../draft/draft.ts'
import type { FileScanner } from '../draft/upload/scanner.ts'
import type { Places } from '../form/places.ts'
import type { Country } from '../form/reading.ts'
import type { ServicesGround } from '../ground.ts'

/** What the pages of a person's applications stand on. */
export interface TrackingOptions {
  readonly ground: ServicesGround
  readonly drafts: Drafts
  readonly needs: Need
  /** Names the places of addresses in the page's language. */
  readonly places: Places
  /** Countries by ISO 3166-1 by default. */
  readonly countries?: readonly Country[]
  /** Looks at files that come with a reply; the built-in check always comes first. */
  readonly scanner?: FileScanner
  /** The page of a payment: `/me/payments/<id>` by default. */
  readonly paymentPage?: (id: string) => string
}

export type TrackingRequest = SiteRequest<Visitor>
