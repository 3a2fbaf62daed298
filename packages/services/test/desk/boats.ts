import type { ServiceDefinition } from '../../src/definition/definition.ts'
import { field, page, text } from '../form/made.ts'
import { boatLicence, cel, granted, refused } from '../submission/made.ts'

/** The duties of the steps through which a boat goes, and of the appeal. */
export const duties = {
  review: 'clerk',
  endorse: 'head',
  decide: 'boats',
  sign: 'signer',
  appeal: 'court',
} as const

/** The licence as an office of several officers handles it, with a register that is asked again and a photograph. */
export function officeLicence(over: Partial<ServiceDefinition> = {}): ServiceDefinition {
  const { form, workflow } = boatLicence()
  const photo = page('photo', [field('file', { id: 'photo', label: text('Photograph') })])
  return boatLicence({
    evidence: [
      {
        id: 'hull',
        name: text('Survey of the hull'),
        service: 'TH/GOV/YY/boats/boat-v1',
        operation: 'getHull',
        method: 'GET',
        path: '/hulls/{boat}',
        parameters: { boat: cel('answers.boat') },
        query: {},
        byScheme: {},
        purpose: 'boats',
        fields: ['length'],
        shows: [{ field: 'length', label: text('Length of the hull') }],
        again: true,
      },
    ],
    form: { ...form, pages: [...form.pages, photo] },
    workflow: {
      ...workflow,
      consents: [],
      steps: [
        { kind: 'review', duty: duties.review, count: 1, by: 'officer' },
        { kind: 'endorse', duty: duties.endorse, count: 1, by: 'officer' },
        { kind: 'decide', duty: duties.decide, count: 1, by: 'officer' },
        { kind: 'sign', duty: duties.sign, count: 1, by: 'officer' },
      ],
      decisions: [
        {
          ...granted,
          asks: [
            field('money', {
              id: 'refund',
              label: text('Paid back'),
              required: true,
              checks: [{ rule: cel('decision.refund <= 500000'), text: text('More than a licence costs') }],
            }),
            field('text', {
              id: 'why',
              label: text('Why so much'),
              required: true,
              when: cel('decision.refund > 100000 && application.number != ""'),
            }),
            field('date', { id: 'till', label: text('Until'), required: true }),
          ],
        },
        refused,
      ],
      appeal: { ...boatLicence().workflow.appeal, duty: duties.appeal } as never,
    },
    ...over,
  })
}
