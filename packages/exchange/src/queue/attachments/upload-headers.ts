import { exchangeProblem } from '../../problems.ts'
import type { AttachmentDescription } from './attachment.ts'

const checksumForm = /^(sha1|sha256) ([A-Za-z0-9+/]+={0,2})$/
const mediaTypeForm = /^[\w!#$&^.+-]{1,127}\/[\w!#$&^.+-]{1,127}$/
const mostMetadata = 4096

/** A checksum of what one PATCH brings. */
export interface Checksum {
  readonly algorithm: 'sha1' | 'sha256'
  readonly digest: Buffer
}

/** `Upload-Length` or `Upload-Offset`: a whole number. */
export function byteCount(name: string, value: string | undefined): number {
  if (value === undefined || !/^[0-9]{1,15}$/.test(value)) {
    throw exchangeProblem('request-invalid', {
      detail: { th: `ส่วนหัว ${name} ต้องเป็นจำนวนเต็ม`, en: `The header ${name} must be a whole number` },
    })
  }
  return Number(value)
}

/** `Upload-Checksum`, if there is one: an algorithm that is ours, and a digest in Base64. */
export function checksumIn(value: string | undefined): Checksum | undefined {
  if (value === undefined) return undefined
  const [, algorithm, digest = ''] = checksumForm.exec(value) ?? []
  if (algorithm !== 'sha1' && algorithm !== 'sha256') {
    throw exchangeProblem('request-invalid', {
      detail: {
        th: 'ส่วนหัว Upload-Checksum ต้องเป็น sha1 หรือ sha256 ตามด้วยค่า Base64',
        en: 'The header Upload-Checksum must be sha1 or sha256, and a digest in Base64',
      },
    })
  }
  return { algorithm, digest: Buffer.from(digest, 'base64') }
}

/** `filename` and `filetype` of `Upload-Metadata`, as tus's clients name them; what else stands in it is not kept. */
export function describedIn(metadata: string | undefined): AttachmentDescription {
  if (metadata !== undefined && metadata.length > mostMetadata) throw malformedMetadata()
  const pairs = (metadata ?? '').split(',').map((pair) => pair.trim().split(' '))
  const values = new Map(
    pairs.map(([key = '', value = '']) => [key, Buffer.from(value, 'base64').toString()]),
  )
  const name = values.get('filename') ?? ''
  const mediaType = values.get('filetype') || 'application/octet-stream'
  const described = { name: name === '' ? null : name, mediaType }
  if (!isSound(described)) throw malformedMetadata()
  return described
}

/** Whether name and media type can be told on: a name without a path, and nothing that breaks a header. */
export function isSound({ name, mediaType }: AttachmentDescription): boolean {
  const isName = name === null || (name.length <= 255 && name.isWellFormed() && !/[\p{Cc}/\\]/u.test(name))
  return isName && mediaTypeForm.test(mediaType)
}

function malformedMetadata() {
  return exchangeProblem('request-invalid', {
    detail: {
      th: 'ส่วนหัว Upload-Metadata ไม่ถูกรูปแบบ: filename คือชื่อไฟล์ที่ไม่มีเส้นทาง และ filetype คือชนิดเนื้อหา',
      en: 'The header Upload-Metadata is malformed: filename is a name without a path, and filetype a media type',
    },
  })
}
