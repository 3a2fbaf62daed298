/** Why our checker and pyHanko say different things about some files; the table of the README. */
export interface Disagreement {
  /** Which files, by the name that the check gives them. */
  readonly files: RegExp
  /** The same for people. */
  readonly about: string
  readonly ours: string
  readonly theirs: string
  readonly why: string
}

export const disagreements: readonly Disagreement[] = [
  {
    files: /^bytes\/trailing-junk|^tables\/(no-table|no-startxref)/,
    about: 'bytes behind the last revision that no table tells of',
    ours: 'failed',
    theirs: 'passed, as covering a revision',
    why: 'Readers that repair files may take up what lies there; a file ends where its last revision ends.',
  },
  {
    files: /^updates\/(need-appearances|field-unsigned-visible)/,
    about: 'looks to be made anew; an empty signature field over the page',
    ours: 'indeterminate, SIG_CONSTRAINTS_FAILURE',
    theirs: 'passed',
    why: 'Both change what a reader sees of a page that was signed (sneaky signature attack).',
  },
  {
    files: /^updates\/signature-emptied/,
    about: 'the signed field has lost its value',
    ours: 'no signature, or a change that is refused',
    theirs: 'passed: the time-stamp that is left',
    why: 'A document time-stamp alone says nothing of who signed.',
  },
  {
    files: /^wrapping\/subfilter-/,
    about: 'the signature’s dictionary replaced by one of no known form',
    ours: 'failed',
    theirs: 'passed: it looks at the time-stamp only',
    why: 'A signature that cannot be read is a signature that failed, as EU DSS has it too.',
  },
  {
    files: /^evidence\/.*-?(removed|junk) /,
    about: 'evidence taken from the document security store, or made useless',
    ours: 'indeterminate, SIG_CONSTRAINTS_FAILURE',
    theirs: 'passed',
    why: 'Removing evidence is not among the changes that come after a signature lawfully; ours says that the store is not what it was.',
  },
  {
    files: /test_validate_separate_annot_with_indir_kids|test_indir_ref_in_sigref_dict/,
    about: 'certificates of an authority of which there are no revocation lists',
    ours: 'indeterminate, TRY_LATER',
    theirs: 'passed',
    why: 'pyHanko asks for revocation data where a certificate says where it is; EN 319 102-1 §5.2.6.4 asks always.',
  },
  {
    files: /test_update_no_timestamps|test_standalone_document_timestamp/,
    about: 'only a document time-stamp',
    ours: 'no signature',
    theirs: 'passed',
    why: 'pyHanko judges the time-stamp as a signature; EU DSS says as we do.',
  },
  {
    files: /test_brazilian_pades/,
    about: 'SubFilter PBAD.PAdES',
    ours: 'failed, FORMAT_FAILURE',
    theirs: 'passed',
    why: 'A form that no international standard names.',
  },
  {
    files: /test_sign_without_annot/,
    about: 'a file whose table names a wrong place',
    ours: 'unreadable',
    theirs: 'passed',
    why: 'An object is where the table says, or the file is not read: readers that search for it may find different ones.',
  },
  {
    files: /test_ed448_trust/,
    about: 'Ed448 with SHAKE256',
    ours: 'failed, FORMAT_FAILURE',
    theirs: 'passed',
    why: 'SHAKE256 as a digest is not read.',
  },
  {
    files: /test_do_not_enforce_key_usage_if_signer_is_root/,
    about: 'a root signs by itself, without the usage',
    ours: 'indeterminate, CHAIN_CONSTRAINTS_FAILURE',
    theirs: 'passed',
    why: 'The certificate says that its key does not sign documents; that it is a trust anchor does not change it.',
  },
  {
    files: /test_allow_hybrid_sign_validate/,
    about: 'a hybrid-reference file',
    ours: 'passed',
    theirs: 'it does not judge such files unless told to',
    why: 'Hybrid files are read as ISO 32000-2 §7.5.8.4 has them; pyHanko’s default is to be careful with them.',
  },
  {
    files: /test_sv_flag_unsupported/,
    about: 'a seed value that asks for a legal attestation',
    ours: 'passed',
    theirs: 'it does not know such seed values',
    why: 'Seed values tell the signer’s software what to do (ISO 32000-2 §12.7.5.5).',
  },
  {
    files: /test_sign_with_explicit_ecdsa_implied_hash/,
    about: 'an algorithm identifier for ECDSA that does not name the digest',
    ours: 'indeterminate, CRYPTO_CONSTRAINTS_FAILURE',
    theirs: 'passed',
    why: 'The identifier says too little of the algorithm; EU DSS fails the file.',
  },
]

/** Whether a disagreement about that file has its reason in the table. */
export const explained = (name: string): boolean => disagreements.some(({ files }) => files.test(name))

/** The table of `conformance/documents/README.md`. */
export function disagreementTable(): string {
  const rows = disagreements.map(
    ({ about, ours, theirs, why }) => `| ${about} | ${ours} | ${theirs} | ${why} |`,
  )
  return `| files | ours | pyHanko | why |\n|---|---|---|---|\n${rows.join('\n')}\n`
}
