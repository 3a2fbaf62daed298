import type { Pool, Text } from '@sapan/kernel'

interface EmploymentRow {
  readonly employer_id: string
  readonly name_th: string
  readonly name_en: string
  readonly started_on: string
  readonly ended_on: string | null
}

const EMPLOYMENTS = {
  name: 'insurance-employments',
  text: `select e.employer_id, r.name_th, r.name_en, e.started_on::text, e.ended_on::text
    from insurance.employment e join insurance.employer r using (employer_id)
    where e.national_id = $1 order by e.started_on desc, e.employer_id`,
}

const nameOf = (row: { readonly name_th: string; readonly name_en: string }): Text => ({
  th: row.name_th,
  en: row.name_en,
})

/** What `getInsured` answers of everybody: who is not insured has no employments, or ended ones only. */
export async function findInsured(pool: Pool, nationalId: string) {
  const { rows } = await pool.query<EmploymentRow>({ ...EMPLOYMENTS, values: [nationalId] })
  const insured = rows.some(({ ended_on }) => ended_on === null)
  return {
    nationalId,
    insured,
    section: insured ? '33' : null,
    employments: rows.map((row) => ({
      employerId: row.employer_id,
      employer: nameOf(row),
      startedOn: row.started_on,
      endedOn: row.ended_on,
    })),
  }
}

interface ContributionRow {
  readonly employer_id: string
  readonly name_th: string
  readonly name_en: string
  readonly months: number
  readonly amount: string
}

const CONTRIBUTIONS = {
  name: 'insurance-contributions',
  text: `select c.employer_id, r.name_th, r.name_en, c.months, c.amount
    from insurance.contribution c join insurance.employer r using (employer_id)
    where c.national_id = $1 and c.tax_year = $2 order by c.amount desc, c.employer_id`,
}

/** What `getContributions` answers; amounts in satang. */
export async function findContributions(pool: Pool, nationalId: string, taxYear: number) {
  const { rows } = await pool.query<ContributionRow>({ ...CONTRIBUTIONS, values: [nationalId, taxYear] })
  const employers = rows.map((row) => ({
    employerId: row.employer_id,
    employer: nameOf(row),
    months: row.months,
    amount: Number(row.amount),
  }))
  return {
    nationalId,
    taxYear,
    amount: employers.reduce((sum, { amount }) => sum + amount, 0),
    // Two employers in one month are one month of the person.
    months: Math.min(
      12,
      employers.reduce((sum, { months }) => sum + months, 0),
    ),
    employers,
  }
}

interface EmployerRow {
  readonly name_th: string
  readonly name_en: string
  readonly registered_on: string
  readonly insured: number
}

const EMPLOYER = {
  name: 'insurance-employer',
  text: `select name_th, name_en, registered_on::text, (select count(*)::int from insurance.employment e
    where e.employer_id = r.employer_id and e.ended_on is null) as insured
    from insurance.employer r where employer_id = $1`,
}

/** What `getEmployer` answers; undefined for a number that no employer has. */
export async function findEmployer(pool: Pool, employerId: string) {
  const { rows } = await pool.query<EmployerRow>({ ...EMPLOYER, values: [employerId] })
  const [row] = rows
  if (row === undefined) return undefined
  return { employerId, name: nameOf(row), registeredOn: row.registered_on, insured: row.insured }
}
