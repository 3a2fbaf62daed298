import { Problem } from '@sapan/kernel'
import type { SiteAnswer } from '@sapan/ui'
import type { DraftContent } from '../../application/application.ts'
import type { FormPage } from '../../definition/form.ts'
import type { Draft, NewFile } from '../../draft/draft.ts'
import { isFile } from '../../draft/files.ts'
import { type PageRead, readPage } from '../../form/read-page.ts'
import { applyFacts } from '../../prefill/apply.ts'
import { askedNowNotice, conflictNotice, goneNotice } from './conflict.ts'
import { entriesOf, entryAt, isSameEntry, placeEntry, seenDigest } from './entry.ts'
import { isAdded, toEntryAdded } from './entry-added.ts'
import { nextAfter } from './next.ts'
import { type FormPagesOptions, type FormRequest, type OpenedDraft, readingContext } from './options.ts'
import { takeStep } from './place-choice.ts'
import { asked, questionPage } from './question-page.ts'
import { type TakenFiles, takeFiles } from './take-files.ts'

/** A page that was sent: its entry is a number from 0, or `new`. */
export interface Sending {
  readonly page: FormPage
  readonly item?: number | 'new'
}

/**
 * Takes a page that was sent. What is right is saved at once, what is wrong is shown again as it was typed; sent twice, it
 * counts once; and where another window saved something else since, both are shown.
 */
export async function takePage(
  options: FormPagesOptions,
  request: FormRequest,
  opened: OpenedDraft,
  sending: Sending,
): Promise<SiteAnswer> {
  const step = request.form.get('place')
  if (step !== null) {
    const typed = takeStep(request.form, step)
    return questionPage(options, request, { opened, ...placed(opened, sending), typed })
  }
  const files = await takeFiles(options, request, opened, sending.page)
  return await new Taking(options, request, { sending, files }).take(opened)
}

/** Where the entry is to lie: a new one behind the others. */
function placed({ draft }: OpenedDraft, { page, item }: Sending): { page: FormPage; item?: number } {
  if (page.repeat === undefined) return { page }
  return { page, item: typeof item === 'number' ? item : entriesOf(draft.content, page).length }
}

class Taking {
  readonly #options: FormPagesOptions
  readonly #request: FormRequest
  readonly #sending: Sending
  readonly #files: TakenFiles

  constructor(
    options: FormPagesOptions,
    request: FormRequest,
    sent: { sending: Sending; files: TakenFiles },
  ) {
    this.#options = options
    this.#request = request
    this.#sending = sent.sending
    this.#files = sent.files
  }

