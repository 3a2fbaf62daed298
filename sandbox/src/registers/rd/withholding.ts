import type { Pool } from '@sapan/kernel'
import { employments } from '../../employment/employment.ts'
import { employmentYear, TAX_YEARS } from '../../employment/years.ts'
import { type TableLoad, tableLoad } from '../load.ts'

/** What employers told in form ภ.ง.ด.1ก: who got how much in a year, and the tax that was withheld. */
export async function withholdingTable(): Promise<TableLoad> {
  const all = await employments()
  return tableLoad({
    table: 'withholding',
    columns: [
      'national_id',
      'tax_year',
      'employer_id',
      'employer_th',
      'employer_en',
      'months',
      'income',
      'tax',
      'provident_fund',
    ],
    what: { th: 'ภาษีหัก ณ ที่จ่ายสังเคราะห์', en: 'synthetic salaries and tax withheld' },
    rows: all.flatMap((one) => TAX_YEARS.flatMap((year) => employmentYear(one, year) ?? [])),
    write: (copy, { employment, taxYear, months, income, taxWithheld, providentFund }) => {
      copy.text(employment.nationalId).int4(taxYear).text(employment.employerId)
      copy.text(employment.employer.th).text(employment.employer.en).int4(months)
      copy.int8(income).int8(taxWithheld).int8(providentFund)
    },
  })
}

interface Row {
  readonly employer_id: string
  readonly employer_th: string
  readonly employer_en: string
  readonly months: number
  readonly income: string
  readonly tax: string
  readonly provident_fund: string
}

const OF = {
  name: 'tax-withholding',
  text: `select employer_id, employer_th, employer_en, months, income, tax, provident_fund from tax.withholding
    where national_id = $1 and tax_year = $2 order by income desc, employer_id`,
}

/** What `getWithholding` answers. Employers tell a year when it is over: before, there is nothing. `today` is a date. */
export async function findWithholding(pool: Pool, nationalId: string, taxYear: number, today: string) {
  const isOver = taxYear < Number(today.slice(0, 4)) + 543
  const { rows } = isOver ? await pool.query<Row>({ ...OF, values: [nationalId, taxYear] }) : { rows: [] }
  const employers = rows.map((row) => ({
    employerId: row.employer_id,
    employer: { th: row.employer_th, en: row.employer_en },
    months: row.months,
    income: Number(row.income),
    taxWithheld: Number(row.tax),
    providentFund: Number(row.provident_fund),
  }))
  const sum = (part: 'income' | 'taxWithheld' | 'providentFund') =>
    employers.reduce((total, one) => total + one[part], 0)
  return {
    nationalId,
    taxYear,
    income: sum('income'),
    taxWithheld: sum('taxWithheld'),
    providentFund: sum('providentFund'),
    employers,
  }
}
