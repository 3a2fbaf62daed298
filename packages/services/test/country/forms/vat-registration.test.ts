import { describe, expect, it } from 'vitest'
import * as people from '../people.ts'
import { type Given, whole } from './whole.ts'

describe('VAT registration', () => {
  const vat: Given = {
    applicant: people.ofCompany,
    facts: {
      company: {
        juristicId: people.company,
        name: people.ofCompany.name,
        status: 'registered',
        registeredOn: '2015-01-01',
        trade: { th: 'ขายส่งสินค้าสมมติ', en: 'Wholesale' },
        address: people.address,
      },
      directors: { directors: [], signing: { text: { th: 'กรรมการหนึ่งคน', en: 'One director' } } },
      vat: { registered: false, registeredFrom: null },
    },
    typed: {
      isExempt: false,
      turnover: 180_000_001,
      exceededOn: '2026-02-01',
      startsOn: '2026-03-02',
      places: [{ placeRight: 'owned' }],
      phone: '021234567',
      email: 'tax@example.com',
    },
    effects: { recordVat: { certificates: [{ number: 'PP20-1', branch: '00000', name: 'สำนักงานใหญ่' }] } },
  }

  it('has the head office as its first place of business, and registers it', async () => {
    const { problems, calc, requirements, told, document } = await whole('vat-registration', vat)
    expect(problems).toEqual([])
    expect(Object.values(requirements)).toEqual([true, true, true, true])
    expect(calc).toEqual({ isVoluntary: false, dueBy: '2026-03-03', isLate: false })
    const name = people.ofCompany.name.th
    expect(told('recordVat')).toMatchObject({
      voluntary: false,
      places: [{ name, address: { houseNumber: '99/12' } }],
    })
    expect(JSON.stringify(document('certificate'))).toContain('PP20-1')
    expect(document('refusal').kind).toBe('data')
  })

  it('is voluntary at the threshold, and late after 30 days above it', async () => {
    const typed = { ...vat.typed, turnover: 180_000_000, acceptsDuties: true }
    const voluntary = await whole('vat-registration', { ...vat, typed })
    expect(voluntary.problems).toEqual([])
    expect(voluntary.calc).toMatchObject({ isVoluntary: true, isLate: false })
    const late = await whole('vat-registration', {
      ...vat,
      typed: { ...vat.typed, exceededOn: '2026-01-30' },
    })
    expect(late.calc).toMatchObject({ isLate: true })
  })
})
