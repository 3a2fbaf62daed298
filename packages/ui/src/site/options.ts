import type { Logger } from '@sapan/kernel'
import type { Asset } from '../assets.ts'
import type { SiteFrame } from './frame.ts'
import type { SiteRoute } from './route.ts'
import type { Admit } from './visit.ts'

export interface SiteOptions<Who, Need> {
  /** Where the site is: `https://portal.example.go.th`, without a slash at the end. */
  readonly origin: string
  /** What the names of its cookies begin with, of its own: `sapan-portal`. */
  readonly cookiePrefix: string
  /** Of the keys of its forms; 32 random bytes that all processes of the site share. */
  readonly cookieSecret: Uint8Array
  readonly frame: SiteFrame<Who>
  readonly routes: readonly SiteRoute<Who, Need>[]
  readonly admit: Admit<Who, Need>
  /** Files beside those of the frame, by path; `SitePage.scripts` names them below `/assets/`. */
  readonly assets?: ReadonlyMap<string, Asset>
  /** Other origins to which every page's forms may lead: the issuer, for who has to prove more. */
  readonly formTargets?: readonly string[]
  /** Addresses or networks of the operator's proxies (`10.0.0.0/8`): what others say of whom they pass on is not believed. */
  readonly proxies?: readonly string[]
  /** More headers of every page and file, by who is there. */
  headersOf?(who: Who | undefined): Readonly<Record<string, string>>
  readonly log: Logger
  readonly limits?: {
    /** Bytes of a form without files; 65,536 by default. */
    readonly formBytes?: number
    /** Requests that are answered at once; 1,000 by default. Beyond, pages are not opened, and what is sent still is taken. */
    readonly atOnce?: number
  }
}
