/** What a witness said to a checkpoint (C2SP tlog-witness, add-checkpoint). */
export type WitnessReply =
  /** It cosigned: the signature lines of its cosignatures, each beginning with an em dash. */
  | { readonly status: 'cosigned'; readonly lines: readonly string[] }
  /** It knows another size than `oldSize` (409): the size that it knows. */
  | { readonly status: 'conflict'; readonly size: number }
  /** It does not know the log (404), or not its key (403), or could make nothing of the proof (422, 400). */
  | { readonly status: 'refused'; readonly code: number }

/** A way to one witness. */
export interface WitnessClient {
  /** The name in its cosignatures. */
  readonly name: string
  /** Its C2SP verifier key, of the cosignature/v1 kind. */
  readonly vkey: string
  /**
   * Offers a checkpoint. `proof` is the consistency proof from `oldSize` to the note's size, of 32-byte hashes.
   * Rejects when the witness cannot be reached. Must give up by itself within a few seconds.
   */
  submit(
    origin: string,
    oldSize: number,
    proof: readonly Buffer[],
    note: string,
    signal: AbortSignal,
  ): Promise<WitnessReply>
  /** The latest checkpoint that it cosigned, as a note; null where it has none. Only some witnesses tell. */
  latest?(origin: string): Promise<string | null>
}
