import { counted, type MigrationStanding, type Pool, readMigrationStanding } from '@sapan/kernel'
import { bad, type Check, good, warning } from './check.ts'

/** A schema and the folder of the files that make it. */
export type Schema = readonly [name: string, directory: URL]

/** Whether the tables are those that this program was made for: others may have changed them while it runs. */
export async function checkMigrations(pool: Pool, schemas: readonly Schema[]): Promise<Check<'migrations'>> {
  const standings = await Promise.all(
    schemas.map(([name, folder]) => readMigrationStanding(pool, name, folder)),
  )
  const all = (of: keyof MigrationStanding) =>
    standings.flatMap((standing, at) => standing[of].map((file) => `${schemas[at]?.[0]}/${file}`))
  return judgeMigrations(all('pending'), all('unknown'))
}

/** `pending`: not run yet. `unknown`: run by a newer program. */
export function judgeMigrations(pending: readonly string[], unknown: readonly string[]): Check<'migrations'> {
  if (pending.length > 0) {
    const files = pending.slice(0, 3).join(', ')
    return bad(
      'migrations',
      {
        th: `ตารางยังไม่เป็นรุ่นของโปรแกรมนี้ ขาด ${pending.length}: ${files}`,
        en: `the tables are older than this program, by ${counted(pending.length, 'change')}: ${files}`,
      },
      {
        th: 'ฐานข้อมูลถูกกู้หรือเปลี่ยนระหว่างทำงาน เปิดโปรแกรมใหม่ ตารางจะปรับเอง',
        en: 'the database was restored or changed under it: start it again, it brings them up to date',
      },
    )
  }
  if (unknown.length === 0) {
    return good('migrations', { th: 'ตารางตรงกับรุ่นของโปรแกรม', en: 'the tables are those of this program' })
  }
  const files = unknown.slice(0, 3).join(', ')
  return warning(
    'migrations',
    {
      th: `โปรแกรมรุ่นใหม่กว่าปรับตารางไปแล้ว: ${files}`,
      en: `a newer program has changed the tables: ${files}`,
    },
    {
      th: 'เปลี่ยนโปรแกรมนี้เป็นรุ่นเดียวกัน แล้วเปิดใหม่',
      en: 'bring this one to the same version, then start it again',
    },
  )
}
