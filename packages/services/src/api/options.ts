import type { Level, Visitor } from '@sapan/identity'
import type { Text } from '@sapan/kernel'
import type { SiteMethod } from '@sapan/ui'
import type { Drafts } from '../draft/draft.ts'
import type { FileScanner } from '../draft/upload/scanner.ts'
import type { Places } from '../form/places.ts'
import type { Country } from '../form/reading.ts'
import type { ServicesGround } from '../ground.ts'

/** The scope that a person agrees to, so that a program may apply for them. */
export const applicationsScope = 'applications'

/** A call of a person's or a company's own software. */
export interface ApiCall {
  readonly method: SiteMethod
  /** Without a query. */
  readonly url: string
  readonly authorization: string | undefined
  readonly dpop: string | undefined
}

/** Whose program calls, and which. */
export type ApiCaller = Visitor & {
  /** The client's id. */
  readonly client: string
}

/** Why a call is nobody's (RFC 6750 §3.1). */
export type ApiRefusal = 'token-missing' | 'token-invalid' | 'scope-missing'

export interface ServicesApiOptions {
  readonly ground: ServicesGround
  readonly drafts: Drafts
  readonly places: Places
  readonly countries?: readonly Country[]
  /** Looks at files that are sent; the built-in check always comes first. */
  readonly scanner?: FileScanner
  /** Of an event of life, by its code. */
  readonly eventName?: (code: string) => Text | undefined
  /** Who gives out tokens: `https://id.example.go.th`. */
  readonly issuer: string
  /** Whose token it is: of a person, with `applicationsScope`. */
  readonly authenticate: (call: ApiCall) => Promise<ApiCaller | ApiRefusal>
  readonly meets: (has: Level, needs: Level) => boolean
  /** The `acr` of a level, with which a program asks for it. */
  readonly acrOf: (level: Level) => string
}
