import type { Permission } from '../content/accounts/permissions.ts';
import { admin, adminPath } from '../urls.ts';
import { accountPage } from './accounts/account.ts';
import { changePassword } from './accounts/change-password.ts';
import { endSessions } from './accounts/end-sessions.ts';
import { forgottenPassword, forgottenPasswordPage } from './accounts/forgotten-password.ts';
import { setUp, setUpPage } from './accounts/set-up.ts';
import { signIn, signInPage } from './accounts/sign-in.ts';
import { signOut } from './accounts/sign-out.ts';
import type { AdminRoute, ArticleAction, TextAction } from './action.ts';
import { articleList } from './articles/article-list.ts';
import { deletion, deletionForm } from './articles/deletion.ts';
import { editArticle } from './articles/edit-article.ts';
import { newArticle } from './articles/new-article.ts';
import { auditLogPage } from './audit-log.ts';
import { authorList } from './authors/author-list.ts';
import { authorPage } from './authors/author-page.ts';
import { authorDetails } from './authors/details.ts';
import { bulkTheme, bulkThemeForm } from './bulk/bulk-theme.ts';
import { bulkWithdrawal, bulkWithdrawalForm } from './bulk/bulk-withdrawal.ts';
import { details as editorDetails } from './editors/details.ts';
import { disable } from './editors/disable.ts';
import { editorPage } from './editors/editor-page.ts';
import { editorsPage } from './editors/editors-page.ts';
import { enable } from './editors/enable.ts';
import { invite } from './editors/invite.ts';
import { newLink } from './editors/new-link.ts';
import { secondFactorRemoval } from './editors/second-factor-removal.ts';
import { signOutEverywhere } from './editors/sign-out-everywhere.ts';
import { merge, mergeForm } from './named/merge.ts';
import { suggestions } from './named/suggestions.ts';
import { comparison as pageComparison } from './pages/comparison.ts';
import { create } from './pages/create.ts';
import { deletion as pageDeletion, deletionForm as pageDeletionForm } from './pages/deletion.ts';
import { editPage } from './pages/edit-page.ts';
import { newPage } from './pages/new-page.ts';
import { order } from './pages/order.ts';
import { pageList } from './pages/page-list.ts';
import { preview } from './pages/preview.ts';
import { restoration as pageRestoration } from './pages/restoration.ts';
import { revisions as pageRevisions } from './pages/revisions.ts';
import { text as pageText } from './pages/text.ts';
import { deletion as pictureDeletion, deletionForm as pictureDeletionForm } from './pictures/deletion.ts';
import { details } from './pictures/details.ts';
import { library } from './pictures/library.ts';
import { picturePage } from './pictures/picture-page.ts';
import { upload } from './pictures/upload.ts';
import { correctionsPage } from './publishing/corrections-page.ts';
import { newCorrection } from './publishing/new-correction.ts';
import { publication } from './publishing/publication.ts';
import { recall } from './publishing/recall.ts';
import { reinstatement } from './publishing/reinstatement.ts';
import { sendBack } from './publishing/return.ts';
import { schedule } from './publishing/schedule.ts';
import { submission } from './publishing/submission.ts';
import { withdrawal, withdrawalForm } from './publishing/withdrawal.ts';
import { relatedChoice } from './related/related-choice.ts';
import { relatedPage } from './related/related-page.ts';
import { comparison } from './revisions/comparison.ts';
import { restoration } from './revisions/restoration.ts';
import { revisions } from './revisions/revisions.ts';
import { autosave } from './saving/autosave.ts';
import { discard } from './saving/discard.ts';
import { draft } from './saving/draft.ts';
import { presence } from './saving/presence.ts';
import { previewEnd } from './saving/preview-end.ts';
import { previewLinks } from './saving/preview-links.ts';
import { previews } from './saving/previews.ts';
import { resolution } from './saving/resolution.ts';
import { addPasskey, newPasskey, newPasskeyOptions } from './second-factor/new-passkey.ts';
import { passkeyRemoval, passkeyRemovalForm } from './second-factor/passkey-removal.ts';
import { passkeySignIn, passkeySignInOptions } from './second-factor/passkey-sign-in.ts';
import { recoveryCodes, recoveryCodesForm } from './second-factor/recovery-codes.ts';
import { secondStep, secondStepPage } from './second-factor/second-step.ts';
import { totpRemoval, totpRemovalForm } from './second-factor/totp-removal.ts';
import { setUpTotp, totpPage } from './second-factor/totp.ts';
import { changeSettings } from './settings/change-settings.ts';
import { settingsPage } from './settings/settings-page.ts';
import { startPage } from './start-page.ts';
import { articleStoryline } from './storylines/article-storyline.ts';
import { join } from './storylines/join.ts';
import { move } from './storylines/move.ts';
import { name } from './storylines/name.ts';
import { newStoryline } from './storylines/new-storyline.ts';
import { split } from './storylines/split.ts';
import { storylinePage } from './storylines/storyline-page.ts';
import { addition } from './themes/addition.ts';
import { deletion as themeDeletion, deletionForm as themeDeletionForm } from './themes/deletion.ts';
import { themeDetails } from './themes/details.ts';
import { place } from './themes/place.ts';
import { themeList } from './themes/theme-list.ts';
import { themePage } from './themes/theme-page.ts';
import { deletion as topicDeletion, deletionForm as topicDeletionForm } from './topics/deletion.ts';
import { name as topicName } from './topics/name.ts';
import { topicList } from './topics/topic-list.ts';
import { topicPage } from './topics/topic-page.ts';
import { deleteUnused, unusedForm } from './topics/unused.ts';

