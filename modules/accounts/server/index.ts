/** The door of accounts: its operations, and what other modules may ask of it. */
import type { ServerModule } from '../../../platform/server-module.ts'
import { refusals } from '../contract.ts'
import { words } from '../messages.ts'
import { appointPost } from './appoint-post.ts'
import { beginTotp } from './begin-totp.ts'
import { changePassword } from './change-password.ts'
import { confirmTotp } from './confirm-totp.ts'
import { createAccount } from './create-account.ts'
import { createOrganisation } from './create-organisation.ts'
import { endPost } from './end-post.ts'
import { getDemoNote } from './get-demo-note.ts'
import { getSession } from './get-session.ts'
import { listAccounts } from './list-accounts.ts'
import { listAudit } from './list-audit.ts'
import { listOrganisations } from './list-organisations.ts'
import { listPosts } from './list-posts.ts'
import { requestResidentCode } from './request-resident-code.ts'
import { setAccountDisabled } from './set-account-disabled.ts'
import { signIn } from './sign-in.ts'
import { signInResident } from './sign-in-resident.ts'
import { signOut } from './sign-out.ts'

export { authenticator } from './authenticate.ts'
export { insertAccounts, type NewAccount } from './insert-accounts.ts'
export { accountsJobs } from './jobs.ts'
export {
  insertOrganisations,
  type NewOrganisation,
  type OrganisationRow,
  organisationsInOrder,
} from './organisation-store.ts'
export { hashPassword, makeOneTimePassword } from './passwords.ts'
export { type IndexedPost, type PostIndex, postIndex } from './post-index.ts'
export { insertPosts, type NewPost, type PostRow } from './post-store.ts'
export { findResidentByPhone, residentContact } from './resident-contact.ts'
export { openSession } from './session-store.ts'

export const accountsModule: ServerModule = {
  name: 'accounts',
  operations: [
    signIn,
    requestResidentCode,
    signInResident,
    getSession,
    signOut,
    beginTotp,
    confirmTotp,
    changePassword,
    listOrganisations,
    createOrganisation,
    listAccounts,
    createAccount,
    setAccountDisabled,
    listPosts,
    appointPost,
    endPost,
    listAudit,
    getDemoNote,
  ],
  refusals,
  words,
}
