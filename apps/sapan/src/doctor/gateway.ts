import { counted } from '@sapan/kernel'
import { gatewayAdmin } from '../clients/home.ts'
import { http } from '../clients/http.ts'
import { isRecord, rowsOf } from '../terminal/values.ts'
import { bad, type Check, good, warning } from './check.ts'

const dayMs = 86_400_000

type Row = Readonly<Record<string, unknown>>

/** True where one of these processes answers at all: `sapan center` and `sapan gateway` hold no lock on a home. */
export async function someAnswer(origins: readonly string[]): Promise<boolean> {
  const answers = await Promise.allSettled(origins.map((origin) => http(origin, '/health')))
  return answers.some(({ status }) => status === 'fulfilled')
}

/** A process answers on its health address. */
export async function checkAnswers(about: string, origin: string): Promise<Check> {
  try {
    const { status } = await http(origin, '/health')
    if (status < 500) return good(about, { th: `ตอบที่ ${origin}`, en: `answers at ${origin}` })
    return bad(
      about,
      { th: `${origin} ตอบว่าไม่พร้อม (${status})`, en: `${origin} says that it is not ready (${status})` },
      {
        th: 'ดูบันทึกของมัน: โฟลเดอร์ logs หรือเอาต์พุตมาตรฐาน',
        en: 'look into its log: the folder logs, or its standard output',
      },
    )
  } catch {
    return bad(
      about,
      { th: `${origin} ไม่ตอบ`, en: `${origin} does not answer` },
      {
        th: 'เปิดใหม่แบบเดิม: sapan up, sapan gateway หรือ sapan center',
        en: 'start it as before: sapan up, sapan gateway or sapan center',
      },
    )
  }
}

/** A gateway from inside: its directory, clock, database, logs and certificates. */
export async function checkGateway(home: string, code: string, now: number): Promise<Check[]> {
  const admin = await gatewayAdmin(home, code)
  const [status, certificates] = await Promise.all([
    admin.json('GET', '/v1/status'),
    admin.json('GET', '/v1/certificates'),
  ])
  const directory = isRecord(status) && isRecord(status.directory) ? status.directory : {}
  const evidence = isRecord(status) && isRecord(status.evidence) ? status.evidence : {}
  return [
    checkDirectory(code, directory, now),
    checkClock(code, directory),
    checkDatabase(code, evidence),
    ...rowsOf(evidence, 'logs').map((log) => checkLog(code, log)),
    ...rowsOf(evidence, 'retention').map((standing) => checkRetention(code, standing)),
    ...checkCertificates(code, rowsOf(certificates, 'certificates'), now),
  ]
}

function checkDirectory(code: string, { grade, version, confirmedAt }: Row, now: number): Check {
  const age =
    typeof confirmedAt === 'number' ? Math.max(0, Math.round((now - confirmedAt) / 1000)) : undefined
  const text = {
    th: `สารบบรุ่น ${String(version)} ศูนย์กลางยืนยันเมื่อ ${age ?? '?'} วินาทีก่อน`,
    en: `directory version ${String(version)}, confirmed by the center ${age ?? '?'} s ago`,
  }
  if (grade === 'fresh') return good(`${code} directory`, text)
  const next = {
    th: 'ตรวจว่าติดต่อศูนย์กลางได้ และนาฬิกาถูกต้อง',
    en: 'see that the center can be reached, and that the clock is right',
  }
  return grade === 'refuse' ? bad(`${code} directory`, text, next) : warning(`${code} directory`, text, next)
}

function checkClock(code: string, { clockSkew }: Row): Check {
  if (typeof clockSkew !== 'number') {
    return warning(
      `${code} clock`,
      { th: 'ยังเทียบเวลากับศูนย์กลางไม่ได้', en: 'the time could not be compared with the center yet' },
      { th: 'ตรวจว่าติดต่อศูนย์กลางได้', en: 'see that the center can be reached' },
    )
  }
  const text = {
    th: `นาฬิกาต่างจากศูนย์กลาง ${clockSkew} วินาที`,
    en: `the clock differs from the center's by ${clockSkew} s`,
  }
  if (Math.abs(clockSkew) <= 2) return good(`${code} clock`, text)
  const next = { th: 'ตั้งนาฬิกาของเครื่องด้วย NTP', en: "set this machine's clock by NTP" }
  return Math.abs(clockSkew) > 5 ? bad(`${code} clock`, text, next) : warning(`${code} clock`, text, next)
}

