import type { Permission } from '../content/accounts/permissions.ts';
import { admin, adminPath } from '../urls.ts';
import { accountPage } from './accounts/account.ts';
import { changePassword } from './accounts/change-password.ts';
import { endSessions } from './accounts/end-sessions.ts';
import { setUp, setUpPage } from './accounts/set-up.ts';
import { signIn, signInPage } from './accounts/sign-in.ts';
import { signOut } from './accounts/sign-out.ts';
import type { AdminRoute, ArticleAction, TextAction } from './action.ts';
import { articleList } from './articles/article-list.ts';
import { deletion, deletionForm } from './articles/deletion.ts';
import { editArticle } from './articles/edit-article.ts';
import { newArticle } from './articles/new-article.ts';
import { auditLogPage } from './audit-log.ts';
import { bulkTheme } from './bulk/bulk-theme.ts';
import { bulkWithdrawal, bulkWithdrawalForm } from './bulk/bulk-withdrawal.ts';
import { deletion as pictureDeletion, deletionForm as pictureDeletionForm } from './pictures/deletion.ts';
import { details } from './pictures/details.ts';
import { library } from './pictures/library.ts';
import { picturePage } from './pictures/picture-page.ts';
import { upload } from './pictures/upload.ts';
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
import { startPage } from './start-page.ts';
import { articleStoryline } from './storylines/article-storyline.ts';
import { join } from './storylines/join.ts';
import { move } from './storylines/move.ts';
import { name } from './storylines/name.ts';
import { newStoryline } from './storylines/new-storyline.ts';
import { split } from './storylines/split.ts';
import { storylinePage } from './storylines/storyline-page.ts';

export const routes: AdminRoute[] = [
  { method: 'get', path: adminPath, open: startPage },
  { method: 'get', path: admin.signIn, open: signInPage },
  { method: 'post', path: admin.signIn, open: signIn },
  { method: 'post', path: admin.signOut, needs: 'sign in', action: signOut },
  { method: 'get', path: admin.setUp(':token'), open: setUpPage },
  { method: 'post', path: admin.setUp(':token'), open: setUp },
  { method: 'get', path: admin.account, needs: 'sign in', action: accountPage },
  { method: 'post', path: admin.password, needs: 'sign in', action: changePassword },
  { method: 'post', path: admin.sessions, needs: 'sign in', action: endSessions },
  { method: 'get', path: admin.articles, needs: 'sign in', action: articleList },
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
  { method: 'get', path: admin.auditLog, needs: 'administer', action: auditLogPage },
];

function text(resource: string, needs: Permission, textAction: TextAction): AdminRoute {
  return { method: 'post', path: admin.ofArticle(':id', resource), needs, textAction };
}

function ofArticle(method: 'get' | 'post', resource: string, needs: Permission, articleAction: ArticleAction): AdminRoute {
  return { method, path: admin.ofArticle(':id', resource), needs, articleAction };
}
