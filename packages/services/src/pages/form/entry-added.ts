import type { Language } from '@sapan/kernel'
import type { SiteRedirect } from '@sapan/ui'
import type { ComponentChild } from 'preact'
import type { FormPage } from '../../definition/form.ts'
import { askedNowNotice } from './conflict.ts'
import type { FormRequest, OpenedDraft } from './options.ts'

/** How a new entry goes on that was kept: with what is wrong in it, or with what it asks now. */
const added = { wrong: 'wrong', asks: 'asks' } as const

/**
 * To the address of a new entry that was kept and is not whole: who stayed at `new` and typed it again would have two. What
 * is wrong goes along as it was typed (307); where something is only asked now, all of it is kept already.
 */
export function toEntryAdded(
  { base }: Pick<OpenedDraft, 'base'>,
  { page, item = 0 }: { readonly page: FormPage; readonly item?: number },
  { form, isWrong }: { readonly form: URLSearchParams; readonly isWrong: boolean },
): SiteRedirect {
  const query = new URLSearchParams({ added: isWrong ? added.wrong : added.asks })
  if (form.get('from') === 'review') query.set('from', 'review')
  const to = `${base}/pages/${page.id}/${item + 1}?${query}`
  return { kind: 'redirect', to, ...(isWrong && { withForm: true }) }
}

/** Whether a form was sent as a new entry, and on to the address of what was kept of it. */
export function isAdded({ query }: Pick<FormRequest, 'query'>): boolean {
  return query.get('added') === added.wrong
}

/** Above an entry that was just added: that it asks for more now. */
export function addedNotice({ query }: Pick<FormRequest, 'query'>, language: Language): ComponentChild {
  return query.get('added') === added.asks ? askedNowNotice(language) : null
}
