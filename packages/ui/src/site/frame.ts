import type { Language } from '@sapan/kernel'
import type { ComponentChildren } from 'preact'

/** A page for the frame of a face to be put around. */
export interface FramedPage<Who> {
  readonly language: Language
  readonly title: string
  readonly body: ComponentChildren
  /** The same page in each language. */
  readonly languages: Readonly<Record<Language, string>>
  /** Where the visitor is: the path without what follows a question mark. */
  readonly path: string
  /** Undefined where it is not known, as on the page of a problem that came before. */
  readonly who: Who | undefined
  /** A hidden field for the frame's own forms (sign out). */
  readonly formKey: ComponentChildren
  /** Addresses of scripts that add to the page. */
  readonly scripts: readonly string[]
  /** More in the head, of this page alone: a style sheet. */
  readonly head?: ComponentChildren
}

/** A page that a face answers beside the routes of its site, for the site's frame. */
export type PageBeside = Pick<FramedPage<unknown>, 'title' | 'body' | 'languages' | 'scripts' | 'head'>

/** What stands around such a page for one visitor. */
export interface Surroundings {
  readonly language: Language
  /** `Set-Cookie` lines that go along with the answer. */
  readonly cookies: readonly string[]
  /** Where its forms may lead beside here (CSP `form-action`). */
  readonly formTargets: readonly string[]
  /** The whole HTML document. */
  frame(page: PageBeside): string
}

/** Makes the whole HTML document. */
export type SiteFrame<Who> = (page: FramedPage<Who>) => string
