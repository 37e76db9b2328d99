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
import { mails } from './en/mails.ts';
import { newsroomAuthors } from './en/newsroom-authors.ts';
import { newsroomBulk } from './en/newsroom-bulk.ts';
import { newsroomCorrections } from './en/newsroom-corrections.ts';
import { newsroomDashboard } from './en/newsroom-dashboard.ts';
import { newsroomEditors } from './en/newsroom-editors.ts';
import { newsroomLastCheck } from './en/newsroom-last-check.ts';
import { newsroomNames } from './en/newsroom-names.ts';
import { newsroomNotes } from './en/newsroom-notes.ts';
import { newsroomPages } from './en/newsroom-pages.ts';
import { newsroomPreviews } from './en/newsroom-previews.ts';
import { newsroomRelated } from './en/newsroom-related.ts';
import { newsroomSecondFactor } from './en/newsroom-second-factor.ts';
import { newsroomSettings } from './en/newsroom-settings.ts';
import { newsroomStorylines } from './en/newsroom-storylines.ts';
import { newsroomThemes } from './en/newsroom-themes.ts';
import { newsroomTopics } from './en/newsroom-topics.ts';
import { newsroom } from './en/newsroom.ts';
import { pictures } from './en/pictures.ts';
import { problems } from './en/problems.ts';
import { readerErrors } from './en/reader-errors.ts';
import { revisions } from './en/revisions.ts';
import { scripts } from './en/scripts.ts';
import { search } from './en/search.ts';
import { site } from './en/site.ts';

/** The interface in English, the language that the others are translated from, in ICU MessageFormat. */
export const en = {
  accounts, adminErrors, article, articleActions, articleForm, articleList, articlePictures, auditLog, body, corrections, errors, feeds, frontPage,
  history, lists, mails, newsroom, newsroomAuthors, newsroomBulk, newsroomCorrections, newsroomDashboard, newsroomEditors, newsroomLastCheck, newsroomNames,
  newsroomNotes, newsroomPages, newsroomPreviews, newsroomRelated, newsroomSecondFactor, newsroomSettings, newsroomStorylines, newsroomThemes,
  newsroomTopics, pictures, problems, readerErrors, revisions, scripts, search, site,
} as const;
