import type { Language, Text } from '@sapan/kernel'
import type { ComponentChildren } from 'preact'

/** A request to a page, as its handler sees it. `Who` is what the site knows of the visitor. */
export interface SiteRequest<Who> {
  readonly method: 'GET' | 'POST'
  /** The path as it was asked for, without what follows a question mark. */
  readonly path: string
  /** Of the route's path: `/me/consents/:consent` gives `consent`. */
  readonly parameters: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  /** The fields of a form that was sent (`application/x-www-form-urlencoded`); empty for GET. */
  readonly form: URLSearchParams
  /** Files of a form that was sent (`multipart/form-data`), by field; only where the route takes files. */
  readonly files?: ReadonlyMap<string, SiteUpload>
  readonly language: Language
  readonly who: Who
  /** A hidden field for every form that is sent with POST; the site refuses a form without it. */
  readonly formKey: ComponentChildren
  /** What the browser calls itself, of at most 200 letters. */
  readonly userAgent: string
  /** The visitor's address, as the operator's proxy tells it. */
  readonly address: string
}

/** A file that a visitor sent. Its name is what the visitor's browser says: never a path of ours. */
export interface SiteUpload {
  readonly name: string
  readonly bytes: Uint8Array
}

/** A page inside the site's frame. */
export interface SitePage {
  readonly kind: 'page'
  /** 200 by default. */
  readonly status?: number
  readonly title: string
  readonly body: ComponentChildren
  /** Names of scripts among the site's assets that add to the page; it works without them. */
  readonly scripts?: readonly string[]
}

/** Elsewhere: 303, so that a reload sends nothing twice. `to` is a path of this site, or an address that the handler made itself. */
export interface SiteRedirect {
  readonly kind: 'redirect'
  readonly to: string
}

/** A file to keep or to show, or data for a script. */
export interface SiteFile {
  readonly kind: 'file'
  readonly status?: number
  readonly contentType: string
  /** Given: saved under this name, not shown. */
  readonly name?: string
  readonly body: Uint8Array | string
}

export type SiteAnswer = SitePage | SiteRedirect | SiteFile

/**
 * One address of a site. `needs` says what a visitor must be to come in: absent for everybody. What a need means, the
 * face decides that mounts the route (`admit`). A handler throws a `Problem` for what a visitor can cause.
 */
export interface SiteRoute<Who = unknown, Need = unknown> {
  readonly method: 'GET' | 'POST'
  /** `/me/consents/:consent` */
  readonly path: string
  readonly needs?: Need
  /** The form may bring files (`multipart/form-data`), of so many bytes together with its fields; other routes refuse it. */
  readonly takesFiles?: { readonly mostBytes: number }
  handle(request: SiteRequest<Who>): Promise<SiteAnswer> | SiteAnswer
}

/** An entry of a face's menu, with the need without which it is not shown. */
export interface SiteLink<Need = unknown> {
  readonly path: string
  readonly text: Text
  readonly needs?: Need
}
