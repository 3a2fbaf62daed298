import { readFileSync } from 'node:fs'
import { shippedTemplates } from '@sapan/documents'
import { parse } from 'yaml'
import type { References } from '../../src/definition/references.ts'

const SERVICE = 'TH/GOV/DOPA/population/sample-v1'
const TRANSFERS = 'TH/COM/BANK/account/payment-v1'
const term = (th: string, en: string) => ({ th, en })

const law = {
  law: 'digital-government',
  section: '12',
  about: { th: 'เวลาของผู้ยื่น', en: 'Times of applicants' },
}

/** A made-up country around the sample service: no more than it names. */
export const sampleReferences: References = {
  members: [
    { short: 'DGA', id: 'TH/GOV/DGA', subsystems: [{ code: 'portal' }] },
    { short: 'DOPA', id: 'TH/GOV/DOPA', subsystems: [{ code: 'population' }] },
  ],
  purposes: new Set(['citizen-service', 'address-change']),
  laws: new Set(['digital-government']),
  duties: new Set(['case-officer', 'registrar', 'signer']),
  scopes: new Set(['apply', 'fill-forms']),
  ial: new Set(['1.1', '2.1', '2.3']),
  aal: new Set(['1', '2.1', '2.2']),
  lifeEvents: new Set(['birth', 'school']),
  listed: new Set(['given-elsewhere']),
  terms: new Map([
    ['person:nationalId', term('เลขประจำตัวประชาชน', 'National number')],
    ['person:title', term('คำนำหน้า', 'Title')],
    ['person:givenName', term('ชื่อ', 'Given name')],
    ['person:familyName', term('นามสกุล', 'Family name')],
    ['person:birthDate', term('วันเกิด', 'Date of birth')],
    ['person:religion', term('ศาสนา', 'Religion')],
    ['person:phone', term('โทรศัพท์', 'Phone')],
    ['address:houseNumber', term('บ้านเลขที่', 'House number')],
  ]),
  grants: [
    {
      consumer: 'TH/GOV/DGA/portal',
      service: SERVICE,
      purpose: 'citizen-service',
      operations: {
        getPerson: { fields: ['name', 'birthDate', 'address'], query: [] },
        getForeigner: { fields: ['name', 'birthDate', 'address'], query: [] },
        getSurvey: { fields: ['name', 'birthDate', 'address'], query: [] },
        getChildren: {
          fields: ['children.nationalId', 'children.name', 'children.birthDate'],
          query: ['youngerThan'],
        },
        recordCard: { fields: ['cardNumber'], query: [] },
      },
    },
    {
      consumer: 'TH/GOV/DGA/portal',
      service: TRANSFERS,
      purpose: 'fee-refund',
      operations: { orderTransfer: { fields: ['*'], query: [] } },
    },
  ],
  transfers: { service: TRANSFERS, operation: 'orderTransfer' },
  services: new Map([[SERVICE, parse(readFileSync(new URL('register.yaml', import.meta.url), 'utf8'))]]),
  waits: { information: { days: 30, law }, payment: { days: 15, law } },
  templates: new Map(shippedTemplates.map(({ name, schema }) => [name, { schema }])),
}
