import type { Proof, Rooms, SignInAddition } from '@sapan/identity'
import { inTransaction, type Language, type Text } from '@sapan/kernel'
import { sandboxPerson } from '@sapan/sandbox'
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
  'officer',
] as const

type Kind = (typeof kinds)[number]

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
          h('ul', { class: 'plain' }, ...kinds.map((kind) => h('li', null, choice(kind, language)))),
        ),
      ),
    forms: [{ path: '/play', prove: ({ form: sent }) => play(house, sent.get('person') ?? '') }],
  }
}

function choice(kind: Kind, language: Language) {
  const { name, about } = sandboxPerson(kind)
  const office = appointments.find((one) => one.person === kind)
  return [
    button({
      text: words.as[language].replace('{name}', name[language]),
      kind: 'secondary',
      name: 'person',
      value: kind,
    }),
    h('p', { class: 'quiet' }, office ? `${about[language]} · ${office.about[language]}` : about[language]),
  ]
}

async function play({ rooms, ground }: House, person: string): Promise<Proof> {
  const kind = kinds.find((one) => one === person) ?? 'taxpayer'
  const account = await accountOf(rooms, ground, kind)
  return { account, aal, amr: ['user'], authenticators: [], at: ground.clock() }
}

/** The person's account, which is opened and proved at first. Two presses at once make one. */
async function accountOf(rooms: Rooms, { pool, clock }: House['ground'], kind: Kind): Promise<string> {
  const { nationalId, name } = sandboxPerson(kind)
  const { accounts, officers } = rooms
  return await inTransaction(pool, async (client) => {
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`sapan play ${kind}`])
    const found = await accounts.findByIdentifier('national-id', nationalId)
    if (found) return found.id
    const { id } = await accounts.create(client, { language: 'th' })
    await accounts.prove(client, id, { scheme: 'national-id', value: nationalId })
    await accounts.saveProfile(client, id, { ...namesOf(name), source: 'sandbox', fetchedAt: clock() })
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
