import type { Values } from '@sapan/cel'
import type { Language } from '@sapan/kernel'
import { linkButton, notification } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { lawText } from '../../application/law-text.ts'
import { judge } from '../../eligibility/judge.ts'
import { appliedBefore, onceOf } from '../../submission/once.ts'
import { submissionProblems } from '../../submission/problems.ts'
import type { FormPagesOptions, OpenedDraft } from './options.ts'
import { formWords as words } from './words.ts'

/** Why it would be refused if it were handed in as it is, and what to do instead; undefined where it would not. */
export async function refusalNote(
  { ground }: Pick<FormPagesOptions, 'ground'>,
  { definition, draft }: Pick<OpenedDraft, 'definition' | 'draft'>,
  values: Values,
  language: Language,
): Promise<ComponentChild | undefined> {
  const [unmet] = judge(definition, values).refused
  if (unmet !== undefined) {
    const { otherwise, law } = unmet.requirement
    const next = submissionProblems['application-refused'].next[language]
    const body = [h('p', null, lawText(law, ground.lawName, language)), h('p', null, next)]
    return notification({ kind: 'danger', title: otherwise[language], body })
  }
  const { applicant } = draft.content
  const once = onceOf(ground, definition, applicant, values)
  const earlier = once && (await appliedBefore(ground, once, applicant.account))
  if (once === undefined || earlier === undefined) return undefined
  const body = earlier.mayOpen
    ? h(
        'p',
        null,
        linkButton({ text: words.openEarlier[language], href: `/me/applications/${earlier.case}` }),
      )
    : h('p', null, submissionProblems['application-once'].next[language])
  return notification({ kind: 'danger', title: once.rule.otherwise[language], body })
}
