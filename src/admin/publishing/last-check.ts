import { articleFields } from '../../content/articles/article-form.ts';
import { findOmissions, listSiteLinks, type Finding } from '../../content/articles/last-check.ts';
import { parseCaption } from '../../content/pictures/caption.ts';
import type { Context } from '../../context.ts';
import type { EditedArticle } from '../../storage/articles/edited-article.ts';
import type { Save } from '../../storage/articles/save-article.ts';
import { admin, articlePath, withQuery } from '../../urls.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { fieldLabels } from '../articles/field-texts.ts';
import type { StoredText } from '../saving/store-text.ts';
import { listDeadLinks } from './dead-links.ts';

/** What an editor may want to mend before a text is published or scheduled. */
export async function findForLastCheck(context: Context, { article, kind, rendered }: Save, stored: EditedArticle, now: number): Promise<Finding[]> {
  const slug = article.slug ?? stored.slug;
  const checked = { own: slug === null ? undefined : articlePath(slug), at: kind === 'schedule' ? (article.publishedAt ?? now) : now };
  const caption = parseCaption(article.pictureCaption, context.config.siteUrl).html;
  const findings = findOmissions(article);
  for (const [field, html] of [['pictureCaption', caption], ['body', rendered.html]] as const) {
    const dead = await listDeadLinks(context, listSiteLinks(html), checked);
    findings.push(...dead.map((address): Finding => ({ field, problem: { key: 'newsroomLastCheck.deadLink', values: { address } } })));
  }
  return findings;
}

/** Lists what was found. The page contains the text, so that “Publish anyway” publishes exactly the text that was checked. */
export function lastCheckPage({ messages }: EditorRequest, { articleId, revisionId, baseId, windowId, form }: StoredText, { uid, kind }: { uid: string; kind: Save['kind'] }, findings: Finding[]): ActionResult {
  const { text } = messages;
  const labels = fieldLabels(messages);
  const action = kind === 'schedule' || kind === 'update' ? kind : 'publication';
  const back = withQuery(admin.article(articleId), { revision: String(revisionId) });
  const hidden = { uid, base: String(baseId ?? ''), window: windowId ?? '', checked: '1' };
  return {
    status: 422,
    view: 'publishing/last-check',
    data: {
      title: text('newsroomLastCheck.title'),
      section: 'articles',
      notice: text(notices[action]),
      findings: findings.map(({ field, problem }) => ({ href: `${back}#field_${field}`, message: text('problems.ofField', { field: labels[field], problem: messages.of(problem) }) })),
      path: admin.ofArticle(articleId, kind === 'schedule' ? 'schedule' : 'publication'),
      pendingFields: [...Object.entries(hidden), ...articleFields.map((name) => [name, form[name]] as const)].map(([name, value]) => ({ name, value })),
      button: text(buttons[action]),
      back,
    },
  };
}

const notices = { publication: 'newsroomLastCheck.notPublished', schedule: 'newsroomLastCheck.notScheduled', update: 'newsroomLastCheck.notUpdated' } as const;
const buttons = { publication: 'newsroomLastCheck.publishAnyway', schedule: 'newsroomLastCheck.scheduleAnyway', update: 'newsroomLastCheck.updateAnyway' } as const;
