import { accounts } from './en/accounts.ts';
import { adminErrors } from './en/admin-errors.ts';
import { articleActions } from './en/article-actions.ts';
import { articleForm } from './en/article-form.ts';
import { articleList } from './en/article-list.ts';
import { articlePictures } from './en/article-pictures.ts';
import { article } from './en/article.ts';
import { auditLog } from './en/audit-log.ts';
import { body } from './en/body.ts';
import { corrections } from './en/corrections.ts';
import { errors } from './en/errors.ts';
import { feeds } from './en/feeds.ts';
import { frontPage } from './en/front-page.ts';
import { history } from './en/history.ts';
import { lists } from './en/lists.ts';
import { newsroomCorrections } from './en/newsroom-corrections.ts';
import { newsroomRelated } from './en/newsroom-related.ts';
import { newsroomStorylines } from './en/newsroom-storylines.ts';
import { newsroom } from './en/newsroom.ts';
import { pictures } from './en/pictures.ts';
import { problems } from './en/problems.ts';
import { readerErrors } from './en/reader-errors.ts';
import { revisions } from './en/revisions.ts';
import { scripts } from './en/scripts.ts';
import { search } from './en/search.ts';
import { site } from './en/site.ts';

/** The interface in English, the language that the others are translated from, in ICU MessageFormat. */
export const en = { accounts, adminErrors, article, articleActions, articleForm, articleList, articlePictures, auditLog, body, corrections, newsroom, newsroomCorrections, newsroomRelated, newsroomStorylines, errors, feeds, frontPage, history, lists, pictures, problems, readerErrors, revisions, scripts, search, site } as const;
