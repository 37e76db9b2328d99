import { cleanLine } from '../../content/text/text.ts';
import { readPageForm } from '../../content/pages/static-page.ts';
import type { Context } from '../../context.ts';
import { markdownOptions } from '../../rendering/markdown-options.ts';
import { addPagePreview } from '../../storage/pages/page-previews.ts';
import { pagePreviewPath } from '../../urls.ts';
import type { ActionResult, EditorRequest } from '../action.ts';

const lifetimeMs = 60 * 60_000;

/** Shows a text as readers will see it, without saving it. */
export async function preview(context: Context, request: EditorRequest): Promise<ActionResult> {
  const { editor, settings, isFromScript, now } = request;
  const { title, body } = readPageForm(request.form);
  const { html } = await context.renderer.render(body, markdownOptions(context, settings), `preview:${editor.id}`);
  const path = pagePreviewPath(await addPagePreview(context.db, { title: cleanLine(title), bodyHtml: html }, now + lifetimeMs, now));
  return isFromScript ? { json: { path } } : { seeOther: path };
}
