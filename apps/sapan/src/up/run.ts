import { exit } from '../exit.ts'
import { untilStopped } from '../run/signals.ts'
import { EndedWith } from '../terminal/failure.ts'
import { tick } from '../terminal/lines.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { Closing } from './closing.ts'
import { createProgress } from './progress.ts'
import { showReady } from './ready.ts'
import { thailand } from './thailand.ts'
import { startCountry } from './up.ts'

/** Starts the small country, says what runs where, and stays until it is told to stop. */
export async function up(
  terminal: Terminal,
  home: string,
  options: { readonly json?: boolean },
): Promise<void> {
  const from = performance.now()
  const closing = new Closing()
  let stopping = false
  const stopped = untilStopped().then(async () => {
    stopping = true
    terminal.note(terminal.say({ th: 'กำลังปิดตามลำดับ…', en: 'Closing in order…' }))
  })
  const goOn = () => {
    if (stopping) throw new EndedWith(exit.done)
  }
  try {
    terminal.note(terminal.say({ th: `สะพานเริ่มใน ${home}`, en: `Sapan starts in ${home}` }))
    const progress = createProgress(terminal)
    const country = thailand(Date.now())
    const endpoints = await startCountry({ country, home, progress, closing, goOn })
    const seconds = (performance.now() - from) / 1000
    showReady(terminal, { endpoints, person: country.person, home, seconds, json: options.json === true })
    await stopped
  } finally {
    await closing.all((name, error) => {
      terminal.note(`${name}: ${error instanceof Error ? error.message : String(error)}`)
    })
  }
  terminal.note(tick(terminal, terminal.say({ th: 'ปิดแล้ว ข้อมูลอยู่ครบ', en: 'Closed; everything is kept.' })))
}
