import { readFile } from 'node:fs/promises'
import { Problem } from '@sapan/kernel'
import { type Command, Option } from 'commander'
import { answeredProblem } from '../clients/admin.ts'
import { gatewayAdmin, gatewayNamed, homeOf, memberIn } from '../clients/home.ts'
import { asJson, type HttpAnswer, http } from '../clients/http.ts'
import { exit } from '../exit.ts'
import { errno } from '../home/files.ts'
import { problems } from '../problems.ts'
import { decisionLines, readDecisions } from '../terminal/decisions.ts'
import { EndedWith, failureLines, failureOf } from '../terminal/failure.ts'
import { nextStep, tick } from '../terminal/lines.ts'
import { writeOutput } from '../terminal/output-file.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { isRecord } from '../terminal/values.ts'

interface CallOptions {
  readonly as?: string
  readonly method?: string
  readonly header: readonly string[]
  readonly data?: string
  readonly purpose?: string
  readonly actor?: string
  readonly consent?: string
  readonly evidence?: string
  readonly explain?: boolean
  readonly gateway?: string
  readonly home?: string
  readonly json?: boolean
}

export function configure(command: Command, terminal: Terminal): void {
  const say = terminal.say
  command
    .argument('<service-path>', say({ th: 'บริการและเส้นทางใต้บริการ', en: 'the service and the path below it' }))
    .option(
      '--as <subsystem>',
      say({ th: 'ระบบย่อยที่เป็นผู้ขอ (SAPAN_CLIENT)', en: 'the subsystem that asks (SAPAN_CLIENT)' }),
    )
    .option(
      '-X, --method <method>',
      say({ th: 'วิธีของ HTTP', en: 'the HTTP method (GET, or POST with data)' }),
    )
    .addOption(
      new Option(
        '-H, --header <name: value>',
        say({ th: 'หัวข้อเพิ่มเติม ใช้ซ้ำได้', en: 'a header more; repeatable' }),
      )
        .argParser<string[]>((value, before) => [...before, value])
        .default([], ''),
    )
    .option('-d, --data <data>', say({ th: 'เนื้อหา หรือ @แฟ้ม', en: 'the body, or @file' }))
    .option('--purpose <purpose>', say({ th: 'วัตถุประสงค์ตามสิทธิ', en: 'the purpose, as the grant names it' }))
    .option('--actor <token>', say({ th: 'โทเคนของผู้ทำการ หรือ @แฟ้ม', en: 'the token of who acts, or @file' }))
    .option(
      '--consent <receipt>',
      say({ th: 'ใบรับความยินยอม หรือ @แฟ้ม', en: 'the receipt of a consent, or @file' }),
    )
    .option(
      '--evidence <file>',
      say({ th: 'เก็บแฟ้มหลักฐาน (.asice)', en: 'keep the evidence in a file (.asice)' }),
    )
    .option('--explain', say({ th: 'แสดงการตัดสินใจทุกขั้น', en: 'show what each step decided' }))
    .option('--gateway <url>', say({ th: 'เกตเวย์อื่นนอกโฟลเดอร์นี้', en: 'the edge of a gateway elsewhere' }))
    .addHelpText(
      'after',
      `\n${say({ th: 'ตัวอย่าง:', en: 'Example:' })}\n  sapan call --as TH/GOV/RD/efiling TH/GOV/DOPA/population/person-v1/persons/3365341504617 \\\n    --purpose tax-assessment --evidence out.asice`,
    )
    .action((path: string, options: CallOptions) => call(terminal, path, options))
}

async function call(terminal: Terminal, path: string, options: CallOptions): Promise<void> {
  const client = options.as ?? terminal.env.SAPAN_CLIENT
  if (client === undefined) {
    throw new Problem(problems.misuse, {
      detail: { th: 'ต้องระบุผู้ขอด้วย --as', en: 'name the subsystem that asks, with --as' },
    })
  }
  const home = homeOf(options, terminal)
  const edge = options.gateway ?? (await gatewayNamed(home, memberIn(client))).gateway.edge
  const answer = await ask(terminal, edge, path, client, options)
  if (options.explain && !options.json) explain(terminal, answer)
  if (answer.status >= 400) return refused(terminal, answer, options)
  show(terminal, answer, options)
  if (options.evidence !== undefined) await keepEvidence(terminal, home, client, answer, options.evidence)
}

async function ask(
  terminal: Terminal,
  edge: string,
  path: string,
  client: string,
  options: CallOptions,
): Promise<HttpAnswer> {
  const body = await bodyOf(options.data)
  const headers: Record<string, string> = {
    accept: 'application/json, application/problem+json;q=0.9, */*;q=0.5',
    'accept-language': terminal.language,
    'x-road-client': client,
    ...(options.purpose === undefined ? {} : { 'sapan-purpose': options.purpose }),
    ...(await tokenHeader('sapan-actor', options.actor)),
    ...(await tokenHeader('sapan-consent', options.consent)),
    ...(options.explain ? { 'sapan-explain': '?1' } : {}),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  }
  for (const line of options.header) Object.assign(headers, headerOf(line))
  const method = options.method ?? (body === undefined ? 'GET' : 'POST')
  try {
    return await http(edge, targetOf(path), { method, headers, ...(body === undefined ? {} : { body }) })
  } catch (error) {
    throw problemOfTyping(error)
  }
}

