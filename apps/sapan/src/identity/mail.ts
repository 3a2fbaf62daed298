import { type Mailer, MailRefused, smtpMailer } from '@sapan/notices'
import type { IdentityFile } from '../config/identity.ts'

/** Hands letters to the operator's mail system. Without one in the configuration, people are told in their inbox alone. */
export function mailerOf({ mail }: Pick<IdentityFile, 'mail'>): Mailer {
  if (!mail) return noMailer
  const { protocol, hostname, port, username, password, searchParams } = new URL(mail.smtp)
  const [, name = 'Sapan', address = mail.from] = /^\s*(.*?)\s*<([^>]+)>\s*$/.exec(mail.from) ?? []
  const isTls = protocol === 'smtps:'
  const isPlain = searchParams.get('security') === 'plain'
  return smtpMailer({
    host: hostname,
    port: Number(port || (isTls ? 465 : 587)),
    security: isTls ? 'tls' : isPlain ? 'plain' : 'starttls',
    from: address,
    name,
    ...(username === ''
      ? {}
      : { user: decodeURIComponent(username), password: decodeURIComponent(password) }),
  })
}

const noMailer: Mailer = {
  send: async () => {
    throw new MailRefused(550, new Error('this operator has no mail system'))
  },
  close: () => {},
}
