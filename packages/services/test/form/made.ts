import type { Expression } from '@sapan/cel'
import type { DraftContent } from '../../src/application/application.ts'
import { compile } from '../../src/cel/compile.ts'
import type { ServiceDefinition } from '../../src/definition/definition.ts'
import type { Field, FieldType, FormPage } from '../../src/definition/form.ts'
import type { Places, Subdistrict } from '../../src/form/places.ts'

/** Small made-up forms, for what the whole sample service would hide. */

export const text = (words: string) => ({ th: words, en: words })

export function cel(source: string): Expression {
  return compile(source, { roots: ['answers', 'facts', 'calc', 'applicant', 'tables', 'today', 'item'] })
}

export function field(type: FieldType, over: Partial<Field> = {}): Field {
  return {
    id: 'it',
    type,
    label: text('it'),
    required: false,
    changeable: true,
    options: [],
    checks: [],
    limits: {},
    isSensitive: false,
    ...over,
  }
}

export function page(id: string, fields: readonly Field[], over: Partial<FormPage> = {}): FormPage {
  return { id, section: 'main', title: text(id), fields, ...over }
}

const law = { law: 'boats', section: '9', about: text('Boats') }
export const waits = { information: { days: 30, law }, payment: { days: 15, law } }

export function definitionOf(
  pages: readonly FormPage[],
  over: Partial<ServiceDefinition> & Partial<ServiceDefinition['form']> = {},
): ServiceDefinition {
  const { calculated = [], sections = [{ id: 'main', title: text('main') }], ...more } = over
  return {
    id: 'boat-licence',
    version: 1,
    name: { th: 'ใบอนุญาตเรือ', en: 'Boat licence' },
    summary: text('A licence for a small boat.'),
    says: { th: [], en: [] },
    owner: 'TH/GOV/XX',
    consumer: 'TH/GOV/XX/boats',
    purpose: 'boats',
    audience: ['citizen'],
    applicant: { as: ['self'] },
    lifeEvents: [],
    laws: [],
    workingDays: 5,
    channels: [],
    level: { ial: '2.1', aal: '2' },
    steps: [],
    documents: [],
    evidence: [],
    requirements: [],
    outputs: [],
    tables: {},
    form: { sections, pages, calculated, declaration: text('All of it is true.') },
    workflow: { steps: [], consents: [], decisions: [], effects: [], waits },
    digest: '00',
    ...more,
  }
}

export function contentOf(over: Partial<DraftContent> = {}): DraftContent {
  return {
    applicant: {
      account: '01890000-0000-7000-8000-000000000001',
      kind: 'person',
      id: '1101700207030',
      scheme: 'national-id',
      name: { th: 'มะลิ ใจดี', en: 'Mali Jaidee' },
    },
    answers: {},
    facts: {},
    marks: {},
    done: [],
    ...over,
  }
}

const bangkok = { code: '10', name: { th: 'กรุงเทพมหานคร', en: 'Bangkok' } }
const dusit = { code: '1002', name: { th: 'ดุสิต', en: 'Dusit' } }
const chiangMai = { code: '50', name: { th: 'เชียงใหม่', en: 'Chiang Mai' } }
const maeRim = { code: '5007', name: { th: 'แม่ริม', en: 'Mae Rim' } }

const subdistricts: readonly Subdistrict[] = [
  {
    code: '100203',
    name: { th: 'สวนจิตรลดา', en: 'Suan Chitlada' },
    district: dusit,
    province: bangkok,
    postalCodes: ['10300', '10303'],
  },
  {
    code: '500701',
    name: { th: 'ริมใต้', en: 'Rim Tai' },
    district: maeRim,
    province: chiangMai,
    postalCodes: ['50180'],
  },
]

/** Two provinces of a district and a sub-district each. */
export const places: Places = {
  provinces: () => [bangkok, chiangMai],
  districtsOf: (province) => [dusit, maeRim].filter(({ code }) => code.startsWith(province)),
  subdistrictsOf: (district) => subdistricts.filter(({ code }) => code.startsWith(district)),
  subdistrict: (code) => subdistricts.find((one) => one.code === code),
  search: (words, limit) =>
    subdistricts
      .filter(({ name, postalCodes }) => name.th.includes(words) || postalCodes.includes(words))
      .slice(0, limit),
}

export const countries = [
  { code: 'THA', name: { th: 'ไทย', en: 'Thailand' } },
  { code: 'LAO', name: { th: 'ลาว', en: 'Laos' } },
]

export const context = { places, countries, language: 'th' as const, today: '2026-11-22' }
