import { CheckNetwork } from '@sapan/documents'
import { CheckError, checkFile, type Report } from '@sapan/documents/check'
import type { Language } from '@sapan/kernel'
import { reportPdf } from '../report/document.ts'
import { withAgreement } from './agreement.ts'
import { carriedData } from './carried-data.ts'
import type { Checked, CheckJob, ProcessAnswer, ProcessSetting } from './job.ts'
import { endWithParent } from './orphan.ts'
import { firstPage } from './picture.ts'

/*
 * Runs in a process of its own, one file at a time: what a hostile file does, it does here, and the process is ended
 * when its time is over. Nothing is written anywhere.
 */

endWithParent()

// The first message says by what files are judged; each after it is a file.
process.once('message', (setting: ProcessSetting) => {
  const checker = new FileChecker(setting)
  process.on('message', (job: CheckJob) => {
    void checker.answerTo(job).then((answer) => process.send?.(answer))
  })
})

class FileChecker {
  readonly #setting: ProcessSetting
  readonly #network: CheckNetwork | undefined

  constructor(setting: ProcessSetting) {
    this.#setting = setting
    this.#network = setting.network && new CheckNetwork(setting.network)
  }

  async answerTo(job: CheckJob): Promise<ProcessAnswer> {
    try {
      return { checked: await this.#check(job) }
    } catch (error) {
      if (error instanceof CheckError) return { unreadable: error.code, text: error.text }
      return { failed: placeOf(error) }
    }
  }

  async #check(job: CheckJob): Promise<Checked> {
    const { anchors, services = [], words } = this.#setting
    const { bytes, name, detached, password } = job
    const options = {
      anchors: { certificates: anchors, services },
      ...(this.#network && { online: this.#network.forFile() }),
      ...(name === undefined ? {} : { name }),
      ...(password === undefined ? {} : { password }),
    }
    const checked = await checkFile(bytes, options, detached === undefined ? [] : [detached])
    const report = words === undefined ? checked : withAgreement(checked, bytes, words, password)
    const isPdf = report.file.format === 'pdf' || report.file.format === 'unsigned-pdf'
    const isShown = job.picture && isPdf
    const picture = isShown ? await firstPage(bytes, password) : undefined
    const data = isShown ? carriedData(bytes, password) : []
    const pdf = job.pdf === undefined ? {} : await pdfOf(report, job.pdf)
    return { report, ...(picture && { picture }), ...(data.length > 0 && { data }), ...pdf }
  }
}

/** A report that cannot be printed is read on the page all the same; why not is for the log. */
async function pdfOf(report: Report, language: Language): Promise<Pick<Checked, 'pdf' | 'fault'>> {
  try {
    return { pdf: await reportPdf(report, language, Date.now()) }
  } catch (error) {
    return { fault: placeOf(error) }
  }
}

/** Where it happened, without the message: that may quote the file. */
function placeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const lines = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return [error.name, ...lines].join('\n')
}
