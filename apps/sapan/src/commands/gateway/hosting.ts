import type { Command } from 'commander'
import { gatewayAdmin, gatewayNamed, type HomeOptions, homeOf } from '../../clients/home.ts'
import { readEndpoints, writeEndpoints } from '../../home/endpoints.ts'
import { addressOf } from '../../terminal/arguments.ts'
import { addExample } from '../../terminal/example.ts'
import { nextStep, tick } from '../../terminal/lines.ts'
import { showDone } from '../../terminal/report.ts'
import type { Terminal } from '../../terminal/terminal.ts'
import { rowsOf } from '../../terminal/values.ts'

interface HostingOptions extends HomeOptions {
  readonly gateway?: string
  readonly token: string
}

/** `sapan gateway host` and `let-go`: the members of a gateway that runs. */
export function configureHosting(gateway: Command, terminal: Terminal): void {
  const { say } = terminal
  const which = say({ th: 'เกตเวย์: ชื่อย่อ หรือสมาชิก', en: 'the gateway: its short name, or a member' })

  const host = gateway
    .command('host')
    .description(say({ th: 'รับสมาชิกเพิ่ม ขณะเกตเวย์ทำงาน', en: 'take members in, while the gateway runs' }))
    .requiredOption(
      '--token <token>',
      say({ th: 'โทเคนจากศูนย์กลาง (--hosting)', en: 'the token that the center made (--hosting)' }),
    )
    .option('--gateway <name>', which)
    .action((options: HostingOptions) => hostMembers(terminal, options))
  addExample(host, terminal, 'sapan gateway host --token sapan-join.…')

  const end = gateway
    .command('let-go')
    .argument('<member>', '', addressOf(3, 'TH/LOC/DONKAEO', terminal))
    .description(
      say({
        th: 'เลิกดูแลสมาชิก: บริการและสิทธิถูกถอน หลักฐานยังอยู่',
        en: 'host a member no more: services and grants are withdrawn, evidence stays',
      }),
    )
    .option('--gateway <name>', which)
    .action((member: string, options: HostingOptions) => letGo(terminal, member, options))
  addExample(end, terminal, 'sapan gateway let-go TH/LOC/DONKAEO')
}

async function hostMembers(terminal: Terminal, options: HostingOptions): Promise<void> {
  const home = homeOf(options, terminal)
  const admin = await gatewayAdmin(home, options.gateway)
  const value = await admin.json('POST', '/v1/members', { token: options.token })
  const members = await noteMembers(home, options.gateway)
  const listed = members.join(', ')
  showDone(terminal, options.json, value, [
    tick(terminal, terminal.say({ th: `เกตเวย์ดูแล ${listed}`, en: `the gateway hosts ${listed}` })),
    nextStep(terminal, 'sapan gateway operator add …'),
  ])
}

async function letGo(terminal: Terminal, member: string, options: HostingOptions): Promise<void> {
  const home = homeOf(options, terminal)
  const name = options.gateway ?? member
  const admin = await gatewayAdmin(home, name)
  const { code } = await gatewayNamed(home, name)
  const value = await admin.json('DELETE', `/v1/members/${encodeURIComponent(member)}`)
  await noteMembers(home, code)
  showDone(terminal, options.json, value, [
    tick(terminal, terminal.say({ th: `เลิกดูแล ${member} แล้ว`, en: `${member} is hosted no more` })),
  ])
}

/** Writes down whom the gateway hosts now, by whom it may be named in this home. */
export async function noteMembers(home: string, name: string | undefined): Promise<string[]> {
  const { code, gateway } = await gatewayNamed(home, name)
  const admin = await gatewayAdmin(home, name)
  const members = rowsOf(await admin.json('GET', '/v1/members'), 'members').map(({ id }) => String(id))
  const endpoints = await readEndpoints(home)
  const gateways = { ...endpoints.gateways, [code]: { ...gateway, members } }
  await writeEndpoints(home, { ...endpoints, gateways })
  return members
}
