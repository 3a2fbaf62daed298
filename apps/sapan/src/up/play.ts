import type { Proof, Rooms, SignInAddition } from '@sapan/identity'
import { inTransaction, type Language, type Text } from '@sapan/kernel'
import { sandboxForeigner, sandboxPassportHolder, sandboxPerson, type WellKnownStay } from '@sapan/sandbox'
import { button, form } from '@sapan/ui'
import { h } from 'preact'
import type { House } from '../identity/house.ts'
import { appointments } from './officers.ts'

/** What the demonstration is sure of: the made-up person is who they are, and holds a passkey on a device. */
const ial = '2.3'
const aal = '2.2'

/** Whom anybody may play: the living well-known people who are old enough to sign in. */
const kinds = [
  'taxpayer',
  'spouse',
  'partner',
  'elder',
  'employee',
  'stateless',
  'foreigner',
  'mother',
  'father',
  'director',
  'officer',
  'assessor',
  'taxApprover',
  'registrar',
  'registrarChief',
  'immigrationOfficer',
  'immigrationChief',
  'appealsJudge',
] as const

/** Somebody who can be played. */
interface Played {
  /** What the form sends. */
  readonly kind: string
  readonly scheme: 'national-id' | 'foreigner-number' | 'passport'
  readonly value: string
  readonly name: Text
  readonly about: Text
  readonly nationality?: string
}

const residents: readonly Played[] = kinds.map((kind) => {
  const { nationalId, name, about } = sandboxPerson(kind)
  const office = appointments.find((one) => one.person === kind)?.about
  const both = office && { th: `${about.th} · ${office.th}`, en: `${about.en} · ${office.en}` }
  return { kind, scheme: 'national-id', value: nationalId, name, about: both ?? about }
})

function travellers(): readonly Played[] {
  const numbered = sandboxForeigner()
  const holder = sandboxPassportHolder()
  return [
    { kind: 'traveller', scheme: 'foreigner-number', value: numbered.foreignerNumber, ...toldOf(numbered) },
    { kind: 'passportHolder', scheme: 'passport', value: holder.passport, ...toldOf(holder) },
  ]
}

function toldOf({ name, nationality, about }: WellKnownStay) {
  const whole = [name.given, name.family].filter(Boolean).join(' ')
  return { name: { th: whole, en: whole }, nationality, about }
}

const everybody: readonly Played[] = [...residents, ...travellers()]

/** Lets anybody be a sandbox person or officer by one press, on the first page of a sign-in. */
export function playing(house: House): SignInAddition {
  return {
    section: ({ language, formKey }, { uid }) =>
      h(
        'section',
        { class: 'inset', 'aria-labelledby': 'play' },
        h('h2', { id: 'play' }, words.title[language]),
        h('p', null, words.hint[language]),
        form(
          { action: `/sign-in/${uid}/play`, formKey },
          h('ul', { class: 'plain' }, ...everybody.map((one) => h('li', null, choice(one, language)))),
        ),
      ),
    forms: [{ path: '/play', prove: ({ form: sent }) => play(house, sent.get('person') ?? '') }],
  }
}

function choice({ kind, name, about }: Played, language: Language) {
  return [
    button({
      text: words.as[language].replace('{name}', name[language]),
      kind: 'secondary',
      name: 'person',
      value: kind,
    }),
    h('p', { class: 'quiet' }, about[language]),
  ]
}

async function play({ rooms, ground }: House, person: string): Promise<Proof> {
  const one = everybody.find(({ kind }) => kind === person) ?? everybody[0]
  if (one === undefined) throw new Error('there is nobody to be played')
  const account = await accountOf(rooms, ground, one)
  return { account, aal, amr: ['user'], authenticators: [], at: ground.clock() }
}

/** The person's account, which is opened and proved at first. Two presses at once make one. */
async function accountOf(rooms: Rooms, { pool, clock }: House['ground'], played: Played): Promise<string> {
  const { kind, scheme, value, name, nationality } = played
  const { accounts, officers } = rooms
  return await inTransaction(pool, async (client) => {
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`sapan play ${kind}`])
    const found = await accounts.findByIdentifier(scheme, value)
    if (found) return found.id
    const { id } = await accounts.create(client, { language: scheme === 'national-id' ? 'th' : 'en' })
    await accounts.prove(client, id, { scheme, value })
    const told = { ...namesOf(name), ...(nationality && { nationality }) }
    await accounts.saveProfile(client, id, { ...told, source: 'sandbox', fetchedAt: clock() })
    await accounts.raiseIal(client, id, ial)
    return id
  }).then(async (id) => {
    await officers.arrive(id)
    return id
  })
}

function namesOf({ th, en }: Text) {
  const [givenTh = th, ...familyTh] = th.split(' ')
  const [givenEn = en, ...familyEn] = en.split(' ')
  return {
    givenName: { th: givenTh, en: givenEn },
    familyName: { th: familyTh.join(' '), en: familyEn.join(' ') },
  }
}

const words = {
  title: { th: 'เล่นเป็นบุคคลตัวอย่าง', en: 'Play a sandbox person' },
  hint: {
    th: 'เฉพาะการสาธิต บุคคลเหล่านี้สมมติขึ้นทั้งหมด ไม่ต้องยืนยันตัวตน',
    en: 'Demonstration only. These people are made up; nothing is asked of you.',
  },
  as: { th: 'เล่นเป็น {name}', en: 'Play {name}' },
} as const satisfies Record<string, Text>
