import type { JsonValue } from '@sapan/casework'
import { describe, expect, it } from 'vitest'
import { shownFields } from '../../../src/prefill/shown.ts'
import { countryDefinitions } from '../definitions.ts'
import * as people from '../people.ts'
import { type Given, whole } from './whole.ts'

describe('the change of address', () => {
  const house = (houseId: string, master: JsonValue) => ({
    address: { ...people.address, houseId },
    registrar: { member: 'TH/GOV/REG9002', th: 'สำนักทะเบียนอำเภอสทิงพระ', en: 'Registrar' },
    master,
    residents: 3,
  })
  const move: Given = {
    applicant: people.person(people.father),
    facts: {
      person: { name: people.somebody.name, birthDate: '1985-06-15', address: people.address },
      household: {
        members: [
          { nationalId: people.father, name: people.somebody.name, birthDate: '1985-06-15' },
          { nationalId: people.mother, name: people.somebody.name, birthDate: '1988-04-04' },
          { nationalId: people.child, name: people.somebody.name, birthDate: '2019-06-06' },
        ],
      },
      newHouse: { houses: [house('90025300010', { nationalId: people.elder })] },
    },
    typed: {
      newAddress: people.addressAnswer,
      movedOn: '2026-02-20',
      right: 'family',
      movesAlone: false,
      sharesCustody: true,
      otherParentId: people.mother,
    },
    effects: {
      recordMoves: {
        movedOn: '2026-02-20',
        persons: [{ nationalId: people.father, moveOutNumber: '1004-1', moveInNumber: '9002-1' }],
      },
    },
  }

  it('takes the children along, asks master and other parent, and moves all of them at once', async () => {
    const { problems, calc, requirements, told, document } = await whole('change-of-address', move)
    expect(problems).toEqual([])
    expect(Object.values(requirements)).toEqual([true, true, true, true])
    expect(calc).toMatchObject({
      masterId: people.elder,
      registrar: 'TH/GOV/REG9002',
      moverCount: 2,
      isLate: false,
    })
    expect(told('recordMoves')).toMatchObject({
      nationalIds: [people.father, people.child],
      houseId: '90025300010',
      masterId: people.elder,
    })
    expect(JSON.stringify(document('notice'))).toContain('9002-1')
    expect(document('refusal').kind).toBe('data')
  })

  it('names everybody in the house as somebody, not as a child', async () => {
    const found = (await countryDefinitions()).current().find(({ id }) => id === 'change-of-address')
    const household = found?.evidence.find(({ id }) => id === 'household')
    const shown = found && household ? shownFields(found, household) : []
    expect(shown.map(({ label }) => label.en)).toEqual(['Name', 'National number', 'Date of birth'])
    expect(shown.filter(({ label }) => label.th.includes('บุตร'))).toEqual([])
  })

  it('into an empty house asks nobody', async () => {
    const facts = { ...move.facts, newHouse: { houses: [house('90025300010', null)] } }
    const { calc, told } = await whole('change-of-address', { ...move, facts })
    expect(calc).toMatchObject({ masterId: '' })
    expect(told('recordMoves')).not.toHaveProperty('masterId')
  })

  it('is no move where the house is the same, and can be told late', async () => {
    const facts = { ...move.facts, newHouse: { houses: [house(people.address.houseId, null)] } }
    const same = await whole('change-of-address', { ...move, facts })
    expect(same.problems.map(({ field }) => field)).toEqual(['houseId'])
    const late = await whole('change-of-address', {
      ...move,
      typed: { ...move.typed, movedOn: '2026-02-14' },
    })
    expect(late.calc).toMatchObject({ isLate: true, fineAtMost: 100_000 })
  })
})
