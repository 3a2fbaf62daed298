import { createTransport } from 'nodemailer'
import { type Mailer, MailRefused } from './mailer.ts'

/** The operator's mail system, to which letters are handed. */
export interface SmtpOptions {
  readonly host: string
  readonly port: number
  /** `tls` from the first byte, `starttls` or nothing; `plain` for a system on the same machine only. */
  readonly security: 'tls' | 'starttls' | 'plain'
  readonly user?: string
  readonly password?: string
  /** The sender: an address of the operator that nobody has to read. */
  readonly from: string
  /** The sender's name. */
  readonly name: string
  /** Of a private authority, in PEM. */
  readonly authority?: string
  /** Milliseconds without a byte; 30,000 by default. */
  readonly silence?: number
}

/** A mailer over SMTP (RFC 5321). Opens nothing until the first letter. */
export function smtpMailer(options: SmtpOptions): Mailer {
  const { from, name } = options
  const domain = from.slice(from.lastIndexOf('@') + 1)
  const transport = createTransport(settings(options))
  return {
    async send({ id, to, language, subject, text, html }) {
      try {
        await transport.sendMail({
          messageId: `<${id}@${domain}>`,
          // Given in parts, so that nothing in an address is read as a list or a name.
          from: { name, address: from },
          to: { name: '', address: to },
          envelope: { from, to: [to] },
          subject,
          text,
          html,
          headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': language },
        })
      } catch (error) {
        throw settled(error)
      }
    },
    close: () => transport.close(),
  }
}

function settings({ host, port, security, user, password, authority, silence = 30_000 }: SmtpOptions) {
  return {
    host,
    port,
    pool: true as const,
    maxConnections: 2,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'plain',
    connectionTimeout: silence,
    greetingTimeout: silence,
    socketTimeout: silence,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
    ...(authority === undefined ? {} : { tls: { ca: authority } }),
  }
}

/** Only what is said of this letter settles it; a wrong password or a certificate is the operator's to mend. */
function settled(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const [code, reply] = [Reflect.get(error, 'code'), Reflect.get(error, 'responseCode')]
  const isAboutLetter = code === 'EENVELOPE' || code === 'EMESSAGE'
  if (!isAboutLetter || typeof reply !== 'number' || reply < 500) return error
  return new MailRefused(reply, error)
}
