import type { Level, Visitor } from '@sapan/identity'
import type { Drafts } from '../draft/draft.ts'
import type { Places } from '../form/places.ts'
import type { Country } from '../form/reading.ts'
import type { ServicesGround } from '../ground.ts'

/** The scope that a person agrees to, so that a program may apply for them. */
export const applicationsScope = 'applications'

/** A call of a person's or a company's own software. */
export interface ApiCall {
  readonly method: 'GET' | 'POST'
  /** Without a query. */
  readonly url: string
  readonly authorization: string | undefined
  readonly dpop: string | undefined
}

export interface ServicesApiOptions {
  readonly ground: ServicesGround
  readonly drafts: Drafts
  readonly places: Places
  readonly countries?: readonly Country[]
  /** Whose token it is; throws a Problem where there is none of a person with `applicationsScope`. */
  readonly authenticate: (call: ApiCall) => Promise<Visitor>
  readonly meets: (has: Level, needs: Level) => boolean
}
