import { Problem } from '@sapan/kernel'
import type { Command } from 'commander'
import { gatewayAdmin, type HomeOptions, homeOf } from '../clients/home.ts'
import { exit } from '../exit.ts'
import { readEndpoints } from '../home/endpoints.ts'
import { problems } from '../problems.ts'
import { addExample } from '../terminal/example.ts'
import { EndedWith, failureOf } from '../terminal/failure.ts'
import { cross, nextStep } from '../terminal/lines.ts'
import { showTime } from '../terminal/report.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { cell, rowsOf } from '../terminal/values.ts'

type Row = Readonly<Record<string, unknown>>

export function configure(command: Command, terminal: Terminal): void {
  command
    .argument(
      '<id>',
      terminal.say({ th: 'เลขประจำตัวประชาชน 13 หลัก', en: "the person's national number, 13 digits" }),
    )
    .action((id: string, options: HomeOptions) => showUsage(terminal, id, options))
  addExample(command, terminal, 'sapan usage 1-1017-00230-70-8')
}

interface Answered {
  readonly gateway: string
  readonly accesses: readonly Row[]
  readonly failure?: string
}

async function showUsage(terminal: Terminal, id: string, options: HomeOptions): Promise<void> {
  const subject = await nationalIdOf(id)
  const home = homeOf(options, terminal)
  const { subjectToken } = await import('../run/subject-token.ts')
  const { gateways } = await readEndpoints(home)
  const answers = await Promise.all(
    Object.entries(gateways).map(([code, { id }]) =>
      ask(terminal, home, code, () => subjectToken(home, subject, id)),
    ),
  )
  if (options.json) {
    terminal.out(JSON.stringify({ gateways: answers }, null, 2))
    if (answers.some(({ failure }) => failure !== undefined)) throw new EndedWith(exit.refused)
    return
  }
  const silent = answers.filter(({ failure }) => failure !== undefined)
  await showAccesses(terminal, subject, onceEach(answers), silent.length === 0)
  for (const { gateway, failure } of silent) terminal.note(cross(terminal, `${gateway}: ${failure}`))
  // What a gateway that does not answer knows is missing here: nobody may take the list for the whole.
  if (silent.length > 0) {
    terminal.note(
      nextStep(terminal, {
        th: 'รายการนี้ยังไม่ครบ ตรวจด้วย sapan doctor แล้วถามอีกครั้ง',
        en: 'this is not the whole list: look with sapan doctor, then ask again',
      }),
    )
    throw new EndedWith(exit.refused)
  }
}

/** Only where every gateway answered can an empty list say that nobody looked. */
async function showAccesses(
  terminal: Terminal,
  subject: string,
  accesses: readonly Row[],
  isWhole: boolean,
): Promise<void> {
  const { maskNationalId } = await import('@sapan/kernel')
  const whose = maskNationalId(subject)
  if (accesses.length === 0) {
    const nobody = {
      th: `ยังไม่มีใครดูข้อมูลของ ${whose}`,
      en: `Nobody has looked at the data of ${whose} yet.`,
    }
    if (isWhole) terminal.out(terminal.say(nobody))
    return
  }
  const heading = { th: `ใครดูข้อมูลของ ${whose} บ้าง`, en: `Who looked at the data of ${whose}` }
  terminal.out(terminal.paint.strong(terminal.say(heading)))
  for (const access of accesses) for (const line of accessLines(terminal, access)) terminal.out(line)
  terminal.note(
    nextStep(terminal, {
      th: 'ดูหลักฐานของแต่ละครั้งด้วย sapan evidence show <การแลกเปลี่ยน>',
      en: 'see the proof of one with sapan evidence show <exchange>',
    }),
  )
}

async function nationalIdOf(typed: string): Promise<string> {
  const { isNationalId } = await import('@sapan/kernel')
  const digits = typed.replace(/[ -]/g, '')
  if (isNationalId(digits)) return digits
  throw new Problem(problems.misuse, {
    detail: {
      th: 'เลขประจำตัวประชาชนมี 13 หลัก และหลักสุดท้ายตรวจสอบแล้วต้องถูกต้อง',
      en: 'a national number has 13 digits, the last of which must agree with the others',
    },
  })
}

async function ask(
  terminal: Terminal,
  home: string,
  code: string,
  token: () => Promise<string>,
): Promise<Answered> {
  try {
    const admin = await gatewayAdmin(home, code)
    // The number travels in the signed token in the body, never in an address that a log might keep.
    const value = await admin.json('POST', '/v1/usage', { token: await token() })
    return { gateway: code, accesses: rowsOf(value, 'accesses') }
  } catch (error) {
    const { title, detail } = failureOf(terminal, error)
    return { gateway: code, accesses: [], failure: detail ?? title }
  }
}

/** Both sides of an exchange tell of it; a person reads it once, as its provider tells it. Newest first. */
function onceEach(answers: readonly Answered[]): Row[] {
  const byExchange = new Map<unknown, Row>()
  for (const access of answers.flatMap(({ accesses }) => accesses)) {
    const key = access.exchange ?? access
    const before = byExchange.get(key)
    const told = before === undefined || access.side === 'provider' ? access : before
    const openings = [before, access].flatMap((each) => rowsOf(each, 'openings'))
    byExchange.set(key, openings.length === 0 ? told : { ...told, openings })
  }
  return [...byExchange.values()].sort((a, b) => String(b.at).localeCompare(String(a.at)))
}

function accessLines(terminal: Terminal, access: Row): string[] {
  const { language, say } = terminal
  const withheldUntil = access.withheldUntil
  if (access.withheld === true) {
    const until = showTime(terminal, String(withheldUntil))
    return [
      '',
      say({
        th: `มีการดูที่กฎหมายให้ปิดไว้ก่อนจนถึง ${until}`,
        en: `An access that the law withholds until ${until}`,
      }),
    ]
  }
  const text = (name: string) => cell(access[name], language)
  const fields = Array.isArray(access.fields) ? access.fields.join(', ') : ''
  return [
    '',
    `${showTime(terminal, text('at'))}  ${say({ th: 'โดย', en: 'by' })} ${text('client')}`,
    `  ${say({ th: 'จากบริการ', en: 'from' })} ${text('service')} ${text('operation')}`,
    `  ${say({ th: 'เพื่อ', en: 'for' })} ${text('purpose')} · ${text('law')}`,
    ...(fields === '' ? [] : [`  ${say({ th: 'ข้อมูลที่เห็น', en: 'fields seen' })}: ${fields}`]),
    ...rowsOf(access, 'openings').map(
      ({ at, reason }) =>
        `  ${say({ th: 'ผู้ดูแลระบบเปิดอ่านเมื่อ', en: 'opened by an operator' })} ${showTime(terminal, String(at))}: ${String(reason)}`,
    ),
    `  ${terminal.paint.quiet(`${say({ th: 'การแลกเปลี่ยน', en: 'exchange' })} ${text('exchange')}`)}`,
  ]
}
