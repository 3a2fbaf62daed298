/**
 * Writes `data/divisions/corrections.tsv`: where the administrative divisions of `thai-address-universal`
 * differ from GeoThai's list of DOPA codes. Usage:
 *
 *   npx tsx countries/thailand/scripts/derive-corrections.ts <folder with GeoThai's JSON files>
 *
 * The folder is `geothai/_data` of the Python package geothai 3.2.1 (data: CC BY 4.0, GeoThai).
 * Nothing is matched by likeness of place: a row is matched by its district and its exact Thai name, or by
 * its code within its own district, or by a spelling one letter apart where each side has one name left.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type PackageRow, readPackageRows } from '../src/divisions/package-rows.ts'

type Area = [code: string, th: string, en: string, postalCode: string]

const folder = process.argv[2]
if (folder === undefined) throw new Error('which folder holds GeoThai’s JSON files?')
const read = (name: string): Area[] => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Area[]
const plainThai = (name: string): string =>
  name
    .replace(/^เขต/, '')
    .replace(/\(.*\)/, '')
    .replace(/[\s.-]/g, '')
    .normalize('NFC')
const plainLatin = (name: string): string => name.toLowerCase().replace(/[\s-]/g, '')
/** Without the other spelling that some names carry in brackets. */
const tidyThai = (name: string): string => name.replace(/\s*\(.*\)/, '')
const tidyLatin = (name: string): string =>
  name.replace(/(?<=\p{Ll})\p{Lu}/gu, (letter) => letter.toLowerCase())

const provinces = new Map(read('provinces.json').map((area) => [area[1], area]))
const districts = new Map(
  read('districts.json').map((area) => [area[0].slice(0, 2) + plainThai(area[1]), area]),
)
const subdistricts = read('subdistricts.json')
const lines: string[] = []

/** One letter put in, left out or exchanged. */
function oneLetterApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  let end = 0
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++
  return Math.max(a.length, b.length) - start - end === 1
}

const found = (area: Area | undefined, what: string): Area => {
  if (area === undefined) throw new Error(`${what} is not in GeoThai’s list`)
  return area
}
const english = (ours: string, theirs: string): string =>
  plainLatin(ours) === plainLatin(theirs) ? '' : tidyLatin(theirs)
const line = (...columns: string[]): void => void lines.push(columns.join('\t'))

function provinceLines(rows: PackageRow[]): void {
  for (const row of new Map(rows.map((r) => [r.province.th, r])).values()) {
    const area = found(provinces.get(row.province.th), row.province.th)
    const en = english(row.province.en, area[2])
    const code = area[0] === row.provinceCode ? '' : area[0]
    if (code || en) line('province', row.province.th, '', '', code, '', en, '')
  }
}

function districtArea(row: PackageRow): Area {
  const province = found(provinces.get(row.province.th), row.province.th)
  return found(districts.get(province[0] + plainThai(row.district.th)), row.district.th)
}

function districtLines(rows: PackageRow[]): void {
  for (const row of new Map(rows.map((r) => [r.province.th + r.district.th, r])).values()) {
    const area = districtArea(row)
    const en = english(row.district.en, area[2])
    const code = area[0] === row.districtCode ? '' : area[0]
    if (code || en) line('district', row.province.th, row.district.th, '', code, '', en, '')
  }
}

/** Pairs the rows of one district with the areas of one district: first by name, then code, then spelling. */
function pair(rows: PackageRow[], areas: Area[]): Map<PackageRow, Area> {
  const pairs = new Map<PackageRow, Area>()
  let open = [...areas]
  const take = (by: (row: PackageRow, area: Area) => boolean, alone: boolean): void => {
    for (const row of rows.filter((r) => !pairs.has(r))) {
      const fitting = open.filter((area) => by(row, area))
      if (fitting[0] !== undefined && (!alone || fitting.length === 1)) pairs.set(row, fitting[0])
    }
    const taken = new Set(pairs.values())
    open = open.filter((area) => !taken.has(area))
  }
  take((row, area) => plainThai(row.subdistrict.th) === plainThai(area[1]), false)
  take((row, area) => row.subdistrictCode === area[0], true)
  take((row, area) => oneLetterApart(plainThai(row.subdistrict.th), plainThai(area[1])), true)
  return pairs
}

function subdistrictLines(rows: PackageRow[]): void {
  const byDistrict = Map.groupBy(rows, (row) => districtArea(row)[0])
  const areasByDistrict = Map.groupBy(subdistricts, (area) => area[0].slice(0, 4))
  for (const [districtCode, ours] of byDistrict) {
    const areas = areasByDistrict.get(districtCode) ?? []
    const pairs = pair(ours, areas)
    const postalCodes = Map.groupBy(ours, (row) => row.subdistrict.th)
    const written = new Set<string>()
    for (const [row, area] of pairs) {
      if (written.has(row.subdistrict.th)) continue
      written.add(row.subdistrict.th)
      const same = postalCodes.get(row.subdistrict.th) ?? []
      const code = area[0] === row.subdistrictCode ? '' : area[0]
      const th = plainThai(area[1]) === plainThai(row.subdistrict.th) ? '' : tidyThai(area[1])
      const en = english(row.subdistrict.en, area[2])
      const postal = same.length === 1 && row.postalCode === area[3] ? '' : area[3]
      if (!(code || th || en || postal)) continue
      line('subdistrict', row.province.th, row.district.th, row.subdistrict.th, code, th, en, postal)
    }
    const [first] = ours
    const taken = new Set([...pairs.values()].map((area) => area[0]))
    if (first === undefined) continue
    for (const [code, th, en, postalCode] of areas) {
      if (!taken.has(code))
        line('add', first.province.th, first.district.th, '', code, tidyThai(th), tidyLatin(en), postalCode)
    }
  }
}

const rows = await readPackageRows()
provinceLines(rows)
districtLines(rows)
subdistrictLines(rows)
const head = [
  '# Corrections to the divisions of thai-address-universal 2.2.0, from GeoThai’s list of DOPA codes (geothai 3.2.1,',
  '# https://github.com/GeoThai/data, © 2026 Pongsakorn Thipayanate, CC BY 4.0). Written by scripts/derive-corrections.ts.',
  '# kind, province, district, sub-district (as the package spells them), then what replaces: code, Thai, English, postal code.',
]
writeFileSync(
  new URL('../data/divisions/corrections.tsv', import.meta.url),
  `${[...head, ...lines].join('\n')}\n`,
)