function checkDatabase(code: string, { database }: Row): Check {
  if (database === 'up') return good(`${code} database`, { th: 'ฐานข้อมูลตอบ', en: 'the database answers' })
  return bad(
    `${code} database`,
    { th: 'ฐานข้อมูลไม่ตอบ: ไม่มีการแลกเปลี่ยนใดผ่านได้', en: 'the database is down: no exchange is answered' },
    { th: 'เปิด PostgreSQL ระบบจะกลับมาเอง', en: 'start PostgreSQL; service resumes by itself' },
  )
}

export function checkLog(code: string, log: Row): Check {
  const about = `${code} log`
  const member = String(log.member)
  if (isRecord(log.recoverNeeded)) {
    const { th, en } = log.recoverNeeded
    return bad(
      about,
      { th: `บันทึกของ ${member} หยุด: ${String(th)}`, en: `the log of ${member} stopped: ${String(en)}` },
      { th: `sapan gateway recover --member ${member}`, en: `sapan gateway recover --member ${member}` },
    )
  }
  const steps = [log.checkpoint, ...rowsOf(log, 'witnesses'), log.stamp].filter(isRecord)
  const failing = steps.find(({ grade }) => grade === 'failing')
  const text = {
    th: `บันทึกของ ${member}: ${String(log.size)} รายการ รอ ${String(log.unsequenced)}`,
    en: `the log of ${member}: ${counted(Number(log.size), 'entry', 'entries')}, ${String(log.unsequenced)} waiting`,
  }
  if (failing === undefined) return good(about, text)
  return warning(
    about,
    { th: `${text.th}: ${String(failing.reason)}`, en: `${text.en}: ${String(failing.reason)}` },
    {
      th: 'ตรวจว่าติดต่อพยานและผู้ประทับเวลาได้',
      en: 'see that witnesses and the time-stamp service can be reached',
    },
  )
}

/** A rule of retention that is a day behind is not carried out as the law has it. */
export function checkRetention(code: string, { rule, erased, behind }: Row): Check {
  const { days, service, purpose, law } = isRecord(rule) ? rule : {}
  const about = [service, purpose, law].filter((one) => one !== undefined).join(', ')
  const text = {
    th: `เก็บเนื้อความ ${about || 'ทั้งหมด'} ${String(days)} วัน ลบแล้ว ${String(erased)} ข้อความ`,
    en: `content of ${about || 'everything'} is kept for ${counted(Number(days), 'day')}: ${counted(Number(erased), 'message')} erased`,
  }
  if (Number(behind) < dayMs) return good(`${code} retention`, text)
  const late = Math.floor(Number(behind) / dayMs)
  return warning(
    `${code} retention`,
    { th: `${text.th} ช้ากว่ากำหนด ${late} วัน`, en: `${text.en}, ${counted(late, 'day')} late` },
    {
      th: 'เปิดเกตเวย์ไว้จนลบครบ หากไม่ลดลงให้ดูบันทึกของเกตเวย์',
      en: 'let the gateway run until it is done; look into its log where it does not get less',
    },
  )
}

function checkCertificates(code: string, certificates: readonly Row[], now: number): Check[] {
  return certificates
    .filter(({ notAfter }) => typeof notAfter === 'string' || typeof notAfter === 'number')
    .map(({ use, holder, notAfter }) => {
      const at = typeof notAfter === 'number' ? notAfter : Date.parse(String(notAfter))
      const days = Math.floor((at - now) / dayMs)
      const about = `${code} certificate`
      const what = `${String(use ?? '')} ${String(holder ?? '')}`.trim()
      const text = { th: `${what}: เหลือ ${days} วัน`, en: `${what}: ${counted(days, 'day')} left` }
      const next = { th: `sapan cert renew --gateway ${code}`, en: `sapan cert renew --gateway ${code}` }
      if (days < 0) return bad(about, text, next)
      return days < 7 ? warning(about, text, next) : good(about, text)
    })
}
