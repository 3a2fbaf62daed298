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
    files: /^bytes\/trailing-|^tables\/(no-table|no-startxref|startxref-old|two-headers)/,
    about: 'bytes behind the last revision that no table tells of',
    ours: 'not passed',
    theirs: 'passed, as covering a revision',
    why: 'Readers that repair files may take up what lies there; a file ends where its last revision ends.',
  },
  {
    files: /^updates\/(nothing|unused)/,
    about: 'a revision that changes nothing, or adds what nothing refers to',
    ours: 'not passed',
    theirs: 'passed',
    why: 'Such objects are how shadow attacks are prepared. Nothing lawful writes them.',
  },
  {
    files: /^updates\/(need-appearances|field-unsigned-visible)/,
    about: 'looks to be made anew; an empty signature field over the page',
    ours: 'not passed',
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
    files: /^updates\/metadata/,
    about: 'other metadata',
    ours: 'not passed',
    theirs: 'passed',
    why: 'The metadata say the title, and that it is PDF/A.',
  },
  {
    files: /^wrapping\/subfilter-/,
    about: 'the signature’s dictionary replaced by one of no known form',
    ours: 'failed',
    theirs: 'passed: it looks at the time-stamp only',
    why: 'A signature that cannot be read is a signature that failed, as EU DSS has it too.',
  },
  {
    files: /^evidence\//,
    about: 'evidence taken from the document security store, or added to it without use',
    ours: 'not passed',
    theirs: 'passed',
    why: 'Removing evidence is not among the changes that come after a signature lawfully; ours says that the store is not what it was.',
  },
  {
    files: /^shadow\/replace-field$/,
    about: 'a text field looks otherwise; its value stays',
    ours: 'passed or doubtful',
    theirs: 'passed',
    why: 'Nothing was certified, so forms may be filled; both show that the form was changed.',
  },
  {
    files:
      /test_double_sig_add_visible_field_approval|test_pades_sign_twice_indirect_arrs|test_pades_sign_update_dss|test_sign_and_update_with_orphaned_obj/,
    about: 'lawful updates that leave an object behind which nothing refers to',
    ours: 'indeterminate, SIG_CONSTRAINTS_FAILURE',
    theirs: 'passed',
    why: 'As above: an object that nothing refers to may be revealed by the next revision.',
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
