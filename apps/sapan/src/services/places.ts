import type { Place, Places, Subdistrict } from '@sapan/services'
import type { District, Subdistrict as Division, Divisions } from '@sapan/thailand'

/** The country's divisions as forms choose addresses from them. */
export function placesOf(divisions: Divisions): Places {
  const place = ({ code, name }: Place): Place => ({ code, name })
  const whole = ({ code, name, district, postalCodes }: Division): Subdistrict => ({
    code,
    name,
    district: place(district),
    province: place(district.province),
    postalCodes,
  })
  const provinces = divisions.provinces.map(place)
  return {
    provinces: () => provinces,
    districtsOf: (province) => divisions.districtsOf(province).map((district: District) => place(district)),
    subdistrictsOf: (district) => divisions.subdistrictsOf(district).map(whole),
    subdistrict: (code) => {
      const found = divisions.subdistrict(code)
      return found && whole(found)
    },
    search: (words, limit) => search(divisions.subdistricts, words, limit).map(whole),
  }
}

/** All words must be found, in whichever division; those whose own name begins so come first. */
function search(all: readonly Division[], typed: string, limit: number): readonly Division[] {
  const words = typed
    .normalize('NFKC')
    .toLowerCase()
    .replace(/(?:ตำบล|แขวง|อำเภอ|เขต|จังหวัด|(?:ต|อ|จ)\.)/g, ' ')
    .replace(/[๐-๙]/g, (digit) => String(digit.charCodeAt(0) - '๐'.charCodeAt(0)))
    .split(/\s+/)
    .filter((word) => word.length > 1)
  const [first] = words
  if (first === undefined) return []
  const found = all.filter((one) => words.every((word) => namesOf(one).some((name) => name.includes(word))))
  const rank = ({ name }: Division): number =>
    name.th === first || name.en.toLowerCase() === first
      ? 0
      : name.th.startsWith(first) || name.en.toLowerCase().startsWith(first)
        ? 1
        : 2
  return found.sort((a, b) => rank(a) - rank(b)).slice(0, limit)
}

function namesOf({ name, district, postalCodes }: Division): readonly string[] {
  const names = [name, district.name, district.province.name].flatMap(({ th, en }) => [th, en.toLowerCase()])
  return [...names, ...postalCodes]
}
