import { readFile } from 'node:fs/promises'
import { Problem } from '@sapan/kernel'
import { type Command, Option } from 'commander'
import { parse } from 'yaml'
import { listOfGateways } from '../clients/gateways.ts'
import { gatewayAdmin, homeOf, memberIn } from '../clients/home.ts'
import { problems } from '../problems.ts'
import { wholeNumber } from '../terminal/arguments.ts'
import { addExample } from '../terminal/example.ts'
import { tick } from '../terminal/lines.ts'
import { showDone, showList } from '../terminal/report.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { cell, rowsOf } from '../terminal/values.ts'
import { offerService, type ServiceOptions } from './offer-service.ts'
import { configureCheck } from './service-check.ts'

export function configure(command: Command, terminal: Terminal): void {
  const { say } = terminal
  const gateway = say({ th: 'เกตเวย์: ชื่อย่อ หรือสมาชิก', en: 'the gateway: its short name, or a member' })

  const list = command
    .command('list')
    .description(say({ th: 'บริการที่เกตเวย์เปิดอยู่', en: 'services that a gateway offers' }))
    .option('--gateway <name>', gateway)
    .action((options: ServiceOptions) => listServices(terminal, options))
  addExample(list, terminal, 'sapan service list --gateway DOPA')

  const add = command
    .command('add <openapi>')
    .description(
      say({ th: 'เปิดบริการจากคำอธิบาย OpenAPI 3.1', en: 'offer a service, from its OpenAPI 3.1 description' }),
    )
    .requiredOption(
      '--subsystem <subsystem>',
      say({ th: 'ระบบย่อยเจ้าของ', en: 'the subsystem that offers it' }),
    )
    .requiredOption(
      '--url <url>',
      say({ th: 'ที่อยู่ของระบบจริงหลังเกตเวย์', en: 'where the system behind answers' }),
    )
    .option('--gateway <name>', gateway)
    .option(
      '--timeout <ms>',
      say({ th: 'รอคำตอบได้นานเท่าใด', en: 'how long to wait for its answer' }),
      wholeNumber(terminal),
    )
    .addOption(
      new Option(
        '--evidence <policy>',
        say({ th: 'เก็บเนื้อหา หรือเพียงดิเจสต์', en: 'keep bodies (full) or digests only (digest)' }),
      ).choices(['full', 'digest']),
    )
    .action((file: string, options: ServiceOptions) => addService(terminal, file, options))
  addExample(
    add,
    terminal,
    'sapan service add person.yaml --subsystem TH/GOV/DOPA/population --url http://127.0.0.1:8080',
  )

  const remove = command
    .command('remove <service>')
    .description(say({ th: 'ปิดบริการ', en: 'stop offering a service' }))
    .option('--gateway <name>', gateway)
    .action((service: string, options: ServiceOptions) => removeService(terminal, service, options))
  addExample(remove, terminal, 'sapan service remove TH/GOV/DOPA/population/person-v1')
  configureCheck(command, terminal)
}

async function listServices(terminal: Terminal, options: ServiceOptions): Promise<void> {
  const value = await listOfGateways(homeOf(options, terminal), options.gateway, '/v1/services')
  const { language, say } = terminal
  showList(terminal, options.json, value, {
    heading: [
      say({ th: 'บริการ', en: 'service' }),
      say({ th: 'ชื่อ', en: 'title' }),
      say({ th: 'ข้อมูลบุคคล', en: 'personal' }),
      say({ th: 'ระบบหลังเกตเวย์', en: 'system behind' }),
    ],
    rows: rowsOf(value, 'services').map((row) => [
      cell(row.id ?? row.service, language),
      cell(row.title, language),
      row.personal ? say({ th: 'ใช่', en: 'yes' }) : say({ th: 'ไม่', en: 'no' }),
      cell(row.url, language),
    ]),
    empty: {
      th: 'ยังไม่เปิดบริการใด เพิ่มด้วย sapan service add',
      en: 'No service is offered yet. Add one with sapan service add.',
    },
    next: 'sapan grant list',
  })
}

async function addService(terminal: Terminal, file: string, options: ServiceOptions): Promise<void> {
  await offerService(terminal, await readYamlOrJson(file), options)
}

async function removeService(terminal: Terminal, service: string, options: ServiceOptions): Promise<void> {
  const admin = await gatewayAdmin(homeOf(options, terminal), options.gateway ?? memberIn(service))
  const value = await admin.json('DELETE', `/v1/services/${encodeURIComponent(service)}`)
  showDone(terminal, options.json, value, [
    tick(terminal, terminal.say({ th: `ปิด ${service} แล้ว`, en: `${service} is no longer offered` })),
  ])
}

/** A file that holds a YAML or JSON object. Throws `input-unreadable`. */
export async function readYamlOrJson(file: string): Promise<unknown> {
  try {
    return parse(await readFile(file, 'utf8'))
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : ''
    throw new Problem(problems['input-unreadable'], {
      detail: { th: `${file}: ${reason}`, en: `${file}: ${reason}` },
      cause: error,
    })
  }
}