  /** Once more where somebody else saved meanwhile: then it is seen whether that was the same page. */
  async take(opened: OpenedDraft, tries = 5): Promise<SiteAnswer> {
    try {
      return await this.#once(opened)
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'draft-changed' || tries === 0) throw error
      const draft = await this.#options.drafts.find(opened.owner, opened.draft.id)
      return await this.take({ ...opened, draft }, tries - 1)
    }
  }

  async #once(opened: OpenedDraft): Promise<SiteAnswer> {
    const { page } = this.#sending
    const found = this.#place(opened)
    if (found === 'same') return this.#onward(opened)
    const at = { page, ...(found.item === undefined ? {} : { item: found.item }) }
    const read = this.#read(opened, at)
    const typed = this.#request.form
    if (found.kind === 'conflict') {
      const { base } = opened
      const notice =
        found.why === 'gone'
          ? goneNotice(this.#request.language)
          : conflictNotice(
              { language: this.#request.language, places: this.#options.places },
              { opened, ...at, typed: read.content, base },
            )
      return questionPage(this.#options, this.#request, { opened, ...at, typed, notice, status: 409 })
    }
    return await this.#keep(opened, at, read)
  }

  #read({ definition, draft, today }: OpenedDraft, at: { page: FormPage; item?: number }): PageRead {
    const context = readingContext(this.#options, this.#request, today)
    const sent = { ...at, form: this.#request.form, files: this.#files.results }
    return readPage(definition, draft.content, sent, context)
  }

  /** Where what was sent belongs now; `same` where it is there already. */
  #place(
    opened: OpenedDraft,
  ):
    | 'same'
    | { readonly kind: 'found'; readonly item?: number }
    | { readonly kind: 'conflict'; readonly item?: number; readonly why: 'changed' | 'gone' } {
    const { page, item } = this.#sending
    const { draft } = opened
    const seen = this.#request.form.get('seen') ?? ''
    if (page.repeat === undefined) {
      const now = entryAt(draft.content, page)
      if (seenDigest(draft.id, now) === seen) return { kind: 'found' }
      const sent = entryAt(this.#read(opened, { page }).content, page)
      return isSameEntry(now, sent) ? 'same' : { kind: 'conflict', why: 'changed' }
    }
    const entries = entriesOf(draft.content, page)
    const sent = entryAt(this.#read(opened, { page, item: entries.length }).content, page, entries.length)
    const isThere = entries.some((_, at) => isSameEntry(entryAt(draft.content, page, at), sent))
    if (item === 'new' || item === undefined) {
      const isStale = seenDigest(draft.id, entries) !== seen
      return isStale && isThere ? 'same' : { kind: 'found', item: entries.length }
    }
    if (isAdded(this.#request) && this.#isAsKept(opened, { page, item })) return { kind: 'found', item }
    const place = placeEntry(draft.id, entries, item, seen)
    if (place.kind === 'found') return place
    if (isThere) return 'same'
    return place.kind === 'gone'
      ? { kind: 'conflict', item: entries.length, why: 'gone' }
      : { kind: 'conflict', item: place.item, why: 'changed' }
  }

  /** Whether what was sent is what that entry holds; a file that came twice is two. */
  #isAsKept(opened: OpenedDraft, at: { page: FormPage; item: number }): boolean {
    const [sent = [], kept = []] = [this.#read(opened, at).content, opened.draft.content].map((content) =>
      Object.entries(entryAt(content, at.page, at.item)).filter(([, value]) => !isFile(value)),
    )
    return isSameEntry(Object.fromEntries(sent), Object.fromEntries(kept))
  }

  /** Saves what is right, also where the rest is wrong: a file that was sent once need not be sent again. */
  async #keep(
    opened: OpenedDraft,
    at: { page: FormPage; item?: number },
    read: PageRead,
  ): Promise<SiteAnswer> {
    const { form } = this.#request
    const { page } = at
    const isEmpty =
      page.repeat !== undefined && Object.keys(entryAt(read.content, page, at.item)).length === 0
    const isLater = form.get('after') === 'later'
    const next = isEmpty && read.errors.length > 0 ? opened : await this.#save(opened, read.content)
    if (isLater) return { kind: 'redirect', to: opened.base }
    if (read.errors.length === 0 && !this.#files.isRemoval) return this.#onward(next)
    const errors = this.#files.isRemoval ? [] : this.#ofShown(opened, at, read.errors)
    if (this.#sending.item === 'new' && next !== opened)
      return toEntryAdded(next, at, { form, isWrong: errors.length > 0 })
    const shown = { opened: next, ...at, typed: form, errors }
    if (errors.length > 0) return questionPage(this.#options, this.#request, { ...shown, status: 422 })
    const notice = this.#files.isRemoval ? null : askedNowNotice(this.#request.language)
    return questionPage(this.#options, this.#request, { ...shown, notice })
  }

  /** What an answer on the page brings up was not there to be answered: it is asked now, and not wrong yet. */
  #ofShown(
    opened: OpenedDraft,
    at: { page: FormPage; item?: number },
    errors: PageRead['errors'],
  ): PageRead['errors'] {
    const { fields } = asked(this.#options, this.#request, { opened, ...at })
    return errors.filter(({ field }) => fields.some(({ id }) => id === field))
  }

  async #save(opened: OpenedDraft, content: DraftContent): Promise<OpenedDraft> {
    const { definition, draft } = opened
    const filled = applyFacts(definition, content)
    const named = this.#files.added.filter(({ answer }) => JSON.stringify(filled.answers).includes(answer.id))
    return {
      ...opened,
      draft: await this.#options.drafts.save(draft, filled, savingOf(draft, filled, definition, named)),
    }
  }

  #onward(opened: OpenedDraft): SiteAnswer {
    const { page } = this.#sending
    const { form } = this.#request
    if (form.get('after') === 'later') return { kind: 'redirect', to: opened.base }
    if (page.repeat !== undefined)
      return { kind: 'redirect', to: `${opened.base}/pages/${page.id}${fromReview(form)}` }
    return { kind: 'redirect', to: nextAfter(opened, page, form.get('from') === 'review') }
  }
}

export function fromReview(form: URLSearchParams): string {
  return form.get('from') === 'review' ? '?from=review' : ''
}

/** What a newer version asked anew is told until the pages that ask it are done. */
export function savingOf(
  { moved }: Draft,
  { done }: DraftContent,
  { form }: OpenedDraft['definition'],
  files: readonly NewFile[] = [],
) {
  if (moved === undefined) return { files }
  const left = form.pages.some(
    (page) => !done.includes(page.id) && page.fields.some(({ id }) => moved.anew.includes(id)),
  )
  return left ? { files } : { files, moved: null }
}
