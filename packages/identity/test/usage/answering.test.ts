import { expect, it } from 'vitest'
import { answeringAgency } from '../../src/usage/answering.ts'

const [looked, holder, operator] = ['TH/COM/1', 'TH/GOV/RD', 'TH/GOV/DGA']
const agencies = [looked, holder, operator] as const

it.each([
  ['who looked, where somebody there can', [looked, holder], looked],
  ['whose data it was, where nobody at the first can', [holder, operator], holder],
  ['who runs the house, where nobody else can', [operator], operator],
  ['who looked, for whoever joins it, where nobody can at all', [], looked],
])('a question is answered by %s', async (_, staffed: readonly string[], expected) => {
  const hasOfficers = async (agency: string, duty: string) =>
    duty === 'data-protection-officer' && staffed.includes(agency)
  expect(await answeringAgency(hasOfficers, 'data-protection-officer', agencies)).toBe(expected)
})
