import type { Sealer } from '@sapan/trust'
import { sealPlain } from '../../evidence/content.ts'
import type { Contents } from '../../evidence/contents.ts'
import { sealRow } from '../../evidence/row-seal.ts'
import { openPart, sealPart } from '../../queue/attachments/sealed.ts'
import { openMessage, sealMessage } from '../../queue/content.ts'
import { openEvent, sealEvent } from '../../queue/topic-content.ts'

/** A row as PostgreSQL writes it in JSON: bytes as `\x…`. */
export type Row = Record<string, unknown>

/** What moves of one table. `$1` is the member. */
export interface MovedTable {
  readonly name: string
  /** Which rows: a condition in SQL. */
  readonly whose: string
  /** In which order they can be put in again. */
  readonly order: string
  /** How many rows are read, and put in, at once; absent: many. */
  readonly atOnce?: number
  /** A column that counts by itself, and has to go on from where it was… */
  readonly counted?: string
  /** …also where the highest rows are gone: the highest number that there was, in SQL. */
  readonly highest?: string
  /** What is sealed with the old gateway's key is opened for the file, wherever it lies… */
  readonly open?: (sealer: Sealer, row: Row, contents: Contents) => Row | Promise<Row>
  /** …and sealed with the new one's. */
  readonly seal?: (sealer: Sealer, row: Row) => Row
}

const ofMember = 'member = $1'
const ofSubsystem = (column: string) => `starts_with(${column}, $1 || '/')`

const records: MovedTable = {
  name: 'evidence.record',
  whose: ofMember,
  order: 'txid, ordinal',
  open: openRecord,
  seal: (sealer, row) => withBytes(row, 'content', (plain) => sealPlain(sealer, hexOf(row.digest), plain)),
}

const stamps: MovedTable = {
  name: 'evidence.stamp',
  whose: ofMember,
  order: 'epoch, size',
  seal: (sealer, row) => ({
    ...row,
    mac: hex(
      sealRow(sealer, 'stamp', [text(row.member), Number(row.epoch), Number(row.size), hexOf(row.token)]),
    ),
  }),
}

/** Grants that the records name, the directories under which they were made, and the newest. */
const documents: MovedTable = {
  name: 'evidence.document',
  whose: `(kind = 'grant' and key in (select w.grant_hash from evidence.whole_record w where w.member = $1))
    or (kind = 'directory' and (key::bigint in (select r.directory_version from evidence.record r where r.member = $1)
      or key::bigint = (select max(key::bigint) from evidence.document where kind = 'directory')))`,
  order: 'kind, key',
  seal: (sealer, row) => ({
    ...row,
    mac: hex(sealRow(sealer, 'document', [text(row.kind), text(row.key), text(row.content)])),
  }),
}

const sent: MovedTable = {
  name: 'queue.outgoing',
  whose: ofSubsystem('client'),
  order: 'number',
  counted: 'number',
  open: (sealer, row) => openQueued(sealer, 'outgoing', row),
  seal: (sealer, row) => sealQueued(sealer, 'outgoing', row),
}

const ofAttachment = `(side = 'outgoing' and ${ofSubsystem('client')}) or (side = 'incoming' and ${ofSubsystem('service')})`

const attachments: MovedTable = {
  name: 'queue.attachment',
  whose: ofAttachment,
  order: 'created_at, id',
  open: (sealer, row) =>
    withBytes(row, 'description', (sealed) => openPart(sealer, text(row.id), 'description', sealed)),
  seal: (sealer, row) =>
    withBytes(row, 'description', (plain) => sealPart(sealer, text(row.id), 'description', plain)),
}

const pieces: MovedTable = {
  name: 'queue.attachment_piece',
  whose: `attachment in (select id from queue.attachment where ${ofAttachment})`,
  order: 'attachment, number',
  atOnce: 1,
  open: (sealer, row) =>
    withBytes(row, 'content', (sealed) => openPart(sealer, text(row.attachment), String(row.number), sealed)),
  seal: (sealer, row) =>
    withBytes(row, 'content', (plain) => sealPart(sealer, text(row.attachment), String(row.number), plain)),
}

/** Told twice rather than not at all. */
const callbacks: MovedTable = {
  name: 'queue.callback',
  whose: ofSubsystem('client'),
  order: 'number',
  counted: 'number',
  open: (_sealer, row) => ({ ...row, leased_until: null }),
}

/** What was read and not taken is read again. */
const followed: MovedTable = {
  name: 'queue.followed',
  whose: ofSubsystem('client'),
  order: 'client, service, operation',
  open: (_sealer, row) => ({
    ...row,
    ...{ batch: null, batch_place: null, batch_exchange: null, leased_until: null },
  }),
}

