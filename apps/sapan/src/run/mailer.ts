import { type Mailer, smtpMailer } from '@sapan/notices'

interface MailSystem {
  /** `smtp://user:password@host:587`, `smtps://…`, or `smtp://127.0.0.1:25?security=plain`. */
  readonly smtp: string
  /** `Sapan <no-reply@example.go.th>` */
  readonly from: string
  /** Where it is not in the address. */
  readonly password?: string
}

/** Hands letters to a mail system that a configuration names. */
export function mailerAt({ smtp, from, password: given }: MailSystem): Mailer {
  const { protocol, hostname, port, username, password, searchParams } = new URL(smtp)
  const [, name = 'Sapan', address = from] = /^\s*(.*?)\s*<([^>]+)>\s*$/.exec(from) ?? []
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
      : { user: decodeURIComponent(username), password: given ?? decodeURIComponent(password) }),
  })
}
