import {
  credentialsInEnvironment,
  readCredentialsFile,
  type S3Access,
  type S3Credentials,
} from '@sapan/exchange'
import { Problem, type Text } from '@sapan/kernel'
import type { GatewayFile } from '../config/gateway.ts'
import { readText } from '../config/read.ts'
import { isOthersToRead } from '../home/files.ts'
import { problems } from '../problems.ts'

/**
 * The way into the S3 store of `evidence.archive`; undefined where there is none. Its keys are read anew for each request, so that
 * they can be changed while the gateway runs. Throws `input-unreadable`, and `config-invalid` where there are no keys, or others may
 * read them.
 */
export async function s3Access(
  { evidence: { archive } }: Pick<GatewayFile, 'evidence'>,
  env: NodeJS.ProcessEnv,
): Promise<S3Access | undefined> {
  const s3 = archive?.s3
  if (s3 === undefined) return undefined
  const { credentialsFile: file, ca } = s3
  const credentials = () => (file === undefined ? inEnvironment(env) : inFile(file))
  await credentials()
  return { credentials, ...(ca === undefined ? {} : { ca: await readText(ca) }) }
}

async function inFile(file: string): Promise<S3Credentials> {
  const found = readCredentialsFile(await readText(file))
  if (await isOthersToRead(file)) {
    throw invalid({
      th: `evidence.archive.s3.credentialsFile: ผู้อื่นอ่าน ${file} ได้ ใช้ chmod 600 ${file}`,
      en: `evidence.archive.s3.credentialsFile: others can read ${file}: chmod 600 ${file}`,
    })
  }
  if (found) return found
  throw invalid({
    th: `evidence.archive.s3.credentialsFile: ${file} ไม่มี aws_access_key_id และ aws_secret_access_key ใต้ [default]`,
    en: `evidence.archive.s3.credentialsFile: ${file} has no aws_access_key_id and aws_secret_access_key under [default]`,
  })
}

async function inEnvironment(env: NodeJS.ProcessEnv): Promise<S3Credentials> {
  const found = credentialsInEnvironment(env)
  if (found) return found
  throw invalid({
    th: 'evidence.archive.s3: ไม่มีกุญแจของที่เก็บ: ตั้ง credentialsFile หรือ AWS_ACCESS_KEY_ID และ AWS_SECRET_ACCESS_KEY',
    en: 'evidence.archive.s3: there are no keys to the store: set credentialsFile, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
  })
}

function invalid(detail: Text): Problem {
  return new Problem(problems['config-invalid'], { detail })
}
