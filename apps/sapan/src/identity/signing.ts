import {
  createDocumentSigning,
  createOfficerKeys,
  createSigning,
  createSigningElsewhere,
  type DocumentSigning,
  type OfficerKeys,
  type Rooms,
  revocationSourceOf,
  type Signing,
  type SigningElsewhere,
} from '@sapan/identity'
import type { Notices } from '@sapan/notices'
import type { OperatorDocuments } from './documents-authority.ts'
import type { OperatorGround } from './ground.ts'
import { besideOwn } from './own-revocation.ts'

/** Officers' signatures: the service that holds their keys, and the documents signed at the desk. */
export interface OfficerSigning {
  readonly signing: Signing
  readonly documents: DocumentSigning
  readonly elsewhere: SigningElsewhere
}

/** The keys alone come first: the officers' room tells them when an appointment ends. */
export function officerKeys(
  ground: OperatorGround,
  { authority }: OperatorDocuments,
  accounts: () => Rooms['accounts'],
): OfficerKeys {
  return createOfficerKeys({
    ...ground,
    country: ground.country.identity.officers,
    authority,
    accounts: { profileOf: (id) => accounts().profileOf(id) },
    agencyName: (agency) => agencyName(ground, agency),
  })
}

interface OfficerSigningRooms {
  readonly keys: OfficerKeys
  readonly rooms: Rooms
  readonly notices: Pick<Notices, 'send'>
}

export function officerSigning(
  ground: OperatorGround,
  { authority, timestamper, lists, statusOf }: OperatorDocuments,
  { keys, rooms, notices }: OfficerSigningRooms,
): OfficerSigning {
  const { file, country } = ground
  const shared = { ...ground, country: country.identity.officers, keys, officers: rooms.officers }
  const signing = createSigning({
    ...shared,
    authority,
    others: statusOf,
    origin: file.issuer,
    desk: file.desk,
    region: country.instance,
  })
  const documents = createDocumentSigning({
    ...shared,
    signing,
    agencyName: (agency) => agencyName(ground, agency),
    desk: file.desk,
    level: 'B-LT',
    timestamper,
    revocation: besideOwn(revocationSourceOf(signing.revocation, lists), authority.issuer.certificate),
  })
  const elsewhere = createSigningElsewhere({
    ...shared,
    notices,
    backchannel: rooms.provider.backchannel,
    authorization: signing.authorization,
  })
  return { signing, documents, elsewhere }
}

export function agencyName({ country }: Pick<OperatorGround, 'country'>, agency: string) {
  return country.members.find(({ id }) => id === agency)?.name
}
