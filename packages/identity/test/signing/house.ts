import {
  type Block,
  type Level,
  localTimestamper,
  paragraph,
  renderDocument,
  type Timestamper,
} from '@sapan/documents'
import { checkFile } from '@sapan/documents/check'
import {
  createCrl,
  createDocumentIssuer,
  createDocumentRoot,
  createTimestampAuthority,
  generateKey,
  generateSigner,
  issueDocumentCertificate,
  type SigningKey,
} from '@sapan/trust'
import { createAccounts } from '../../src/account/accounts.ts'
import type { AppointmentWatch } from '../../src/officers/ports.ts'
import { createBackchannel } from '../../src/provider/backchannel.ts'
import { createDocumentSigning, type DocumentSigning } from '../../src/signing/documents.ts'
import { createSigningElsewhere, type SigningElsewhere } from '../../src/signing/elsewhere.ts'
import { createOfficerKeys, type OfficerKeys } from '../../src/signing/officer-keys.ts'
import { revocationSourceOf } from '../../src/signing/revocation.ts'
import { createSigning, type Signing } from '../../src/signing/signing.ts'
import { type TestGround, testGround } from '../ground.ts'
import { officersCountry as country } from '../officers/country.ts'
import { day, OfficersHouse, type TestOfficer } from '../officers/house.ts'

export const desk = 'http://localhost:4402'
const agencyName = (agency: string) => ({ th: `หน่วยงาน ${agency.slice(-2)}`, en: agency })

/** An authority for documents with a time-stamp authority. */
async function authorityAt(now: number) {
  const subject = (commonName: string) => ({ commonName, organization: 'Test', country: 'TH' })
  const root = await createDocumentRoot(generateKey('ecdsa-sha256'), {
    subject: subject('Root'),
    now: now - 30 * day,
    years: 20,
  })
  const issuer = await createDocumentIssuer(root, generateKey('ecdsa-sha256'), {
    subject: subject('Issuer'),
    now: now - 30 * day,
    years: 5,
  })
  const signer = generateSigner('ecdsa-p256-sha256')
  const certificate = await issueDocumentCertificate(issuer, {
    profile: 'timestamping',
    publicKey: signer.publicKey,
    subject: subject('Stamps'),
    now: now - day,
    days: 700,
  })
  return { root, issuer, stamps: { signer, certificate } }
}

/** Officers who sign, over real rooms; `another` is a second process on the same database. */
export class SigningHouse extends OfficersHouse {
  readonly root: SigningKey
  readonly keys: OfficerKeys
  readonly signing: Signing
  readonly documents: DocumentSigning
  readonly elsewhere: SigningElsewhere
  /** Whom notices went to, and where they lead. */
  readonly told: { readonly account: string; readonly link?: string }[] = []
  readonly #another: () => SigningHouse

  private constructor(ground: TestGround, authority: Awaited<ReturnType<typeof authorityAt>>, level: Level) {
    const { root, issuer } = authority
    const keys = createOfficerKeys({
      ...ground,
      country,
      accounts: createAccounts(ground),
      agencyName,
      authority: { issuer, addresses: {} },
    })
    const watches: AppointmentWatch[] = [keys.watch]
    super(ground, watches)
    const common = { ...ground, country, keys, officers: this.officers, desk }
    this.root = root
    this.keys = keys
    this.signing = createSigning({
      ...common,
      authority: { issuer, addresses: {} },
      others: () => ({ state: 'good' }),
      origin: 'http://localhost:4403',
      region: 'TH',
    })
    this.documents = createDocumentSigning({
      ...common,
      signing: this.signing,
      agencyName,
      level,
      timestamper: stamper(authority, ground.clock),
      revocation: revocationSourceOf(this.signing.revocation, async () => [
        await createCrl(root, { revoked: [], number: 1, now: this.now, nextUpdate: this.now + 30 * day }),
      ]),
    })
    this.elsewhere = createSigningElsewhere({
      ...common,
      backchannel: createBackchannel({ ...ground, carry: async () => {} }),
      notices: {
        send: async (_client, { account, link }) => {
          this.told.push({ account, ...(link && { link }) })
        },
      },
      authorization: this.signing.authorization,
    })
    this.#another = () => new SigningHouse(ground, authority, level)
  }

  static async start(level: Level = 'B-LT'): Promise<SigningHouse> {
    const ground = await testGround()
    return new SigningHouse(ground, await authorityAt(ground.clock()), level)
  }

  another(): SigningHouse {
    return this.#another()
  }

  /** How a face knows an officer who has just proved themselves. */
  visitor({ account }: TestOfficer, { aal = '2.2', ago = 0 } = {}) {
    return { account, level: { ial: '2.3', aal }, authenticatedAt: this.now - ago }
  }

  /** Begins with a document, and gives the ticket of the page on which it is confirmed. */
  async begin(who: TestOfficer, more: object = {}) {
    const document = { name: 'หนังสือ.pdf', bytes: await letter(), language: 'th' as const, ...more }
    const { id, confirm } = await this.documents.begin(who, document)
    return { id, ticket: confirm.slice(`${desk}/desk/signing/confirm/`.length) }
  }

  /** Confirms and comes back, as the browser does. */
  async confirm(who: TestOfficer, ticket: string) {
    const address = await this.signing.confirm(ticket, this.visitor(who))
    return this.documents.finish(who, new URL(address).searchParams)
  }

  async check(bytes: Uint8Array) {
    return checkFile(bytes, { anchors: { certificates: [this.root.certificate] }, at: this.now + 60_000 })
  }
}

function stamper(
  { issuer, stamps }: Awaited<ReturnType<typeof authorityAt>>,
  clock: () => number,
): Timestamper {
  let serial = 0n
  return localTimestamper(
    createTimestampAuthority({
      ...stamps,
      chain: [issuer.certificate, ...issuer.chain],
      clock,
      policy: '1.3.6.1.4.1.32473.1',
      nextSerial: () => ++serial,
    }),
  )
}

/** A letter in PDF, with what ends it. */
export async function letter(ending: readonly Block[] = []): Promise<Uint8Array> {
  const { bytes } = await renderDocument({
    language: 'th',
    title: 'หนังสือ',
    author: 'หน่วยงานทดสอบ',
    created: Date.UTC(2026, 10, 20),
    attachments: [],
    body: [paragraph(['เรียน ผู้เกี่ยวข้อง']), ...ending],
  })
  return bytes
}
