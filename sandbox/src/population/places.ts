import type { Divisions, Subdistrict } from '@sapan/thailand'
import { type Random, weighted } from '../random.ts'

/** How many people live in a province, in ten thousands, roughly: the sandbox only needs the proportion. */
const PEOPLE_BY_PROVINCE: Readonly<Record<string, number>> = {
  '10': 547, '11': 137, '12': 130, '13': 121, '14': 82, '15': 27, '16': 73, '17': 20, '18': 32, '19': 64,
  '20': 160, '21': 77, '22': 53, '23': 22, '24': 73, '25': 49, '26': 26, '27': 56,
  '30': 263, '31': 157, '32': 137, '33': 145, '34': 187, '35': 53, '36': 112, '37': 37, '38': 42, '39': 51,
  '40': 179, '41': 156, '42': 64, '43': 52, '44': 94, '45': 129, '46': 97, '47': 115, '48': 72, '49': 35,
  '50': 180, '51': 40, '52': 72, '53': 44, '54': 43, '55': 47, '56': 46, '57': 130, '58': 29,
  '60': 103, '61': 32, '62': 71, '63': 68, '64': 58, '65': 84, '66': 52, '67': 97,
  '70': 87, '71': 89, '72': 83, '73': 92, '74': 59, '75': 19, '76': 48, '77': 55,
  '80': 154, '81': 48, '82': 27, '83': 42, '84': 107, '85': 19, '86': 51,
  '90': 143, '91': 32, '92': 64, '93': 52, '94': 73, '95': 55, '96': 81,
} // biome-ignore format: a table

/** Where someone comes to live, by the size of the provinces. */
export interface Places {
  anywhere(random: Random): Subdistrict
  /** In the province of the given sub-district. */
  nearby(subdistrict: Subdistrict, random: Random): Subdistrict
  /** Where work draws people: Bangkok, its neighbours, the eastern seaboard, the large towns. */
  inTown(random: Random): Subdistrict
}

const TOWNS = new Set(['10', '11', '12', '13', '20', '21', '24', '50', '40', '30', '83', '90', '74'])

export function createPlaces(divisions: Divisions): Places {
  const byProvince = Map.groupBy(divisions.subdistricts, (s) => s.district.province.code)
  const codes = [...byProvince.keys()]
  const lists = [...byProvince.values()]
  const any = weighted(codes.map((code) => PEOPLE_BY_PROVINCE[code] ?? 50))
  const town = weighted(codes.map((code) => (TOWNS.has(code) ? (PEOPLE_BY_PROVINCE[code] ?? 50) : 0)))
  return {
    anywhere: (random) => random.of(lists[any(random)] ?? []),
    nearby: (subdistrict, random) => random.of(byProvince.get(subdistrict.district.province.code) ?? []),
    inTown: (random) => random.of(lists[town(random)] ?? []),
  }
}
