import type { Text } from '@sapan/kernel'
import { type Correction, type Corrections, readCorrections } from './corrections.ts'
import { type PackageRow, readPackageRows } from './package-rows.ts'

/** จังหวัด. `code` has two digits. */
export interface Province {
  readonly code: string
  readonly name: Text
}

/** อำเภอ or, in Bangkok, เขต. `code` has four digits and starts with its province's. */
export interface District {
  readonly code: string
  readonly name: Text
  readonly province: Province
}

/** ตำบล or, in Bangkok, แขวง. `code` has six digits and starts with its district's. */
export interface Subdistrict {
  readonly code: string
  readonly name: Text
  /** One, or several where the post divides the sub-district. */
  readonly postalCodes: readonly string[]
  readonly district: District
}

/** A row of the package that is no sub-district with a known code. It is left out, and shown here. */
export interface UnrepairedRow {
  readonly province: string
  readonly district: string
  readonly subdistrict: string
  /** As the package gives it; may be empty. */
  readonly code: string
  readonly reason: 'no-code' | 'code-of-another-district' | 'code-taken'
}

/** The administrative divisions of Thailand, each list in the order of codes. */
export interface Divisions {
  readonly provinces: readonly Province[]
  readonly districts: readonly District[]
  readonly subdistricts: readonly Subdistrict[]
  readonly unrepaired: readonly UnrepairedRow[]
  province(code: string): Province | undefined
  district(code: string): District | undefined
  subdistrict(code: string): Subdistrict | undefined
  districtsOf(provinceCode: string): readonly District[]
  subdistrictsOf(districtCode: string): readonly Subdistrict[]
}

const corrected = (name: Text, correction: Correction | undefined): Text => ({
  th: correction?.th || name.th,
  en: correction?.en || name.en,
})

class Builder {
  readonly provinces = new Map<string, Province>()
  readonly districts = new Map<string, District>()
  readonly subdistricts = new Map<string, Subdistrict>()
  readonly unrepaired: UnrepairedRow[] = []
  readonly #corrections: Corrections
  readonly #districtByName = new Map<string, District>()
  readonly #seen = new Set<string>()

  constructor(corrections: Corrections) {
    this.#corrections = corrections
  }

  #province(row: PackageRow): Province {
    const correction = this.#corrections.byName.get(row.province.th)
    const code = correction?.code || row.provinceCode
    const known = this.provinces.get(code)
    if (known) return known
    const province = { code, name: corrected(row.province, correction) }
    this.provinces.set(code, province)
    return province
  }

  #district(row: PackageRow): District {
    const name = `${row.province.th}|${row.district.th}`
    const known = this.#districtByName.get(name)
    if (known) return known
    const correction = this.#corrections.byName.get(name)
    const code = correction?.code || row.districtCode
    const district = { code, name: corrected(row.district, correction), province: this.#province(row) }
    this.#districtByName.set(name, district)
    this.districts.set(code, district)
    return district
  }

  /** Two rows of one name in one district are one sub-district with two postal codes; the correction names which. */
  add(row: PackageRow): void {
    const district = this.#district(row)
    const name = `${row.province.th}|${row.district.th}|${row.subdistrict.th}`
    if (this.#seen.has(name)) return
    this.#seen.add(name)
    const correction = this.#corrections.byName.get(name)
    const code = correction?.code || row.subdistrictCode
    const reason = this.#reasonToLeave(code, district)
    if (reason) {
      this.#leave(row, reason)
      return
    }
    const postalCodes = (correction?.postalCode || row.postalCode).split(' ')
    this.subdistricts.set(code, { code, name: corrected(row.subdistrict, correction), postalCodes, district })
  }

  addMissing(): void {
    for (const { province, district, code, th, en, postalCode } of this.#corrections.additions) {
      const parent = this.#districtByName.get(`${province}|${district}`)
      if (parent === undefined || !code.startsWith(parent.code) || this.subdistricts.has(code)) continue
      const area = { code, name: { th, en }, postalCodes: postalCode.split(' '), district: parent }
      this.subdistricts.set(code, area)
    }
  }

  #reasonToLeave(code: string, district: District): UnrepairedRow['reason'] | undefined {
    if (code === '') return 'no-code'
    if (!code.startsWith(district.code)) return 'code-of-another-district'
    return this.subdistricts.has(code) ? 'code-taken' : undefined
  }

  #leave(row: PackageRow, reason: UnrepairedRow['reason']): void {
    this.unrepaired.push({
      province: row.province.th,
      district: row.district.th,
      subdistrict: row.subdistrict.th,
      code: row.subdistrictCode,
      reason,
    })
  }
}

const ordered = <T extends { readonly code: string }>(areas: Iterable<T>): T[] =>
  [...areas].sort((a, b) => (a.code < b.code ? -1 : 1))

/** Puts the package's rows right with the corrections. Pure; see CONTEXT.md for the rules. */
export function buildDivisions(rows: readonly PackageRow[], corrections: Corrections): Divisions {
  const builder = new Builder(corrections)
  // A row whose own code is good comes before one that only borrows it.
  const own = (row: PackageRow): number =>
    corrections.byName.has(`${row.province.th}|${row.district.th}|${row.subdistrict.th}`) ? 0 : 1
  for (const row of [...rows].sort((a, b) => own(a) - own(b))) builder.add(row)
  builder.addMissing()
  const provinces = ordered(builder.provinces.values())
  const districts = ordered(builder.districts.values())
  const subdistricts = ordered(builder.subdistricts.values())
  const districtsOf = Map.groupBy(districts, (district) => district.province.code)
  const subdistrictsOf = Map.groupBy(subdistricts, (subdistrict) => subdistrict.district.code)
  return {
    provinces,
    districts,
    subdistricts,
    unrepaired: builder.unrepaired,
    province: (code) => builder.provinces.get(code),
    district: (code) => builder.districts.get(code),
    subdistrict: (code) => builder.subdistricts.get(code),
    districtsOf: (code) => districtsOf.get(code) ?? [],
    subdistrictsOf: (code) => subdistrictsOf.get(code) ?? [],
  }
}

let loaded: Promise<Divisions> | undefined

/** The administrative divisions, read once per process. */
export function loadDivisions(): Promise<Divisions> {
  loaded ??= readPackageRows().then((rows) => buildDivisions(rows, readCorrections()))
  return loaded
}
