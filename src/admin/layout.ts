import { direction } from '../content/site/language.ts';
import type { Settings } from '../content/site/settings.ts';
import type { Context } from '../context.ts';
import type { Editor } from '../storage/newsroom/editors.ts';
import * as urls from '../urls.ts';

/** What every page of the admin shows around its own content. */
export function layout({ assets, languages }: Context, { name, language }: Settings, editor: Editor | undefined): object {
  return {
    messages: languages.for(language),
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
