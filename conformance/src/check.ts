/** What one check found about one claim. */
export interface Finding {
  readonly claim: string
  readonly state: 'passed' | 'failed' | 'not-run'
  /** Why it failed, or what is missing to run it. */
  readonly detail?: string
}

/** Other people's tool held against ours, or ours against theirs. */
export interface Check {
  readonly name: string
  /** Whose tool it is, with its version when it ran. */
  readonly against: () => Promise<string> | string
  run(): Promise<readonly Finding[]>
}

/** The tool is not on this machine; the message says how to install it. */
export class ToolMissing extends Error {
  override name = 'ToolMissing'
}

/** Runs a claim's proof: passed when it returns, failed with the error's message when it throws. */
export async function claim(text: string, prove: () => unknown): Promise<Finding> {
  try {
    await prove()
    return { claim: text, state: 'passed' }
  } catch (error) {
    if (error instanceof ToolMissing) return { claim: text, state: 'not-run', detail: error.message }
    return { claim: text, state: 'failed', detail: firstLines(error) }
  }
}

/** A claim that something is refused: passed when the proof throws. */
export function refused(text: string, prove: () => unknown): Promise<Finding> {
  return claim(text, async () => {
    try {
      await prove()
    } catch (error) {
      if (error instanceof ToolMissing) throw error
      return
    }
    throw new Error('it was accepted')
  })
}

function firstLines(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return text.trim().split('\n').slice(0, 3).join(' / ')
}
