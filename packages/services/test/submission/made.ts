import type { Expression } from '@sapan/cel'
import { compile } from '../../src/cel/compile.ts'
import type { ServiceDefinition } from '../../src/definition/definition.ts'
import { DOCUMENT } from '../../src/definition/read/roots.ts'
import type { DecisionRule, Effect } from '../../src/definition/workflow.ts'
import { definitionOf, field, page, text, waits } from '../form/made.ts'

/** A made-up service on which handing in and carrying out are tried: a licence for a small boat. */

export const agency = 'TH/GOV/XX'

export function cel(source: string): Expression {
  return compile(source, { roots: DOCUMENT })
}

const law = { law: 'boats', section: '5', about: text('Boats') }

export const tellRegister: Effect = {
  id: 'enter',
  name: { th: 'บันทึกในทะเบียนเรือ', en: 'Enter it in the register of boats' },
  service: 'TH/GOV/YY/boats/boat-v1',
  operation: 'enterBoat',
  method: 'POST',
  path: '/owners/{owner}/boats',
  parameters: { owner: cel('applicant.id') },
  purpose: 'boats',
  body: { name: cel('answers.boat'), application: cel('application.number') },
}

export const tellPort: Effect = {
  ...tellRegister,
  id: 'port',
  path: '/ports',
  parameters: {},
  body: { boat: cel('effects.enter.boatNumber'), day: cel('decision.decidedOn') },
}

export const granted: DecisionRule = {
  id: 'granted',
  name: text('Granted'),
  favours: true,
  reasons: [],
  asks: [],
  effects: ['enter', 'port'],
  outputs: ['licence'],
  refund: cel('orElse(decision.refund, 0)'),
}

export const refused: DecisionRule = {
  ...granted,
  id: 'refused',
  favours: false,
  reasons: [{ id: 'unsafe', text: text('The boat is not safe.'), law }],
  effects: [],
  outputs: ['letter'],
  refund: cel('calc.fee'),
}

const letter = (statement: string) => ({
  number: cel('output.number'),
  from: [cel('output.agency')],
  statement: cel(statement),
  date: cel('output.on'),
  signer: { name: cel('output.signer.name'), position: cel('output.signer.position') },
})

/** What differs between tests is given. */
export function boatLicence(over: Partial<ServiceDefinition> = {}): ServiceDefinition {
  return definitionOf(
    [
      page('boat', [
        field('text', { id: 'boat', label: { th: 'ชื่อเรือ', en: 'Name of the boat' }, required: true }),
        field('whole', { id: 'metres', label: { th: 'ความยาว', en: 'Metres' }, required: true }),
      ]),
      page('partner', [field('national-id', { id: 'partner', label: text('Partner') })]),
    ],
    {
      owner: agency,
      consumer: `${agency}/boats`,
      laws: [law],
      calculated: [
        {
          id: 'fee',
          label: { th: 'ค่าธรรมเนียม', en: 'Fee' },
          type: 'money',
          value: cel('answers.metres > 5 ? 10000 : 0'),
          isShown: true,
        },
      ],
      fee: { amount: cel('calc.fee'), when: 'with-submission', about: text('By length') },
      requirements: [
        {
          id: 'small',
          rule: cel('answers.metres <= 20'),
          name: text('A small boat'),
          otherwise: { th: 'เรือยาวเกินไป', en: 'The boat is too long.' },
          law,
          asks: ['metres'],
          refuses: true,
        },
      ],
      outputs: [
        {
          id: 'licence',
          name: { th: 'ใบอนุญาตเรือ', en: 'Boat licence' },
          template: 'certificate-letter',
          data: letter('answers.boat + " ทะเบียน " + effects.enter.boatNumber'),
          evidenceFor: [],
        },
        {
          id: 'letter',
          name: { th: 'หนังสือแจ้งผล', en: 'Letter' },
          template: 'certificate-letter',
          data: letter('answers.boat + " ไม่ได้รับอนุญาต"'),
          evidenceFor: [],
        },
      ],
      workflow: {
        steps: [{ kind: 'decide', duty: 'boats', count: 1, by: 'officer' }],
        consents: [
          {
            id: 'partner',
            of: cel('answers.partner'),
            when: cel('has(answers.partner)'),
            asks: text('Do you agree?'),
            shows: ['metres'],
            days: 7,
          },
        ],
        decisions: [granted, refused],
        effects: [tellRegister, tellPort],
        waits,
        appeal: { days: 30, duty: 'boats', workingDays: 10, law },
      },
      ...over,
    },
  )
}
