import type { Clock, Pool, PoolClient } from '@sapan/kernel'
import { conflict, dayAt, invalid, notFound } from '../application.ts'
import { once } from '../once.ts'

/** The body of `recordFiling`, its shape checked. Amounts in satang. */
export interface NewFiling {
  readonly taxpayerId: string
  readonly taxYear: number
  readonly form: 'PND91'
  readonly filedOn: string
  readonly income: number
  readonly netIncome: number
  readonly taxDue: number
  readonly taxWithheld: number
  readonly refund: number
  readonly payable: number
  readonly reference?: string
}

/** The body of `assessFiling`, its shape checked. Amounts in satang. */
export interface NewAssessment {
  readonly kind: 'assessment' | 'appeal'
  readonly decidedOn: string
  readonly taxDue: number
  readonly refund: number
  readonly payable: number
  readonly reference?: string
}

export interface FilingRegister {
  readonly pool: Pool
  readonly clock: Clock
}

interface Row {
  readonly form: string
  readonly state: string
  readonly filed_on: string | null
  readonly reference: string | null
  readonly income: string | null
  readonly net_income: string | null
  readonly tax_due: string | null
  readonly tax_withheld: string | null
  readonly refund: string | null
  readonly payable: string | null
}

interface AssessmentRow {
  readonly kind: string
  readonly decided_on: string
  readonly tax_due: string
  readonly refund: string
  readonly payable: string
  readonly reference: string | null
}

const amount = (value: string | null): number | null => (value === null ? null : Number(value))

const ONE = {
  name: 'tax-filing',
  text: `select form, state, filed_on::text, reference, income, net_income, tax_due, tax_withheld, refund, payable
    from tax.filing where taxpayer_id = $1 and tax_year = $2`,
}
const ASSESSMENTS = {
  name: 'tax-assessments',
  text: `select kind, decided_on::text, tax_due, refund, payable, reference from tax.assessment
    where taxpayer_id = $1 and tax_year = $2 order by ordinal desc`,
}

/** What `getFiling` answers; undefined where the year has no return. Amounts are those of the latest assessment. */
export async function findFiling(database: Pick<PoolClient, 'query'>, taxpayerId: string, taxYear: number) {
  const { rows } = await database.query<Row>({ ...ONE, values: [taxpayerId, taxYear] })
  const [row] = rows
  if (row === undefined) return undefined
  const assessed = await database.query<AssessmentRow>({ ...ASSESSMENTS, values: [taxpayerId, taxYear] })
  const [latest] = assessed.rows
  return {
    taxpayerId,
    taxYear,
    form: row.form,
    state: row.state,
    filedOn: row.filed_on,
    reference: row.reference,
    income: amount(row.income),
    netIncome: amount(row.net_income),
    taxDue: amount(latest?.tax_due ?? row.tax_due),
    taxWithheld: amount(row.tax_withheld),
    refund: amount(latest?.refund ?? row.refund),
    payable: amount(latest?.payable ?? row.payable),
    assessments: assessed.rows.map((one) => ({
      kind: one.kind,
      decidedOn: one.decided_on,
      taxDue: Number(one.tax_due),
      refund: Number(one.refund),
      payable: Number(one.payable),
      reference: one.reference,
    })),
  }
}

function refuseImpossible({ taxYear, filedOn, refund, payable }: NewFiling, today: string): void {
  if (filedOn > today) throw invalid('วันที่ยื่นแบบ', 'filedOn must not be in the future.')
  if (taxYear >= Number(filedOn.slice(0, 4)) + 543)
    throw conflict('ปีภาษียังไม่สิ้นสุด', 'The tax year is not over.')
  if (refund > 0 && payable > 0)
    throw invalid('จำนวนเงิน', 'refund and payable must not both be more than nothing.')
}

const TAXPAYER = 'select kind, status from tax.taxpayer where taxpayer_id = $1 for update'
const NEW_TAXPAYER = `insert into tax.taxpayer (taxpayer_id, kind, status, registered_since)
  values ($1, 'person', 'active', $2)`

/** Who files for the first time becomes a taxpayer by it. */
async function ensureTaxpayer(client: PoolClient, { taxpayerId, filedOn }: NewFiling): Promise<void> {
  const { rows } = await client.query<{ kind: string; status: string }>(TAXPAYER, [taxpayerId])
  const [taxpayer] = rows
  if (taxpayer === undefined) await client.query(NEW_TAXPAYER, [taxpayerId, filedOn])
  else if (taxpayer.kind !== 'person') throw conflict('แบบนี้ใช้กับบุคคลธรรมดา', 'This form is for people.')
  else if (taxpayer.status !== 'active') throw conflict('ผู้เสียภาษีปิดแล้ว', 'The taxpayer’s entry is closed.')
}

