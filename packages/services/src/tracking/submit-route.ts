import { Problem } from '@sapan/kernel'
import { backLink, notification, type SiteAnswer } from '@sapan/ui'
import { h } from 'preact'
import { refuseOwn } from '../pages/form/applicant.ts'
import { filledInBy, ownerAt } from '../pages/form/opened.ts'
import { submit } from '../submission/submit.ts'
import { submitterOf } from '../submission/who.ts'
import type { TrackingOptions, TrackingRequest } from './options.ts'
import { waitsForOthers } from './waits-for-others.ts'

/** Below a draft: where what was sent to `submit` goes on once who sent it has proved anew that it is them. */
export const provedPath = 'submit/proved'

const words = {
  review: { th: 'กลับไปหน้าตรวจคำตอบ', en: 'Back to your answers' },
  notYet: { th: 'ยังยื่นไม่ได้', en: 'It was not handed in yet' },
  open: { th: 'ไปแก้', en: 'Mend it' },
  silentTitle: {
    th: 'ยังยื่นไม่ได้ เพราะทะเบียนไม่ตอบ',
    en: 'It was not handed in: a register does not answer',
  },
  silentAbout: {
    th: 'เราตรวจอำนาจทำการแทนกับทะเบียนทุกครั้งที่ยื่น จึงยังรับเรื่องนี้ไม่ได้',
    en: 'Each time something is handed in for another, the register is asked whether you may. So it could not be taken yet.',
  },
  silentKept: {
    th: 'คำตอบและไฟล์เก็บไว้ครบแล้ว ปิดหน้านี้ได้ พบแบบฟอร์มนี้ใน “เรื่องที่ฉันยื่น” เมื่อทำการในนามเดิม',
    en: 'Your answers and files are all kept. You can close this page: the form is among your applications, while you act in this name.',
  },
  silentNext: {
    th: 'ลองยื่นอีกครั้งในอีกสักครู่ จากหน้าตรวจคำตอบ',
    en: 'Try again in a while, from check-your-answers.',
  },
  applications: { th: 'เรื่องที่ฉันยื่น', en: 'My applications' },
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
  const { who, language, parameters, form, waited = 0 } = request
  const cameAt = ground.clock() - waited
  const { definition, owner, applicant } = await ownerAt({ ground }, who, service)
  refuseOwn(definition, who)
  const draft = filledInBy(applicant, await drafts.find(owner, parameters.draft ?? ''))
  const review = `/services/${service}/drafts/${draft.id}/review`
  if (draft.submitted) return { kind: 'redirect', to: `/me/applications/${draft.submitted.case}/receipt` }
  if (!form.get('declared')) return { kind: 'redirect', to: `${review}?unticked=declared` }
  const seen = Number(form.get('revision') ?? draft.revision)
  if (seen !== draft.revision) return { kind: 'redirect', to: review }
  const by = submitterOf(who, form.get('seal') !== null)
  try {
    const id = await submit(ground, drafts, { draft, who: by, language, cameAt })
    return { kind: 'redirect', to: `/me/applications/${id}/receipt` }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const { page } = error.extensions
    // The page of answers says why, and what to do instead.
    const isThere = ['application-incomplete', 'application-refused', 'application-once'].includes(error.code)
    if (isThere) return { kind: 'redirect', to: review }
    // Who signs jointly has proved lately that it is them: the form waits while they do.
    if (error.code === 'mandate-proof-stale')
      return { kind: 'redirect', to: `${review.slice(0, -'/review'.length)}/${provedPath}`, withForm: true }
    if (error.code === 'mandate-seal-needed') return { kind: 'redirect', to: `${review}?unticked=seal` }
    if (error.code === 'mandate-register-silent') return keptForLater(request, review, error)
    if (error.code === 'application-joint' && typeof page === 'string')
      return waitsForOthers(request, definition.name[language], { joint: page, back: review })
    if (typeof page !== 'string') throw error
    return refused(request, page, `${error.type.title[language]} ${error.type.next[language]}`)
  }
}

/** The register that says whether they may act is silent: nothing is lost, and nothing of it counts yet. */
function keptForLater({ language }: TrackingRequest, review: string, { detail, type }: Problem): SiteAnswer {
  const about = detail?.[language] ?? type.title[language]
  return {
    kind: 'page',
    status: 503,
    title: words.silentTitle[language],
    body: h(
      'div',
      { class: 'column' },
      backLink(review, language, words.review[language]),
      h('h1', null, words.silentTitle[language]),
      notification({ kind: 'warning', title: about, isNew: true }),
      h('p', null, words.silentAbout[language]),
      h('p', null, words.silentKept[language]),
      h('p', null, words.silentNext[language]),
      h('p', null, h('a', { href: '/me/applications' }, words.applications[language])),
    ),
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
      h('h1', null, words.notYet[language]),
      notification({ kind: 'danger', title: text, isNew: true }),
      h('p', null, h('a', { href: page }, words.open[language])),
    ),
  }
}
