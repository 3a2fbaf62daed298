import { type Casework, createCasework } from '@sapan/casework'
import {
  collectHints,
  createRooms,
  createUsage,
  type Declarations,
  type PlainWords,
  type Rooms,
  type Usage,
} from '@sapan/identity'
import type { Clock } from '@sapan/kernel'
import { createNotices, type Notices, pushKeys, webPushSender } from '@sapan/notices'
import { issuerHintKey, issuerTokenKey } from '../run/subject-token.ts'
import { openServices, type ServicesHouse, type ServicesHouseOptions } from '../services/house.ts'
import { clientCertificates } from './client-certificates.ts'
import { clientsFetch } from './clients-fetch.ts'
import { operatorDeclarations } from './declarations.ts'
import type { OperatorDocuments } from './documents-authority.ts'
import type { OperatorGround } from './ground.ts'
import { mailerOf } from './mail.ts'
import { officerName } from './officer-name.ts'
import { passkeysFor } from './passkey-domain.ts'
import { plainWords } from './plain-words.ts'
import { serviceWords } from './service-words.ts'
import { type OfficerSigning, officerKeys, officerSigning } from './signing.ts'
import { taskNews } from './task-news.ts'
import { usageDoor } from './usage-door.ts'

/** Everything of Digital ID that the issuer, the portal and the desk share. */
export interface House {
  readonly ground: OperatorGround
  readonly rooms: Rooms
  readonly notices: Notices
  readonly casework: Casework
  readonly usage: Usage
  /** A job: fetches what gateways hint. */
  collectHints(): Promise<number>
  /** What codes mean to people. */
  readonly words: PlainWords
  /** Absent where the operator has no authority for documents. */
  readonly signing?: OfficerSigning
  /** Absent where the operator has no seal. */
  readonly declarations?: Declarations
  /** The operator's public key for push services. */
  readonly pushKey: string
  /** Absent where the operator hosts no agency. */
  readonly services?: ServicesHouse
  close(): Promise<void>
}

/** Argon2id as OWASP's first choice for what people remember (19 MiB, 2 passes). */
const hashCost = { memory: 19_456, passes: 2, parallelism: 1 }

export interface HouseOptions {
  readonly documents?: OperatorDocuments | undefined
  /** For what the agencies give that the operator hosts. */
  readonly services?: Omit<ServicesHouseOptions, 'documents'> | undefined
}

/** Puts the rooms together on one operator's ground. */
export async function openHouse(ground: OperatorGround, options: HouseOptions = {}): Promise<House> {
  const { documents } = options
  const { file, country, keys } = ground
  const hintKey = await issuerHintKey(keys)
  const identityGround = {
    ...ground,
    country: country.identity,
    issuer: file.issuer,
    signer: await issuerTokenKey(keys),
    hintKey,
  }
  const described = serviceWords(ground.edge, ground.log)
  const words = plainWords(country, described)
  const [push, certificates] = await Promise.all([pushKeys(keys), clientCertificates(file, ground.clock)])
  const mailer = mailerOf(file)
  const notices = createNotices({
    ...ground,
    portal: file.portal,
    mailer,
    push: webPushSender({ keys: push, contact: file.portal }),
    addressOf: (account) => recipientOf(rooms, file.mail !== undefined, account),
  })
  const ownKeys = documents && officerKeys(ground, documents, () => rooms.accounts)
  const rooms = createRooms(identityGround, {
    notices,
    relyingParty: passkeysFor([file.issuer, file.portal, file.desk]),
    hashCost,
    words,
    operator: file.operator,
    agencies: country.members.map(({ id }) => id),
    ...(ownKeys && { watches: [ownKeys.watch] }),
    isMember: (id) => country.members.some((member) => member.id === id),
    ...clientsFetch(file.issuer),
    ...certificates,
  })
  const casework = createCasework({
    ...ground,
    officers: {
      colleagues: (agency, duty) => rooms.officers.holdersOf(agency, duty, ground.clock()),
      nameOf: (account, language) => officerName(rooms, account, language),
    },
    tell: taskNews(notices),
  })
  const { accounts, tokens, subjects } = rooms
  const declarations = documents && operatorDeclarations(ground, documents, rooms)
  const door = usageDoor(ground.edge)
  const usage = createUsage(ground, {
    accounts,
    tokens,
    subjects,
    casework,
    door,
    hasOfficers: hasOfficers(rooms, ground.clock),
    operator: file.operator,
  })
  const services =
    options.services &&
    (await openServices({ ground, rooms, notices, casework }, { ...options.services, documents }))
  return {
    ground,
    rooms,
    notices,
    casework,
    usage,
    ...(services && { services }),
    collectHints: () => collectHints(ground, { door, tokens, key: hintKey, accounts, notices }),
    words,
    ...(documents &&
      ownKeys && { signing: officerSigning(ground, documents, { keys: ownKeys, rooms, notices }) }),
    ...(declarations && { declarations }),
    pushKey: push.publicKey,
    close: async () => {
      await services?.close()
      described.stop()
      await rooms.statuses.stop()
      mailer.close()
      await ground.close()
    },
  }
}

/** Whether somebody holds a duty in an agency now. */
export function hasOfficers({ officers }: Pick<Rooms, 'officers'>, clock: Clock) {
  return async (agency: string, duty: string): Promise<boolean> =>
    (await officers.holdersOf(agency, duty, clock())).length > 0
}

async function recipientOf(rooms: Rooms, hasMail: boolean, account: string) {
  const found = await rooms.accounts.find(account)
  if (found === undefined || found.state === 'closed') return undefined
  const identifiers = hasMail ? await rooms.accounts.identifiersOf(account) : []
  const email = identifiers.find(({ scheme, proved }) => scheme === 'email' && proved)?.value
  return { language: found.language, ...(email === undefined ? {} : { email }) }
}
