import type { Place, Places, Subdistrict } from '@sapan/services'
import type { Subdistrict as CountrySubdistrict, Divisions } from '@sapan/thailand'

/** The country's divisions as forms ask for them. */
export function placesOf(divisions: Divisions): Places {
  const all = divisions.subdistricts.map(subdistrictOf)
  const byCode = new Map(all.map((one) => [one.code, one]))
  const searched = all.map((one) => ({ one, words: searchedWords(one) }))
  return {
    provinces: () => divisions.provinces.map(placeOf),
    districtsOf: (province) => divisions.districtsOf(province).map(placeOf),
    subdistrictsOf: (district) =>
      divisions.subdistrictsOf(district).flatMap(({ code }) => byCode.get(code) ?? []),
    subdistrict: (code) => byCode.get(code),
    search: (words, limit) => {
      const asked = words
        .toLowerCase()
        .split(/[\s,]+/)
        .filter((word) => word !== '')
      if (asked.length === 0) return []
      const found = searched.filter(({ words: known }) => asked.every((word) => known.includes(word)))
      // What begins with the first word is meant more likely than what has it somewhere.
      const [first = ''] = asked
      const rank = ({ words: known }: (typeof searched)[number]) => (known.startsWith(first) ? 0 : 1)
      return found
        .toSorted((a, b) => rank(a) - rank(b))
        .slice(0, limit)
        .map(({ one }) => one)
    },
  }
}

function placeOf({ code, name }: Place): Place {
  return { code, name }
}

function subdistrictOf({ code, name, postalCodes, district }: CountrySubdistrict): Subdistrict {
  return {
    code,
    name,
    postalCodes,
    district: placeOf(district),
    province: placeOf(district.province),
  }
}

function searchedWords({ name, district, province, postalCodes }: Subdistrict): string {
  const names = [name, district.name, province.name].flatMap(({ th, en }) => [th, en])
  return [...names, ...postalCodes].join(' ').toLowerCase()
}
