import { canStoreText } from '../../content/accounts/permissions.ts';
import { relyingParty } from '../../content/accounts/relying-party.ts';
import type { Context } from '../../context.ts';
import { RequestError } from '../../errors.ts';
import type { EditedArticle } from '../../storage/articles/edited-article.ts';
import { hasSecondFactor } from '../../storage/second-factor/second-factor.ts';
import { admin, withQuery } from '../../urls.ts';
import { pageOf } from '../accounts/next-path.ts';
import type { ActionResult, AdminRoute, EditorRequest } from '../action.ts';
import { storeText } from '../saving/store-text.ts';

/** Whether the site requires a second factor that the editor has not set up yet. Then only the pages for setting it up are open. */
export async function mustSetUpSecondFactor(context: Context, request: EditorRequest, route: AdminRoute): Promise<boolean> {
  return !('duringSetUp' in route) && isSecondFactorMissing(context, request);
}

export async function isSecondFactorMissing({ db }: Context, { editor, settings }: Pick<EditorRequest, 'editor' | 'settings'>): Promise<boolean> {
  return settings.secondFactorRequired && editor.role === 'administrator' && !(await hasSecondFactor(db.reader, editor.id));
}

/** Leads to the page for setting up a second factor. A text that was still being typed is stored. */
export async function requireSecondFactor(context: Context, request: EditorRequest, route: AdminRoute, article: EditedArticle | undefined): Promise<ActionResult> {
  const { path, query, editor, isFromScript } = request;
  if ('textAction' in route && canStoreText(editor, article)) await storeText(context, { ...request, article }, 'autosave');
  if (isFromScript) throw new RequestError(403, 'errors.secondFactorMissing');
  return { seeOther: secondFactorSetUp(context, route.method === 'get' ? withQuery(path, query) : pageOf(path)) };
}

/** Where an editor adds a passkey, or sets up an authenticator app if passkeys don't work, and then continues at `next`. Each page has a link to the other. */
export function secondFactorSetUp({ config }: Pick<Context, 'config'>, next: string): string {
  return withQuery(relyingParty(config.siteUrl) ? admin.newPasskey : admin.totp, { next });
}
