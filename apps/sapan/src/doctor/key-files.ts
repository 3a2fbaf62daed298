import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isOthersToRead } from '../home/files.ts'
import { bad, type Check, good } from './check.ts'

/** Whether nobody but their owner may read the private keys of a folder and of those in it. */
export async function checkKeyFiles(of: string, folder: string): Promise<Check> {
  if (process.platform === 'win32') return good('key-files', { th: folder, en: folder }, of)
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const keys = entries.filter((entry) => entry.isFile() && /\.(pem|secret)$/.test(entry.name))
  const exposed: string[] = []
  for (const { parentPath, name } of keys) {
    const file = join(parentPath, name)
    if ((await isOthersToRead(file)) && !(await isCertificate(file))) exposed.push(file)
  }
  if (exposed.length === 0) {
    return good(
      'key-files',
      {
        th: `กุญแจ ${keys.length} ไฟล์อ่านได้เฉพาะเจ้าของ`,
        en: `${keys.length} key files, for their owner alone`,
      },
      of,
    )
  }
  const files = exposed.join(' ')
  return bad(
    'key-files',
    { th: `ผู้อื่นอ่านกุญแจได้: ${files}`, en: `others may read keys: ${files}` },
    {
      th: `chmod 600 ${files} และเปลี่ยนกุญแจหากอาจมีผู้อ่านไปแล้ว`,
      en: `chmod 600 ${files}; replace them where somebody may have read them`,
    },
    of,
  )
}

/** Certificates are anybody's to read, and lie beside keys under the same kind of name. */
async function isCertificate(file: string): Promise<boolean> {
  const text = await readFile(file, 'utf8').catch(() => '')
  return text.includes('-----BEGIN CERTIFICATE-----') && !text.includes('PRIVATE KEY')
}
