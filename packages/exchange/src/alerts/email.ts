import type { Language } from '@sapan/kernel'
import type { AlertChannel } from './channel.ts'
import { alertLetter } from './letter.ts'

/** A letter to an operator. */
export interface OperatorLetter {
  readonly id: string
  readonly to: string
  readonly language: Language
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** Hands a letter to the operator's mail system. Rejects where it was not taken. */
export type TellOperator = (letter: OperatorLetter) => Promise<void>

/** Each recipient for itself: a mail system may take letters for one and not for another. */
export function emailChannels(
  { to, language }: { readonly to: readonly string[]; readonly language: Language },
  tell: TellOperator,
): AlertChannel[] {
  return to.map((address) => ({
    name: `mailto:${address}`,
    send: (id, news) => tell({ id, to: address, language, ...alertLetter(news, language) }),
  }))
}
