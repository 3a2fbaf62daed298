import { loadDivisions } from '@sapan/thailand'
import { describe, expect, it } from 'vitest'
import { placesOf } from '../src/services/places.ts'

const places = placesOf(await loadDivisions())

describe('places for addresses', () => {
  it('are reached from province to sub-district, each with its postal codes', () => {
    expect(places.provinces()).toHaveLength(77)
    const district = places.districtsOf('50').find(({ name }) => name.th === 'แม่ริม')
    const found = places.subdistrictsOf(district?.code ?? '').find(({ name }) => name.th === 'ริมใต้')
    expect(found).toMatchObject({ province: { code: '50' }, postalCodes: ['50180'] })
    expect(places.subdistrict(found?.code ?? '')).toEqual(found)
    expect(places.subdistrict('999999')).toBeUndefined()
  })

  it('are found by parts of names in both languages, with what people write before them, and by postal code', () => {
    const named = (words: string) => places.search(words, 20).map(({ name }) => name.th)
    expect(named('ต.ริมใต้ อ.แม่ริม')).toEqual(['ริมใต้'])
    expect(named('rim tai')).toContain('ริมใต้')
    expect(named('๕๐๑๘๐')).toContain('ริมใต้')
    expect(named('zzzz')).toEqual([])
    expect(named('ก')).toEqual([])
    expect(named('กรุงเทพ')).toHaveLength(20)
  })
})
