import type { PortalFile } from '../config/portal.ts'
import { anchorCount, type Trust } from '../documents/anchors.ts'
import { cross, nextStep, tick } from '../terminal/lines.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { openLog } from './log.ts'
import { runPortal } from './portal.ts'
import { untilStopped } from './signals.ts'

/** Runs the portal as a process of its own until it is told to stop. The log goes to standard output. */
export async function servePortal(terminal: Terminal, path: string, file: PortalFile): Promise<void> {
  const stopped = untilStopped()
  const log = await openLog('portal', file.logLevel)
  const { trust, stop } = await runPortal(file, { path, log })
  terminal.note(tick(terminal, `portal: ${file.tls ? 'https' : 'http'}://${file.listen}/check`))
  sayTrust(terminal, trust)
  terminal.note(nextStep(terminal, { th: 'กด Ctrl-C เพื่อหยุด', en: 'Ctrl-C stops it' }))
  await stopped
  await stop()
}

function sayTrust(terminal: Terminal, trust: Trust): void {
  const { say } = terminal
  const number = anchorCount(trust)
  for (const warning of trust.warnings) terminal.note(cross(terminal, say(warning)))
  const some = { th: `เชื่อถือผู้ออกใบรับรอง ${number} ราย`, en: `authorities that it trusts: ${number}` }
  terminal.note(number > 0 ? tick(terminal, say(some)) : cross(terminal, say(nobody)))
}

const nobody = {
  th: 'ไม่ได้กำหนดผู้ออกใบรับรองที่เชื่อถือไว้เลย ลายมือชื่อทุกอันจะยืนยันไม่ได้ กำหนดที่ trust.anchors',
  en: 'it trusts nobody, so that no signature will be confirmed: name authorities under trust.anchors',
} as const
