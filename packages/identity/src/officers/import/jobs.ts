import { Problem, uuidv7 } from '@sapan/kernel'
import { officerProblems } from '../../problems/officers.ts'
import { openValue } from '../../store/sealed.ts'
import type { OfficersGround } from '../act.ts'
import type { ChangedBy } from '../changes.ts'
import type { Officers } from '../officers.ts'
import type { ImportReport } from './import.ts'

type DeskOfficer = Extract<ChangedBy, { account: string }>

/** A file on its way in, as its page shows it. */
export interface ImportJob {
  readonly id: string
  readonly state: 'checked' | 'running' | 'done' | 'failed'
  readonly done: number
  readonly total: number
  /** What would be done; once it is done, what was. */
  readonly report: ImportReport
}

/** Files of officers that are looked at first, then brought in; a large one goes on while its page tells how far it is. */
export interface ImportJobs {
  /** Checks a file and keeps it for an hour. Throws as `Officers.import`. */
  check(by: DeskOfficer, file: Uint8Array): Promise<string>
  /** Throws `officer-import-over` for one that is not theirs, or not there any more. */
  find(by: DeskOfficer, id: string): Promise<ImportJob>
  /** Brings it in; comes back when it is done, or after two seconds. Throws `officer-import-over`. */
  run(by: DeskOfficer, id: string): Promise<void>
  /** Waits for what is still under way. */
  stop(): Promise<void>
}

const keptMs = 3_600_000
const patienceMs = 2000
const place = (column: 'content' | 'report', id: string): string => `officer_import.${column} ${id}`

export function createImportJobs(ground: OfficersGround, officers: Officers): ImportJobs {
  const running = new Set<Promise<void>>()
  return {
    check: (by, file) => check(ground, officers, by, file),
    find: (by, id) => find(ground, by, id),
    stop: async () => {
      await Promise.all(running)
    },
    run: async (by, id) => {
      const file = await takeFile(ground, by, id)
      const work = bringIn(ground, officers, { by, id, file }).finally(() => running.delete(work))
      running.add(work)
      let timer: NodeJS.Timeout | undefined
      const patience = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, patienceMs)
      })
      await Promise.race([work, patience])
      clearTimeout(timer)
    },
  }
}

async function check(
  ground: OfficersGround,
  officers: Officers,
  by: DeskOfficer,
  file: Uint8Array,
): Promise<string> {
  const { pool, clock, sealer } = ground
  const report = await officers.import(by, file, { isTrial: true })
  const agency = await officers.agencyOf(by)
  const id = uuidv7(clock())
  await pool.query('delete from identity.officer_import where at < $1', [new Date(clock() - keptMs)])
  await pool.query(
    `insert into identity.officer_import (id, agency, by_account, by_appointment, at, state, content_sealed,
       total, report_sealed) values ($1, $2, $3, $4, $5, 'checked', $6, $7, $8)`,
    [
      id,
      agency,
      by.account,
      by.appointment,
      new Date(clock()),
      sealer.seal(file, Buffer.from(place('content', id))),
      report.lines.length,
      sealed(ground, id, report),
    ],
  )
  return id
}

function sealed({ sealer }: OfficersGround, id: string, report: ImportReport): Buffer {
  return sealer.seal(Buffer.from(JSON.stringify(report)), Buffer.from(place('report', id)))
}

interface Row {
  readonly state: ImportJob['state']
  readonly done: number
  readonly total: number
  readonly report_sealed: Buffer
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

async function find(
  { pool, sealer, clock }: OfficersGround,
  by: DeskOfficer,
  id: string,
): Promise<ImportJob> {
  if (!UUID.test(id)) throw new Problem(officerProblems['officer-import-over'])
  const { rows } = await pool.query<Row>(
    `select state, done, total, report_sealed from identity.officer_import
     where id = $1 and by_account = $2 and by_appointment = $3 and at > $4`,
    [id, by.account, by.appointment, new Date(clock() - keptMs)],
  )
  const [row] = rows
  if (!row) throw new Problem(officerProblems['officer-import-over'])
  // What `sealed` wrote.
  const report = openValue(sealer, place('report', id), row.report_sealed) as ImportReport
  return { id, state: row.state, done: row.done, total: row.total, report }
}

/** The file, once: of two presses one brings it in. */
async function takeFile(ground: OfficersGround, by: DeskOfficer, id: string): Promise<Uint8Array> {
  await find(ground, by, id)
  const { rows } = await ground.pool.query<{ content_sealed: Buffer | null }>(
    `update identity.officer_import set state = 'running' where id = $1 and state = 'checked'
     returning content_sealed`,
    [id],
  )
  const content = rows[0]?.content_sealed
  if (!content) throw new Problem(officerProblems['officer-import-over'])
  return ground.sealer.open(content, Buffer.from(place('content', id)))
}

async function bringIn(
  ground: OfficersGround,
  officers: Officers,
  { by, id, file }: { by: DeskOfficer; id: string; file: Uint8Array },
): Promise<void> {
  const { pool, log } = ground
  const told = (done: number) =>
    pool.query('update identity.officer_import set done = $2 where id = $1', [id, done])
  try {
    const report = await officers.import(by, file, {
      onProgress: (done) => {
        told(done).catch((err: unknown) => log.warn({ err }, 'the progress of an import was not kept'))
      },
    })
    await settle(ground, id, report.applied ? 'done' : 'failed', report)
  } catch (err) {
    log.error({ err }, 'an import of officers failed')
    await settle(ground, id, 'failed').catch((failure: unknown) => {
      log.error({ err: failure }, 'that an import failed was not kept: its page shows it as under way')
    })
  }
}

async function settle(
  ground: OfficersGround,
  id: string,
  state: 'done' | 'failed',
  report?: ImportReport,
): Promise<void> {
  await ground.pool.query(
    `update identity.officer_import set state = $2, content_sealed = null,
       report_sealed = coalesce($3, report_sealed) where id = $1`,
    [id, state, report ? sealed(ground, id, report) : null],
  )
}
