import { listOfGateways } from '../../clients/gateways.ts'
import { type HomeOptions, homeOf } from '../../clients/home.ts'
import { showList, showTime } from '../../terminal/report.ts'
import { table } from '../../terminal/table.ts'
import type { Terminal } from '../../terminal/terminal.ts'
import { cell, rowsOf } from '../../terminal/values.ts'

/** Who still calls as GDX does, how their calls are answered, what that does not protect, and the way off it. */
export async function listGdx(
  terminal: Terminal,
  options: HomeOptions & { readonly gateway?: string },
): Promise<void> {
  const value = await listOfGateways(homeOf(options, terminal), options.gateway, '/v1/gdx')
  const { language, say } = terminal
  showList(terminal, options.json, value, {
    heading: [
      say({ th: 'ชื่อ', en: 'name' }),
      say({ th: 'รหัส', en: 'id' }),
      'Consumer-Key',
      say({ th: 'พูดแทน', en: 'speaks for' }),
      say({ th: 'ใช้ล่าสุด', en: 'last used' }),
    ],
    rows: rowsOf(value, 'consumers').map((row) => [
      cell(row.name, language),
      cell(row.id, language),
      cell(row.key, language),
      cell(row.subsystem, language),
      typeof row.lastUsed === 'string' ? showTime(terminal, row.lastUsed) : say({ th: 'ไม่เคย', en: 'never' }),
    ]),
    empty: {
      th: 'ไม่มีระบบใดเรียกแบบ GDX เพิ่มด้วย sapan gdx add',
      en: 'Nobody calls as GDX does. Add a caller with sapan gdx add.',
    },
  })
  if (options.json) return
  showRoutes(terminal, value)
  if (rowsOf(value, 'consumers').length > 0) noteWeakPoints(terminal, value)
}

function showRoutes(terminal: Terminal, value: unknown): void {
  const { language, say } = terminal
  const rows = rowsOf(value, 'routes').map((row) => {
    const conditions = Object.entries(row.conditions ?? {}).map(([name, given]) => `${name}=${given}`)
    return [
      cell(row.path, language),
      conditions.join(' '),
      cell(row.target, language),
      cell(row.id, language),
    ]
  })
  if (rows.length === 0) return
  const heading = [
    say({ th: 'ที่อยู่เดิม', en: 'legacy address' }),
    say({ th: 'เมื่อ', en: 'when' }),
    say({ th: 'ตอบด้วย', en: 'is answered by' }),
    say({ th: 'รหัส', en: 'id' }),
  ]
  terminal.out('')
  for (const line of table(heading, rows)) terminal.out(line)
}

/** Of several gateways each once. */
function noteWeakPoints(terminal: Terminal, value: unknown): void {
  const said = rowsOf(value, 'weakPoints').map((text) => cell(text, terminal.language))
  terminal.note('')
  for (const text of new Set(said)) terminal.note(`! ${text}`)
  for (const text of new Set(rowsOf(value, 'wayOff').map((way) => cell(way, terminal.language)))) {
    terminal.note(`→ ${text}`)
  }
}
