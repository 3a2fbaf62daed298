import { isDatabaseDown, type Pool, type Text } from '@sapan/kernel'
import { bad, type Check, good, warning } from './check.ts'
import { checkStandbys, readStandbys } from './standbys.ts'

export type DatabaseCheckCode = 'database' | 'durability' | 'standby'

interface Standing {
  readonly read_only: string
  readonly fsync: string
  readonly synchronous_commit: string
  readonly used: number
  readonly most: number
}

/** Whether the database takes what is written, keeps it, and has room for connections. `without`: what follows where it does not. */
export async function checkDatabase(pool: Pool, without: Text): Promise<Check<DatabaseCheckCode>[]> {
  try {
    const { rows } = await pool.query<Standing>(
      `select current_setting('transaction_read_only') as read_only, current_setting('fsync') as fsync,
         current_setting('synchronous_commit') as synchronous_commit,
         (select count(*)::int from pg_stat_activity where backend_type = 'client backend') as used,
         current_setting('max_connections')::int as most`,
    )
    const standbys = await readStandbys(pool)
    return rows.flatMap((standing) => [
      answers(standing, without),
      durable(standing),
      ...checkStandbys(standbys),
    ])
  } catch (error) {
    if (!isDatabaseDown(error)) throw error
    return [
      bad(
        'database',
        { th: `ฐานข้อมูลไม่ตอบ: ${without.th}`, en: `the database is down: ${without.en}` },
        { th: 'เปิด PostgreSQL ระบบจะกลับมาเอง', en: 'start PostgreSQL; service resumes by itself' },
      ),
    ]
  }
}

/** Whether a look at the database found that it answers. */
export function isUp(checks: readonly Check[]): boolean {
  return checks.every(({ code, outcome }) => code !== 'database' || outcome !== 'bad')
}

function answers({ read_only, used, most }: Standing, without: Text): Check<DatabaseCheckCode> {
  if (read_only === 'on') {
    return bad(
      'database',
      {
        th: `ฐานข้อมูลอ่านได้อย่างเดียว: ${without.th}`,
        en: `the database only lets itself be read: ${without.en}`,
      },
      {
        th: 'ต่อกับเครื่องหลักของฐานข้อมูล หรือตั้ง default_transaction_read_only = off',
        en: 'lead it to the primary, or set default_transaction_read_only = off',
      },
    )
  }
  const text = {
    th: `ฐานข้อมูลตอบ ใช้การเชื่อมต่อ ${used} จาก ${most}`,
    en: `the database answers; ${used} of its ${most} connections are used`,
  }
  if (used < most * 0.9) return good('database', text)
  return warning('database', text, {
    th: 'เพิ่ม max_connections หรือลดโปรแกรมอื่นที่ใช้ฐานข้อมูลนี้',
    en: 'raise max_connections, or let fewer other programs use this database',
  })
}

/** What is acknowledged is on disk only where the database says so of its commits. */
function durable({ fsync, synchronous_commit }: Standing): Check<DatabaseCheckCode> {
  if (fsync !== 'off' && synchronous_commit !== 'off') {
    return good('durability', {
      th: 'ฐานข้อมูลเขียนลงดิสก์ก่อนตอบ',
      en: 'commits are on disk before they are answered',
    })
  }
  const off = fsync === 'off' ? 'fsync' : 'synchronous_commit'
  return warning(
    'durability',
    {
      th: `${off} ปิดอยู่: สิ่งที่ตอบรับแล้วอาจหายเมื่อไฟดับ`,
      en: `${off} is off: a power failure may lose what was acknowledged`,
    },
    { th: `ตั้ง ${off} = on ใน PostgreSQL`, en: `set ${off} = on in PostgreSQL` },
  )
}
