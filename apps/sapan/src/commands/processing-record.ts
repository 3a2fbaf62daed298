import type { ProcessingActivity, ProcessingRecord } from '@sapan/exchange'
import type { Text } from '@sapan/kernel'
import type { Command } from 'commander'
import { listOfGateways } from '../clients/gateways.ts'
import { gatewayAdmin, type HomeOptions, homeOf } from '../clients/home.ts'
import { day } from '../terminal/arguments.ts'
import { addExample } from '../terminal/example.ts'
import { nextStep, tick } from '../terminal/lines.ts'
import { writeOutput } from '../terminal/output-file.ts'
import { showDone, showList } from '../terminal/report.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { isRecord, queryOf } from '../terminal/values.ts'

interface ProcessingRecordOptions extends HomeOptions {
  readonly gateway?: string
  readonly member?: string
  readonly from?: string
  readonly to?: string
  readonly csv?: string
}

const roles = {
  gives: { th: 'เปิดเผยให้', en: 'discloses to' },
  takes: { th: 'เก็บรวบรวมจาก', en: 'collects from' },
} as const satisfies Record<string, Text>

/** `sapan processing-record`: what members do with data about people, as their grants and their evidence tell it. */
export function configure(command: Command, terminal: Terminal): void {
  const { say } = terminal
  command
    .option(
      '--gateway <name>',
      say({ th: 'เกตเวย์: ชื่อย่อ หรือสมาชิก', en: 'the gateway: its short name, or a member' }),
    )
    .option('--member <member>', say({ th: 'เฉพาะของสมาชิกนี้', en: 'of this member alone' }))
    .option(
      '--from <day>',
      say({ th: 'ตั้งแต่วันที่ (ถ้าไม่ระบุ: หนึ่งปีที่ผ่านมา)', en: 'from this day (without it: a year)' }),
      day(terminal),
    )
    .option('--to <day>', say({ th: 'ถึงวันที่ (นับด้วย)', en: 'to this day, which counts' }), day(terminal))
    .option(
      '--csv <file>',
      say({ th: 'เขียนเป็นตารางสำหรับโปรแกรมตารางคำนวณ', en: 'write it as a table for spreadsheets' }),
    )
    .action((options: ProcessingRecordOptions) => tell(terminal, options))
  addExample(command, terminal, 'sapan processing-record --gateway DOPA --csv record.csv')
}

async function tell(terminal: Terminal, options: ProcessingRecordOptions): Promise<void> {
  const { gateway, member, from, to, csv } = options
  const home = homeOf(options, terminal)
  if (csv !== undefined) return await write(terminal, csv, options)
  const answered = await listOfGateways(
    home,
    gateway,
    `/v1/processing-record${queryOf({ member, from, to })}`,
  )
  const activities = activitiesIn(answered)
  const { language, say } = terminal
  showList(terminal, options.json, answered, {
    heading: [
      say({ th: 'กิจกรรม', en: 'activity' }),
      say({ th: 'บริการ', en: 'service' }),
      say({ th: 'วัตถุประสงค์', en: 'purpose' }),
      say({ th: 'ฐานกฎหมาย', en: 'law' }),
      say({ th: 'ได้คำตอบ', en: 'answered' }),
      say({ th: 'ปฏิเสธ', en: 'refused' }),
    ],
    rows: activities.map(({ role, member, other, service, purpose, law, volume }) => [
      `${member} ${roles[role][language]} ${other.member}`,
      service,
      purpose,
      `${law.act[language]} ${law.section}`,
      String(volume.answered),
      String(volume.refused),
    ]),
    empty: {
      th: 'ไม่มีกิจกรรมการประมวลผลในช่วงนี้: ไม่มีสิทธิที่ให้หรือได้รับเกี่ยวกับข้อมูลส่วนบุคคล',
      en: 'No processing in these days: no grant about data of people was given or held.',
    },
    next: 'sapan processing-record --gateway <gateway> --csv record.csv',
  })
}

async function write(terminal: Terminal, file: string, options: ProcessingRecordOptions): Promise<void> {
  const { gateway, member, from, to } = options
  const { language, say } = terminal
  const admin = await gatewayAdmin(homeOf(options, terminal), gateway)
  const path = `/v1/processing-record.csv${queryOf({ member, from, to, language })}`
  const { body } = await admin.raw('GET', path)
  await writeOutput(file, body)
  showDone(terminal, options.json, { file, bytes: body.length }, [
    tick(terminal, say({ th: `เขียนบันทึกรายการไว้ที่ ${file}`, en: `the record is in ${file}` })),
    nextStep(terminal, {
      th: 'เติมชื่อและที่ติดต่อของผู้ควบคุมข้อมูลและเจ้าหน้าที่คุ้มครองข้อมูล ซึ่งเกตเวย์ไม่รู้',
      en: 'add who the controller and its data protection officer are: the gateway does not know',
    }),
  ])
}

function activitiesIn(value: unknown): ProcessingRecord['activities'] {
  const { activities } = isRecord(value) ? value : {}
  return Array.isArray(activities) ? (activities as ProcessingActivity[]) : []
}
