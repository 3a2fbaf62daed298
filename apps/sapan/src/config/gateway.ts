import { GatewaySettings } from '@sapan/exchange'
import { type Static, Type } from 'typebox'
import { stringify } from 'yaml'
import { writeWhole } from '../home/files.ts'
import { OperatorSignIn } from './operator-openid.ts'
import {
  absoluteAlerts,
  absolutePlaces,
  DatabasePlace,
  fromFolderOf,
  ListenAt,
  LogLevel,
  LoopbackAt,
} from './place.ts'
import { readConfig } from './read.ts'

/** What `sapan gateway --config` is told. Paths are read from the folder of the file. */
export const GatewayFile = Type.Object(
  {
    ...GatewaySettings.properties,
    listen: Type.Object(
      { edge: ListenAt, peer: ListenAt, admin: LoopbackAt },
      { additionalProperties: false },
    ),
    keys: Type.String({ default: 'keys', description: 'the folder of the private keys' }),
    database: DatabasePlace,
    logLevel: LogLevel,
    operator: Type.Optional(OperatorSignIn),
  },
  { additionalProperties: false },
)

export type GatewayFile = Static<typeof GatewayFile>

/** The gateway's file, its paths made absolute. Throws `config-invalid` with the line. */
export async function readGatewayFile(file: string): Promise<GatewayFile> {
  const read = await readConfig(file, GatewayFile)
  const { evidence } = read
  const archive = evidence.archive && absoluteArchive(file, evidence.archive)
  return {
    ...read,
    ...absolutePlaces(file, read),
    alerts: absoluteAlerts(file, read),
    evidence: { ...evidence, ...(archive && { archive }) },
  }
}

type Archive = NonNullable<GatewayFile['evidence']['archive']>

function absoluteArchive(file: string, { folder, s3, ...rest }: Archive): Archive {
  const from = (path: string) => fromFolderOf(file, path)
  return {
    ...rest,
    ...(folder === undefined ? {} : { folder: from(folder) }),
    ...(s3 && {
      s3: {
        ...s3,
        ...(s3.ca === undefined ? {} : { ca: from(s3.ca) }),
        ...(s3.credentialsFile === undefined ? {} : { credentialsFile: from(s3.credentialsFile) }),
      },
    }),
  }
}

/** The part of the file that the gateway itself reads. */
export function settingsOf(file: GatewayFile): GatewaySettings {
  const {
    listen: _,
    keys: _keys,
    database: _database,
    logLevel: _logLevel,
    operator: _by,
    ...settings
  } = file
  return settings
}

export async function writeGatewayFile(file: string, content: object): Promise<void> {
  const heading = '# A gateway of Sapan. Start it with: sapan gateway --config gateway.yaml\n'
  await writeWhole(file, heading + stringify(content), 0o600)
}