const EXISTING = 'select state, form from tax.filing where taxpayer_id = $1 and tax_year = $2 for update'
const STORE = `insert into tax.filing (taxpayer_id, tax_year, form, state, filed_on, reference, income, net_income, tax_due,
  tax_withheld, refund, payable) values ($1, $2, $3, 'filed', $4, $5, $6, $7, $8, $9, $10, $11)
  on conflict (taxpayer_id, tax_year) do update set form = excluded.form, state = excluded.state,
  filed_on = excluded.filed_on, reference = excluded.reference, income = excluded.income,
  net_income = excluded.net_income, tax_due = excluded.tax_due, tax_withheld = excluded.tax_withheld,
  refund = excluded.refund, payable = excluded.payable`

async function storeFiling(client: PoolClient, { clock }: FilingRegister, filing: NewFiling) {
  const { taxpayerId, taxYear } = filing
  refuseImpossible(filing, dayAt(clock()))
  await ensureTaxpayer(client, filing)
  const { rows } = await client.query<{ state: string; form: string }>(EXISTING, [taxpayerId, taxYear])
  const [existing] = rows
  if (existing?.state === 'filed')
    throw conflict('ปีภาษีนี้ยื่นแบบไว้แล้ว', 'There is a return of this tax year already.')
  if (existing?.state === 'overdue' && existing.form !== filing.form)
    throw conflict('ปีภาษีนี้ต้องยื่นแบบอื่น', 'Another form is due for this tax year.')
  await client.query(STORE, [
    ...[taxpayerId, taxYear, filing.form, filing.filedOn, filing.reference ?? null, filing.income],
    ...[filing.netIncome, filing.taxDue, filing.taxWithheld, filing.refund, filing.payable],
  ])
  return (await findFiling(client, taxpayerId, taxYear)) ?? {}
}

/**
 * Records a return. Returns the answer as JSON. Throws `register-conflict` where the year has one, another form is due or
 * the taxpayer is closed, `register-request-invalid`, `idempotency-key-reused`.
 */
export function recordFiling(register: FilingRegister, key: string, filing: NewFiling): Promise<string> {
  const change = { pool: register.pool, schema: 'tax', key, told: ['filing', filing] }
  return once(change, (client) => storeFiling(client, register, filing))
}

const ASSESS = `insert into tax.assessment (taxpayer_id, tax_year, ordinal, kind, decided_on, tax_due, refund, payable,
  reference, recorded_at) values ($1, $2, (select coalesce(max(ordinal), 0) + 1 from tax.assessment
  where taxpayer_id = $1 and tax_year = $2), $3, $4, $5, $6, $7, $8, $9)`

async function storeAssessment(
  client: PoolClient,
  { clock }: FilingRegister,
  { taxpayerId, taxYear }: { readonly taxpayerId: string; readonly taxYear: number },
  assessment: NewAssessment,
) {
  const { kind, decidedOn, taxDue, refund, payable, reference } = assessment
  if (decidedOn > dayAt(clock())) throw invalid('วันที่วินิจฉัย', 'decidedOn must not be in the future.')
  if (refund > 0 && payable > 0)
    throw invalid('จำนวนเงิน', 'refund and payable must not both be more than nothing.')
  const { rows } = await client.query<{ state: string }>(EXISTING, [taxpayerId, taxYear])
  const [filing] = rows
  if (filing === undefined) throw notFound()
  if (filing.state !== 'filed') throw conflict('ยังไม่ได้ยื่นแบบ', 'There is no return to assess.')
  const values = [kind, decidedOn, taxDue, refund, payable, reference ?? null, new Date(clock())]
  await client.query(ASSESS, [taxpayerId, taxYear, ...values])
  return (await findFiling(client, taxpayerId, taxYear)) ?? {}
}

/**
 * Records what was assessed or decided on appeal. Returns the answer as JSON. Throws `register-not-found`,
 * `register-conflict` where no return was filed, `register-request-invalid`, `idempotency-key-reused`.
 */
export function assessFiling(
  register: FilingRegister,
  key: string,
  of: { readonly taxpayerId: string; readonly taxYear: number },
  assessment: NewAssessment,
): Promise<string> {
  const told = ['assessment', of.taxpayerId, of.taxYear, assessment]
  const change = { pool: register.pool, schema: 'tax', key, told }
  return once(change, (client) => storeAssessment(client, register, of, assessment))
}
