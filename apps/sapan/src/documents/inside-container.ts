import type { OpenContainer } from '@sapan/documents/check'
import type { Text } from '@sapan/kernel'
import { plainSize, plainTime } from '@sapan/portal'
import { misuse } from '../commands/document/misuse.ts'
import { cross, nextStep } from '../terminal/lines.ts'
import { table } from '../terminal/table.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { readable, signaturesIn } from './open-input.ts'
import { section, writeInner } from './sections.ts'

const typeNames = { 'asic-e': 'ASiC-E', 'asic-s': 'ASiC-S' } as const

/** Everything in a container at a glance; who is said to have signed, but not whether it is so. */
export async function showContainer(
  terminal: Terminal,
  bytes: Uint8Array,
  opened: OpenContainer,
  options: { readonly file: string; readonly json: boolean | undefined },
): Promise<void> {
  const inside = await insideOf(bytes, opened)
  if (options.json) terminal.out(JSON.stringify(inside, null, 2))
  else sayInside(terminal, inside, options.file)
}

type Inside = Awaited<ReturnType<typeof insideOf>>

async function insideOf(bytes: Uint8Array, { container, manifests, unreadable }: OpenContainer) {
  const signatures = await signaturesIn(bytes)
  const types = new Map(manifests.flatMap(({ objects }) => objects.map(({ name, mime }) => [name, mime])))
  return {
    type: container.type,
    files: container.files.map(({ name, size }) => {
      const mime = types.get(name)
      const signed = signatures.some(({ covers = [] }) => covers.includes(name))
      return { name, ...(mime === undefined ? {} : { mime }), bytes: size, signed }
    }),
    manifests: manifests.map(({ name, signature, objects }) => ({
      name,
      signature,
      files: objects.map((object) => ({
        name: object.name,
        ...(object.algorithm === undefined ? {} : { algorithm: object.algorithm }),
        digest: Buffer.from(object.digest).toString('hex'),
      })),
    })),
    signatures: signatures.map(({ id, level, signer, claimedAt, covers = [] }) => ({
      id,
      level,
      ...(signer === undefined ? {} : { signer: signer.name }),
      ...(claimedAt === undefined ? {} : { claimedAt }),
      covers,
    })),
    timestamps: container.tokens,
    faults: [...container.flaws, ...unreadable.map(({ name, why }) => `${name}: ${why}`)],
  }
}

function sayInside(terminal: Terminal, inside: Inside, file: string): void {
  const { say } = terminal
  const count = inside.files.length
  terminal.out(`${file}: ${typeNames[inside.type]}, ${say({ th: `${count} ไฟล์`, en: `files: ${count}` })}`)
  section(terminal, { th: 'ไฟล์ในซอง', en: 'Files' }, fileLines(terminal, inside))
  section(
    terminal,
    { th: 'บัญชีไฟล์', en: 'Manifests' },
    inside.manifests.map(
      ({ name, signature, files }) => `${name} → ${signature}: ${files.map((each) => each.name).join(', ')}`,
    ),
  )
  section(
    terminal,
    { th: 'ลายมือชื่อ (ยังไม่ได้ตรวจ)', en: 'Signatures (not checked)' },
    inside.signatures.map((signature) => signatureLine(terminal, signature)),
  )
  if (inside.timestamps.length > 0) {
    section(terminal, { th: 'ตราประทับเวลา', en: 'Time-stamps' }, inside.timestamps)
  }
  if (inside.faults.length > 0) {
    const faults = inside.faults.map((fault) => cross(terminal, fault))
    section(terminal, { th: 'สิ่งที่ผิดรูปแบบ', en: 'Out of form' }, faults)
  }
  terminal.note(nextStep(terminal, `sapan document check ${file}`))
}

function fileLines({ say, language }: Terminal, { files }: Inside): string[] {
  if (files.length === 0) return []
  const heads: Text[] = [
    { th: 'ชื่อ', en: 'name' },
    { th: 'ชนิด', en: 'kind' },
    { th: 'ขนาด', en: 'size' },
    { th: 'มีลายมือชื่อกำกับ', en: 'under a signature' },
  ]
  const yesNo = (signed: boolean) => say(signed ? { th: 'มี', en: 'yes' } : { th: 'ไม่มี', en: 'no' })
  return table(
    heads.map(say),
    files.map(({ name, mime, bytes, signed }) => [
      name,
      mime ?? '',
      plainSize(bytes, language),
      yesNo(signed),
    ]),
  )
}

function signatureLine(
  { say, language }: Terminal,
  { id, level, signer, claimedAt, covers }: Inside['signatures'][number],
): string {
  const who = signer ?? say({ th: 'ไม่ทราบผู้ลงนาม', en: 'signer unknown' })
  const when = claimedAt === undefined ? '' : `, ${plainTime(claimedAt, language)}`
  const over = `${say({ th: 'กำกับ', en: 'over' })} ${covers.join(', ') || '–'}`
  return `${id}: ${level}, ${who}${when}; ${over}`
}

/** A file of the container, or one of its own parts (`META-INF/…`), on standard output or into a file. */
export async function extract(
  terminal: Terminal,
  { container }: OpenContainer,
  name: string,
  out: string | undefined,
): Promise<void> {
  const bytes = readable(() => container.zip.read(name))
  if (bytes === undefined) {
    const known = container.files.map((file) => file.name).join(', ')
    throw misuse({
      th: `ไม่มีไฟล์ชื่อ ${name} ในซอง ที่มีคือ ${known || 'ไม่มีเลย'}`,
      en: `there is no ${name} in the container; there is ${known || 'nothing'}`,
    })
  }
  await writeInner(terminal, bytes, out)
}
