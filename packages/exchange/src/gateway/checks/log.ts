import { counted } from '@sapan/kernel'
import type { LogStatus, StepStatus } from '../../evidence/status.ts'
import { bad, type Check, good, warning } from './check.ts'

const hour = 3_600_000
const day = 24 * hour

/** Whether a member's log goes on, and is signed, cosigned and stamped in time. */
export function checkLog(gateway: string, log: LogStatus, now: number): Check {
  const { member, recoverNeeded } = log
  if (recoverNeeded) {
    const { th, en } = recoverNeeded
    const next = `sapan gateway recover --gateway ${gateway} --member ${member}`
    return bad(
      'log',
      { th: `บันทึกของ ${member} หยุด: ${th}`, en: `the log of ${member} stopped: ${en}` },
      { th: next, en: next },
    )
  }
  const few = tooFewWitnesses(log)
  if (few) return few
  const late = latest(log, now)
  const text = {
    th: `บันทึกของ ${member}: ${log.size} รายการ รอ ${log.unsequenced}`,
    en: `the log of ${member}: ${counted(log.size, 'entry', 'entries')}, ${log.unsequenced} waiting`,
  }
  if (late === undefined) return good('log', text)
  const told = {
    th: `${text.th}: ${late.th}${since(late, 'th')}`,
    en: `${text.en}: ${late.en}${since(late, 'en')}`,
  }
  const next = {
    th: 'ตรวจว่าติดต่อพยานและผู้ประทับเวลาได้',
    en: 'see that witnesses and the time-stamp service can be reached',
  }
  return late.age >= day ? bad('log', told, next) : warning('log', told, next)
}

/** The directory may have come to name fewer witnesses than its operator demands. */
function tooFewWitnesses({ member, witnesses, witnessesNeeded }: LogStatus): Check | undefined {
  if (witnesses.length >= witnessesNeeded) return undefined
  return bad(
    'log',
    {
      th: `บันทึกของ ${member}: ต้องมีพยาน ${witnessesNeeded} ราย แต่สารบบระบุ ${witnesses.length} ราย`,
      en: `the log of ${member}: ${witnessesNeeded} witnesses are demanded, and the directory names ${witnesses.length}`,
    },
    {
      th: 'ลดค่า evidence.witnesses.atLeast หรือให้ผู้ดูแลศูนย์กลางเพิ่มพยาน',
      en: 'lower evidence.witnesses.atLeast, or have the center’s operator name more witnesses',
    },
  )
}

interface Late {
  readonly th: string
  readonly en: string
  readonly age: number
  readonly reason: string | null
}

/** The step that is late longest: it fails, or has waited for more than an hour. */
function latest({ checkpoint, witnesses, stamp }: LogStatus, now: number): Late | undefined {
  const steps: [StepStatus, string, string][] = [
    [checkpoint, 'ยังไม่ลงนาม', 'not signed'],
    ...witnesses.map((witness): [StepStatus, string, string] => [
      witness,
      `พยาน ${witness.name} ยังไม่ลงนาม`,
      `not cosigned by ${witness.name}`,
    ]),
    [stamp, 'ยังไม่ประทับเวลา', 'not stamped'],
  ]
  return steps
    .map(([{ grade, since, reason }, th, en]) => ({ grade, th, en, reason, age: now - (since ?? now) }))
    .filter(({ grade, age }) => grade === 'failing' || (grade === 'waiting' && age >= hour))
    .sort((a, b) => b.age - a.age)[0]
}

function since({ age, reason }: Late, language: 'th' | 'en'): string {
  const hours = Math.floor(age / hour)
  const long = language === 'th' ? ` มา ${hours} ชั่วโมง` : ` for ${counted(hours, 'hour')}`
  return `${hours > 0 ? long : ''}${reason === null ? '' : `: ${reason}`}`
}
