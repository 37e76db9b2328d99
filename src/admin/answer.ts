import type { Context } from '../context.ts';
import type { GuardedArticle } from '../storage/editing.ts';
import type { Editor } from '../storage/editors.ts';

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
  /** UTC milliseconds */
  now: number;
}

/** A request of somebody who is signed in. */
export interface EditorRequest extends AdminRequest {
  editor: Editor;
  sessionId: number;
  /** The article that it is about, unless there is none yet. */
  article: GuardedArticle | undefined;
}

/** What an action answers; one place renders it. */
export interface Answer {
  status?: number;
  /** A view below `views/admin` with what it prints, … */
  view?: string;
  data?: { title: string } & Record<string, unknown>;
  /** … or a path to go on at (303), … */
  seeOther?: string;
  /** … or data for a script. */
  json?: object;
  headers?: Record<string, string>;
  /** The token of a session that begins, or null: the browser is to forget its session. */
  session?: string | null;
}

/** Four moves: read the input, ask storage, choose the status, render or redirect. */
export type Action = (context: Context, request: EditorRequest) => Promise<Answer>;

/** What somebody who need not be signed in may do. */
export type OpenAction = (context: Context, request: AdminRequest & { editor?: Editor | undefined }) => Promise<Answer>;
