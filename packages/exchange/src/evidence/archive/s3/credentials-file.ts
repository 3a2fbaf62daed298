import type { S3Credentials } from './sigv4.ts'

/**
 * The keys in a file as AWS' tools write and read it (`[default]`, then `aws_access_key_id = …`); undefined where the profile
 * `default` is not there or lacks one of the two keys.
 */
export function readCredentialsFile(text: string): S3Credentials | undefined {
  const values = new Map<string, string>()
  let profile = ''
  for (const line of text.split(/\r?\n/)) {
    const heading = /^\s*\[\s*([^\]]*?)\s*\]/.exec(line)
    if (heading) profile = heading[1] ?? ''
    const [, name, value] = /^\s*(aws_[a-z_]+)\s*=\s*(\S+)\s*$/.exec(line) ?? []
    if (profile === 'default' && name && value) values.set(name, value)
  }
  return credentialsOf((name) => values.get(name))
}

/** The keys in an environment, under the names that AWS' tools read; undefined where one of the two is missing. */
export function credentialsInEnvironment(
  env: Readonly<Record<string, string | undefined>>,
): S3Credentials | undefined {
  return credentialsOf((name) => env[name.toUpperCase()])
}

function credentialsOf(value: (name: string) => string | undefined): S3Credentials | undefined {
  const accessKeyId = value('aws_access_key_id')
  const secretAccessKey = value('aws_secret_access_key')
  const sessionToken = value('aws_session_token')
  if (!accessKeyId || !secretAccessKey) return undefined
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) }
}
