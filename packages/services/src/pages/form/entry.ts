import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { JsonValue } from '@sapan/casework'
import { canonicalJson } from '@sapan/kernel'
import type { DraftContent } from '../../application/application.ts'
import type { FormPage } from '../../definition/form.ts'
import { isObject } from '../../form/write-field.ts'

export type Entry = Readonly<Record<string, JsonValue>>

/** The entries of a repeated page. */
export function entriesOf({ answers }: Pick<DraftContent, 'answers'>, { id }: FormPage): readonly Entry[] {
  const list = answers[id]
  return Array.isArray(list) ? list.filter(isObject) : []
}

/** What a page, or one entry of a repeated one, holds: only its own fields. */
export function entryAt(content: Pick<DraftContent, 'answers'>, page: FormPage, item?: number): Entry {
  const from = page.repeat === undefined ? content.answers : (entriesOf(content, page)[item ?? -1] ?? {})
  return Object.fromEntries(
    page.fields.flatMap(({ id }): [string, JsonValue][] => (from[id] === undefined ? [] : [[id, from[id]]])),
  )
}

/**
 * What a page looked like when it was shown, as a short text that its form carries: by it is known that somebody saved
 * something else since. Bound to the draft; nobody else ever sees it.
 */
export function seenDigest(draft: string, entry: Entry | readonly Entry[]): string {
  const text = canonicalJson(JSON.parse(JSON.stringify(entry)))
  return createHash('sha256').update(`${draft}\n${text}`).digest('base64url').slice(0, 22)
}

/** Which entry a form is about, wherever it has moved since the form was shown. */
export type EntryPlace =
  | { readonly kind: 'found'; readonly item: number }
  /** Somebody saved something else in it. */
  | { readonly kind: 'changed'; readonly item: number }
  | { readonly kind: 'gone' }

export function placeEntry(
  draft: string,
  entries: readonly Entry[],
  asked: number,
  seen: string,
): EntryPlace {
  const isSeen = (entry: Entry | undefined): boolean =>
    entry !== undefined && seenDigest(draft, entry) === seen
  if (isSeen(entries[asked])) return { kind: 'found', item: asked }
  const moved = entries.findIndex(isSeen)
  if (moved >= 0) return { kind: 'found', item: moved }
  return asked < entries.length ? { kind: 'changed', item: asked } : { kind: 'gone' }
}

export function isSameEntry(a: Entry, b: Entry): boolean {
  return isDeepStrictEqual(a, b)
}
