import type { Text } from '@sapan/kernel'
import type { SyntheticCompany, SyntheticDirector } from '../../companies/companies.ts'
import { signingText } from '../../companies/signing.ts'
import { postgresDate } from '../../population/days.ts'
import type { SyntheticPerson } from '../../population/population.ts'
import { type TableLoad, tableLoad } from '../load.ts'

function nameOf({ given, family }: SyntheticPerson): Text {
  return {
    th: [given.th, family?.th ?? ''].join(' ').trim(),
    en: [given.en, family?.en ?? ''].join(' ').trim(),
  }
}

function signingOf({ directors, signing, form }: SyntheticCompany): Text {
  const names = new Map(directors.map(({ person }) => [person.nationalId, nameOf(person)]))
  return signingText(signing, (id) => names.get(id) ?? { th: '', en: '' }, form.endsWith('partnership'))
}

const companyTable = (rows: readonly SyntheticCompany[]): TableLoad =>
  tableLoad({
    table: 'juristic_person',
    columns: [
      'juristic_id',
      'form',
      'name_th',
      'name_en',
      'trade_th',
      'trade_en',
      'registered_on',
      'status',
      'capital',
      'house_number',
      'moo',
      'subdistrict',
      'postal_code',
      'signing',
      'signing_th',
      'signing_en',
    ],
    what: { th: 'นิติบุคคลสังเคราะห์', en: 'synthetic companies' },
    rows,
    write: (copy, company) => {
      const signing = signingOf(company)
      copy.text(company.juristicId).text(company.form).text(company.name.th).text(company.name.en)
      copy
        .text(company.trade.th)
        .text(company.trade.en)
        .int4(postgresDate(company.registered))
        .text(company.status)
      copy.int8(company.capital).text(company.houseNumber).int4(company.moo).text(company.subdistrict)
      copy.text(company.postalCode).text(JSON.stringify(company.signing)).text(signing.th).text(signing.en)
    },
  })

interface DirectorRow extends SyntheticDirector {
  readonly juristicId: string
  readonly ordinal: number
}

const directorTable = (rows: readonly DirectorRow[]): TableLoad =>
  tableLoad({
    table: 'director',
    columns: [
      'juristic_id',
      'ordinal',
      'national_id',
      'given_th',
      'given_en',
      'family_th',
      'family_en',
      'appointed_on',
    ],
    what: { th: 'กรรมการและหุ้นส่วนสังเคราะห์', en: 'synthetic directors' },
    rows,
    write: (copy, { juristicId, ordinal, person, appointed }) => {
      copy.text(juristicId).int4(ordinal).text(person.nationalId).text(person.given.th).text(person.given.en)
      copy
        .text(person.family?.th ?? null)
        .text(person.family?.en ?? null)
        .int4(postgresDate(appointed))
    },
  })

export function companyTables(companies: readonly SyntheticCompany[]): readonly TableLoad[] {
  const directors = companies.flatMap(({ juristicId, directors }) =>
    directors.map((director, index) => ({ ...director, juristicId, ordinal: index + 1 })),
  )
  return [companyTable(companies), directorTable(directors)]
}
