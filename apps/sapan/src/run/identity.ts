import { createServer } from 'node:http'
import type { Logger } from '@sapan/kernel'
import type { IdentityFile } from '../config/identity.ts'
import { type DeskFaceOptions, openDesk } from '../identity/desk.ts'
import { openGround } from '../identity/ground.ts'
import { type House, type HouseOptions, openHouse } from '../identity/house.ts'
import { type Face, type IssuerOptions, openIssuer } from '../identity/issuer.ts'
import { startJobs } from '../identity/jobs.ts'
import { operatorServices } from '../services/operator.ts'
import { listen } from './listen.ts'
import type { Running } from './running.ts'

export interface HouseFrom extends HouseOptions {
  readonly databaseUrl: string
  readonly log: Logger
}

const graceMs = 2_000

/** Opens what issuer, portal and desk of an operator share. */
export async function openOperator(file: IdentityFile, from: HouseFrom): Promise<House> {
  const ground = await openGround(file, from)
  try {
    const services = from.services ?? (await operatorServices(ground))
    return await openHouse(ground, { ...from, services })
  } catch (error) {
    await ground.close()
    throw error
  }
}

/** Opens the issuer's door, and does the work in the background. `path` is where an operator changes the port. */
export async function runIssuer(house: House, path: string, options: IssuerOptions = {}): Promise<Running> {
  const face = await openIssuer(house, options)
  const running = await openFace(face, house.ground.file.listen.identity, path)
  const jobs = startJobs(house)
  await house.services?.work()
  return {
    stop: async () => {
      await jobs.stop()
      await running.stop()
    },
  }
}

/** Opens the desk's door. */
export async function runDesk(house: House, path: string, options: DeskFaceOptions = {}): Promise<Running> {
  return await openFace(await openDesk(house, options), house.ground.file.listen.desk, path)
}

async function openFace(face: Face, place: string, path: string): Promise<Running> {
  const server = createServer({ requestTimeout: 60_000, headersTimeout: 10_000 }, face.handler)
  try {
    const door = await listen(server, place, path)
    return {
      stop: async () => {
        await door.close(graceMs)
        await face.close()
      },
    }
  } catch (error) {
    await face.close()
    throw error
  }
}
