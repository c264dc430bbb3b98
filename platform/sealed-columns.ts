/**
 * Every column that is sealed with the encryption key, and the row id that its seal is bound to: what a new key has to seal
 * anew. A test reads the catalogue and refuses a sealed column that does not stand here.
 */
export interface SealedColumn {
  readonly table: string
  readonly column: string
  /** The place of a field is `table.field.row`. */
  readonly field: string
  /** SQL for the row id in its place. */
  readonly row: string
  /** Rows at a time; a workbook is large. */
  readonly atOnce: number
}

const of = (table: string, row: string, names: string, atOnce = 500): SealedColumn[] =>
  names.split(' ').map((column) => ({
    table,
    column,
    field: column.replace(/_encrypted$/, ''),
    row,
    atOnce,
  }))

export const sealedColumns: readonly SealedColumn[] = [
  ...of('accounts', 'id::text', 'totp_secret totp_pending_secret'),
  ...of('account_contacts', 'account_id::text', 'name_encrypted phone_encrypted'),
  ...of('organisation_contacts', 'organisation_id::text', 'phone_encrypted address_encrypted'),
  ...of('post_cards', 'post_id::text', 'name_encrypted phone_encrypted'),
  ...of('person_contacts', 'person_id::text', 'name_encrypted phone_encrypted id_number_encrypted'),
  ...of('guardian_consents', 'id::text', 'guardian_encrypted phone_encrypted'),
  ...of('case_reporters', 'case_id::text', 'name_encrypted phone_encrypted address_encrypted'),
  ...of('case_slips', 'case_id::text', 'code_encrypted'),
  ...of('harm_reports', 'id::text', 'words_encrypted'),
  ...of('harm_report_entries', 'id::text', 'words_encrypted'),
  ...of('mediations', 'case_id::text', 'facts_encrypted next_place_encrypted agreement_encrypted'),
  ...of('mediation_parties', 'id::text', 'name_encrypted phone_encrypted address_encrypted'),
  ...of('mediation_entries', 'id::text', 'words_encrypted'),
  ...of('vouchers', 'id::text', 'code_encrypted'),
  ...of('sheet_batch_files', 'batch_id::text', 'content_encrypted preview_encrypted', 1),
  ...of(
    'sheet_batch_rows',
    `batch_id::text || ':' || "row"::text`,
    'values_encrypted findings_encrypted made_encrypted secret_encrypted',
  ),
]
