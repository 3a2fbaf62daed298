import { checkbox, type FieldProblem, inset } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import type { FormPagesOptions, FormRequest, OpenedDraft } from './options.ts'
import { formWords as words } from './words.ts'

/**
 * Of an application for a company or child: who signs it, as the register has it now, and the company's seal. Where the
 * register is silent the seal is offered all the same; what is needed is found out when it is handed in.
 */
export async function signingOf(
  { ground }: Pick<FormPagesOptions, 'ground'>,
  { definition, draft }: OpenedDraft,
  { language, who }: FormRequest,
  unticked?: FieldProblem,
): Promise<ComponentChild> {
  const { mandate, kind } = draft.content.applicant
  if (mandate === undefined) return null
  const held = (await ground.rooms.mandates.of(who.account)).find(({ id }) => id === mandate)
  const how = held?.scopes.find(({ code }) => code === definition.applicant.scope)?.how
  const seal = kind === 'company' && how !== 'alone'
  return [
    how === 'jointly'
      ? inset(
          h('p', null, words.jointly[language]),
          held?.condition === undefined
            ? null
            : h('p', null, `${words.condition[language]}: ${held.condition[language]}`),
        )
      : null,
    seal
      ? checkbox({
          name: 'seal',
          label: words.seal[language],
          error: unticked?.field === 'seal' ? unticked.text : undefined,
        })
      : null,
  ]
}
