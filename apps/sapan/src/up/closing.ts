/** What was opened, to be closed in the opposite order. */
export class Closing {
  readonly #steps: { readonly name: string; readonly close: () => Promise<void> }[] = []
  #closed: Promise<void> | undefined

  add(name: string, close: () => Promise<void>): void {
    this.#steps.push({ name, close })
  }

  /** Closes everything, also when one part fails to close; what failed is reported. Once, however often called. */
  all(onFailure: (name: string, error: unknown) => void): Promise<void> {
    this.#closed ??= this.#closeAll(onFailure)
    return this.#closed
  }

  async #closeAll(onFailure: (name: string, error: unknown) => void): Promise<void> {
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
      try {
        await step.close()
      } catch (error) {
        onFailure(step.name, error)
      }
    }
  }
}
