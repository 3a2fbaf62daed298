import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Language, Text } from '@sapan/kernel'
import type { ComponentChildren } from 'preact'
import type { FormPart } from './multipart.ts'

/** Forms are read and sent; programs also put and delete. */
export type SiteMethod = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** A request to a page, as its handler sees it. `Who` is what the site knows of the visitor. */
export interface SiteRequest<Who> {
  readonly method: SiteMethod
  /** The path as it was asked for, without what follows a question mark. */
  readonly path: string
  /** Of the route's path: `/me/consents/:consent` gives `consent`. */
  readonly parameters: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  /** The fields of a form that was sent; empty for GET. */
  readonly form: URLSearchParams
  /** The files of a form that was sent, by the names of their fields; only where the route takes any. */
  readonly files?: ReadonlyMap<string, FormPart>
  readonly language: Language
  readonly who: Who
  /** For how long it has been on its way through the site, in ms: it came so long ago. Absent where a test calls the handler. */
  readonly waited?: number
  /** What a program sent as `application/json`, as it came; only where the route is for machines. */
  readonly body?: Uint8Array
  /** A hidden field for every form that is sent with POST; the site refuses a form without it. */
  readonly formKey: ComponentChildren
  /** What the browser calls itself, of at most 200 letters. */
  readonly userAgent: string
  /** The visitor's address, as the operator's proxy tells it. */
  readonly address: string
  /** For what has to see the bare request (oidc-provider's interactions). Absent where a test calls the handler. */
  readonly raw?: { readonly request: IncomingMessage; readonly response: ServerResponse }
}

/** What every kind of answer may bring along. */
interface Accompanied {
  /** `Set-Cookie` lines, made by `SiteCookies.write`. */
  readonly cookies?: readonly string[]
}

/** A page inside the site's frame. */
export interface SitePage extends Accompanied {
  readonly kind: 'page'
  /** 200 by default. */
  readonly status?: number
  readonly title: string
  readonly body: ComponentChildren
  /** Names of scripts among the site's assets that add to the page; it works without them. */
  readonly scripts?: readonly string[]
  /**
   * Other origins to which a form of this page leads in the end (CSP `form-action`, which browsers also hold against
   * redirects): `https://app.example`. The site's own and `SiteOptions.formTargets` are allowed already.
   */
  readonly formTargets?: readonly string[]
}

/** Elsewhere: 303, so that a reload sends nothing twice. `to` is a path of this site, or an address that the handler made itself. */
export interface SiteRedirect extends Accompanied {
  readonly kind: 'redirect'
  readonly to: string
  /** The form that came is sent on there as it is (307), and not a page asked for. */
  readonly withForm?: boolean
}

/** A file to keep or to show, or data for a script. */
export interface SiteFile extends Accompanied {
  readonly kind: 'file'
  readonly status?: number
  readonly contentType: string
  /** Given: saved under this name, not shown. */
  readonly name?: string
  /** Others than the site's own, in lower case; they go before those. */
  readonly headers?: Readonly<Record<string, string>>
  readonly body: Uint8Array | string
}

/** The handler has answered on the bare response itself. */
export interface SiteAnswered {
  readonly kind: 'answered'
}

export type SiteAnswer = SitePage | SiteRedirect | SiteFile | SiteAnswered

/**
 * One address of a site. `needs` says what a visitor must be to come in: absent for everybody. What a need means, the
 * face decides that mounts the route (`admit`). A handler throws a `Problem` for what a visitor can cause.
 */
export interface SiteRoute<Who = unknown, Need = unknown> {
  readonly method: SiteMethod
  /** `/me/consents/:consent` */
  readonly path: string
  readonly needs?: Need
  /** Given: the form may be `multipart/form-data` and bring files, of so many bytes together. */
  readonly uploadBytes?: number
  /**
   * Called by programs, not by forms of this site: neither origin nor form key is asked for. The handler proves who calls.
   * May get JSON; problems are `application/problem+json`, whatever is accepted. Alone takes PUT and DELETE.
   */
  readonly machine?: boolean
  /**
   * With `machine` and `uploadBytes`: what is answered by the headers alone, before a body that is larger than a form without
   * files is read; undefined where it may come.
   */
  beforeBody?(
    request: Pick<SiteRequest<Who>, 'raw' | 'method' | 'path'>,
  ): Promise<SiteFile | undefined> | SiteFile | undefined
  handle(request: SiteRequest<Who>): Promise<SiteAnswer> | SiteAnswer
}

/** An entry of a face's menu, with the need without which it is not shown. */
export interface SiteLink<Need = unknown> {
  readonly path: string
  readonly text: Text
  readonly needs?: Need
}