const received: MovedTable = {
  name: 'queue.incoming',
  whose: ofSubsystem('service'),
  order: 'number',
  counted: 'number',
  open: (sealer, row) => openQueued(sealer, 'incoming', row),
  seal: (sealer, row) => sealQueued(sealer, 'incoming', row),
}

const forgotten: MovedTable = {
  name: 'queue.topic_forgotten',
  whose: ofSubsystem('service'),
  order: 'service, operation',
}

const events: MovedTable = {
  name: 'queue.topic_event',
  whose: ofSubsystem('service'),
  order: 'number',
  counted: 'number',
  // Subscribers would miss an event under a number that they have read already.
  highest: 'select max(through) from queue.topic_forgotten',
  open: (sealer, row) => withBytes(row, 'content', (sealed) => openEvent(sealer, placeOf(row), sealed)),
  seal: (sealer, row) => withBytes(row, 'content', (plain) => sealEvent(sealer, placeOf(row), plain)),
}

/** Everything of a member that a gateway's database has, but the head of its log. */
export const movedTables: readonly MovedTable[] = [
  {
    name: 'evidence.circumstances',
    whose: 'id in (select r.circumstances from evidence.record r where r.member = $1)',
    order: 'id',
  },
  records,
  { name: 'evidence.statement', whose: ofMember, order: 'txid, ordinal' },
  { name: 'evidence.batch', whose: ofMember, order: 'epoch, first' },
  { name: 'evidence.tile', whose: ofMember, order: 'epoch, level, index' },
  { name: 'evidence.checkpoint', whose: ofMember, order: 'epoch, size' },
  { name: 'evidence.cosignature', whose: ofMember, order: 'epoch, size, witness' },
  stamps,
  { name: 'evidence.usage', whose: ofMember, order: 'exchange, side, subject' },
  { name: 'evidence.daily_count', whose: ofMember, order: 'day, side, circumstances, outcome' },
  documents,
  { name: 'gateway.service', whose: ofMember, order: 'id' },
  {
    name: 'gateway.grant_issued',
    whose: 'provider = $1',
    order: 'created_at, hash',
  },
  {
    // Those that also speak for another member's subsystem stay: they are not this member's alone.
    name: 'gateway.credential',
    whose: `not exists (select from unnest(subsystems) s where not starts_with(s, $1 || '/'))`,
    order: 'created_at, id',
  },
  // Not their tokens: a caller whose token nobody knows gets another.
  { name: 'gateway.gdx_consumer', whose: ofSubsystem('subsystem'), order: 'created_at, id' },
  {
    name: 'gateway.officer_hour',
    whose: 'consumer = $1',
    order: 'officer, hour',
  },
  {
    name: 'gateway.unusual_access',
    whose: ofMember,
    order: 'number',
    counted: 'number',
  },
  sent,
  callbacks,
  received,
  attachments,
  pieces,
  forgotten,
  events,
  followed,
]

/** What lies in the archive goes along: the new gateway has one of its own. */
async function openRecord(_sealer: Sealer, row: Row, contents: Contents): Promise<Row> {
  if (typeof row.content !== 'string') return row
  const content = Buffer.from(hexOf(row.content), 'hex')
  const digest = Buffer.from(hexOf(row.digest), 'hex')
  const segment = typeof row.segment === 'string' ? row.segment : null
  return { ...row, content: hex(await contents.plain({ digest, content, segment })), segment: null }
}

function openQueued(sealer: Sealer, side: 'outgoing' | 'incoming', row: Row): Row {
  const place = { side, client: text(row.client), message: text(row.message) }
  const opened = withBytes(row, 'content', (sealed) => {
    const { headers, body } = openMessage(sealer, place, sealed)
    return Buffer.from(JSON.stringify({ headers, body: body.toString('base64') }))
  })
  // Whoever worked at it works no more.
  return { ...opened, leased_until: null }
}

function sealQueued(sealer: Sealer, side: 'outgoing' | 'incoming', row: Row): Row {
  const place = { side, client: text(row.client), message: text(row.message) }
  return withBytes(row, 'content', (plain) => {
    const { headers, body } = JSON.parse(plain.toString()) as {
      headers: [string, string][]
      body: string
    }
    return sealMessage(sealer, place, { headers, body: Buffer.from(body, 'base64') })
  })
}

function placeOf({ service, operation, message }: Row) {
  return { service: text(service), operation: text(operation), message: text(message) }
}

function withBytes(row: Row, column: string, change: (bytes: Buffer) => Buffer): Row {
  const value = row[column]
  return typeof value === 'string' ? { ...row, [column]: hex(change(Buffer.from(hexOf(value), 'hex'))) } : row
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** The hexadecimal digits in PostgreSQL's way to write bytes. */
function hexOf(value: unknown): string {
  return text(value).slice(2)
}

function hex(bytes: Buffer): string {
  return `\\x${bytes.toString('hex')}`
}
