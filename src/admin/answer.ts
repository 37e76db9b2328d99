import type { Permission } from '../content/accounts/permissions.ts';
import type { Settings } from '../content/site/settings.ts';
import type { Context } from '../context.ts';
import type { Messages } from '../messages/messages.ts';
import type { EditedArticle } from '../storage/articles/edited-article.ts';
import type { Editor } from '../storage/newsroom/editors.ts';
import type { ShownTimes } from './shown-times.ts';

/** What an action is asked. */
export interface AdminRequest {
  path: string;
  params: Record<string, string>;
  query: Record<string, string | undefined>;
  /** The fields of a form that was posted, as they came. */
  form: Record<string, string>;
  /** Whether a script asks, which wants data and no page. */
  isScripted: boolean;
  /** Who sends it, as the proxy or the socket says, and what they call their browser. */
  address: string;
  userAgent: string;
  /** The cookie by which a browser is known that has signed in before, as it came; empty: it sent none. */
  device: string;
  /** UTC milliseconds */
  now: number;
  settings: Settings;
  messages: Messages;
  times: ShownTimes;
}

/** A request of somebody who is signed in. */
export interface EditorRequest extends AdminRequest {
  editor: Editor;
  sessionId: number;
}

/** A request of somebody who may be signed in, or not. */
export interface OpenRequest extends AdminRequest {
  editor: Editor | undefined;
}

/** A request that is about an article. */
export interface ArticleRequest extends EditorRequest {
  article: EditedArticle;
}

/** A request that brings a text: of an article, or of one that there is not yet. */
export interface TextRequest extends EditorRequest {
  article: EditedArticle | undefined;
}

/** What an action answers, and one place renders: a view below `views/admin`, where to go on (303), or data for a script. */
export type Answer = (ViewAnswer | { seeOther: string } | { status?: number; json: object }) & {
  headers?: Record<string, string>;
  /** The token of a session that begins, or null: the browser is to forget its session. */
  session?: string | null;
  /** The device cookie of a browser that has just signed in. */
  device?: string;
};

export interface ViewAnswer {
  status?: number;
  view: string;
  data: { title: string } & Record<string, unknown>;
}

/** Four moves: read the input, ask storage, choose the status, render or redirect. */
export type Action = (context: Context, request: EditorRequest) => Promise<Answer>;
export type ArticleAction = (context: Context, request: ArticleRequest) => Promise<Answer>;
export type TextAction = (context: Context, request: TextRequest) => Promise<Answer>;

/** What somebody who need not be signed in may do. */
export type OpenAction = (context: Context, request: OpenRequest) => Promise<Answer>;

/**
 * A page or an action of the admin. `open`: also for those who are not signed in; `articleAction`: about an article,
 * which is there; `textAction`: brings the text of an article, or of one that there is not yet.
 */
export type AdminRoute = { method: 'get' | 'post'; path: string } & (
  | { open: OpenAction }
  | { needs: Permission; action: Action }
  | { needs: Permission; articleAction: ArticleAction }
  | { needs: Permission; textAction: TextAction }
);
