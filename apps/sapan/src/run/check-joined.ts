import type { Membership } from '@sapan/exchange'
import { Problem, type Text } from '@sapan/kernel'
import { problems } from '../problems.ts'

/** What a configuration says of whom it speaks for. */
interface Said {
  readonly id: string
  readonly members: readonly string[]
}

/**
 * Holds a gateway's configuration against what it joined as: its certificates name the gateway and its members, so
 * under another name nobody would believe it. Throws `config-invalid`.
 */
export function checkJoined({ id, members }: Said, membership: Membership, file: string): void {
  if (id !== membership.gateway) {
    throw mismatch(file, {
      th: `id เป็น ${id} แต่ใบรับรองเป็นของ ${membership.gateway}`,
      en: `id is ${id}, but the certificates are of ${membership.gateway}`,
    })
  }
  const joined = membership.members.map((member) => member.id)
  const other = members.find((member) => !joined.includes(member))
  if (other !== undefined) {
    const listed = joined.join(', ')
    throw mismatch(file, {
      th: `members มี ${other} แต่ใบรับรองเป็นของ ${listed}`,
      en: `members names ${other}, but the certificates are of ${listed}`,
    })
  }
}

function mismatch(file: string, words: Text): Problem {
  return new Problem(problems['config-invalid'], {
    detail: { th: `${file}: ${words.th}`, en: `${file}: ${words.en}` },
    extensions: { file },
  })
}
