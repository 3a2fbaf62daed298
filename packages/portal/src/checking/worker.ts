import { parentPort, workerData } from 'node:worker_threads'
import { CheckNetwork } from '@sapan/documents'
import { CheckError, checkFile } from '@sapan/documents/check'
import { reportPdf } from '../report/document.ts'
import { withAgreement } from './agreement.ts'
import { carriedData } from './carried-data.ts'
import type { Checked, CheckJob, WorkerAnswer, WorkerSetting } from './job.ts'
import { firstPage } from './picture.ts'

/*
 * Runs in a thread of its own, one file at a time: what a hostile file does, it does here, and the thread is ended when
 * its time is over. Nothing is written anywhere.
 */

const { anchors, services = [], network: rule, words } = workerData as WorkerSetting
const network = rule && new CheckNetwork(rule)

parentPort?.on('message', async (job: CheckJob) => {
  const answer = await answerTo(job)
  parentPort?.postMessage(answer)
})

async function answerTo(job: CheckJob): Promise<WorkerAnswer> {
  try {
    return { checked: await check(job) }
  } catch (error) {
    if (error instanceof CheckError) return { unreadable: error.code, text: error.text }
    return { failed: placeOf(error) }
  }
}

/** Where it happened, without the message: that may quote the file. */
function placeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const lines = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return [error.name, ...lines].join('\n')
}

async function check(job: CheckJob): Promise<Checked> {
  const { bytes, name, detached, password } = job
  const options = {
    anchors: { certificates: anchors, services },
    ...(network && { online: network.forFile() }),
    ...(name === undefined ? {} : { name }),
    ...(password === undefined ? {} : { password }),
  }
  const checked = await checkFile(bytes, options, detached === undefined ? [] : [detached])
  const report = words === undefined ? checked : withAgreement(checked, bytes, words, password)
  const isPdf = report.file.format === 'pdf' || report.file.format === 'unsigned-pdf'
  const isShown = job.picture && isPdf
  const picture = isShown ? await firstPage(bytes, password) : undefined
  const data = isShown ? carriedData(bytes, password) : []
  const pdf =
    job.pdf === undefined ? undefined : await reportPdf(report, job.pdf, Date.now()).catch(() => undefined)
  return { report, ...(picture && { picture }), ...(data.length > 0 && { data }), ...(pdf && { pdf }) }
}
