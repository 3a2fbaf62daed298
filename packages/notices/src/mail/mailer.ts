import type { Language } from '@sapan/kernel'

/** A letter as it leaves the house. */
export interface Letter {
  /** The same at every attempt: a mail system that has it already does not show it twice. */
  readonly id: string
  readonly to: string
  readonly language: Language
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** Hands letters to a mail system. Rejects with `MailRefused` where trying again is of no use, else with anything. */
export interface Mailer {
  send(letter: Letter): Promise<void>
  close(): void
}

/** The mail system will never take this letter (a reply of the 500s to its recipient or its content). */
export class MailRefused extends Error {
  /** The reply's code (RFC 5321 §4.2). */
  readonly reply: number

  constructor(reply: number, cause: unknown) {
    super(`the mail system refused the letter with ${reply}`, { cause })
    this.name = 'MailRefused'
    this.reply = reply
  }
}
