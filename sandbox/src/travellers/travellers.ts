import { type Day, day, isoDate } from '../population/days.ts'
import { REGISTER_DAY, SEED } from '../population/settings.ts'
import { Random } from '../random.ts'
import type { PassportPage } from './mrz.ts'

export const stayKinds = ['visa-exempt', 'tourist', 'business', 'work', 'student', 'long-term'] as const
export type StayKind = (typeof stayKinds)[number]

/** Someone who came with a foreign passport. Nobody of them exists. */
export interface SyntheticTraveller {
  readonly serial: number
  readonly page: PassportPage
  readonly entered: Day
  readonly stay: { readonly kind: StayKind; readonly until: Day }
}

/** How many travellers the register holds. */
export const TRAVELLERS = 400

/** Given names of women, of men, and family names, by nationality. */
const NAMES: Readonly<Record<string, readonly [string, string, string]>> = {
  GBR: [
    'Emily Grace|Charlotte|Amelia',
    'Oliver James|Harry|George',
    "O'Neill|Whitfield|Smith-Jones|Ashworth",
  ],
  DEU: ['Anna Lena|Katharina|Jördis', 'Jürgen|Lukas|Matthias', 'Müller|Weiß|Schäfer|von der Heide'],
  JPN: ['Haruka|Misaki|Yui', 'Kenta|Takumi|Hiroshi', 'Tanaka|Watanabe|Kobayashi|Inoue'],
  CHN: ['Xiaoling|Meihua|Jing', 'Wei|Jianguo|Haoran', 'Zhang|Liu|Chen|Zhao'],
  IND: ['Ananya|Priya|Lakshmi', 'Arjun|Rahul|Venkatanarasimharaju', 'Sharma|Iyer|Wuppuluri Rao|Khan'],
  FRA: ['Éloïse|Camille|Zoé', 'François|Théo|Loïc', "D'Arcy|Lefèvre|Béranger|Le Goff"],
  IDN: ['Sukarni|Dewi|Wulandari', 'Suharto|Budi|Wijaya', 'Santoso|Hidayat|Siregar|Nasution'],
  LAO: ['Bounmy|Khamla|Noy', 'Somchay|Bounthong|Khamphone', 'Vongsa|Phommachanh|Sisavath|Keovilay'],
}
const NATIONALITIES = Object.keys(NAMES)

/** Days that each kind of stay lasts. */
const LASTS: Readonly<Record<StayKind, number>> = {
  'visa-exempt': 60,
  tourist: 90,
  business: 365,
  work: 730,
  student: 365,
  'long-term': 1825,
}

/** The synthetic travellers, the same everywhere. Numbers of their passports begin with SMT (สมมติ, "supposed"). */
export function createTravellers(seed: number = SEED): readonly SyntheticTraveller[] {
  const random = new Random(seed, 'travellers')
  return Array.from({ length: TRAVELLERS }, (_, index) => traveller(index + 1, random))
}

function traveller(serial: number, random: Random): SyntheticTraveller {
  const nationality = random.of(NATIONALITIES)
  const sex = random.chance(0.5) ? 'female' : 'male'
  const name = nameOf(nationality, sex, random)
  const born = random.between(day(1945, 1, 1), day(2007, 12, 31))
  const passportFrom = random.between(REGISTER_DAY - 2500, REGISTER_DAY - 400)
  const kind = random.of(stayKinds)
  const entered = random.between(REGISTER_DAY - 300, REGISTER_DAY)
  return {
    serial,
    page: {
      issuingState: nationality,
      nationality,
      number: `SMT${String(serial).padStart(6, '0')}`,
      ...name,
      sex,
      // Some passports know no day, or neither day nor month.
      birthDate: isoDate(born).slice(0, serial % 97 === 0 ? 4 : serial % 89 === 0 ? 7 : 10),
      expiry: isoDate(passportFrom + 3652),
    },
    entered,
    stay: { kind, until: entered + LASTS[kind] },
  }
}

function nameOf(
  nationality: string,
  sex: 'female' | 'male',
  random: Random,
): { family: string; given: string | null } {
  const [women = '', men = '', families = ''] = NAMES[nationality] ?? []
  const given = random.of((sex === 'female' ? women : men).split('|'))
  const family = random.of(families.split('|'))
  // Many Indonesians have one name, which then is the primary identifier.
  return nationality === 'IDN' && random.chance(0.4) ? { family: given, given: null } : { family, given }
}
