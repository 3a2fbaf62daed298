import type { Language, Text } from '@sapan/kernel'
import { type ComponentChild, h } from 'preact'
import { buttonLook } from './button.ts'

/** A place that can be chosen, in the page's language. */
export interface PlaceEntry {
  readonly code: string
  readonly text: string
}

/** How far the choice of a place is. */
export type PlaceChoice =
  /** Chosen, with its postal codes, of which the first or `postal` is meant. */
  | {
      readonly kind: 'chosen'
      readonly place: PlaceEntry
      readonly postalCodes: readonly string[]
      readonly postal: string
    }
  | {
      readonly kind: 'choosing'
      readonly provinces: readonly PlaceEntry[]
      readonly province?: PlaceEntry
      readonly districts?: readonly PlaceEntry[]
      readonly district?: PlaceEntry
      readonly subdistricts?: readonly PlaceEntry[]
      /** What was searched for, and what was found. */
      readonly search?: string
      readonly found?: readonly PlaceEntry[]
    }

const words = {
  chosen: { th: 'ตำบล อำเภอ จังหวัด', en: 'Sub-district, district, province' },
  change: { th: 'เลือกที่อื่น', en: 'Choose another place' },
  postal: { th: 'รหัสไปรษณีย์', en: 'Postal code' },
  search: { th: 'ค้นหาตำบล อำเภอ หรือรหัสไปรษณีย์', en: 'Search by sub-district, district or postal code' },
  find: { th: 'ค้นหา', en: 'Search' },
  found: { th: 'เลือกจากที่พบ', en: 'Choose from what was found' },
  none: {
    th: 'ไม่พบ ลองพิมพ์เพียงบางส่วนของชื่อ หรือเลือกจังหวัดด้านล่าง',
    en: 'Nothing was found. Try a part of the name, or choose the province below.',
  },
  or: { th: 'หรือเลือกทีละขั้น', en: 'Or choose step by step' },
  province: { th: 'จังหวัด', en: 'Province' },
  district: { th: 'อำเภอหรือเขต', en: 'District' },
  subdistrict: { th: 'ตำบลหรือแขวง', en: 'Sub-district' },
  choose: { th: 'เลือก', en: 'Choose' },
  next: { th: 'ขั้นต่อไป', en: 'Next step' },
} as const satisfies Record<string, Text>

/** Where an address lies. The script `places.js` takes the steps without loading the whole page. */
export function placePicker(
  name: string,
  choice: PlaceChoice,
  language: Language,
  isWrong: boolean,
): ComponentChild {
  return h(
    'div',
    {
      class: 'place',
      id: `${name}-place`,
      tabIndex: -1,
      'data-place': name,
      'data-wrong': isWrong ? 'true' : undefined,
    },
    choice.kind === 'chosen' ? chosenPlace(name, choice, language) : choosingPlace(name, choice, language),
  )
}

function chosenPlace(
  name: string,
  { place, postalCodes, postal }: Extract<PlaceChoice, { kind: 'chosen' }>,
  language: Language,
): ComponentChild {
  const single = postalCodes.length <= 1
  return h(
    'div',
    { class: 'chosen-place' },
    h('p', { class: 'chosen-label' }, words.chosen[language]),
    h('p', null, h('strong', null, place.text), single ? ` ${postal}` : null),
    h('input', { type: 'hidden', name: `${name}-subdistrict`, value: place.code }),
    single
      ? h('input', { type: 'hidden', name: `${name}-postal`, value: postal })
      : selectOf(
          `${name}-postal`,
          words.postal[language],
          postalCodes.map((code) => ({ code, text: code })),
          postal,
        ),
    stepButton(name, 'change', words.change[language], 'quiet'),
  )
}

function choosingPlace(
  name: string,
  choice: Extract<PlaceChoice, { kind: 'choosing' }>,
  language: Language,
): ComponentChild {
  const { search, found } = choice
  return h(
    'div',
    null,
    h(
      'div',
      { class: 'ds-field' },
      h('label', { for: `${name}-search` }, words.search[language]),
      h(
        'div',
        { class: 'with-button' },
        h('input', {
          class: 'ds-input',
          id: `${name}-search`,
          name: `${name}-search`,
          autocomplete: 'off',
          value: search,
        }),
        stepButton(name, 'search', words.find[language], 'secondary'),
      ),
    ),
    h(
      'div',
      { 'aria-live': 'polite' },
      found === undefined || search === undefined
        ? null
        : found.length === 0
          ? h('p', null, words.none[language])
          : [
              selectOf(`${name}-found`, words.found[language], found, undefined, words.choose[language]),
              stepButton(name, 'found', words.next[language], 'secondary'),
            ],
    ),
    h('p', { class: 'or' }, words.or[language]),
    steps(name, choice, language),
  )
}

function steps(
  name: string,
  { provinces, province, districts, district, subdistricts }: Extract<PlaceChoice, { kind: 'choosing' }>,
  language: Language,
): ComponentChild {
  const choose = words.choose[language]
  const next = (step: string) => stepButton(name, step, words.next[language], 'secondary')
  return h(
    'div',
    { class: 'place-steps' },
    selectOf(`${name}-province`, words.province[language], provinces, province?.code, choose),
    districts === undefined ? next('province') : null,
    districts && selectOf(`${name}-district`, words.district[language], districts, district?.code, choose),
    districts && subdistricts === undefined ? next('district') : null,
    subdistricts &&
      selectOf(`${name}-subdistrict`, words.subdistrict[language], subdistricts, undefined, choose),
    subdistricts ? next('subdistrict') : null,
  )
}

function selectOf(
  name: string,
  label: string,
  entries: readonly PlaceEntry[],
  value: string | undefined,
  empty?: string,
): ComponentChild {
  return h(
    'div',
    { class: 'ds-field' },
    h('label', { for: name }, label),
    h(
      'select',
      { class: 'ds-input', id: name, name },
      empty === undefined ? null : h('option', { value: '' }, empty),
      entries.map(({ code, text }) => h('option', { value: code, selected: code === value }, text)),
    ),
  )
}

function stepButton(name: string, step: string, text: string, kind: 'secondary' | 'quiet'): ComponentChild {
  return h('button', { type: 'submit', name: 'place', value: `${name}:${step}`, ...buttonLook(kind) }, text)
}
