import type { Need, RelyingParty, Visitor } from '@sapan/identity'
import type { Language, Logger, Text } from '@sapan/kernel'
import type { Asset, Phase, SiteRoute, TagKind } from '@sapan/ui'
import type { ComponentChildren } from 'preact'

/** Who answers for the portal: shown where people read how to ask. */
export interface PortalOperator {
  readonly name: Text
  readonly email: string
  readonly phone?: string
  /** Where people may come or write to (PDPA section 23 (5)). */
  readonly address?: Text
  /** The data-protection officer's address (PDPA section 41). */
  readonly dataProtection: string
}

/** One of the rooms behind my page, on its overview. */
export interface PortalTile {
  readonly path: string
  readonly title: Text
  readonly about: Text
  /** What wants attention now. Where it throws, the tile is shown without. */
  state?(
    who: Visitor,
    language: Language,
  ): Promise<{ readonly text: string; readonly kind: TagKind } | undefined>
}

/** The portal's pages beyond the checker: with them people sign in, and have a page of their own. */
export interface PortalSiteOptions {
  /** `https://portal.example.go.th`, without a slash at the end. */
  readonly origin: string
  /** 32 random bytes that all processes of the portal share. */
  readonly cookieSecret: Uint8Array
  readonly relyingParty: RelyingParty
  /** Of the rooms behind my page: identity's, notices'. */
  readonly routes: readonly SiteRoute<Visitor, Need>[]
  /** Files that pages of these rooms load: identity's scripts for passkeys. */
  readonly assets?: ReadonlyMap<string, Asset>
  readonly tiles: readonly PortalTile[]
  /** What the first page begins with, where services are offered: their search; then `/services` is among the ways. */
  readonly home?: (language: Language) => ComponentChildren
  readonly operator: PortalOperator
  /** Addresses or networks of the operator's proxies. */
  readonly proxies?: readonly string[]
}

export interface PortalSiteSetting extends PortalSiteOptions {
  readonly log: Logger
  readonly phase?: Phase | undefined
  /** The folder `docs/problems/`, with its slash at the end. */
  readonly docs: URL
}

/** The prefix of the portal's cookies; the relying party's are made with it too. */
export const portalCookies = 'sapan-portal'
