import type { Language } from '@sapan/kernel'
import type { PlaceChoice, PlaceEntry } from '@sapan/ui'
import type { Place, Places, Subdistrict } from '../../form/places.ts'

const mostFound = 20

/** How far the choice of an address's place is, by what was sent or is known. */
export function placeChoice(
  places: Places,
  shown: URLSearchParams,
  id: string,
  language: Language,
): PlaceChoice {
  const sent = (part: string): string => (shown.get(`${id}-${part}`) ?? '').slice(0, 100).trim()
  const chosen = places.subdistrict(sent('subdistrict'))
  if (chosen !== undefined) {
    const { postalCodes } = chosen
    const postal = postalCodes.includes(sent('postal')) ? sent('postal') : (postalCodes[0] ?? '')
    const text = placeName(chosen, language)
    return { kind: 'chosen', place: { code: chosen.code, text }, postalCodes, postal }
  }
  const entry = (place: Place): PlaceEntry => ({ code: place.code, text: place.name[language] })
  const provinces = sorted(places.provinces().map(entry), language)
  const province = provinces.find(({ code }) => code === sent('province'))
  const districts = province && sorted(places.districtsOf(province.code).map(entry), language)
  const district = districts?.find(({ code }) => code === sent('district'))
  const subdistricts = district && sorted(places.subdistrictsOf(district.code).map(entry), language)
  const search = sent('search')
  const found = search === '' ? undefined : places.search(search, mostFound)
  return {
    kind: 'choosing',
    provinces,
    ...(province && { province }),
    ...(districts && { districts }),
    ...(district && { district }),
    ...(subdistricts && { subdistricts }),
    ...(found && { search, found: found.map((one) => ({ code: one.code, text: wholeName(one, language) })) }),
  }
}

/** What a step of choosing a place (`address:district`) makes of the form; the same form for what is no step. */
export function takeStep(form: URLSearchParams, step: string): URLSearchParams {
  const [, id = '', what = ''] = /^(.+):(\w+)$/.exec(step) ?? []
  const next = new URLSearchParams(form)
  next.delete('place')
  const forget = (...parts: string[]) => {
    for (const part of parts) next.delete(`${id}-${part}`)
  }
  if (what === 'change') forget('subdistrict', 'postal', 'search', 'found')
  if (what === 'province') forget('district', 'subdistrict', 'search', 'found')
  if (what === 'district') forget('subdistrict', 'search', 'found')
  if (what === 'search') forget('subdistrict', 'found')
  const found = next.get(`${id}-found`)
  if (what === 'found' && found) next.set(`${id}-subdistrict`, found)
  return next
}

function placeName({ name, district, province }: Subdistrict, language: Language): string {
  const parts = [name[language], district.name[language], province.name[language]]
  return parts.join(language === 'th' ? ' ' : ', ')
}

function wholeName(place: Subdistrict, language: Language): string {
  return `${placeName(place, language)} ${place.postalCodes.join(', ')}`
}

function sorted(entries: readonly PlaceEntry[], language: Language): readonly PlaceEntry[] {
  const order = new Intl.Collator(language)
  return [...entries].sort((a, b) => order.compare(a.text, b.text))
}
