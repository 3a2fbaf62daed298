import type { AdminClient } from '../clients/admin.ts'
import { signInLink } from '../clients/sign-in-link.ts'
import { nextStep, tick } from '../terminal/lines.ts'
import { showDone } from '../terminal/report.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** Prints a link to the operator's pages that signs in once. */
export async function showSignInLink(
  terminal: Terminal,
  admin: AdminClient,
  json: boolean | undefined,
): Promise<void> {
  const made = await signInLink(admin)
  showDone(terminal, json, made, [
    tick(
      terminal,
      terminal.say({
        th: 'ลิงก์เข้าสู่ระบบ ใช้ได้ครั้งเดียวภายใน 10 นาที บนเครื่องนี้',
        en: 'a sign-in link: it works once, within 10 minutes, on this machine',
      }),
    ),
    nextStep(terminal, made.url),
  ])
}
