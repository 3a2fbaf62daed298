import { resolve } from 'node:path'
import { Problem } from '@sapan/kernel'
import { serverAddress } from './database/server-address.ts'
import type { TableServer } from './database/table-server.ts'
import { TableSource } from './database/table-source.ts'
import { FileSource } from './file/file-source.ts'
import { folderOfFiles } from './file/folder.ts'
import { csvFile, xlsxFile } from './file/one-file.ts'
import type { Mapping } from './mapping/mapping.ts'
import { connectProblems } from './problems.ts'
import { RemoteSource } from './remote/remote-source.ts'
import { serviceAddress } from './remote/service-address.ts'
import { restIn } from './rest/rest-in.ts'
import { soapIn } from './soap/soap-in.ts'
import type { Source } from './source.ts'

export interface SourceOptions {
  /** From where paths in the mapping are meant. */
  readonly folder: string
  /** Where the database or service is and who signs in, as a URL: never in a mapping. */
  readonly address?: string
  /** What is wrong with new content while the old is served. */
  onFault?(problem: Problem): void
}

/** Opens what a mapping reads from. Throws `connector-source-…` and `connector-address-invalid`. */
export async function openSource(mapping: Mapping, options: SourceOptions): Promise<Source> {
  const { source, fields } = mapping
  const { folder, address, onFault } = options
  if ('csv' in source)
    return await FileSource.open(csvFile(resolve(folder, source.csv), source, fields), onFault)
  if ('xlsx' in source)
    return await FileSource.open(xlsxFile(resolve(folder, source.xlsx), source, fields), onFault)
  if ('folder' in source)
    return await FileSource.open(folderOfFiles(resolve(folder, source.folder), source, fields), onFault)
  if ('rest' in source)
    return new RemoteSource(
      await restIn(resolve(folder, source.rest), serviceAddress(address)),
      source.searches,
      fields,
    )
  if ('soap' in source)
    return new RemoteSource(
      await soapIn(resolve(folder, source.soap), serviceAddress(address)),
      source.searches,
      fields,
    )
  if ('postgresql' in source)
    return await TableSource.open(await postgresqlAt(address), source.postgresql, fields)
  if ('sqlserver' in source)
    return await TableSource.open(await sqlserverAt(address, folder), source.sqlserver, fields)
  if ('oracle' in source)
    return await TableSource.open(await oracleAt(address, folder), source.oracle, fields)
  return await TableSource.open(await mysqlAt(address), source.mysql, fields)
}

async function postgresqlAt(address: string | undefined): Promise<TableServer> {
  const url = addressOf(address, ['postgres:', 'postgresql:'])
  const { postgresql } = await import('./database/postgresql.ts')
  return postgresql(url)
}

/** Its driver is read only by who has such a database. */
async function mysqlAt(address: string | undefined): Promise<TableServer> {
  const url = addressOf(address, ['mysql:', 'mariadb:'])
  const { mysql } = await import('./database/mysql.ts')
  return mysql(url.replace(/^mariadb:/, 'mysql:'))
}

async function sqlserverAt(address: string | undefined, folder: string): Promise<TableServer> {
  const at = await serverAddress(addressOf(address, ['sqlserver:']), folder)
  const { sqlserver } = await import('./database/sqlserver.ts')
  return sqlserver(at)
}

async function oracleAt(address: string | undefined, folder: string): Promise<TableServer> {
  const at = await serverAddress(addressOf(address, ['oracle:']), folder)
  // These would end a name in what the driver is told.
  if (/[()=\\"']/.test(at.host + at.database))
    throw invalid('ชื่อเครื่องหรือบริการมีอักขระที่ใช้ไม่ได้', 'the host or service has letters that cannot stand there')
  const { oracle } = await import('./database/oracle.ts')
  return oracle(at)
}

function addressOf(address: string | undefined, schemes: readonly [string, ...string[]]): string {
  const [scheme] = schemes
  const form = `${scheme}//user:password@host/database`
  if (address === undefined) throw invalid(`ยังไม่ได้บอกที่อยู่ (${form})`, `no address is given (${form})`)
  if (!URL.canParse(address) || !schemes.includes(new URL(address).protocol))
    throw invalid(`ที่อยู่ไม่เป็นรูป ${form}`, `the address is not of the form ${form}`)
  return address
}

function invalid(th: string, en: string): Problem {
  return new Problem(connectProblems['connector-address-invalid'], { detail: { th, en } })
}
