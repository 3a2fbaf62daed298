import type { Divisions } from '@sapan/thailand'

interface Area {
  readonly code: string
  readonly th: string
  readonly en: string
}

/** An address as the services tell it. */
export interface Address {
  readonly houseId: string
  readonly houseNumber: string
  readonly moo: number | null
  readonly subdistrict: Area
  readonly district: Area
  readonly province: Area
  readonly postalCode: string
}

export interface AddressRow {
  readonly house_id: string
  readonly house_number: string
  readonly moo: number | null
  readonly subdistrict: string
  readonly postal_code: string
}

export function area({ code, name }: { code: string; name: { th: string; en: string } }): Area {
  return { code, th: name.th, en: name.en }
}

const UNKNOWN: Area = { code: '', th: '', en: '' }

/** A stored address with the names of its places. */
export function addressOf(divisions: Divisions, row: AddressRow): Address {
  const subdistrict = divisions.subdistrict(row.subdistrict)
  return {
    houseId: row.house_id,
    houseNumber: row.house_number,
    moo: row.moo,
    subdistrict: subdistrict ? area(subdistrict) : UNKNOWN,
    district: subdistrict ? area(subdistrict.district) : UNKNOWN,
    province: subdistrict ? area(subdistrict.district.province) : UNKNOWN,
    postalCode: row.postal_code,
  }
}
