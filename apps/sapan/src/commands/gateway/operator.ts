import { type Command, Option } from 'commander'
import { listOfGateways } from '../../clients/gateways.ts'
import { gatewayAdmin, type HomeOptions, homeOf } from '../../clients/home.ts'
import { addExample } from '../../terminal/example.ts'
import { nextStep, tick } from '../../terminal/lines.ts'
import { showDone, showList } from '../../terminal/report.ts'
import type { Terminal } from '../../terminal/terminal.ts'
import { cell, isRecord, rowsOf } from '../../terminal/values.ts'

interface OperatorOptions extends HomeOptions {
  readonly gateway?: string
  readonly member?: readonly string[]
  readonly role?: string
  readonly opens?: boolean
  readonly origin?: readonly string[]
}

/** `sapan gateway operator`: who may look after single members of a gateway that hosts several. */
export function configureOperators(gateway: Command, terminal: Terminal): void {
  const { say } = terminal
  const operator = gateway
    .command('operator')
    .description(say({ th: 'ผู้ดูแลของสมาชิกแต่ละราย', en: 'operators of single members that the gateway hosts' }))
  const which = say({ th: 'เกตเวย์: ชื่อย่อ หรือสมาชิก', en: 'the gateway: its short name, or a member' })

  const list = operator
    .command('list')
    .description(say({ th: 'ผู้ดูแลของสมาชิกและบทบาท', en: 'members’ operators and their roles' }))
    .option('--gateway <name>', which)
    .action((options: OperatorOptions) => listOperators(terminal, options))
  addExample(list, terminal, 'sapan gateway operator list')

  const add = operator
    .command('add <name>')
    .description(say({ th: 'ให้คนหนึ่งดูแลเฉพาะสมาชิกที่ระบุ', en: 'let somebody look after these members alone' }))
    .requiredOption('--member <member...>', say({ th: 'สมาชิกที่ดูแล', en: 'the members' }))
    .addOption(
      new Option('--role <role>', say({ th: 'look ดูอย่างเดียว change แก้ไขได้', en: 'look, or change as well' }))
        .choices(['look', 'change'])
        .default('look'),
    )
    .option(
      '--origin <url...>',
      say({
        th: 'ที่อยู่ที่ระบบของสมาชิกใช้ตอบ เพิ่มบริการได้เฉพาะที่เหล่านี้',
        en: 'where the members’ systems answer: services may be added at these alone',
      }),
    )
    .option(
      '--opens',
      say({
        th: 'เปิดเนื้อความของการแลกเปลี่ยนได้ด้วย โดยระบุเหตุผลที่เจ้าของข้อมูลเห็น',
        en: 'may open what was said in exchanges, too, with a reason that people are told',
      }),
    )
    .option('--gateway <name>', which)
    .action((name: string, options: OperatorOptions) => addOperator(terminal, name, options))
  addExample(add, terminal, 'sapan gateway operator add somsri --member TH/LOC/MAERIM --role change')

  const remove = operator
    .command('remove <id>')
    .description(say({ th: 'ยกเลิกผู้ดูแลของสมาชิก', en: 'end an operator’s access' }))
    .option('--gateway <name>', which)
    .action((id: string, options: OperatorOptions) => removeOperator(terminal, id, options))
  addExample(remove, terminal, 'sapan gateway operator remove 6f1c…')
}

async function listOperators(terminal: Terminal, options: OperatorOptions): Promise<void> {
  const value = await listOfGateways(homeOf(options, terminal), options.gateway, '/v1/operators')
  const { language, say } = terminal
  showList(terminal, options.json, value, {
    heading: [
      say({ th: 'ชื่อ', en: 'name' }),
      say({ th: 'รหัส', en: 'id' }),
      say({ th: 'บทบาท', en: 'role' }),
      say({ th: 'เปิดเนื้อความ', en: 'opens' }),
      say({ th: 'สมาชิก', en: 'members' }),
      say({ th: 'ที่อยู่ของระบบ', en: 'origins' }),
    ],
    rows: rowsOf(value, 'operators').map(({ name, id, role, opens, members, origins }) =>
      [name, id, role, opens, members, origins].map((each) => cell(each, language)),
    ),
    empty: {
      th: 'ไม่มีผู้ดูแลของสมาชิก ทุกอย่างอยู่กับผู้ดูแลเกตเวย์',
      en: 'There are none: everything is with whoever runs the gateway.',
    },
  })
}

async function addOperator(terminal: Terminal, name: string, options: OperatorOptions): Promise<void> {
  const members = options.member ?? []
  const admin = await gatewayAdmin(homeOf(options, terminal), options.gateway ?? members[0])
  const { role, origin: origins = [], opens = false } = options
  const value = await admin.json('POST', '/v1/operators', { name, members, role, opens, origins })
  const token = isRecord(value) ? cell(value.token, terminal.language) : ''
  showDone(terminal, options.json, value, [
    tick(
      terminal,
      terminal.say({
        th: `${name} ดูแล ${members.join(', ')} ได้ (${role})`,
        en: `${name} may look after ${members.join(', ')} (${role})`,
      }),
    ),
    `  token  ${token}`,
    nextStep(terminal, {
      th: 'มอบโทเคนให้ผู้นั้นทางที่ปลอดภัย จะไม่แสดงอีก ใช้เป็น SAPAN_OPERATOR_TOKEN',
      en: 'give them the token by a safe way: it is not shown again. They use it as SAPAN_OPERATOR_TOKEN',
    }),
  ])
}

async function removeOperator(terminal: Terminal, id: string, options: OperatorOptions): Promise<void> {
  const admin = await gatewayAdmin(homeOf(options, terminal), options.gateway)
  const value = await admin.json('DELETE', `/v1/operators/${encodeURIComponent(id)}`)
  showDone(terminal, options.json, value, [
    tick(terminal, terminal.say({ th: `${id} เข้าไม่ได้อีก`, en: `${id} has no access any more` })),
  ])
}
