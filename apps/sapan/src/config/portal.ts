import { Problem } from '@sapan/kernel'
import { type Static, Type } from 'typebox'
import { problems } from '../problems.ts'
import { fromFolderOf, isLoopback, ListenAt, LogLevel } from './place.ts'
import { readConfig } from './read.ts'

const Path = Type.String({ minLength: 1 })
const closed = { additionalProperties: false }

const TrustedListFile = Type.Object(
  {
    file: Path,
    signers: Type.Array(Path, { minItems: 1, description: 'certificates of which one signed the list' }),
    unqualified: Type.Boolean({ default: false }),
  },
  closed,
)

const host = Type.String({
  pattern: '^(\\[[0-9a-fA-F:]+\\]|[A-Za-z0-9.-]+)(:\\d{1,5})?$',
  description: 'a host, with its port where it is not the usual one: ocsp.example or 10.1.2.3:8080',
})

/** What `sapan portal --config` is told. Paths are read from the folder of the file. */
export const PortalFile = Type.Object(
  {
    listen: ListenAt,
    identity: Type.Optional(Path),
    tls: Type.Optional(Type.Object({ certificate: Path, key: Path }, closed)),
    behindProxy: Type.Boolean({ default: false }),
    trust: Type.Object(
      {
        anchors: Type.Array(Path, { default: [] }),
        lists: Type.Array(TrustedListFile, { default: [] }),
      },
      { ...closed, default: {} },
    ),
    limits: Type.Object(
      {
        fileMegabytes: Type.Integer({ minimum: 1, maximum: 200, default: 20 }),
        filesAtOnce: Type.Integer({ minimum: 1, maximum: 64, default: 1 }),
        checkSeconds: Type.Integer({ minimum: 1, maximum: 300, default: 20 }),
        uploadSeconds: Type.Integer({ minimum: 1, maximum: 600, default: 60 }),
      },
      { ...closed, default: {} },
    ),
    network: Type.Object(
      { public: Type.Boolean({ default: false }), hosts: Type.Array(host, { default: [] }) },
      { ...closed, default: {} },
    ),
    logLevel: LogLevel,
  },
  closed,
)

export type PortalFile = Static<typeof PortalFile>

/** The portal's file, its paths made absolute. Throws `config-invalid`. */
export async function readPortalFile(file: string): Promise<PortalFile> {
  const read = await readConfig(file, PortalFile)
  const at = (path: string) => fromFolderOf(file, path)
  const { listen, tls, behindProxy, trust } = read
  if (!isLoopback(listen) && !tls && !behindProxy) throw withoutTls(file, listen)
  return {
    ...read,
    ...(read.identity !== undefined && { identity: at(read.identity) }),
    ...(tls && { tls: { certificate: at(tls.certificate), key: at(tls.key) } }),
    trust: {
      anchors: trust.anchors.map(at),
      lists: trust.lists.map((list) => ({ ...list, file: at(list.file), signers: list.signers.map(at) })),
    },
  }
}

/** People hand in files that are nobody else's business: on the way they are under TLS, ours or a proxy's. */
function withoutTls(file: string, listen: string): Problem {
  return new Problem(problems['config-invalid'], {
    detail: {
      th: `${file}: ${listen} เข้าถึงได้จากเครื่องอื่น จึงต้องมี tls หรือ behindProxy: true หากมีพร็อกซีที่ใช้ TLS อยู่หน้า`,
      en: `${file}: ${listen} can be reached from elsewhere; give tls, or behindProxy: true where a proxy in front has TLS`,
    },
  })
}
