import { Problem } from '@sapan/kernel'
import type { DraftContent } from '../application/application.ts'
import type { Draft, DraftOwner, Drafts } from './draft.ts'

const tries = 3

/** Changes a draft as it is by now: what is sent here takes nothing from what another tab saved meanwhile. */
export async function changeDraft(
  { drafts }: { readonly drafts: Pick<Drafts, 'find' | 'save'> },
  { draft: opened, owner }: { readonly draft: Draft; readonly owner: DraftOwner },
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
