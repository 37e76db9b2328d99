import { articleLimits } from '../../content/articles/article.ts';
import type { PageText } from '../../content/pages/static-page.ts';
import { direction } from '../../content/site/language.ts';
import type { Context } from '../../context.ts';
import type { EditorRequest } from '../action.ts';
import type { FormProblem } from '../articles/article-fields.ts';
import { pageLabels } from './page-differences.ts';

interface FieldParts {
  problems: FormProblem[];
  bodyNotes: string[];
  isNew: boolean;
}

const rows = { title: 1, body: 26, path: undefined };
const limits = { title: articleLimits.title, body: articleLimits.body, path: undefined };

/** The fields as `articles/_article-field` shows them. */
export function makePageFields({ config }: Pick<Context, 'config'>, { messages, settings: { language } }: EditorRequest, form: PageText, { problems, bodyNotes, isNew }: FieldParts) {
  const { text } = messages;
  const hints = { title: undefined, body: undefined, path: text(isNew ? 'newsroomPages.addressHintNew' : 'newsroomPages.addressHint', { site: config.siteUrl }) };
  const limitTexts = { title: text('newsroomPages.titleLimit', { limit: articleLimits.title }), body: text('articleForm.bodyLimit', { megabytes: articleLimits.body / 1024 / 1024 }), path: undefined };
  const writing = { lang: language, dir: direction(language) };
  const field = (name: keyof PageText) => {
    const id = `field_${name}`;
    const errors = problems.filter((problem) => problem.field === name).map(({ problem }) => ({ text: messages.of(problem), cause: undefined }));
    const notes = name === 'body' ? bodyNotes : [];
    const describedBy = [hints[name] && `${id}_hint`, limits[name] && `${id}_count`, errors.length > 0 && `${id}_problem`, notes.length > 0 && `${id}_notes`].filter(Boolean).join(' ');
    const attributes = {
      ...(name === 'path' ? { type: 'text', spellcheck: 'false', autocapitalize: 'none' } : writing),
      ...(limits[name] && { 'data-limit': String(limits[name]) }),
      ...(describedBy && { 'aria-describedby': describedBy }),
      ...(errors.length > 0 && { 'aria-invalid': 'true' }),
    };
    return { name, id, label: text(pageLabels[name]), value: form[name], rows: rows[name], hint: hints[name], limitText: limitTexts[name], notes, errors, attributes };
  };
  return { title: field('title'), body: field('body'), path: field('path') };
}
