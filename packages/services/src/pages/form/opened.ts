import type { Visitor } from '@sapan/identity'
import { Problem } from '@sapan/kernel'
import type { SiteRedirect } from '@sapan/ui'
import type { Applicant } from '../../application/application.ts'
import type { Draft, DraftOwner } from '../../draft/draft.ts'
import { moveContent, standingVersion } from '../../draft/move.ts'
import { draftProblems } from '../../draft/problems.ts'
import { findingProblems } from '../../finding/problems.ts'
import { applicantOf, ownerOf, refuseOwn } from './applicant.ts'
import type { FormPagesOptions, FormRequest, OpenedDraft } from './options.ts'

/**
 * The draft that an address names, moved to the newest version of its service where its own is no longer accepted. What
 * was handed in is looked at elsewhere; what was removed, on the service's start page. Throws `draft-not-found`.
 */
export async function openDraft(
  options: FormPagesOptions,
  request: Pick<FormRequest, 'who' | 'parameters'>,
  service: string,
): Promise<OpenedDraft | SiteRedirect> {
  const id = request.parameters.draft ?? ''
  const own = ownDraft(options, request.who, id)
  const { definition, applicant, owner } = await ownerAt(options, request.who, service)
  refuseOwn(definition, request.who)
  const draft = filledInBy(applicant, await (own ?? options.drafts.find(owner, id)))
  if (draft.service !== definition.id) throw new Problem(draftProblems['draft-not-found'])
  if (draft.submitted !== undefined)
    return { kind: 'redirect', to: `/me/applications/${draft.submitted.case}` }
  if (draft.removedAt !== undefined) return { kind: 'redirect', to: `/services/${definition.id}/apply` }
  return await standing(options, owner, draft)
}

/** A draft of one's own is asked for beside the person's numbers; a party's only once it is known whose number that is. */
function ownDraft(
  { drafts }: FormPagesOptions,
  { account, acting }: Visitor,
  id: string,
): Promise<Draft> | undefined {
  if (acting !== undefined) return undefined
  const found = drafts.find({ account }, id)
  // What else is wrong with the request is told first.
  found.catch(() => undefined)
  return found
}

/** Drafts of a party are gone on with by all who act for it: each under their own mandate. */
export function filledInBy(applicant: Applicant, draft: Draft): Draft {
  return { ...draft, content: { ...draft.content, applicant } }
}

/** For whom the visitor fills in a service's form now. Throws `service-unknown`, and what `applicantOf` throws. */
export async function ownerAt({ ground }: Pick<FormPagesOptions, 'ground'>, who: Visitor, service: string) {
  const definition = ground.definitions.find(service)
  if (definition === undefined) throw new Problem(findingProblems['service-not-offered'])
  const applicant = await applicantOf(ground.rooms, definition, who)
  return { definition, applicant, owner: ownerOf(applicant) }
}

async function standing(options: FormPagesOptions, owner: DraftOwner, draft: Draft): Promise<OpenedDraft> {
  const { ground, drafts } = options
  const found = standingVersion(ground.definitions, draft)
  if (found === undefined) throw new Problem(findingProblems['service-not-offered'])
  const { definition, isMoved, from } = found
  const today = ground.days.dateOf(ground.clock())
  const base = `/services/${definition.id}/drafts/${draft.id}`
  if (!isMoved) return { definition, draft, owner, today, base }
  const { content, anew } = moveContent(draft.content, definition, from)
  const moved = { from: draft.version, anew, at: ground.clock() }
  try {
    const next = await drafts.save(draft, content, { version: definition.version, moved })
    return { definition, draft: next, owner, today, base }
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'draft-changed') throw error
    // Another request moved it just now.
    const again = await drafts.find(owner, draft.id)
    return await standing(options, owner, filledInBy(draft.content.applicant, again))
  }
}