export const routes: AdminRoute[] = [
  { method: 'get', path: adminPath, open: startPage },
  { method: 'get', path: admin.signIn, open: signInPage },
  { method: 'post', path: admin.signIn, open: signIn },
  { method: 'get', path: admin.secondStep, open: secondStepPage },
  { method: 'post', path: admin.secondStep, open: secondStep },
  { method: 'post', path: admin.passkeySignInOptions, open: passkeySignInOptions },
  { method: 'post', path: admin.passkeySignIn, open: passkeySignIn },
  { method: 'post', path: admin.signOut, needs: 'sign in', action: signOut, duringSetUp: true },
  { method: 'get', path: admin.forgottenPassword, open: forgottenPasswordPage },
  { method: 'post', path: admin.forgottenPassword, open: forgottenPassword },
  { method: 'get', path: admin.setUp(':token'), open: setUpPage },
  { method: 'post', path: admin.setUp(':token'), open: setUp },
  { method: 'get', path: admin.account, needs: 'sign in', action: accountPage },
  { method: 'post', path: admin.password, needs: 'sign in', action: changePassword },
  { method: 'post', path: admin.sessions, needs: 'sign in', action: endSessions },
  { method: 'get', path: admin.totp, needs: 'sign in', action: totpPage, duringSetUp: true },
  { method: 'post', path: admin.totp, needs: 'sign in', action: setUpTotp, duringSetUp: true },
  { method: 'get', path: admin.totpRemoval, needs: 'sign in', action: totpRemovalForm },
  { method: 'post', path: admin.totpRemoval, needs: 'sign in', action: totpRemoval },
  { method: 'get', path: admin.recoveryCodes, needs: 'sign in', action: recoveryCodesForm },
  { method: 'post', path: admin.recoveryCodes, needs: 'sign in', action: recoveryCodes },
  { method: 'get', path: admin.newPasskey, needs: 'sign in', action: newPasskey, duringSetUp: true },
  { method: 'post', path: admin.newPasskeyOptions, needs: 'sign in', action: newPasskeyOptions, duringSetUp: true },
  { method: 'post', path: admin.passkeys, needs: 'sign in', action: addPasskey, duringSetUp: true },
  { method: 'get', path: admin.passkeyRemoval(':passkey'), needs: 'sign in', action: passkeyRemovalForm },
  { method: 'post', path: admin.passkeyRemoval(':passkey'), needs: 'sign in', action: passkeyRemoval },
  { method: 'get', path: admin.articles, needs: 'sign in', action: articleList },
  { method: 'get', path: admin.bulkTheme, needs: 'publish', action: bulkThemeForm },
  { method: 'post', path: admin.bulkTheme, needs: 'publish', action: bulkTheme },
  { method: 'get', path: admin.bulkWithdrawal, needs: 'publish', action: bulkWithdrawalForm },
  { method: 'post', path: admin.bulkWithdrawal, needs: 'publish', action: bulkWithdrawal },
  { method: 'get', path: admin.newArticle, needs: 'write', action: newArticle },
  { method: 'get', path: admin.article(':id'), needs: 'write', articleAction: editArticle },
  text('draft', 'write', draft),
  text('submission', 'write', submission),
  text('return', 'publish', sendBack),
  text('publication', 'publish', publication),
  text('schedule', 'publish', schedule),
  text('autosave', 'write', autosave),
  ofArticle('get', 'previews', 'write', previewLinks),
  text('previews', 'write', previews),
  ofArticle('post', 'preview-end', 'write', previewEnd),
  ofArticle('post', 'presence', 'write', presence),
  ofArticle('post', 'discard', 'write', discard),
  ofArticle('post', 'resolution', 'write', resolution),
  ofArticle('post', 'restoration', 'write', restoration),
  ofArticle('post', 'recall', 'write', recall),
  ofArticle('get', 'withdrawal', 'publish', withdrawalForm),
  ofArticle('post', 'withdrawal', 'publish', withdrawal),
  ofArticle('post', 'reinstatement', 'publish', reinstatement),
  ofArticle('get', 'corrections', 'publish', correctionsPage),
  ofArticle('post', 'corrections', 'publish', newCorrection),
  ofArticle('get', 'deletion', 'write', deletionForm),
  ofArticle('post', 'deletion', 'write', deletion),
  ofArticle('get', 'revisions', 'write', revisions),
  ofArticle('get', 'comparison', 'write', comparison),
  ofArticle('get', 'storyline', 'publish', articleStoryline),
  ofArticle('post', 'move', 'publish', move),
  ofArticle('post', 'new-storyline', 'publish', newStoryline),
  ofArticle('get', 'related', 'publish', relatedPage),
  ofArticle('post', 'related', 'publish', relatedChoice),
  { method: 'get', path: admin.storyline(':storyline'), needs: 'publish', action: storylinePage },
  { method: 'post', path: admin.ofStoryline(':storyline', 'name'), needs: 'publish', action: name },
  { method: 'post', path: admin.ofStoryline(':storyline', 'join'), needs: 'publish', action: join },
  { method: 'post', path: admin.ofStoryline(':storyline', 'split'), needs: 'publish', action: split },
  { method: 'get', path: admin.pictures, needs: 'sign in', action: library },
  { method: 'post', path: admin.pictures, needs: 'write', action: upload, fileField: 'file' },
  { method: 'get', path: admin.picture(':id'), needs: 'sign in', pictureAction: picturePage },
  { method: 'post', path: admin.ofPicture(':id', 'details'), needs: 'write', pictureAction: details },
  { method: 'get', path: admin.ofPicture(':id', 'deletion'), needs: 'write', pictureAction: pictureDeletionForm },
  { method: 'post', path: admin.ofPicture(':id', 'deletion'), needs: 'write', pictureAction: pictureDeletion },
  { method: 'get', path: admin.themes, needs: 'publish', action: themeList },
  { method: 'post', path: admin.themes, needs: 'publish', action: addition },
  { method: 'get', path: admin.theme(':theme'), needs: 'publish', action: themePage },
  { method: 'post', path: admin.ofTheme(':theme', 'details'), needs: 'publish', action: themeDetails },
  { method: 'post', path: admin.ofTheme(':theme', 'place'), needs: 'publish', action: place },
  { method: 'get', path: admin.ofTheme(':theme', 'merge'), needs: 'publish', action: mergeForm('theme') },
  { method: 'post', path: admin.ofTheme(':theme', 'merge'), needs: 'publish', action: merge('theme') },
  { method: 'get', path: admin.ofTheme(':theme', 'deletion'), needs: 'publish', action: themeDeletionForm },
  { method: 'post', path: admin.ofTheme(':theme', 'deletion'), needs: 'publish', action: themeDeletion },
  { method: 'get', path: admin.topics, needs: 'publish', action: topicList },
  { method: 'get', path: admin.topicSuggestions, needs: 'write', action: suggestions('topic') },
  { method: 'get', path: admin.unusedTopics, needs: 'publish', action: unusedForm },
  { method: 'post', path: admin.unusedTopics, needs: 'publish', action: deleteUnused },
  { method: 'get', path: admin.topic(':topic'), needs: 'publish', action: topicPage },
  { method: 'post', path: admin.ofTopic(':topic', 'name'), needs: 'publish', action: topicName },
  { method: 'get', path: admin.ofTopic(':topic', 'merge'), needs: 'publish', action: mergeForm('topic') },
  { method: 'post', path: admin.ofTopic(':topic', 'merge'), needs: 'publish', action: merge('topic') },
  { method: 'get', path: admin.ofTopic(':topic', 'deletion'), needs: 'publish', action: topicDeletionForm },
  { method: 'post', path: admin.ofTopic(':topic', 'deletion'), needs: 'publish', action: topicDeletion },
  { method: 'get', path: admin.authors, needs: 'publish', action: authorList },
  { method: 'get', path: admin.authorSuggestions, needs: 'write', action: suggestions('author') },
  { method: 'get', path: admin.author(':author'), needs: 'publish', action: authorPage },
  { method: 'post', path: admin.ofAuthor(':author', 'details'), needs: 'publish', action: authorDetails },
  { method: 'get', path: admin.ofAuthor(':author', 'merge'), needs: 'publish', action: mergeForm('author') },
  { method: 'post', path: admin.ofAuthor(':author', 'merge'), needs: 'publish', action: merge('author') },
  { method: 'get', path: admin.editors, needs: 'administer', action: editorsPage },
  { method: 'post', path: admin.editors, needs: 'administer', action: invite },
  { method: 'get', path: admin.editor(':editor'), needs: 'administer', action: editorPage },
  { method: 'post', path: admin.ofEditor(':editor', 'details'), needs: 'administer', action: editorDetails },
  { method: 'post', path: admin.ofEditor(':editor', 'link'), needs: 'administer', action: newLink },
  { method: 'post', path: admin.ofEditor(':editor', 'sign-out'), needs: 'administer', action: signOutEverywhere },
  { method: 'post', path: admin.ofEditor(':editor', 'second-factor-removal'), needs: 'administer', action: secondFactorRemoval },
  { method: 'post', path: admin.ofEditor(':editor', 'disable'), needs: 'administer', action: disable },
  { method: 'post', path: admin.ofEditor(':editor', 'enable'), needs: 'administer', action: enable },
  { method: 'get', path: admin.pages, needs: 'publish', action: pageList },
  { method: 'post', path: admin.pages, needs: 'publish', action: create },
  { method: 'get', path: admin.newPage, needs: 'publish', action: newPage },
  { method: 'post', path: admin.pagePreviews, needs: 'publish', action: preview },
  { method: 'get', path: admin.page(':page'), needs: 'publish', action: editPage },
  { method: 'post', path: admin.ofPage(':page', 'text'), needs: 'publish', action: pageText },
  { method: 'post', path: admin.ofPage(':page', 'order'), needs: 'publish', action: order },
  { method: 'get', path: admin.ofPage(':page', 'revisions'), needs: 'publish', action: pageRevisions },
  { method: 'get', path: admin.ofPage(':page', 'comparison'), needs: 'publish', action: pageComparison },
  { method: 'post', path: admin.ofPage(':page', 'restoration'), needs: 'publish', action: pageRestoration },
  { method: 'get', path: admin.ofPage(':page', 'deletion'), needs: 'publish', action: pageDeletionForm },
  { method: 'post', path: admin.ofPage(':page', 'deletion'), needs: 'publish', action: pageDeletion },
  { method: 'get', path: admin.settings, needs: 'administer', action: settingsPage },
  { method: 'post', path: admin.settings, needs: 'administer', action: changeSettings },
  { method: 'get', path: admin.auditLog, needs: 'administer', action: auditLogPage },
];

function text(resource: string, needs: Permission, textAction: TextAction): AdminRoute {
  return { method: 'post', path: admin.ofArticle(':id', resource), needs, textAction };
}

function ofArticle(method: 'get' | 'post', resource: string, needs: Permission, articleAction: ArticleAction): AdminRoute {
  return { method, path: admin.ofArticle(':id', resource), needs, articleAction };
}
