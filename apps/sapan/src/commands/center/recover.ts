import { centerAdmin } from '../../clients/home.ts'
import { readText } from '../../config/read.ts'
import { cross, tick } from '../../terminal/lines.ts'
import { showDone } from '../../terminal/report.ts'
import type { Terminal } from '../../terminal/terminal.ts'
import { isRecord } from '../../terminal/values.ts'

/** Tells a center that came out of a backup the newest directory, and what has to be registered again. */
export async function recoverCenter(
  terminal: Terminal,
  home: string,
  file: string,
  json: boolean | undefined,
): Promise<void> {
  const admin = await centerAdmin(home)
  const value = await admin.json('POST', '/v1/recover', { directory: signedIn(await readText(file)) })
  const { version, revoked, lost } = isRecord(value) ? value : {}
  const left = Object.entries(isRecord(lost) ? lost : {}).filter(
    ([, ids]) => Array.isArray(ids) && ids.length > 0,
  )
  showDone(terminal, json, value, [
    tick(
      terminal,
      terminal.say({
        th: `สารบบเดินต่อจากรุ่น ${String(version)} เพิกถอนซ้ำ ${String(revoked)} ใบ`,
        en: `the directory goes on from version ${String(version)}; revoked again: ${String(revoked)}`,
      }),
    ),
    ...left.map(([what, ids]) => cross(terminal, terminal.say(notInBackup(what, String(ids))))),
  ])
}

function notInBackup(what: string, ids: string): { th: string; en: string } {
  return {
    th: `ไม่มีในแฟ้มสำรอง ต้องลงทะเบียนใหม่ (${what}): ${ids}`,
    en: `not in the backup, to be registered again (${what}): ${ids}`,
  }
}

/** The signed document in what `sapan directory --json` prints, or as it is. */
function signedIn(text: string): string {
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) && typeof value.signed === 'string' ? value.signed : text
  } catch {
    return text
  }
}
