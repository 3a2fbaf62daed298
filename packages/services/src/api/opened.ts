import type { Visitor } from '@sapan/identity'
import { Problem } from '@sapan/kernel'
import type { SiteFile } from '@sapan/ui'
import type { DraftContent } from '../application/application.ts'
import type { NewFile } from '../draft/draft.ts'
import { draftProblems } from '../draft/problems.ts'
import { openDraft, ownerAt } from '../pages/form/opened.ts'
import type { OpenedDraft } from '../pages/form/options.ts'
import { savingOf } from '../pages/form/take-page.ts'
import type { ServicesApiOptions } from './options.ts'
import type { ApiRequest, PersonWork } from './person-route.ts'
import { assertSeen, draftTag } from './precondition.ts'
import { apiProblems } from './problems.ts'
import { named } from './public-routes.ts'
import { assertLevel } from './who.ts'

export type Opened = OpenedDraft & { readonly who: Visitor }
export type DraftWork = (opened: Opened, request: ApiRequest) => Promise<SiteFile>

/** Work on a draft that is still filled in, of the person whose program calls. */
export function onDraft(options: ServicesApiOptions, work: DraftWork): PersonWork {
  return async (request, who) => await work(await opening(options, request, who), request)
}

/** The same for what changes it: the program names the draft that it saw. */
export function onSeenDraft(options: ServicesApiOptions, work: DraftWork): PersonWork {
  return async (request, who) => {
    const opened = await opening(options, request, who)
    assertSeen(request, draftTag(opened.draft))
    try {
      return await work(opened, request)
    } catch (error) {
      // Somebody saved between our look and our save.
      if (error instanceof Problem && error.code === 'draft-changed')
        throw new Problem(apiProblems['api-precondition-failed'], { cause: error })
      throw error
    }
  }
}

async function opening(options: ServicesApiOptions, request: ApiRequest, who: Visitor): Promise<Opened> {
  const definition = named(options, request)
  assertLevel(options, definition, who)
  const found = await openDraft(options, { who, parameters: request.parameters }, definition.id)
  if ('kind' in found) throw await over(options, request, who, definition.id)
  return { ...found, who }
}

/** With the application that came of it, where there is one. */
async function over(
  options: ServicesApiOptions,
  { parameters }: ApiRequest,
  who: Visitor,
  service: string,
): Promise<Problem> {
  const { owner } = await ownerAt(options, who, service)
  const { submitted } = await options.drafts.find(owner, parameters.draft ?? '')
  const extensions = submitted === undefined ? {} : { application: submitted.case }
  return new Problem(draftProblems['draft-over'], { extensions })
}

/** The draft with what was filled in, kept. */
export async function kept(
  { drafts }: Pick<ServicesApiOptions, 'drafts'>,
  opened: Opened,
  content: DraftContent,
  files: readonly NewFile[] = [],
): Promise<Opened> {
  const { definition, draft } = opened
  const saving = savingOf(draft, content, definition, files)
  return { ...opened, draft: await drafts.save(draft, content, saving) }
}
