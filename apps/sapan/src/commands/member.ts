import type { Command } from 'commander'
import { centerAdmin, type HomeOptions, homeOf } from '../clients/home.ts'
import { addressOf, wholeNumber } from '../terminal/arguments.ts'
import { addExample } from '../terminal/example.ts'
import { nextStep, tick } from '../terminal/lines.ts'
import { showDone, showList } from '../terminal/report.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { cell, isRecord, rowsOf } from '../terminal/values.ts'
import { configureMoving } from './member/moving.ts'

interface NameOptions extends HomeOptions {
  readonly nameTh: string
  readonly nameEn: string
}

interface TokenOptions extends HomeOptions {
  readonly member?: readonly string[]
  readonly hours?: string
  readonly host?: readonly string[]
  readonly hosting?: boolean
  readonly moving?: boolean
}

/** These commands speak to the center of the home, and are its operator's; those about moving are of the two gateways'. */
export function configure(command: Command, terminal: Terminal): void {
  const { say } = terminal

  const list = command
    .command('list')
    .description(say({ th: 'สมาชิกและระบบย่อย', en: 'members and their subsystems' }))
    .action((options: HomeOptions) => listMembers(terminal, options))
  addExample(list, terminal, 'sapan member list')

  const add = command
    .command('add')
    .argument('<member>', '', addressOf(3, 'TH/GOV/DLT', terminal))
    .description(say({ th: 'เพิ่มสมาชิก (ประเทศ/ชั้น/รหัส)', en: 'add a member (instance/class/code)' }))
    .requiredOption('--name-th <name>', say({ th: 'ชื่อภาษาไทย', en: 'its name in Thai' }))
    .requiredOption('--name-en <name>', say({ th: 'ชื่อภาษาอังกฤษ', en: 'its name in English' }))
    .action((member: string, options: NameOptions) => addMember(terminal, member, options))
  addExample(
    add,
    terminal,
    'sapan member add TH/GOV/DLT --name-th กรมการขนส่งทางบก --name-en "Land Transport"',
  )

  const subsystem = command
    .command('subsystem')
    .argument('<subsystem>', '', addressOf(4, 'TH/GOV/DLT/vehicles', terminal))
    .description(say({ th: 'เพิ่มระบบย่อยของสมาชิก', en: 'add a subsystem of a member' }))
    .requiredOption('--name-th <name>', say({ th: 'ชื่อภาษาไทย', en: 'its name in Thai' }))
    .requiredOption('--name-en <name>', say({ th: 'ชื่อภาษาอังกฤษ', en: 'its name in English' }))
    .action((name: string, options: NameOptions) => addSubsystem(terminal, name, options))
  addExample(
    subsystem,
    terminal,
    'sapan member subsystem TH/GOV/DLT/vehicles --name-th ทะเบียนรถ --name-en Vehicles',
  )

  const token = command
    .command('token')
    .argument('<gateway>', '', addressOf(4, 'TH/GOV/DLT/gateway-1', terminal))
    .description(
      say({ th: 'ออกโทเคนให้เกตเวย์เข้าร่วมครั้งเดียว', en: 'make a join token, good for one gateway, once' }),
    )
    .option('--member <member...>', say({ th: 'สมาชิกที่เกตเวย์ดูแล', en: 'the members that it will host' }))
    .option(
      '--host <host...>',
      say({ th: 'โฮสต์ที่เกตเวย์ใช้ได้', en: 'the hosts at which it may be; else the one it joins with' }),
    )
    .option(
      '--hosting',
      say({
        th: 'ให้เกตเวย์ที่เข้าร่วมแล้วรับสมาชิกเพิ่ม',
        en: 'for a gateway that has joined: to take these members in',
      }),
    )
    .option(
      '--moving',
      say({
        th: 'ให้เกตเวย์ใหม่รอสมาชิกที่จะย้ายมา',
        en: 'for a new gateway of a member that moves there',
      }),
    )
    .option(
      '--hours <hours>',
      say({ th: 'อายุเป็นชั่วโมง', en: 'how many hours it is good for' }),
      wholeNumber(terminal),
      '24',
    )
    .action((gateway: string, options: TokenOptions) => makeToken(terminal, gateway, options))
  addExample(
    token,
    terminal,
    'sapan member token TH/GOV/DLT/gateway-1',
    'sapan member token TH/LOC/MAERIM/gateway-1 --hosting --member TH/LOC/DONKAEO',
  )

  const hosts = command
    .command('hosts <gateway> <host...>')
    .description(
      say({ th: 'กำหนดโฮสต์ที่เกตเวย์ใช้ได้ (ก่อนย้ายเครื่อง)', en: 'name the hosts of a gateway (before it moves)' }),
    )
    .action((gateway: string, named: string[], options: HomeOptions) =>
      setHosts(terminal, gateway, named, options),
    )
  addExample(hosts, terminal, 'sapan member hosts TH/GOV/DLT/gateway-1 gateway.dlt.example')

  configureMoving(command, terminal)
}

