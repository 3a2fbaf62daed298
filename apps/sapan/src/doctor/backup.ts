import { join } from 'node:path'
import { counted } from '@sapan/kernel'
import { readJson, writeWhole } from '../home/files.ts'
import { type Check, good, warning } from './check.ts'

/** Beside a home's other files: when `sapan backup` last made one of it. */
export const lastBackupFile = 'last-backup.json'

const dayMs = 86_400_000
/** A week, and a day for one that runs once a week. */
const mostDays = 8

/** Notes a backup for `checkBackup`. */
export async function noteBackup(home: string, made: { made: string; file: string }): Promise<void> {
  await writeWhole(join(home, lastBackupFile), `${JSON.stringify(made)}\n`, 0o600)
}

/** How old the last backup is; nothing where `sapan backup` never made one: there are other tools. */
export async function checkBackup(home: string, now: number): Promise<Check[]> {
  const last = await readJson(join(home, lastBackupFile)).catch(() => undefined)
  const made = Date.parse(String(last?.made))
  if (Number.isNaN(made)) return []
  const days = Math.max(0, Math.floor((now - made) / dayMs))
  const text = {
    th: `สำรองข้อมูลล่าสุดเมื่อ ${days} วันก่อน: ${String(last?.file)}`,
    en: `the last backup is ${counted(days, 'day')} old: ${String(last?.file)}`,
  }
  if (days <= mostDays) return [good('backup', text)]
  const next = 'sapan backup -o FILE --recipient age1…'
  return [warning('backup', text, { th: next, en: next })]
}
