import { direction } from '../content/language.ts';
import type { Context } from '../context.ts';
import type { Editor } from '../storage/editors.ts';
import { loadSettings } from '../storage/settings.ts';
import * as urls from '../urls.ts';

/** What every page of the admin shows around its own content. */
export async function layout({ db, assets }: Context, editor: Editor | undefined): Promise<object> {
  const { name, language } = await loadSettings(db);
  return {
    siteName: name,
    siteLanguage: language,
    siteDir: direction(language),
    signedIn: editor,
    paths: {
      ...urls.admin,
      admin: urls.adminPath,
      front: urls.frontPath,
      icon: urls.iconPath('icon.svg'),
      style: urls.assetPath(assets.adminStyle.name),
      script: urls.assetPath(assets.adminScript.name),
    },
  };
}
