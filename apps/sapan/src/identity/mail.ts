import { type Mailer, MailRefused } from '@sapan/notices'
import type { IdentityFile } from '../config/identity.ts'
import { mailerAt } from '../run/mailer.ts'

/** Hands letters to the operator's mail system. Without one in the configuration, people are told in their inbox alone. */
export function mailerOf({ mail }: Pick<IdentityFile, 'mail'>): Mailer {
  return mail === undefined ? noMailer : mailerAt(mail)
}

const noMailer: Mailer = {
  send: async () => {
    throw new MailRefused(550, new Error('this operator has no mail system'))
  },
  close: () => {},
}
