import { postgresDate } from '../../population/days.ts'
import type {
  SyntheticHouse,
  SyntheticMove,
  SyntheticPerson,
  SyntheticPopulation,
} from '../../population/population.ts'
import { type TableLoad, tableLoad } from '../load.ts'

const date = (day: number | null): number | null => (day === null ? null : postgresDate(day))

const HOUSE_COLUMNS = ['house_id', 'house_number', 'moo', 'subdistrict', 'postal_code']

const houses = (rows: readonly SyntheticHouse[]): TableLoad =>
  tableLoad({
    table: 'house',
    columns: HOUSE_COLUMNS,
    what: { th: 'บ้านสังเคราะห์', en: 'synthetic houses' },
    rows,
    write: (copy, house) => {
      copy
        .text(house.houseId)
        .text(house.number)
        .int4(house.moo)
        .text(house.subdistrict)
        .text(house.postalCode)
    },
  })

const PERSON_COLUMNS = [
  'national_id',
  'sex',
  'title',
  'given_th',
  'given_en',
  'family_th',
  'family_en',
  'birth_date',
  'birth_subdistrict',
  'death_date',
  'marital_status',
  'marriage_date',
  'father',
  'mother',
  'spouse',
  'house_id',
  'relationship',
]

const people = (rows: readonly SyntheticPerson[]): TableLoad =>
  tableLoad({
    table: 'person',
    columns: PERSON_COLUMNS,
    what: { th: 'บุคคลสังเคราะห์', en: 'synthetic people' },
    rows,
    write: (copy, person) => {
      copy.text(person.nationalId).text(person.sex).text(person.title)
      copy.text(person.given.th).text(person.given.en)
      copy.text(person.family?.th ?? null).text(person.family?.en ?? null)
      copy.int4(postgresDate(person.born)).text(person.birthSubdistrict).int4(date(person.died))
      copy.text(person.marital).int4(date(person.married))
      copy.text(person.father).text(person.mother).text(person.spouse)
      copy.text(person.houseId).text(person.relationship)
    },
  })

const moves = (rows: readonly SyntheticMove[]): TableLoad =>
  tableLoad({
    table: 'move',
    columns: ['national_id', 'ordinal', 'moved_on', 'from_house', 'to_house'],
    what: { th: 'การย้ายที่อยู่สังเคราะห์', en: 'synthetic moves' },
    rows,
    write: (copy, move) => {
      copy.text(move.nationalId).int4(move.ordinal).int4(postgresDate(move.day)).text(move.from).text(move.to)
    },
  })

export function populationTables(population: SyntheticPopulation): readonly TableLoad[] {
  return [houses(population.houses), people(population.people), moves(population.moves)]
}