async function setHosts(
  terminal: Terminal,
  gateway: string,
  hosts: readonly string[],
  options: HomeOptions,
): Promise<void> {
  const admin = await centerAdmin(homeOf(options, terminal))
  const value = await admin.json('POST', '/v1/gateways/hosts', { gateway, hosts })
  const listed = hosts.join(', ')
  showDone(terminal, options.json, value, [
    tick(terminal, terminal.say({ th: `${gateway} อยู่ได้ที่ ${listed}`, en: `${gateway} may be at ${listed}` })),
  ])
}

async function listMembers(terminal: Terminal, options: HomeOptions): Promise<void> {
  const admin = await centerAdmin(homeOf(options, terminal))
  const value = await admin.json('GET', '/v1/members')
  const { language, say } = terminal
  showList(terminal, options.json, value, {
    heading: [
      say({ th: 'สมาชิก', en: 'member' }),
      say({ th: 'ชื่อ', en: 'name' }),
      say({ th: 'ระบบย่อย', en: 'subsystems' }),
    ],
    rows: rowsOf(value, 'members').map((row) => [
      cell(row.id, language),
      cell(row.name, language),
      rowsOf(row.subsystems, '')
        .map(({ code }) => cell(code, language))
        .join(', '),
    ]),
    empty: {
      th: 'ยังไม่มีสมาชิก เพิ่มด้วย sapan member add',
      en: 'There is no member yet. Add one with sapan member add.',
    },
    next: 'sapan member token <member>/gateway-1',
  })
}

async function addMember(terminal: Terminal, member: string, options: NameOptions): Promise<void> {
  const [, memberClass, code] = member.split('/')
  const admin = await centerAdmin(homeOf(options, terminal))
  const name = { th: options.nameTh, en: options.nameEn }
  const value = await admin.json('POST', '/v1/members', { class: memberClass, code, name })
  showDone(terminal, options.json, value, [
    tick(terminal, terminal.say({ th: `${member} เป็นสมาชิกแล้ว`, en: `${member} is a member` })),
    nextStep(terminal, `sapan member subsystem ${member}/…`),
  ])
}

async function addSubsystem(terminal: Terminal, subsystem: string, options: NameOptions): Promise<void> {
  const member = subsystem.split('/').slice(0, 3).join('/')
  const admin = await centerAdmin(homeOf(options, terminal))
  const name = { th: options.nameTh, en: options.nameEn }
  const value = await admin.json('POST', '/v1/subsystems', { id: subsystem, name })
  showDone(terminal, options.json, value, [
    tick(terminal, terminal.say({ th: `เพิ่ม ${subsystem} แล้ว`, en: `${subsystem} is added` })),
    nextStep(terminal, `sapan member token ${member}/gateway-1`),
  ])
}

async function makeToken(terminal: Terminal, gateway: string, options: TokenOptions): Promise<void> {
  const members = options.member ?? [gateway.split('/').slice(0, 3).join('/')]
  const admin = await centerAdmin(homeOf(options, terminal))
  const value = await admin.json('POST', '/v1/tokens', {
    gateway,
    members,
    ...(options.host === undefined ? {} : { hosts: options.host }),
    ...(options.hosting ? { hosting: true } : {}),
    ...(options.moving ? { moving: true } : {}),
    expiresInSeconds: Number(options.hours ?? 24) * 3600,
  })
  const token = isRecord(value) ? String(value.token) : ''
  const verb = options.hosting ? 'host' : 'join'
  showDone(terminal, options.json, value, [
    token,
    nextStep(terminal, {
      th: `ส่งโทเคนนี้ให้ผู้ดูแลเกตเวย์ทางที่ปลอดภัย แล้วพิมพ์ที่เครื่องนั้น: sapan gateway ${verb} --token …`,
      en: `give this token to the gateway’s operator by a safe way; on that machine: sapan gateway ${verb} --token …`,
    }),
  ])
}
