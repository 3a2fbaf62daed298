import type { SigningCondition } from '../signing.ts'
import { isMet } from '../signing.ts'

export interface JudgedConfirmation {
  /** As the registers know the person; absent where that is not proved any more. */
  readonly number: string | undefined
  /** Whether their account is open: the word of a frozen one does not count. */
  readonly isOpen: boolean
  readonly seal: boolean
}

/**
 * What becomes of a joint act by who has confirmed it and who is in office now. Somebody who confirmed and is no longer
 * in office makes it void, also where the others would be enough: they agreed to do it with that person.
 */
export function judge(
  { condition, members }: { readonly condition: SigningCondition; readonly members: readonly string[] },
  confirmations: readonly JudgedConfirmation[],
): 'void' | 'complete' | 'open' {
  const office = new Set(members)
  if (confirmations.some(({ number }) => number === undefined || !office.has(number))) return 'void'
  const counted = confirmations.filter(({ isOpen }) => isOpen)
  const numbers = counted.flatMap(({ number }) => number ?? [])
  const seal = counted.some((confirmation) => confirmation.seal)
  return isMet(condition, members, { numbers, seal }) ? 'complete' : 'open'
}
