import type { Permission } from '../content/accounts/permissions.ts';
import type { Settings } from '../content/site/settings.ts';
import type { Context } from '../context.ts';
import type { Messages } from '../messages/messages.ts';
import type { EditedArticle } from '../storage/articles/edited-article.ts';
import type { Editor } from '../storage/newsroom/editors.ts';
import type { ShownTimes } from './shown-times.ts';

/** A request, read once for every action. */
export interface AdminRequest {
  path: string;
  params: Record<string, string>;
  query: Record<string, string | undefined>;
  /** The fields of the posted form, unchanged. */
  form: Record<string, string>;
  /** Whether a script sent the request and expects JSON. */
  isScripted: boolean;
  /** The client's IP address, as the proxy or the socket reports it. */
  address: string;
  userAgent: string;
  /** The device cookie of a browser that has signed in before, or an empty string. */
  device: string;
  /** UTC milliseconds */
  now: number;
  settings: Settings;
  messages: Messages;
  times: ShownTimes;
}

/** A request with a session. */
export interface EditorRequest extends AdminRequest {
  editor: Editor;
  sessionId: number;
}

/** A request with or without a session. */
export interface OpenRequest extends AdminRequest {
  editor: Editor | undefined;
}

/** A request about an article. */
export interface ArticleRequest extends EditorRequest {
  article: EditedArticle;
}

/** A request with the text of an article, which may not exist yet. */
export interface TextRequest extends EditorRequest {
  article: EditedArticle | undefined;
}

/** The answer of an action: a view below `views/admin`, a redirect (303), or JSON for a script. */
export type Answer = (ViewAnswer | { seeOther: string } | { status?: number; json: object }) & {
  headers?: Record<string, string>;
  /** The token of a new session; null deletes the session cookie. */
  session?: string | null;
  /** The device cookie for a browser that has just signed in. */
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

export type OpenAction = (context: Context, request: OpenRequest) => Promise<Answer>;

/**
 * A page or an action of the admin. `open`: needs no session; `articleAction`: about an existing article; `textAction`:
 * with the text of an article, which may not exist yet.
 */
export type AdminRoute = { method: 'get' | 'post'; path: string } & (
  | { open: OpenAction }
  | { needs: Permission; action: Action }
  | { needs: Permission; articleAction: ArticleAction }
  | { needs: Permission; textAction: TextAction }
);
