import { companies, type SyntheticCompany } from '../../companies/companies.ts'
import { employments, type SyntheticEmployment } from '../../employment/employment.ts'
import { contributionYear, TAX_YEARS } from '../../employment/years.ts'
import { postgresDate } from '../../population/days.ts'
import { type TableLoad, tableLoad } from '../load.ts'

const employerTable = (rows: readonly SyntheticCompany[]): TableLoad =>
  tableLoad({
    table: 'employer',
    columns: ['employer_id', 'name_th', 'name_en', 'registered_on'],
    what: { th: 'นายจ้างสังเคราะห์', en: 'synthetic employers' },
    rows,
    write: (copy, { juristicId, name, registered }) => {
      copy.text(juristicId).text(name.th).text(name.en).int4(postgresDate(registered))
    },
  })

const employmentTable = (rows: readonly SyntheticEmployment[]): TableLoad =>
  tableLoad({
    table: 'employment',
    columns: ['national_id', 'employer_id', 'started_on', 'ended_on'],
    what: { th: 'ผู้ประกันตนสังเคราะห์', en: 'synthetic insured people' },
    rows,
    write: (copy, { nationalId, employerId, started, ended }) => {
      copy.text(nationalId).text(employerId).int4(postgresDate(started))
      copy.int4(ended === null ? null : postgresDate(ended))
    },
  })

const contributionTable = (all: readonly SyntheticEmployment[]): TableLoad =>
  tableLoad({
    table: 'contribution',
    columns: ['national_id', 'tax_year', 'employer_id', 'months', 'amount'],
    what: { th: 'เงินสมทบสังเคราะห์', en: 'synthetic contributions' },
    rows: all.flatMap((one) => TAX_YEARS.flatMap((year) => contributionYear(one, year) ?? [])),
    write: (copy, { employment, taxYear, months, amount }) => {
      copy.text(employment.nationalId).int4(taxYear).text(employment.employerId).int4(months).int8(amount)
    },
  })

/** Employers, who works for them, and what was paid: from the same employments as the salaries of the tax register. */
export async function insuranceTables(): Promise<readonly TableLoad[]> {
  const all = await employments()
  const employing = new Set(all.map(({ employerId }) => employerId))
  const employers = (await companies()).filter(({ juristicId }) => employing.has(juristicId))
  return [employerTable(employers), employmentTable(all), contributionTable(all)]
}
