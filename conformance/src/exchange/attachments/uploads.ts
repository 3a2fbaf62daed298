import { createHash, randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { type Check, claim, type Finding } from '../../check.ts'
import { atLetters, type LetterQueue } from './place.ts'
import { type Upload, upload } from './tuspy.ts'

const length = 96 * 1024 * 1024

/** Uploads of another author's tus client, and what the receiver of the message reads of them. */
export const attachments: Check = {
  name: 'Attachments',
  against: () => 'PyPI tuspy 1.1.0, at the edge of a gateway',
  async run() {
    const findings: Finding[] = []
    const laid = await claim('a queue for letters stands between two members of a running country', () =>
      atLetters(async (queue) => {
        const bytes = randomBytes(length)
        writeFileSync(join(queue.folder, 'letter.pdf'), bytes)
        let address = ''
        const goesOn =
          'tuspy is killed in the middle of its upload; another goes on from there, with checksums'
        const went = await claim(goesOn, async () => {
          address = await uploadInTwo(queue)
        })
        findings.push(went)
        if (went.state !== 'passed') return
        const text = 'the message takes the file along; its receiver reads it in two parts, byte for byte'
        findings.push(await claim(text, () => delivered(queue, address, sha256(bytes))))
      }),
    )
    return [laid, ...findings]
  },
}

async function uploadInTwo({ sender, service, folder }: LetterQueue): Promise<string> {
  const where = `${sender.edge}/m1/attachments?${new URLSearchParams({ service, operation: 'sendLetter' })}`
  const file = join(folder, 'letter.pdf')
  const first = await upload(where, sender.client, file)
  const reached = await killedUnderWay(first, sender.client)
  const second = await upload(where, sender.client, file, [first.address])
  if (second.from < reached || second.from >= length)
    throw new Error(
      `at ${reached} of ${length} the first was killed, and the second went on from ${second.from}`,
    )
  const end = await second.ended
  if (end !== length) throw new Error(`it ended at ${end} of ${length}`)
  return first.address
}

/** Kills the client when some of its part is kept; how much was. */
async function killedUnderWay({ address, ended, kill }: Upload, client: string): Promise<number> {
  let over = false
  ended.then(
    () => {
      over = true
    },
    () => {},
  )
  const deadline = Date.now() + 60_000
  while (!over && Date.now() < deadline) {
    const headers = { 'x-road-client': client, 'tus-resumable': '1.0.0' }
    const answer = await fetch(address, { method: 'HEAD', headers })
    const offset = Number(answer.headers.get('upload-offset'))
    if (offset > 0 && offset < length) {
      kill()
      return offset
    }
    await setTimeout(10)
  }
  throw new Error('the upload was never seen under way')
}

interface Taken {
  readonly number: number
  readonly message: string
}
interface Listed {
  readonly attachments: readonly { readonly href: string; readonly digest: string; readonly name: string }[]
}

async function delivered(queue: LetterQueue, address: string, digest: string): Promise<void> {
  const { sender, receiver, service, folder } = queue
  const message = `conformance-${Date.now()}`
  const id = address.split('/').at(-1) ?? ''
  const named = { 'x-road-client': sender.client, 'sapan-message': message, 'sapan-attachments': id }
  await ask(`${sender.edge}/m1/${service}/letters`, { ...json('POST', { subject: 'x' }, named) }, 202)
  const number = await taken(queue, message)
  const asReceiver = { 'x-road-client': receiver.client }
  const list = await ask(`${receiver.edge}/m1/inbox/${number}/attachments`, { headers: asReceiver }, 200)
  const [listed] = ((await list.json()) as Listed).attachments
  if (listed?.name !== 'หนังสือ.pdf') throw new Error(`the file is called ${listed?.name}`)
  const parts: Buffer[] = []
  for (const range of [`bytes=0-${length / 3}`, `bytes=${length / 3 + 1}-`]) {
    const got = await ask(`${receiver.edge}${listed.href}`, { headers: { ...asReceiver, range } }, 206)
    parts.push(Buffer.from(await got.arrayBuffer()))
  }
  const read = Buffer.concat(parts)
  if (sha256(read) !== digest || !read.equals(readFileSync(join(folder, 'letter.pdf'))))
    throw new Error('what is read is not what was uploaded')
  if (listed.digest !== digest) throw new Error(`the list says ${listed.digest}`)
  await ask(`${receiver.edge}/m1/inbox/${number}/accept`, json('POST', {}, asReceiver), 200)
}

/** The receiver's system takes until the message is there. */
async function taken({ receiver, service }: LetterQueue, message: string): Promise<number> {
  const deadline = Date.now() + 120_000
  const asked = json('POST', { service, operation: 'sendLetter' }, { 'x-road-client': receiver.client })
  while (Date.now() < deadline) {
    const answer = await ask(`${receiver.edge}/m1/inbox/take`, asked, 200)
    const { messages } = (await answer.json()) as { messages: readonly Taken[] }
    const found = messages.find((one) => one.message === message)
    if (found) return found.number
    await setTimeout(300)
  }
  throw new Error('the message did not come')
}

function json(method: string, body: object, headers: Readonly<Record<string, string>>): RequestInit {
  return { method, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) }
}

async function ask(address: string, asked: RequestInit, status: number): Promise<Response> {
  const answer = await fetch(address, asked)
  if (answer.status !== status)
    throw new Error(
      `${asked.method ?? 'GET'} ${new URL(address).pathname}: ${answer.status} ${await answer.text()}`,
    )
  return answer
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
