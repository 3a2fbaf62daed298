import { describe, expect, it } from 'vitest'
import { readCorrections } from '../src/divisions/corrections.ts'
import { buildDivisions } from '../src/divisions/divisions.ts'
import { type PackageRow, readPackageRows } from '../src/divisions/package-rows.ts'
import { type Divisions, loadDivisions } from '../src/index.ts'

const divisions: Divisions = await loadDivisions()

describe('the administrative divisions of Thailand', () => {
  it('are 77 provinces, 928 districts and 7,436 sub-districts', () => {
    expect(divisions.provinces).toHaveLength(77)
    expect(divisions.districts).toHaveLength(928)
    expect(divisions.subdistricts).toHaveLength(7436)
  })

  it('have codes of 2, 4 and 6 digits, each used once', () => {
    const codes = (areas: readonly { code: string }[]) => areas.map((area) => area.code)
    expect(codes(divisions.provinces).every((code) => /^[1-9]\d$/.test(code))).toBe(true)
    expect(codes(divisions.districts).every((code) => /^[1-9]\d{3}$/.test(code))).toBe(true)
    expect(codes(divisions.subdistricts).every((code) => /^[1-9]\d{5}$/.test(code))).toBe(true)
    for (const areas of [divisions.provinces, divisions.districts, divisions.subdistricts])
      expect(new Set(codes(areas)).size).toBe(areas.length)
  })

  it('start each code with the code of the area above', () => {
    expect(divisions.districts.filter((d) => !d.code.startsWith(d.province.code))).toEqual([])
    expect(divisions.subdistricts.filter((s) => !s.code.startsWith(s.district.code))).toEqual([])
  })

  it('give every province a district and every district a sub-district', () => {
    expect(divisions.provinces.filter((p) => divisions.districtsOf(p.code).length === 0)).toEqual([])
    expect(divisions.districts.filter((d) => divisions.subdistrictsOf(d.code).length === 0)).toEqual([])
  })

  it('carry Thai and English names and five-digit postal codes', () => {
    for (const area of [...divisions.provinces, ...divisions.districts, ...divisions.subdistricts]) {
      expect(area.name.th).toMatch(/^[\u0E00-\u0E7F][\u0E00-\u0E7F .-]*$/u)
      expect(area.name.en).toMatch(/^[A-Z][A-Za-z' .-]*$/)
    }
    expect(divisions.subdistricts.filter((s) => !s.postalCodes.every((p) => /^[1-9]\d{4}$/.test(p)))).toEqual(
      [],
    )
  })

  it('know the places whose rows the package codes as before their district was founded', () => {
    expect(divisions.subdistrict('810801')?.name.en).toBe('Nuea Khlong')
    expect(divisions.subdistrict('103001')?.district.name.th).toBe('จตุจักร')
    expect(divisions.province('38')?.name).toEqual({ th: 'บึงกาฬ', en: 'Bueng Kan' })
    expect(divisions.districtsOf('38')).toHaveLength(8)
    expect(divisions.district('5025')?.name.th).toBe('กัลยาณิวัฒนา')
  })
})

describe('rows that cannot be repaired', () => {
  it('are listed and left out: 43 islands without a code, and three names that are no sub-district today', () => {
    expect(Object.fromEntries(Map.groupBy(divisions.unrepaired, (row) => row.reason))).toMatchObject({
      'no-code': { length: 43 },
      'code-of-another-district': [{ subdistrict: 'บางบอน' }, { subdistrict: 'ขามเรียน' }],
      'code-taken': [{ subdistrict: 'มหาวิทยาลัยขอนแก่น' }],
    })
  })

  it('are never given the code of another district', async () => {
    const rows: PackageRow[] = await readPackageRows()
    const without = buildDivisions(rows, { byName: new Map(), additions: [] })
    expect(without.subdistricts.filter((s) => !s.code.startsWith(s.district.code))).toEqual([])
    expect(without.unrepaired.length).toBeGreaterThan(1000)
  })
})

describe('the file of corrections', () => {
  it('refuses a line that is no correction, and names it', () => {
    expect(() => readCorrections('# head\nsubdistrict\tกระบี่\tอ่าวลึก\tx\t12345\t\t\t')).toThrow(/line 2/)
    expect(() => readCorrections('rename\tกระบี่\t\t\t81\t\t\t')).toThrow(/line 1/)
  })

  it('names only rows that the package has', async () => {
    const rows = await readPackageRows()
    const names = new Set(
      rows.flatMap(({ province: p, district: d, subdistrict: s }) => [
        p.th,
        `${p.th}|${d.th}`,
        `${p.th}|${d.th}|${s.th}`,
      ]),
    )
    expect([...readCorrections().byName.keys()].filter((name) => !names.has(name))).toEqual([])
  })
})
