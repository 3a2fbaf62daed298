import { Problem } from '@sapan/kernel'
import { backLink, notification, type SiteAnswer } from '@sapan/ui'
import { h } from 'preact'
import { submit } from '../submission/submit.ts'
import { partyOf } from '../submission/who.ts'
import type { TrackingOptions, TrackingRequest } from './options.ts'

const words = {
  declare: { th: 'ติ๊กรับรองว่าข้อมูลเป็นความจริงก่อนยื่น', en: 'Declare that it is true before you hand it in' },
  review: { th: 'กลับไปหน้าตรวจคำตอบ', en: 'Back to your answers' },
  open: { th: 'ไปแก้', en: 'Mend it' },
} as const

/**
 * Takes the form of check-your-answers. What stands against it is told on its own page with links; all else is the case's
 * confirmation, also where the form was sent before.
 */
export async function takeSubmission(
  { ground, drafts }: TrackingOptions,
  request: TrackingRequest,
  service: string,
): Promise<SiteAnswer> {
  const { who, language, parameters, form } = request
  const party = await partyOf(ground, who)
  const owner = { account: who.account, ...(party && { party }) }
  const draft = await drafts.find(owner, parameters.draft ?? '')
  const review = `/services/${service}/drafts/${draft.id}/review`
  if (draft.submitted) return { kind: 'redirect', to: `/me/applications/${draft.submitted.case}/receipt` }
  if (!form.get('declared')) return refused(request, review, words.declare[language])
  const seen = Number(form.get('revision') ?? draft.revision)
  if (seen !== draft.revision) return { kind: 'redirect', to: review }
  const { account, session, level, authenticatedAt } = who
  const by = { kind: 'applicant', account, session, level, authenticatedAt } as const
  const seal = form.get('seal') === null ? {} : { seal: true }
  try {
    const id = await submit(ground, drafts, { draft, who: { ...by, ...seal }, language })
    return { kind: 'redirect', to: `/me/applications/${id}/receipt` }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const { page } = error.extensions
    if (error.code === 'application-incomplete') return { kind: 'redirect', to: review }
    if (typeof page !== 'string') throw error
    return refused(request, page, `${error.type.title[language]} ${error.type.next[language]}`)
  }
}

function refused({ language }: TrackingRequest, page: string, text: string): SiteAnswer {
  return {
    kind: 'page',
    status: 422,
    title: text,
    body: h(
      'div',
      { class: 'column' },
      backLink(page, language, words.review[language]),
      h('h1', null, words.open[language]),
      notification({ kind: 'danger', title: text, isNew: true }),
      h('p', null, h('a', { href: page }, words.open[language])),
    ),
  }
}
