import type { Need, Visitor } from '@sapan/identity'
import type { SiteRequest } from '@sapan/ui'
import type { PlaceNames } from '../application/address-text.ts'
import type { Drafts } from '../draft/draft.ts'
import type { ServicesGround } from '../ground.ts'

/** What the pages of a person's applications stand on. */
export interface TrackingOptions {
  readonly ground: ServicesGround
  readonly drafts: Drafts
  readonly needs: Need
  /** Names the places of addresses in the page's language. */
  readonly places: PlaceNames
  /** The page of a payment: `/me/payments/<id>` by default. */
  readonly paymentPage?: (id: string) => string
}

export type TrackingRequest = SiteRequest<Visitor>
