import { randomUUID } from 'node:crypto'
import { type CaseSummary, type JsonValue, type Officer, stepsOf } from '@sapan/casework'
import { inTransaction } from '@sapan/kernel'
import { partiesOf, type ServiceDefinition } from '@sapan/services'
import { exportJWK, generateKeyPair } from 'jose'
import type { House } from '../../src/identity/house.ts'
import type { ServicesHouse, ServicesHouseOptions } from '../../src/services/house.ts'
import { describedService } from '../../src/up/descriptions.ts'
import type { Newcomer } from './people.ts'

/** The members whose services the house gives. */
export const hostedAgencies = ['TH/GOV/DOPA', 'TH/GOV/RD', 'TH/GOV/IMM'] as const

/** Services as an operator has them whose agencies' money lies at a bank that never answers. */
export async function servicesOptions(): Promise<Omit<ServicesHouseOptions, 'documents'>> {
  const { publicKey } = await generateKeyPair('ES256')
  return {
    description: describedService,
    money: {
      subsystem: 'TH/COM/0107540990014/account',
      billers: new Map(hostedAgencies.map((member, at) => [member, `09940001655123${at}`])),
      keys: { keys: [{ ...(await exportJWK(publicKey)), kid: 'bank', alg: 'ES256' }] },
    },
  }
}

/** Services that a person may use for themselves, those first that take files. */
export function ownServices({ house }: { readonly house: House }): string[] {
  const current = house.services?.ground.definitions.current() ?? []
  const own = current.filter(({ applicant }) => applicant.as.includes('self'))
  const takesFiles = ({ form }: ServiceDefinition) =>
    form.pages.some(({ fields }) => fields.some(({ type }) => type === 'file'))
  return own.sort((a, b) => Number(takesFiles(b)) - Number(takesFiles(a))).map(({ id }) => id)
}

interface Asking {
  readonly person: Newcomer
  readonly other: Newcomer
  readonly agency: string
  /** What would mislead, in every answer that is text. */
  readonly hostile: string
}

/**
 * Something of a person's in every room of services: a draft of each service, cases of their own as far as a person can
 * act on them, one of another's that awaits their decision as an officer, what they are asked and have to pay, and a
 * document.
 */
export async function giveServices(house: House, asking: Asking): Promise<void> {
  const { services } = house
  if (services === undefined) return
  const { person, other, agency, hostile } = asking
  for (const definition of services.ground.definitions.current()) {
    const content = contentOf(definition, person, hostile)
    await services.drafts.create({ account: person.account }, { service: definition.id, version: 1, content })
  }
  const definition = services.ground.definitions.current().find(({ owner }) => owner === agency)
  if (definition === undefined) return
  const cases = casesOf(services, definition, hostile)
  await cases.refused(person)
  await cases.asked(person)
  const open = await cases.open(person)
  await cases.toDecide(other, person)
  await cases.open(other, await partiesOf(services.ground, person.account))
  await inTransaction(house.ground.pool, async (client) => {
    await services.payments.request(client, {
      payee: agency,
      reference: `case:${open.id}:fee`,
      amount: 10_000,
      dueAt: house.ground.clock() + 86_400_000,
      account: person.account,
    })
    await services.documentbox.put(client, {
      owner: person.account,
      issuer: agency,
      kind: `${definition.id}/${definition.outputs[0]?.id}`,
      title: definition.name,
      number: `X-${randomUUID().slice(0, 8)}`,
      mediaType: 'application/pdf',
      content: Buffer.from('%PDF-1.7\n'),
      key: randomUUID(),
    })
  })
}

/** Every answer is text that no reader of its field has let through. */
function contentOf({ form, evidence }: ServiceDefinition, { account, number }: Newcomer, hostile: string) {
  const answers = Object.fromEntries(
    form.pages.flatMap(({ id, fields, repeat }): [string, JsonValue][] => {
      const texts = fields.flatMap((field): [string, string][] =>
        field.type === 'text' ? [[field.id, hostile]] : [],
      )
      return repeat === undefined ? texts : [[id, [Object.fromEntries(texts)]]]
    }),
  )
  return {
    applicant: {
      account,
      kind: 'person',
      id: number,
      scheme: 'national-id',
      name: { th: hostile, en: hostile },
    },
    answers,
    facts: Object.fromEntries(evidence.map(({ id }) => [id, { state: 'unavailable', askedAt: 0 }] as const)),
    marks: {},
    done: form.pages.map(({ id }) => id),
  } as const
}

function casesOf({ ground, cases }: ServicesHouse, definition: ServiceDefinition, hostile: string) {
  const { id: service, version, owner: agency, workflow, workingDays, name: title } = definition
  const { steps, appeal } = workflow
  const plan = {
    steps,
    workingDays,
    informationDays: 30,
    paymentDays: 15,
    mayWithdraw: true,
    ...(appeal && { appeal: { days: appeal.days, duty: appeal.duty, workingDays: appeal.workingDays } }),
  }
  const duties = steps.map(({ duty }) => duty)
  const officer = (): Officer => ({ account: randomUUID(), agency, duties })
  const seen = ({ id, caseVersion }: CaseSummary) => ({ case: id, version: caseVersion })
  const open = async (applicant: Newcomer, asked: readonly string[] = []): Promise<CaseSummary> => {
    const handedIn = { service, version, digest: '', draft: randomUUID(), language: 'th', calculated: {} }
    const content = {
      ...contentOf(definition, applicant, hostile),
      ...handedIn,
      submittedAt: ground.clock(),
    }
    const consents = workflow.consents
      .slice(0, 1)
      .flatMap(({ id, days }) => asked.slice(0, 1).map((of) => ({ id, of, days })))
    return await inTransaction(ground.pool, (client) =>
      cases.open(client, {
        ...{ agency, service, version, title, plan, consents, fee: 0, key: randomUUID() },
        applicant: applicant.account,
        content: JSON.parse(JSON.stringify(content)),
      }),
    )
  }
  const reviewed = async (applicant: Newcomer): Promise<CaseSummary> => {
    let now = await open(applicant)
    for (const { kind } of stepsOf(plan, 'first')) {
      if (kind === 'review') now = await cases.review(officer(), seen(now), hostile)
      if (kind === 'endorse') now = await cases.endorse(officer(), seen(now), hostile)
    }
    return now
  }
  return {
    open,
    asked: async (applicant: Newcomer) => await cases.ask(officer(), seen(await open(applicant)), hostile),
    toDecide: async (applicant: Newcomer, decider: Newcomer) => {
      const who = { ...officer(), account: decider.account }
      return await cases.take(who, seen(await reviewed(applicant)))
    },
    refused: async (applicant: Newcomer) => {
      const rule = workflow.decisions.find(({ favours }) => !favours)
      const reasons = [{ id: rule?.reasons[0]?.id ?? 'words', words: hostile }]
      const ruling = { outcome: rule?.id ?? 'refused', favours: false, reasons, inputs: {} }
      let now = await cases.decide(officer(), seen(await reviewed(applicant)), ruling)
      if (now.state === 'awaiting-signature') now = await cases.sign(officer(), seen(now))
      return await inTransaction(ground.pool, (client) => cases.complete(client, now.id))
    },
  }
}
