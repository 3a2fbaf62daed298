import type { JsonValue } from '@sapan/casework'
import type { Language } from '@sapan/kernel'
import type { Places } from '../form/places.ts'
import type { AddressAnswer } from './answers.ts'

/** Finds a subdistrict, to name it and what lies above it in another language. */
export type PlaceNames = Pick<Places, 'subdistrict'>

interface Reader {
  readonly language: Language
  readonly places?: PlaceNames
}

/** Bangkok's divisions have words of their own: แขวง and เขต. */
const bangkok = '10'

/**
 * An address on one line, as it is written in the language. In Thai its places have the names under which they were
 * chosen; in English those of the country's divisions, where the code is still known.
 */
export function addressText(
  value: { readonly [key: string]: JsonValue },
  { language, places }: Reader,
): string | undefined {
  const address = isTold(value) ? asWritten(value) : (value as Partial<AddressAnswer>)
  const parts = language === 'th' ? thai(address) : english(address, places)
  return parts.filter(Boolean).join(language === 'th' ? ' ' : ', ') || undefined
}

/** A sub-district by its code, with what lies above it: `แขวงสีลม เขตบางรัก กรุงเทพมหานคร`; the code where it is not known. */
export function placeText(code: string, reader: Reader): string {
  const found = reader.places?.subdistrict(code)
  if (found === undefined) return code
  const { name, district, province } = found
  const told = {
    subdistrictCode: code,
    ...{ subdistrict: name.th, district: district.name.th, province: province.name.th },
  }
  return addressText(told, reader) ?? code
}

/** A division as registers tell it. */
interface ToldPlace {
  readonly code: string
  readonly th: string
}

interface Told {
  readonly houseNumber?: string | null
  readonly moo?: number | string | null
  readonly postalCode?: string | null
  readonly subdistrict: ToldPlace
  readonly district: ToldPlace
  readonly province: ToldPlace
}

function isTold(value: object): value is Told {
  return ['subdistrict', 'district', 'province'].every((level) => {
    const place: unknown = Reflect.get(value, level)
    return typeof place === 'object' && place !== null && 'code' in place && 'th' in place
  })
}

/** What a register tells of an address, as people write it. */
function asWritten({ subdistrict, district, province, ...told }: Told): Partial<AddressAnswer> {
  const { houseNumber, moo, postalCode } = told
  return {
    ...(houseNumber ? { houseNumber } : {}),
    ...(moo ? { moo: String(moo) } : {}),
    ...(postalCode ? { postalCode } : {}),
    subdistrictCode: subdistrict.code,
    subdistrict: subdistrict.th,
    district: district.th,
    province: province.th,
  }
}

type Part = string | undefined

function thai(address: Partial<AddressAnswer>): readonly Part[] {
  const { houseNumber, moo, village, lane, road, subdistrict, district, province, postalCode } = address
  const isBangkok = address.subdistrictCode?.startsWith(bangkok) === true
  const [sub, dis, pro] = isBangkok ? ['แขวง', 'เขต', ''] : ['ตำบล', 'อำเภอ', 'จังหวัด']
  return [
    houseNumber,
    moo && `หมู่ที่ ${moo}`,
    village,
    lane && `ซอย${lane}`,
    road && `ถนน${road}`,
    subdistrict && `${sub}${subdistrict}`,
    district && `${dis}${district}`,
    province && `${pro}${province}`,
    postalCode,
  ]
}

function english(address: Partial<AddressAnswer>, places: PlaceNames | undefined): readonly Part[] {
  const { houseNumber, moo, village, lane, road, postalCode } = address
  const known = places?.subdistrict(address.subdistrictCode ?? '')
  const province = known?.province.name.en ?? address.province
  return [
    houseNumber,
    moo && `Moo ${moo}`,
    village,
    lane && `Soi ${lane}`,
    road && `${road} Road`,
    known?.name.en ?? address.subdistrict,
    known?.district.name.en ?? address.district,
    [province, postalCode].filter(Boolean).join(' '),
  ]
}
