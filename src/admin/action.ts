import type { Permission } from '../content/accounts/permissions.ts';
import type { Settings } from '../content/site/settings.ts';
import type { Context } from '../context.ts';
import type { Messages } from '../messages/messages.ts';
import type { EditedArticle } from '../storage/articles/edited-article.ts';
import type { Editor } from '../storage/newsroom/editors.ts';
import type { LibraryPicture } from '../storage/pictures/library.ts';
import type { TimeFormats } from './time-formats.ts';
import type { UploadedFile } from './uploads/uploaded-files.ts';

export interface AdminRequest {
  path: string;
  params: Record<string, string>;
  query: Record<string, string | undefined>;
  /** The posted fields, unchanged. */
  form: Record<string, string>;
  /** The files of a multipart form, which are removed after the answer. */
  files: UploadedFile[];
  /** The request accepts JSON, which only our scripts do. */
  isFromScript: boolean;
  ipAddress: string;
  userAgent: string;
  /** The device cookie of a browser that has signed in before, or an empty string. */
  device: string;
  /** The token of a sign-in that waits for its second step, or an empty string. */
  secondStep: string;
  /** UTC milliseconds. */
  now: number;
  settings: Settings;
  messages: Messages;
  times: TimeFormats;
}

export interface EditorRequest extends AdminRequest {
  editor: Editor;
  sessionId: number;
}

export interface OpenRequest extends AdminRequest {
  editor: Editor | undefined;
}

export interface ArticleRequest extends EditorRequest {
  article: EditedArticle;
}

export interface TextRequest extends EditorRequest {
  article: EditedArticle | undefined;
}

export interface PictureRequest extends EditorRequest {
  picture: LibraryPicture;
}

/** A view in `views/admin`, a redirect (303), or JSON for a script. */
export type ActionResult = (ViewResult | { seeOther: string } | { status?: number; json: object }) & {
  headers?: Record<string, string>;
  /** The token of a new session; null deletes the session cookie. */
  session?: string | null;
  device?: string;
  /** The token of a sign-in that now waits for its second step; null deletes the cookie. */
  secondStep?: string | null;
  /** Runs when the response has been sent. */
  afterwards?: () => void;
};

export interface ViewResult {
  status?: number;
  view: string;
  data: { title: string } & Record<string, unknown>;
}

export type Action = (context: Context, request: EditorRequest) => Promise<ActionResult>;
export type ArticleAction = (context: Context, request: ArticleRequest) => Promise<ActionResult>;
export type TextAction = (context: Context, request: TextRequest) => Promise<ActionResult>;
export type PictureAction = (context: Context, request: PictureRequest) => Promise<ActionResult>;
export type OpenAction = (context: Context, request: OpenRequest) => Promise<ActionResult>;

/** `open` needs no session. `articleAction` needs an existing article. `textAction` receives the text of an article that may not exist yet. `pictureAction` needs an existing picture, which `write` allows to change. */
export type AdminRoute = { method: 'get' | 'post'; path: string } & (
  | { open: OpenAction }
  | { needs: Permission; action: Action; /** The form's field that may have files. */ fileField?: string; /** For administrators who have to set up a second factor, too. */ duringSetUp?: true }
  | { needs: Permission; articleAction: ArticleAction }
  | { needs: Permission; textAction: TextAction }
  | { needs: 'sign in' | 'write'; pictureAction: PictureAction }
);
