import { Problem } from '@sapan/kernel'
import { gatewayAdmins, type NamedAdmin } from '../../clients/gateways.ts'
import { gatewayAdmin } from '../../clients/home.ts'
import { problems } from '../../problems.ts'
import { nextStep, tick } from '../../terminal/lines.ts'
import { showDone } from '../../terminal/report.ts'
import type { Terminal } from '../../terminal/terminal.ts'
import { isRecord, rowsOf } from '../../terminal/values.ts'

export interface RecoverOptions {
  readonly gateway?: string
  readonly member?: string
  readonly all?: boolean
  readonly json?: boolean
}

/** Begins new epochs: of one member's log, or of all that wait for it. Throws `misuse` where neither is said. */
export async function recoverLogs(terminal: Terminal, home: string, options: RecoverOptions): Promise<void> {
  const { member, all } = options
  if ((member === undefined) === (all !== true)) {
    throw new Problem(problems.misuse, {
      detail: { th: 'ระบุ --member หรือ --all', en: 'say either --member or --all' },
    })
  }
  const logs =
    member === undefined ? await waiting(home, options.gateway) : [await ofMember(home, member, options)]
  const values: unknown[] = []
  for (const { admin, member: one } of logs)
    values.push(await admin.json('POST', '/v1/recover', { member: one }))
  const names = logs.map((log) => log.member).join(', ')
  const done =
    logs.length === 0
      ? { th: 'ไม่มีบันทึกใดรออยู่', en: 'no log waits for it' }
      : { th: `เริ่มยุคใหม่ของบันทึกแล้ว: ${names}`, en: `a new epoch of the log has begun: ${names}` }
  showDone(terminal, options.json, member === undefined ? { recovered: values } : values[0], [
    tick(terminal, terminal.say(done)),
    nextStep(terminal, 'sapan audit'),
  ])
}

interface Log {
  readonly admin: NamedAdmin['admin']
  readonly member: string
}

async function ofMember(home: string, member: string, { gateway }: RecoverOptions): Promise<Log> {
  return { admin: await gatewayAdmin(home, gateway ?? member), member }
}

async function waiting(home: string, gateway: string | undefined): Promise<Log[]> {
  const logs: Log[] = []
  for (const { admin } of await gatewayAdmins(home, gateway)) {
    const status = await admin.json('GET', '/v1/status')
    const rows = rowsOf(isRecord(status) ? status.evidence : {}, 'logs')
    for (const { member, recoverNeeded } of rows)
      if (isRecord(recoverNeeded)) logs.push({ admin, member: String(member) })
  }
  return logs
}
