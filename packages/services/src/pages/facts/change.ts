import { Problem } from '@sapan/kernel'
import type { DraftContent } from '../../application/application.ts'
import type { Draft } from '../../draft/draft.ts'
import type { OpenedDraft } from '../form/options.ts'
import type { FactsPagesOptions } from './options.ts'

const tries = 3

/** Changes a draft as it is by now: what is sent here takes nothing from what another tab saved meanwhile. */
export async function changeDraft(
  { drafts }: Pick<FactsPagesOptions, 'drafts'>,
  { draft: opened, owner }: Pick<OpenedDraft, 'draft' | 'owner'>,
  change: (content: DraftContent) => DraftContent,
): Promise<Draft> {
  let draft = opened
  for (let left = tries; ; left -= 1) {
    const content = change(draft.content)
    try {
      return content === draft.content ? draft : await drafts.save(draft, content)
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'draft-changed' || left === 0) throw error
      draft = await drafts.find(owner, draft.id)
    }
  }
}
