import { basename, extname } from 'node:path'
import { type ContainerKind, containerKind } from '../../documents/container-kind.ts'
import { misuse } from './misuse.ts'
import type { SigningChoice } from './signing-options.ts'

export interface SignOptions extends SigningChoice {
  readonly out?: string
  readonly outFolder?: string
  readonly container?: boolean
}

/** What `document sign` is to make. */
export type SignTarget =
  | { readonly kind: 'batch'; readonly folder: string }
  | { readonly kind: 'container'; readonly out: string; readonly type: ContainerKind }
  | { readonly kind: 'detached'; readonly out: string; readonly file: string }
  /** A PDF, or a container that is signed once more. */
  | { readonly kind: 'file'; readonly out: string; readonly file: string }

/** By what was typed alone. Throws `misuse`. */
export function signTarget(files: readonly string[], options: SignOptions): SignTarget {
  const { out, outFolder, page, rect } = options
  if (page !== undefined && rect === undefined) {
    throw misuse({ th: '--page ใช้คู่กับ --rect', en: '--page goes with --rect' })
  }
  if (outFolder !== undefined) return batchInto(outFolder, files, options)
  if (out === undefined || out === '') {
    throw misuse({
      th: 'ระบุไฟล์ที่จะเขียนด้วย --out FILE หรือ --out-folder FOLDER เมื่อลงนาม PDF หลายไฟล์',
      en: 'give --out FILE, or --out-folder FOLDER for several PDFs',
    })
  }
  const target = singleTarget(files, out, options)
  if (target.kind === 'container' || target.kind === 'detached') refuseLook(options)
  return target
}

function singleTarget(files: readonly string[], out: string, { container }: SignOptions): SignTarget {
  const [file = '', ...more] = files
  const type = containerKind(out)
  const isNew = container || (type !== undefined && (more.length > 0 || containerKind(file) === undefined))
  if (isNew) {
    if (type === 'ASiC-S' && more.length > 0) {
      throw misuse({
        th: 'ASiC-S มีได้ไฟล์เดียว ใช้ --out ชื่อ.asice สำหรับหลายไฟล์',
        en: 'an ASiC-S container has one file; use --out NAME.asice for several',
      })
    }
    return { kind: 'container', out, type: type ?? 'ASiC-E' }
  }
  if (more.length > 0) {
    throw misuse({
      th: 'หลายไฟล์: ใส่ซองเดียวด้วย --out ชื่อ.asice หรือลงนาม PDF ทีละไฟล์ลง --out-folder FOLDER',
      en: 'several files go into one container (--out NAME.asice), or as PDFs into a folder (--out-folder FOLDER)',
    })
  }
  return { kind: extname(out).toLowerCase() === '.p7s' ? 'detached' : 'file', out, file }
}

function batchInto(folder: string, files: readonly string[], { out, container }: SignOptions): SignTarget {
  if (out !== undefined || container) {
    throw misuse({
      th: '--out-folder ใช้กับ --out หรือ --container ไม่ได้',
      en: '--out-folder does not go with --out or --container',
    })
  }
  const names = files.map((file) => basename(file))
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice !== undefined) {
    throw misuse({ th: `มีไฟล์ชื่อ ${twice} สองไฟล์`, en: `two of the files are called ${twice}` })
  }
  return { kind: 'batch', folder }
}

/** Only a PDF shows a signature or says why. */
export function refuseLook(options: SigningChoice): void {
  const look = ['field', 'page', 'rect', 'text', 'certify', 'reason', 'location'] as const
  const given = look.find((name) => options[name] !== undefined)
  if (given !== undefined) {
    throw misuse({ th: `--${given} ใช้กับ PDF เท่านั้น`, en: `--${given} is for PDFs only` })
  }
}