/** What proves something of the call, from the command line or, so that no list of processes shows it, from a file. */
async function tokenHeader(name: string, given: string | undefined): Promise<Record<string, string>> {
  const token = await bodyOf(given)
  return token === undefined ? {} : { [name]: token.toString('utf8').trim() }
}

/** A method or a header that HTTP has no place for was typed so; nothing was sent. */
function problemOfTyping(error: unknown): unknown {
  if (!(error instanceof Error) || !/^ERR_(INVALID|HTTP_INVALID|UNESCAPED)_/.test(errno(error) ?? ''))
    return error
  const { message } = error
  return new Problem(problems.misuse, { detail: { th: message, en: message }, cause: error })
}

/** `TH/GOV/…` as typed, or with the `/r1/` that curl needs; what lies outside ASCII is percent-encoded. */
function targetOf(path: string): string {
  const from = path.replace(/^\/?(r1\/)?/, '')
  return `/r1/${from.replace(/[^\x21-\x7e]+/g, encodeURIComponent)}`
}

function headerOf(line: string): Record<string, string> {
  const colon = line.indexOf(':')
  if (colon > 0) return { [line.slice(0, colon).trim().toLowerCase()]: line.slice(colon + 1).trim() }
  throw new Problem(problems.misuse, {
    detail: { th: `หัวข้อต้องเป็น "ชื่อ: ค่า"`, en: 'a header is written "name: value"' },
  })
}

async function bodyOf(data: string | undefined): Promise<Buffer | undefined> {
  if (data === undefined) return undefined
  if (!data.startsWith('@')) return Buffer.from(data)
  const file = data.slice(1)
  try {
    return await readFile(file)
  } catch (error) {
    throw new Problem(problems['input-unreadable'], { detail: { th: file, en: file }, cause: error })
  }
}

function explain(terminal: Terminal, answer: HttpAnswer): void {
  for (const line of decisionLines(terminal, readDecisions(answer.headers['sapan-decisions'])))
    terminal.note(line)
}

function show(terminal: Terminal, { status, headers, body }: HttpAnswer, options: CallOptions): void {
  const parsed = jsonOf(headers['content-type'], body)
  if (options.json) {
    const shown = parsed ?? body.toString('base64')
    const decisions = options.explain ? { decisions: readDecisions(headers['sapan-decisions']) } : {}
    terminal.out(
      JSON.stringify(
        { status, exchange: headers['sapan-exchange'], headers, body: shown, ...decisions },
        null,
        2,
      ),
    )
  } else if (parsed !== undefined) {
    terminal.out(pretty(body.toString('utf8'), parsed))
  } else {
    terminal.bytes(body)
  }
}

/** Indented, except where reading and writing again would change a number. */
function pretty(text: string, parsed: unknown): string {
  const exact = !/\d{16,}|\d\.\d{15,}|\d[eE]/.test(text.replace(/"(?:[^"\\]|\\.)*"/g, '""'))
  return exact ? JSON.stringify(parsed, null, 2) : text
}

function jsonOf(type: string | undefined, body: Buffer): unknown {
  if (type === undefined || !/[/+]json\b/.test(type)) return undefined
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}

function refused(terminal: Terminal, answer: HttpAnswer, options: CallOptions): never {
  const problem = answeredProblem(answer)
  if (options.json) {
    const decisions = options.explain ? { decisions: readDecisions(answer.headers['sapan-decisions']) } : {}
    terminal.out(JSON.stringify({ status: answer.status, problem: problem.document, ...decisions }, null, 2))
  } else {
    const { purposes } = problem.document
    for (const line of failureLines(terminal, failureOf(terminal, problem))) terminal.note(line)
    if (Array.isArray(purposes))
      terminal.note(`  ${purposes.map((purpose) => purposeText(purpose)).join('\n  ')}`)
  }
  throw new EndedWith(exit.refused)
}

function purposeText(purpose: unknown): string {
  if (typeof purpose === 'string') return `--purpose ${purpose}`
  return isRecord(purpose) ? `--purpose ${String(purpose.purpose ?? purpose.code)}` : ''
}

async function keepEvidence(
  terminal: Terminal,
  home: string,
  client: string,
  answer: HttpAnswer,
  file: string,
): Promise<void> {
  const exchange = String(answer.headers['sapan-exchange'])
  const admin = await gatewayAdmin(home, memberIn(client))
  const path = `/v1/evidence/${encodeURIComponent(exchange)}/export`
  // Who calls has the answer already; the people whom it concerns are told that a file of it was made.
  const order = { member: memberIn(client), reason: 'sapan call --evidence: kept by who made this call' }
  const { headers, body } = await admin.raw('POST', path, asJson(order))
  await writeOutput(file, body)
  const pending = headers['sapan-pending']
  terminal.note(
    tick(terminal, terminal.say({ th: `เก็บหลักฐานไว้ที่ ${file}`, en: `evidence kept in ${file}` })) +
      (pending ? ` (${terminal.say({ th: 'ยังรอ', en: 'still pending' })}: ${String(pending)})` : ''),
  )
  terminal.note(nextStep(terminal, `sapan verify ${file}`))
}
