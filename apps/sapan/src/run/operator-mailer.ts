import type { AlertSettings, TellOperator } from '@sapan/exchange'
import { Problem } from '@sapan/kernel'
import { readText } from '../config/read.ts'
import { isOthersToRead } from '../home/files.ts'
import { problems } from '../problems.ts'

interface OperatorMailer {
  readonly tellOperator: TellOperator
  close(): void
}

/**
 * Hands alerts to the mail system of `alerts.email`; undefined where there is none. Throws `input-unreadable`, and
 * `config-invalid` where others may read the password.
 */
export async function operatorMailer(
  { alerts: { email } }: { readonly alerts: AlertSettings },
  env: NodeJS.ProcessEnv,
): Promise<OperatorMailer | undefined> {
  if (email === undefined) return undefined
  const password = await passwordOf(email.passwordFile, env)
  const { mailerAt } = await import('./mailer.ts')
  const mailer = mailerAt({ ...email, ...(password === undefined ? {} : { password }) })
  return { tellOperator: (letter) => mailer.send(letter), close: () => mailer.close() }
}

async function passwordOf(file: string | undefined, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  if (file === undefined) return env.SAPAN_ALERT_MAIL_PASSWORD || undefined
  const password = (await readText(file)).replace(/\r?\n$/, '')
  if (await isOthersToRead(file)) {
    throw new Problem(problems['config-invalid'], {
      detail: {
        th: `alerts.email.passwordFile: ผู้อื่นอ่าน ${file} ได้ ใช้ chmod 600 ${file}`,
        en: `alerts.email.passwordFile: others can read ${file}: chmod 600 ${file}`,
      },
    })
  }
  return password
}
