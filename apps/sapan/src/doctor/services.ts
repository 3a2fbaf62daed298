import { counted, type JobsState } from '@sapan/kernel'
import type { OutboxState } from '@sapan/notices'
import type { MoneyState } from '@sapan/payments'
import { bad, type Check, good, warning } from './check.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** Into which is sent what nobody need work on. */
const unread: readonly string[] = ['payments.lapsed', 'payments.refunded']

/** Jobs that were given up, and such as nobody begins though their time has come. */
export function checkJobs({ dead, waiting }: JobsState): Check[] {
  const late = waiting.filter(
    ({ queue, oldestMillis }) => !unread.includes(queue) && oldestMillis > 10 * minute,
  )
  if (dead.length === 0 && late.length === 0)
    return [good('jobs', { th: 'ไม่มีงานค้างหรือเลิกทำ', en: 'none was given up, none waits too long' })]
  return [
    ...dead.map(({ queue, count, error }) =>
      bad(
        'jobs',
        {
          th: `เลิกทำ ${count} งานของ ${queue}${said(error)}`,
          en: `${counted(count, 'job', 'jobs')} of ${queue} given up${said(error)}`,
        },
        {
          th: 'แก้เหตุที่บอก แล้ว sapan identity jobs --revive',
          en: 'mend what it says, then: sapan identity jobs --revive',
        },
      ),
    ),
    ...late.map(({ queue, count, oldestMillis }) =>
      bad(
        'jobs',
        {
          th: `${queue} ค้าง ${count} งาน นานสุด ${Math.floor(oldestMillis / minute)} นาที`,
          en: `${counted(count, 'waits', 'wait')} in ${queue}, the oldest for ${counted(Math.floor(oldestMillis / minute), 'minute')}`,
        },
        {
          th: 'ดูว่าโปรเซสของผู้ให้บริการยืนยันตัวตนทำงานอยู่ และบันทึกของมัน',
          en: 'see that the issuer’s process runs, and look into its log',
        },
      ),
    ),
  ]
}

function said(error: string | undefined): string {
  return error === undefined ? '' : `: ${error}`
}

/** Letters and pushes that do not get out. */
export function checkOutbox({ waiting, dead, oldestMillis }: OutboxState): Check {
  const text = {
    th: `รอส่ง ${waiting} เลิกส่ง ${dead} รอนานสุด ${Math.floor(oldestMillis / minute)} นาที`,
    en: `${counted(waiting, 'waits', 'wait')}, ${counted(dead, 'was', 'were')} given up; the oldest waits for ${counted(Math.floor(oldestMillis / minute), 'minute')}`,
  }
  if (dead > 0) {
    const next = {
      th: 'เมื่อระบบอีเมลใช้ได้แล้ว: sapan notices revive',
      en: 'once the mail system works: sapan notices revive',
    }
    return warning('outbox', text, next)
  }
  if (oldestMillis <= 30 * minute) return good('outbox', text)
  return bad('outbox', text, {
    th: 'ตรวจ mail.smtp ใน identity.yaml ว่าติดต่อได้ และดูบันทึกของผู้ให้บริการยืนยันตัวตน',
    en: 'see that mail.smtp of identity.yaml can be reached, and look into the issuer’s log',
  })
}

/** Each agency's money: compared with the bank lately, and nothing stuck. */
export function checkMoney(state: MoneyState, now: number): Check {
  const { payee, since, comparedDay, openDifferences, failedRefunds, unsentRefunds, oldestUnsentMillis } =
    state
  const of = payee.split('/').at(-1)
  if (oldestUnsentMillis > hour)
    return bad(
      'money',
      {
        th: `สั่งโอน ${unsentRefunds} รายการ ธนาคารยังไม่รับ`,
        en: `${unsentRefunds} orders did not reach the bank`,
      },
      {
        th: 'ตรวจว่าเกตเวย์ของหน่วยงานติดต่อธนาคารได้: sapan doctor',
        en: 'see that the agency’s gateway reaches the bank: sapan doctor',
      },
      of,
    )
  const age = now - (comparedDay === undefined ? since : Date.parse(`${comparedDay}T00:00:00Z`))
  if (age > 3 * day)
    return warning(
      'money',
      {
        th: `กระทบยอดล่าสุดของวันที่ ${comparedDay ?? '–'}`,
        en: `last compared with the bank: ${comparedDay ?? 'never'}`,
      },
      {
        th: 'ทำเองทุกคืน 02:30 ตรวจว่าติดต่อธนาคารได้ หรือกดกระทบยอดที่ /desk/payments',
        en: 'it is done every night at 02:30: see that the bank answers, or press Compare at /desk/payments',
      },
      of,
    )
  const text = {
    th: `กระทบยอดถึง ${comparedDay ?? '–'} ไม่ตรง ${openDifferences} โอนไม่สำเร็จ ${failedRefunds}`,
    en: `compared to ${comparedDay ?? '–'}; ${openDifferences} differences, ${failedRefunds} failed refunds`,
  }
  if (openDifferences + failedRefunds === 0) return good('money', text, of)
  return warning(
    'money',
    text,
    {
      th: 'เจ้าหน้าที่การเงินจัดการที่ /desk/payments',
      en: 'a cashier settles them at /desk/payments',
    },
    of,
  )
}

/** The seal of an agency whose services are given here: there, and good for some time. */
export function checkSeal(member: string, notAfter: number | undefined, now: number): Check {
  const of = member.split('/').at(-1)
  const next = {
    th: 'ขอใบรับรองตราใหม่ แล้วระบุใน agencies[].seal ของ identity.yaml',
    en: 'have a new certificate for the seal, and name it in agencies[].seal of identity.yaml',
  }
  if (notAfter === undefined)
    return bad(
      'seal',
      { th: 'ไม่มีตรา: ออกใบรับและเอกสารไม่ได้', en: 'there is none: no receipt and no document can be made' },
      next,
      of,
    )
  const days = Math.floor((notAfter - now) / day)
  const text = { th: `เหลือ ${days} วัน`, en: `${counted(days, 'day')} left` }
  if (days < 0) return bad('seal', text, next, of)
  return days < 30 ? warning('seal', text, next, of) : good('seal', text, of)
}
