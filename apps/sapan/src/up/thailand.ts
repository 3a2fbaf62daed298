import type { Country } from './country.ts'

/** Thailand, small: five agencies and a company, from the country pack. */
export async function thailand(): Promise<Country> {
  return {
    instance: 'TH',
    person: '0000000000000',
    agencies: [
      {
        code: 'DOPA',
        id: 'TH/GOV/DOPA',
        class: 'GOV',
        name: { th: 'กรมการปกครอง', en: 'DOPA' },
        subsystems: [
          { code: 'population', name: { th: 'ทะเบียนราษฎร', en: 'population' } },
          { code: 'places', name: { th: 'เขตการปกครอง', en: 'places' } },
        ],
        grants: [
          {
            consumer: 'TH/GOV/RD/efiling',
            service: 'TH/GOV/DOPA/population/person-v1',
            operations: { getPerson: { fields: ['name', 'address', 'birthDate'], query: [] } },
            purpose: 'tax-assessment',
            law: { act: { th: 'ประมวลรัษฎากร', en: 'Revenue Code' }, section: '10' },
            expires: '2030-01-01T00:00:00Z',
          },
        ],
      },
      {
        code: 'RD',
        id: 'TH/GOV/RD',
        class: 'GOV',
        name: { th: 'กรมสรรพากร', en: 'Revenue' },
        subsystems: [{ code: 'efiling', name: { th: 'ยื่นแบบ', en: 'e-filing' } }],
        grants: [],
      },
    ],
  }
}
