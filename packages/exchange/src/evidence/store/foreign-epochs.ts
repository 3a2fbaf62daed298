import { type Database, Problem } from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'
import { exchangeProblems } from '../../problems.ts'
import { rowIsIntact, sealRow } from '../row-seal.ts'

/** An epoch of a log that another gateway began. */
export interface ForeignEpoch {
  readonly member: string
  readonly epoch: number
  /** C2SP verifier key. */
  readonly vkey: string
}

export async function insertForeignEpoch(
  database: Database,
  sealer: Sealer,
  { member, epoch, vkey }: ForeignEpoch,
): Promise<void> {
  await database.query(
    'insert into evidence.foreign_epoch (member, epoch, vkey, mac) values ($1, $2, $3, $4)',
    [member, epoch, vkey, sealRow(sealer, 'foreign_epoch', [member, epoch, vkey])],
  )
}

/** Throws Problem `evidence-damaged` where a row was edited. */
export async function readForeignEpochs(database: Database, sealer: Sealer): Promise<ForeignEpoch[]> {
  const { rows } = await database.query<ForeignEpoch & { mac: Buffer }>(
    'select member, epoch, vkey, mac from evidence.foreign_epoch order by member, epoch',
  )
  return rows.map(({ mac, ...row }) => {
    if (rowIsIntact(sealer, 'foreign_epoch', [row.member, row.epoch, row.vkey], mac)) return row
    throw new Problem(exchangeProblems['evidence-damaged'], {
      detail: {
        th: `แถวกุญแจของล็อก ${row.member} ถูกแก้ไข`,
        en: `The row of a key of the log of ${row.member} was edited.`,
      },
    })
  })
}
