import type { Permission } from '../content/permissions.ts';
import { admin, adminPath } from '../urls.ts';
import { accountPage } from './account.ts';
import type { AdminRoute, ArticleAction, TextAction } from './answer.ts';
import { articleList } from './article-list.ts';
import { auditLogPage } from './audit-log.ts';
import { autosave } from './autosave.ts';
import { changePassword } from './change-password.ts';
import { comparison } from './comparison.ts';
import { deletion, deletionForm } from './deletion.ts';
import { discard } from './discard.ts';
import { draft } from './draft.ts';
import { editArticle } from './edit-article.ts';
import { endSessions } from './end-sessions.ts';
import { home } from './home.ts';
import { newArticle } from './new-article.ts';
import { presence } from './presence.ts';
import { previews } from './previews.ts';
import { publication } from './publication.ts';
import { recall } from './recall.ts';
import { reinstatement } from './reinstatement.ts';
import { resolution } from './resolution.ts';
import { restoration } from './restoration.ts';
import { revisions } from './revisions.ts';
import { schedule } from './schedule.ts';
import { setUp, setUpPage } from './set-up.ts';
import { signIn, signInPage } from './sign-in.ts';
import { signOut } from './sign-out.ts';
import { submission } from './submission.ts';
import { withdrawal, withdrawalForm } from './withdrawal.ts';

export const routes: AdminRoute[] = [
  { method: 'get', path: adminPath, open: home },
  { method: 'get', path: admin.signIn, open: signInPage },
  { method: 'post', path: admin.signIn, open: signIn },
  { method: 'post', path: admin.signOut, needs: 'sign in', action: signOut },
  { method: 'get', path: admin.setUp(':token'), open: setUpPage },
  { method: 'post', path: admin.setUp(':token'), open: setUp },
  { method: 'get', path: admin.account, needs: 'sign in', action: accountPage },
  { method: 'post', path: admin.password, needs: 'sign in', action: changePassword },
  { method: 'post', path: admin.sessions, needs: 'sign in', action: endSessions },
  { method: 'get', path: admin.articles, needs: 'sign in', action: articleList },
  { method: 'get', path: admin.newArticle, needs: 'write', action: newArticle },
  { method: 'get', path: admin.article(':id'), needs: 'write', articleAction: editArticle },
  text('draft', 'write', draft),
  text('submission', 'write', submission),
  text('publication', 'publish', publication),
  text('schedule', 'publish', schedule),
  text('autosave', 'write', autosave),
  text('previews', 'write', previews),
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
  { method: 'get', path: admin.auditLog, needs: 'administer', action: auditLogPage },
];

/** A resource of an article that a form with its text is sent to. */
function text(resource: string, needs: Permission, textAction: TextAction): AdminRoute {
  return { method: 'post', path: admin.ofArticle(':id', resource), needs, textAction };
}

function ofArticle(method: 'get' | 'post', resource: string, needs: Permission, articleAction: ArticleAction): AdminRoute {
  return { method, path: admin.ofArticle(':id', resource), needs, articleAction };
}
