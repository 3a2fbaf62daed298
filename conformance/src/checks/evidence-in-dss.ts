import { X509Certificate } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Dss, type DssSignature } from '../documents/peers/dss.ts'
import { alterContainer } from './alter-container.ts'

/** Which certificates are void is told by the directory in the file, of which DSS knows nothing. */
const without = [
  'The certificate validation is not conclusive!',
  'No revocation data found for the certificate!',
]

/** Throws unless EU DSS finds one sound signature in `out.asice`, under the root of `root.pem`. */
export async function dssOpens(cwd: string): Promise<void> {
  const [one, ...more] = await checked(cwd, 'out.asice')
  if (one === undefined || more.length > 0) throw new Error('not one signature')
  const others = one.errors.filter((error) => !without.includes(error))
  if (one.indication === 'TOTAL_FAILED' || others.length > 0 || one.level !== 'CAdES-BASELINE-B')
    throw new Error(JSON.stringify(one))
}

/** Throws unless EU DSS finds the file broken once its answer is another. */
export async function dssAltered(cwd: string): Promise<void> {
  alterContainer(cwd, 'other.asice', 'answer.body')
  const [one] = await checked(cwd, 'other.asice')
  if (one?.indication !== 'TOTAL_FAILED' || one.sub !== 'HASH_FAILURE') throw new Error(JSON.stringify(one))
}

async function checked(cwd: string, file: string): Promise<readonly DssSignature[]> {
  const root = join(cwd, 'root.der')
  writeFileSync(root, new X509Certificate(readFileSync(join(cwd, 'root.pem'))).raw)
  const dss = new Dss()
  try {
    await dss.trust([root])
    return await dss.check(join(cwd, file))
  } finally {
    dss.close()
  }
}
